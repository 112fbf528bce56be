//! Text: encodings, quotes, lengths, and values that cannot be.

use super::make::{HEAD, csv, row};
use super::{Case, LeftOut, Read, Refused, case};

/// An export of one good row and one with other cells.
fn beside(n: u32, odd: &str) -> String {
    csv(&[row(n), odd.to_owned()])
}

fn wide(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

pub fn cases() -> Vec<Case> {
    let mut all = encodings();
    all.extend(shapes());
    all.extend(values());
    all.extend(others());
    all
}

fn encodings() -> Vec<Case> {
    let text = csv(&[row(1001)]);
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let mut broken =
        csv(&[row(1002), row(1003)]).replace("1,2026-11-05", "样式某某某,2026-11-05").into_bytes();
    let at = broken.windows(3).position(|b| b == "某".as_bytes()).expect("there");
    broken[at] = 0xFF;
    vec![
        case("utf8-bom.csv", format!("\u{feff}{text}"), Read(1, &[])),
        case("utf16-le.csv", wide(&csv(&[row(1004)]), true), Read(1, &[])),
        case("utf16-be.csv", wide(&csv(&[row(1005)]), false), Read(1, &[])),
        case(
            "utf16-without-mark.csv",
            wide(&csv(&[row(1006)]), true).split_off(2),
            Refused("neither text nor"),
        ),
        case(
            "utf16-odd-end.csv",
            [wide(&csv(&[row(1007)]), true), vec![0x0A]].concat(),
            Read(1, &["missing-order-id", "ragged", "undecodable"]),
        ),
        case("gbk.csv", gbk(&csv(&[row(1008)])), Read(1, &[])),
        case("gbk-in-utf8-name.txt", gbk(&csv(&[row(1009)])), Read(1, &[])),
        case("undecodable.csv", broken, Read(2, &["undecodable"])),
        case("nul.csv", format!("{}\0", csv(&[row(1010)])), Refused("neither text nor")),
        case("cr-only.csv", csv(&[row(1011)]).replace('\n', "\r"), Read(1, &[])),
        case("crlf.csv", csv(&[row(1012)]).replace('\n', "\r\n"), Read(1, &[])),
        case("mixed-ends.csv", format!("{HEAD}\r{}\r\n{}\n", row(1013), row(1014)), Read(2, &[])),
        case("no-last-end.csv", csv(&[row(1015)]).trim_end(), Read(1, &[])),
    ]
}

fn shapes() -> Vec<Case> {
    let tabs = csv(&[row(1101)]).replace(',', "\t");
    let semicolons = csv(&[row(1102)]).replace(',', ";");
    let unclosed = format!("261105-{:015},\"待发货,1,2026-11-05 10:00:00,2026-11-07 10:00:00,", 1103);
    let lines = format!(
        "261105-{:015},待发货,\"a{}b\",2026-11-05 10:00:00,2026-11-07 10:00:00,",
        1104,
        "\n".repeat(60)
    );
    let three = format!("261105-{:015},待发货,\"a\n\nb\",2026-11-05 10:00:00,2026-11-07 10:00:00,", 1105);
    let short = format!("261105-{:015},待发货,1", 1106);
    let long = format!("{},,,x,y", row(1107));
    let preamble = "说明\n".repeat(12);
    let deep = "说明\n".repeat(40);
    let columns: Vec<String> = (0..2000).map(|n| format!("c{n}")).collect();
    let wide_head = format!("{HEAD},{}\n{}\n", columns.join(","), row(1110));
    vec![
        case("nothing.csv", "", Refused("nothing in it")),
        case("mark-alone.csv", "\u{feff}", Refused("nothing in it")),
        case("blank-lines.csv", "\n\n  \n\t\n", Refused("nothing in it")),
        case("head-only.csv", format!("{HEAD}\n"), Read(0, &["no-rows"])),
        case("head-only-no-end.csv", HEAD, Read(0, &["no-rows"])),
        case("tabs.tsv", tabs, Read(1, &[])),
        case("semicolons.csv", semicolons, Read(1, &[])),
        case("unclosed.csv", csv(&[row(1120), unclosed.clone(), row(1121)]), Read(2, &["unclosed-quote"])),
        case(
            "unclosed-last.csv",
            csv(&[row(1122), unclosed.replace("1103", "1123")]),
            Read(1, &["unclosed-quote"]),
        ),
        case(
            "sixty-lines-in-a-cell.csv",
            csv(&[row(1124), lines]),
            Read(1, &["missing-order-id", "ragged", "unclosed-quote"]),
        ),
        case("three-lines-in-a-cell.csv", csv(&[three]), Read(1, &[])),
        case("short-row.csv", beside(1125, &short), Read(2, &["ragged"])),
        case("long-row.csv", beside(1126, &long), Read(2, &["ragged"])),
        case(
            "cut-in-a-row.csv",
            csv(&[row(1127), row(1128)]).rsplit_once(",2026").expect("a time").0,
            Read(2, &["ragged"]),
        ),
        case("notes-above.csv", format!("{preamble}{}", csv(&[row(1129)])), Read(1, &[])),
        case("heading-too-deep.csv", format!("{deep}{}", csv(&[row(1130)])), Refused("no known kind")),
        case("no-headings.csv", format!("{}\n{}\n", row(1131), row(1132)), Refused("no known kind")),
        case("id-column-missing.csv", csv(&[row(1133)]).replace("订单号", "序列"), Refused("also needs")),
        case("head-twice.csv", csv(&[row(1134), HEAD.to_owned(), row(1135)]), Read(2, &[])),
        case("totals.csv", csv(&[row(1136), "合计,,,,,".to_owned(), "共1条,,,,,".to_owned()]), Read(1, &[])),
        case("two-thousand-columns.csv", wide_head, Refused("columns, more than the 1024 allowed")),
        case("five-mebibytes-in-a-line.csv", format!("{HEAD}\n{}", "x".repeat(5 << 20)), Refused("line 2")),
        case(
            "two-mebibytes-in-a-cell.csv",
            beside(1137, &row(1138).replace(",1,", &format!(",{},", "x".repeat(2 << 20)))),
            Refused("line 3"),
        ),
        case(
            "a-hundred-thousand-quotes.csv",
            beside(1139, &"\"".repeat(100_000)),
            Read(1, &["missing-order-id", "ragged"]),
        ),
        case("commas.csv", beside(1140, &",".repeat(5000)), Read(1, &[])),
    ]
}

fn values() -> Vec<Case> {
    let paid = |n: u32, time: &str| row(n).replace("2026-11-05 10:00:00", time);
    let times = |n: u32, times: &[&str]| {
        csv(&times.iter().zip(n..).map(|(time, n)| paid(n, time)).collect::<Vec<_>>())
    };
    let id = |n: u32, id: &str| row(n).replace(&format!("261105-{n:015}"), id);
    vec![
        case(
            "dates-that-cannot-be.csv",
            times(
                1201,
                &["2026-02-30 10:00", "2026-13-01", "2026-11-05 25:00:00", "0000-00-00", "99999-01-01"],
            ),
            Read(5, &["unreadable-time"]),
        ),
        case("dates-of-nothing.csv", times(1211, &["-", "--", "/", " "]), Read(4, &[])),
        case("serials-as-text.csv", times(1221, &["46082.5", "1e308", "-1"]), Read(3, &["unreadable-time"])),
        case("dates-to-come.csv", times(1231, &["2099-01-01 10:00:00"]), Read(1, &["future-time"])),
        case("id-lost-digits.csv", csv(&[id(1241, "6.91793E+18"), row(1242)]), Read(1, &["digits-lost"])),
        case("id-missing.csv", csv(&[id(1243, ""), row(1244)]), Read(1, &["missing-order-id"])),
        case("id-of-words.csv", csv(&[id(1245, "查看说明"), row(1246)]), Read(1, &["missing-order-id"])),
        case("id-of-10000-digits.csv", csv(&[id(1247, &"9".repeat(10_000))]), Read(1, &[])),
        case("id-twice.csv", csv(&[row(1249), row(1249)]), Read(1, &[])),
        case(
            "status-unknown.csv",
            csv(&[row(1250).replace("待发货", "天知道")]),
            Read(1, &["unknown-status"]),
        ),
        case(
            "formulas.csv",
            csv(&[
                row(1251).replace(",1,", ",\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\","),
                row(1252).replace(",1,", ",=cmd|' /C calc'!A0,"),
                row(1253).replace(",1,", ",@SUM(1+1),"),
            ]),
            Read(3, &[]),
        ),
        case(
            "directions\u{202e}vsc.csv",
            csv(&[row(1254).replace(",1,", ",\u{202e}\u{1b}[31m\u{7},")]),
            Read(1, &[]),
        ),
        case(
            "emoji.csv",
            csv(&[row(1255).replace(",1,", &format!(",{},", "😀".repeat(20_000)))]),
            Read(1, &[]),
        ),
        case(
            "words-of-xml.csv",
            csv(&[row(1256).replace(",1,", ",_x0041_<a>&amp;\u{fffe}\u{1},")]),
            Read(1, &[]),
        ),
    ]
}

fn others() -> Vec<Case> {
    let binary = |start: &[u8]| [start, &[0, 1, 2, 3, 0xFF, 0xFE], &[7; 300]].concat();
    vec![
        case("picture.csv", binary(b"\x89PNG\r\n\x1a\n"), Refused("neither text nor")),
        case("program.csv", binary(b"\x7fELF\x02\x01\x01"), Refused("neither text nor")),
        case("database.csv", binary(b"SQLite format 3\0"), Refused("neither text nor")),
        case("paper.csv", binary(b"%PDF-1.7\n"), Refused("PDF")),
        case("seven.zip", binary(b"7z\xBC\xAF\x27\x1C"), Refused("7z archive")),
        case("rar.zip", binary(b"Rar!\x1A\x07\x01\0"), Refused("rar archive")),
        case("gz.csv", binary(b"\x1F\x8B\x08\0"), Refused("gzip archive")),
        case("object.txt", "{\"orders\": [1, 2, 3]}\n", Refused("no known kind")),
        case("rich.txt", "{\\rtf1\\ansi hello}", Refused("no known kind")),
        case("letter.txt", "Dear all,\nplease find nothing attached.\n", Refused("no known kind")),
        case(
            "own.txt",
            "{\"schema\":\"shipby.audit/1\",\"as_of\":\"2026-11-09T12:00:00+08:00\"}",
            LeftOut("a report of shipby"),
        ),
        case(
            "own-lines.txt",
            "{\"marketplace\":\"jd\",\"store\":\"x\",\"order_id\":\"1\",\"findings\":[]}\n",
            LeftOut("a report of shipby"),
        ),
        case(
            "own-list.csv",
            "\u{feff}Risk,Order id,Marketplace,Store,Status,What is due\r\noverdue,1,jd,x,y,z\r\n",
            LeftOut("a report of shipby"),
        ),
    ]
}
