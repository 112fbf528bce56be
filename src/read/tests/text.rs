use encoding_rs::GB18030;

use super::{Seen, cells, read, refusal, table, with_window};
use crate::read::{Cell, Encoding, Trouble};

const EXPORT: &str = "订单号,买家留言,金额\n1,\"多行\n留言，带,逗号\",3.5\n2,\"引号\"\"内\"\"\",4\n";

fn utf16(text: &str, encode: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(encode).collect()
}

/// Every encoding an export may come in.
fn encoded(text: &str) -> Vec<(Encoding, Vec<u8>)> {
    vec![
        (Encoding::Utf8, text.as_bytes().to_vec()),
        (Encoding::Utf8Bom, [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        (Encoding::Utf16Le, utf16(text, u16::to_le_bytes)),
        (Encoding::Utf16Be, utf16(text, u16::to_be_bytes)),
        (Encoding::Gb18030, GB18030.encode(text).0.into_owned()),
    ]
}

#[test]
fn encodings_delimiters_and_line_ends_all_give_the_same_cells() {
    let wanted = cells(EXPORT, 3);
    assert_eq!(wanted[1], ["1", "多行\n留言，带,逗号", "3.5"]);
    assert_eq!(wanted[2], ["2", "引号\"内\"", "4"]);
    for (line_end, delimiter) in [("\n", ','), ("\r\n", '\t'), ("\r", ';')] {
        let text = EXPORT.replace('\n', line_end).replace(',', &delimiter.to_string());
        for (encoding, bytes) in encoded(&text) {
            for window in [3, 1 << 20] {
                let table = with_window(table(&bytes), window);
                assert_eq!(table.encoding, Some(encoding));
                let (rows, count, lines) = read(&table, delimiter as u8, 3);
                let got: Vec<_> = rows.iter().map(|seen| seen.cells.clone()).collect();
                let plain = |cell: &String| cell.replace(line_end, "\n").replace(delimiter, ",");
                let got: Vec<Vec<_>> = got.iter().map(|row| row.iter().map(plain).collect()).collect();
                assert_eq!(got, wanted, "{encoding} {delimiter:?} {line_end:?} {window}");
                assert_eq!((count, lines), (3, 4));
                assert!(rows.iter().all(|seen| seen.trouble.is_none()));
            }
        }
    }
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
    for line_end in ["\n", "\r\n", "\r"] {
        let text = ["", "a,b", "", "", "1,\"x", "y\"", "2,z", "", ""].join(line_end);
        for window in [1, 2, 7, 1000] {
            let (rows, count, lines) = read(&with_window(table(text.as_bytes()), window), b',', 2);
            let numbers: Vec<_> = rows.iter().map(|seen| (seen.row, seen.line)).collect();
            assert_eq!(numbers, [(1, 1), (4, 4), (5, 6)], "{line_end:?} {window}");
            assert_eq!((count, lines), (7, 8), "{line_end:?} {window}");
        }
    }
}

#[test]
fn heads_come_once_for_each_delimiter_and_keep_their_numbers() {
    let heads = table(b"\n,,\nid;time\tx,y\n1;2\n").heads(2).unwrap();
    let rows = |at: usize| heads[at].rows.clone();
    let row =
        |number, cells: &[&str]| (number, cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
    assert_eq!(
        heads.iter().map(|head| head.delimiter).collect::<Vec<_>>(),
        [Some(b','), Some(b'\t'), Some(b';')]
    );
    assert_eq!(rows(0), [row(2, &["id;time\tx", "y"]), row(3, &["1;2"])]);
    assert_eq!(rows(1), [row(1, &[",,"]), row(2, &["id;time", "x,y"])]);
    assert_eq!(rows(2)[1], row(2, &["id", "time\tx,y"]));
}

#[test]
fn notes_above_the_heading_count_the_same_in_heads_and_rows() {
    let text = b"\"note\nover lines\"\na,b,c\n1,2,3\n";
    assert_eq!(table(text).heads(9).unwrap()[0].rows[1].0, 1);
    assert_eq!(read(&table(text), b',', 3).0[1].row, 1);
}

fn unclosed(seen: &[Seen]) -> Vec<u32> {
    seen.iter().filter(|seen| seen.trouble == Some(Trouble::UnclosedQuote)).map(|seen| seen.row).collect()
}

#[test]
fn an_unclosed_quote_costs_its_own_row_only() {
    let lines = ["a,b,c,d,e", "1,x,x,x,x", "2,x,x,x,x", "3,x,x,x,x", "4,x,x,x,x"];
    for broken in 1..lines.len() {
        let mut lines = lines.map(str::to_owned);
        lines[broken] = lines[broken].replacen(",x", ",\"x", 1);
        for end in ["", "\n"] {
            for window in [4, 20, 1000] {
                let table = with_window(table((lines.join("\n") + end).as_bytes()), window);
                let (rows, count, _) = read(&table, b',', 5);
                assert_eq!((rows.len(), count), (5, 5), "{broken} {window}");
                assert_eq!(unclosed(&rows), [broken as u32]);
                assert_eq!(rows[broken].cells.len(), 5);
                assert_eq!(rows[broken].cells[1], "\"x");
            }
        }
    }
}

#[test]
fn two_stray_quotes_in_one_column_swallow_nothing() {
    let text = "a,b,c,d,e\n1,\"x,x,x,x\n2,x,x,x,x\n3,x\",x,x,x\n4,x,x,x,x\n";
    for window in [4, 30, 1000] {
        let (rows, ..) = read(&with_window(table(text.as_bytes()), window), b',', 5);
        assert_eq!(unclosed(&rows), [1]);
        assert_eq!(rows.iter().map(|seen| seen.cells[0].as_str()).collect::<String>(), "a1234");
    }
}

#[test]
fn stray_quotes_that_change_the_number_of_cells_swallow_nothing() {
    let text = "a,b,c\n1,\"x,x\n2,x,\"x\n3,x\",x\n4,\"good\ncell\",x\n";
    let (rows, ..) = read(&table(text.as_bytes()), b',', 3);
    assert_eq!(unclosed(&rows), [1, 2]);
    assert_eq!(rows[4].cells, ["4", "good\ncell", "x"]);
}

#[test]
fn a_quote_never_runs_over_more_lines_than_a_remark_has() {
    let text = |lines: usize| format!("a,b\n1,\"{}\"\n2,x\n", "x\n".repeat(lines - 1));
    assert_eq!(unclosed(&read(&table(text(50).as_bytes()), b',', 2).0), [] as [u32; 0]);
    let (rows, count, _) = read(&table(text(51).as_bytes()), b',', 2);
    assert_eq!(unclosed(&rows), [1, 51]);
    assert_eq!(count, 53);
}

#[test]
fn quotes_inside_a_plain_cell_are_text() {
    assert_eq!(cells("a,b\n5\" pipe,6\"\nx,y\n", 2)[1], ["5\" pipe", "6\""]);
    assert_eq!(cells("a,b\n\"5\" pipe,6\nx,y\n", 2)[1], ["5 pipe", "6"]);
}

#[test]
fn raw_bytes_are_those_of_the_text() {
    let table = table(b"\"a\"\"b\",a\"b,\"\tc\",\n");
    table
        .read(Some(b','), 4, &|_| {}, |block| {
            block.for_each(|row| {
                assert_eq!(row.raw(0), b"a\"b");
                assert_eq!(row.raw(1), b"a\"b");
                assert_eq!(row.raw(2), b"\tc");
                assert_eq!((row.raw(3), row.raw(9)), (&b""[..], &b""[..]));
                assert_eq!((row.cell(3), row.cell(9)), (Cell::Empty, Cell::Empty));
                assert!(!row.is_blank());
            });
        })
        .unwrap();
}

#[test]
fn blank_rows_hold_only_what_exports_put_into_empty_cells() {
    let table = table(b"\"\t\", ,\n\"\",x\n");
    let blank = table.read(Some(b','), 3, &|_| {}, |block| {
        let mut blank = Vec::new();
        block.for_each(|row| blank.push(row.is_blank()));
        blank
    });
    assert_eq!(blank.unwrap()[0].value, [true, false]);
}

#[test]
fn undecodable_bytes_are_found_in_columns_that_nobody_asks_for() {
    let mut utf8 = "订单号,留言,x\n1,好,x\n2,".as_bytes().to_vec();
    utf8.extend(b"\xFF\xFE,y\n3,z,z\n");
    let mut gb = GB18030.encode("订单号,留言,留言,留言\n1,好,x\n2,").0.into_owned();
    gb.extend(b"\xFF\xB0,\xB0\n3,z,z\n");
    for (encoding, bytes, places, text) in
        [(Encoding::Utf8, utf8, 2, "\u{FFFD}\u{FFFD}"), (Encoding::Gb18030, gb, 3, "\u{FFFD}\u{FFFD}")]
    {
        for window in [1, 5, 1000] {
            let table = with_window(table(&bytes), window);
            assert_eq!(table.encoding, Some(encoding));
            let (rows, ..) = read(&table, b',', 3);
            let troubles: Vec<_> = rows.iter().map(|seen| seen.trouble).collect();
            let found = Some(Trouble::Undecodable { column: 1, places });
            assert_eq!(troubles, [None, None, found, None], "{encoding} {window}");
            assert_eq!(rows[2].cells[1], text);
        }
    }
}

#[test]
fn half_a_surrogate_is_undecodable() {
    let mut bytes = utf16("a,b\n1,", u16::to_le_bytes);
    bytes.extend([0x00, 0xD8]);
    bytes.extend("\n2,x\n".encode_utf16().flat_map(u16::to_le_bytes));
    let (rows, ..) = read(&table(&bytes), b',', 2);
    assert_eq!(rows[1].trouble, Some(Trouble::Undecodable { column: 1, places: 1 }));
    assert_eq!(rows[2].trouble, None);
}

#[test]
fn one_broken_character_does_not_turn_utf8_into_another_script() {
    let mut bytes = "订单号,买家留言\n".repeat(9).into_bytes();
    bytes.push(0xE4);
    bytes.extend("\n订单号,买家留言\n".as_bytes());
    assert_eq!(table(&bytes).encoding, Some(Encoding::Utf8));
    assert_eq!(table(&GB18030.encode("订单").0).encoding, Some(Encoding::Gb18030));
}

#[test]
fn an_encoding_that_shows_only_after_a_megabyte_of_ascii_is_found() {
    let mut bytes = b"id,note\n1,plain ascii\n".repeat(100_000);
    bytes.extend(GB18030.encode("2,武汉\n").0.iter());
    let table = table(&bytes);
    assert_eq!(table.encoding, Some(Encoding::Gb18030));
    assert_eq!(read(&table, b',', 2).0.last().unwrap().cells, ["2", "武汉"]);
}

#[test]
fn lines_and_cells_over_the_limit_are_refused_with_their_line() {
    let long = |bytes: usize| format!("a,b\n1,2\n{},x\n3,4\n", "x,".repeat(bytes / 2));
    for window in [1 << 16, 8 << 20] {
        let fault = |text: &str| {
            let table = with_window(table(text.as_bytes()), window);
            table.read(Some(b','), 2, &|_| {}, |_| ()).unwrap_err().to_string()
        };
        assert_eq!(fault(&long(5 << 20)), "line 3: longer than 4194304 bytes; is this a table of text?");
        let cell = format!("a,b\n1,{}\n", "x".repeat(2 << 20));
        assert_eq!(fault(&cell), "line 2: longer than 1048576 bytes; is this a table of text?");
    }
}

#[test]
fn progress_tells_each_byte_once() {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    for text in ["a,b\n1,2\n".repeat(99), "a,b\n1,\"2\n".repeat(99)] {
        let told = AtomicU64::new(0);
        let table = with_window(table(text.as_bytes()), 50);
        table
            .read(
                None,
                2,
                &|bytes| {
                    told.fetch_add(bytes, Relaxed);
                },
                |_| (),
            )
            .unwrap();
        assert_eq!((told.into_inner(), table.bytes()), (text.len() as u64, text.len() as u64));
    }
}

#[test]
fn what_is_no_table_is_named() {
    let named = |bytes: &[u8]| refusal(bytes).fault.code();
    assert_eq!(named(b""), "empty");
    assert_eq!(named(b"%PDF-1.7"), "pdf");
    assert_eq!(named(b"\x1F\x8B\x08"), "other-archive");
    assert_eq!(named(b"a,b\0c\n"), "binary");
    assert_eq!(named(b"\xEF\xBB\xBF\n <HTML><body>"), "html");
    assert_eq!(named(b"<table><tr>"), "cut-off");
    assert_eq!(
        named(b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"),
        "cut-off"
    );
    assert_eq!(named(b"PK\x03\x04 and no more"), "cut-off");
    assert_eq!(named(b"{\"schema\":\"shipby.audit/1\",\"as_of\":"), "own-report");
    assert_eq!(named(b"{\"marketplace\":\"jd\",\"store\":\"x\",\"findings\":[]}\n"), "own-report");
    assert_eq!(named("\u{feff}风险,订单号,平台,店铺,订单状态,何事\r\n".as_bytes()), "own-report");
    assert_eq!(named(b"<?xml version=\"1.0\"?><orders/>"), "xml");
}

#[test]
fn text_that_merely_starts_with_a_bracket_is_a_table() {
    assert_eq!(cells("<none>,b\n", 2), [["<none>", "b"]]);
}

#[test]
fn well_formed_text_is_parsed_once_and_in_parallel() {
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
    let calls = |text: &str| {
        let calls = AtomicUsize::new(0);
        let table = with_window(table(text.as_bytes()), 64);
        let blocks = table.read(None, 2, &|_| {}, |_| calls.fetch_add(1, Relaxed)).unwrap();
        (calls.into_inner(), blocks.len())
    };
    let (called, blocks) = calls(&"a,\"b \"\"c\"\"\nd\"\n".repeat(99));
    assert!(called == blocks && blocks > 9, "{called} {blocks}");
    let (called, blocks) = calls(&("a,b\n".repeat(99) + "a,\"b\n" + &"a,b\n".repeat(99)));
    assert!(called > blocks, "{called} {blocks}");
}
