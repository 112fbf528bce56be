//! Workbooks of Excel 2007: parts missing, parts that lie, parts that are bombs.

use super::make::{bomb, changed, parts, pile, renamed, row, without, xlsx, xlsx_with, zip};
use super::{Case, LeftOut, Read, Refused, case};
use rust_xlsxwriter::{Chart, DocProperties, Format, Workbook, Worksheet};

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
/// The start of a cell whose text stands in the sheet.
const INLINE: &str = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>";

pub fn cases() -> Vec<Case> {
    let mut all = parts_of_it();
    all.extend(cells());
    all.extend(sheets());
    all.extend(bombs());
    all
}

fn cut(bytes: &[u8], of: usize, from: usize) -> Vec<u8> {
    bytes[..bytes.len() * of / from].to_vec()
}

fn parts_of_it() -> Vec<Case> {
    let good = xlsx(&[row(3001)]);
    let change = |part: &str, from: &str, to: &str| changed(&good, part, |text| text.replacen(from, to, 1));
    vec![
        case("book.xlsx", good.clone(), Read(1, &[])),
        case("book-as-csv.csv", xlsx(&[row(3002)]), Read(1, &[])),
        case("book-as-xls.xls", xlsx(&[row(3003)]), Read(1, &[])),
        case("book-cut-early.xlsx", cut(&good, 1, 10), Refused("its end is missing")),
        case("book-cut-half.xlsx", cut(&good, 1, 2), Refused("its end is missing")),
        case("book-cut-late.xlsx", cut(&good, 99, 100), Refused("its end is missing")),
        case("book-4-bytes.xlsx", &b"PK\x03\x04"[..], Refused("its end is missing")),
        case("book-without-workbook.xlsx", without(&good, "xl/workbook.xml"), Refused("damaged")),
        case("book-without-relations.xlsx", without(&good, "xl/_rels/workbook.xml.rels"), Refused("damaged")),
        case("book-without-sheet.xlsx", without(&good, SHEET), Refused("a zip without")),
        case("book-without-strings.xlsx", without(&good, STRINGS), Refused("damaged")),
        case("book-without-styles.xlsx", without(&xlsx(&[row(3004)]), "xl/styles.xml"), Read(1, &[])),
        case(
            "book-sheet-is-noise.xlsx",
            changed(&good, SHEET, |_| "noise < & > noise".to_owned()),
            Refused("damaged"),
        ),
        case(
            "book-sheet-cut.xlsx",
            changed(&good, SHEET, |text| text[..text.len() / 2].to_owned()),
            Refused("damaged"),
        ),
        case("book-sheet-empty.xlsx", changed(&good, SHEET, |_| String::new()), Refused("damaged")),
        case("book-string-9999.xlsx", change(SHEET, "<v>0</v>", "<v>9999</v>"), Refused("damaged")),
        case(
            "book-unique-count.xlsx",
            change(STRINGS, "uniqueCount=\"", "uniqueCount=\"9999999"),
            Refused("shared strings"),
        ),
        case(
            "book-unique-count-huge.xlsx",
            change(STRINGS, "uniqueCount=\"", "uniqueCount=\"99999999999999999999"),
            Refused("shared strings"),
        ),
        case(
            "book-entities.xlsx",
            changed(&xlsx(&[row(3006)]), SHEET, |text| {
                text.replacen(
                    "<worksheet",
                    "<!DOCTYPE x [<!ENTITY a \"&#x41;\"><!ENTITY b \"&a;&a;\">]><worksheet",
                    1,
                )
            }),
            Read(1, &[]),
        ),
        case(
            "book-two-of-a-name.xlsx",
            renamed(
                &zip(&[
                    parts(&good),
                    vec![("xl/worksheets/sheetX.xml".to_owned(), b"<worksheet/>".to_vec())],
                ]
                .concat()),
                "sheetX.xml",
                "sheet1.xml",
            ),
            Refused("same name"),
        ),
        case("book-types-missing.xlsx", without(&good, "[Content_Types].xml"), Refused("a zip without")),
        case("book-noise-behind.xlsx", [xlsx(&[row(3005)]), vec![0xAA; 500]].concat(), Read(1, &[])),
    ]
}

/// The workbook of one late order, with what `fill` does to its sheet; rows behind the first are its own.
fn filled(n: u32, fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    xlsx_with(&[row(n)], |book| fill(book.worksheet_from_index(0).expect("a sheet")))
}

fn cells() -> Vec<Case> {
    let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let length = Format::new().set_num_format("[hh]:mm");
    let paid = |n: u32, serial: f64, format: &Format| {
        filled(n, |sheet| {
            sheet.write_number_with_format(1, 3, serial, format).expect("written");
        })
    };
    let plain = Format::new();
    let far = changed(&xlsx(&[row(3120)]), SHEET, |text| {
        text.replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>")
    });
    let lying = changed(&xlsx(&[row(3121)]), SHEET, |text| text.replacen("A1:F2", "A1:XFD1048576", 1));
    let back = changed(&xlsx(&[row(3122), row(3123)]), SHEET, |text| {
        text.replacen("<row r=\"3\"", "<row r=\"1\"", 1).replace("r=\"A3\"", "r=\"A1\"")
    });
    let no_place = changed(&xlsx(&[row(3124)]), SHEET, |text| text.replacen(" r=\"A2\"", " r=\"??\"", 1));
    let shared = changed(&xlsx(&[row(3125)]), SHEET, |text| {
        text.replace("</sheetData>", "<row r=\"9\"><c r=\"Z9\"><f t=\"shared\" si=\"4294967290\" ref=\"Z9:Z10\">1</f><v>1</v></c></row></sheetData>")
    });
    let of_1904 = changed(&paid(3126, 46_331.0 - 1462.0 + 0.5, &date), "xl/workbook.xml", |text| {
        text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    });
    let number_of_1904 = changed(&paid(3127, 46_331.0 - 1462.0 + 0.5, &plain), "xl/workbook.xml", |text| {
        text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    });
    vec![
        case("cell-date.xlsx", paid(3101, 46_331.5, &date), Read(1, &[])),
        case("cell-number-as-date.xlsx", paid(3102, 46_331.5, &plain), Read(1, &["number-as-time"])),
        case("cell-serial-before-all.xlsx", paid(3103, -1.0, &date), Read(1, &["unreadable-time"])),
        case("cell-serial-behind-all.xlsx", paid(3104, 2_958_466.0, &date), Read(1, &["unreadable-time"])),
        case("cell-serial-1e308.xlsx", paid(3105, 1e308, &date), Read(1, &["unreadable-time"])),
        case("cell-serial-60.xlsx", paid(3106, 60.0, &date), Read(1, &["unreadable-time"])),
        case("cell-duration.xlsx", paid(3107, 1.5, &length), Read(1, &["unreadable-time"])),
        case(
            "cell-true.xlsx",
            filled(3108, |sheet| {
                sheet.write_boolean(1, 3, true).expect("written");
            }),
            Read(1, &["unreadable-time"]),
        ),
        case(
            "cell-error.xlsx",
            filled(3109, |sheet| {
                sheet
                    .write_formula(1, 3, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A"))
                    .expect("written");
            }),
            Read(1, &["unreadable-time"]),
        ),
        case(
            "cell-id-number.xlsx",
            filled(3110, |sheet| {
                sheet.write_number(1, 0, 2.024_020_9e17).expect("written");
            }),
            Read(0, &["digits-lost"]),
        ),
        case("cell-far.xlsx", far, Read(1, &["missing-order-id", "ragged"])),
        case("cell-dimension-lies.xlsx", lying, Read(1, &[])),
        case("cell-row-back.xlsx", back, Refused("comes after a later one")),
        case("cell-without-place.xlsx", no_place, Refused("damaged")),
        case("cell-shared-formula.xlsx", shared, Read(1, &["missing-order-id", "ragged"])),
        case("cell-1904.xlsx", of_1904, Read(1, &[])),
        case("cell-1904-number.xlsx", number_of_1904, Read(1, &["number-as-time"])),
    ]
}

fn sheets() -> Vec<Case> {
    let hidden = changed(&xlsx(&[row(3201)]), "xl/workbook.xml", |text| {
        text.replacen("<sheet name", "<sheet state=\"hidden\" name", 1)
    });
    let beside_hidden = xlsx_with(&[row(3202)], |book| {
        book.add_worksheet().set_very_hidden(true).write_string(0, 0, "x").expect("written");
    });
    let chart = xlsx_with(&[row(3203)], |book| {
        let mut chart = Chart::new_pie();
        chart.add_series().set_values(("Sheet1", 0, 0, 1, 0));
        book.add_chartsheet().insert_chart(0, 0, &chart).expect("a chart");
    });
    let notes = xlsx_with(&[row(3204)], |book| {
        book.add_worksheet().write_string(0, 0, "说明").expect("written");
    });
    let own = xlsx_with(&[row(3205)], |book| {
        book.set_properties(&DocProperties::new().set_author("shipby"));
    });
    vec![
        case("sheet-hidden-alone.xlsx", hidden, LeftOut("a hidden sheet")),
        case("sheet-hidden-beside.xlsx", beside_hidden, Read(1, &[])),
        case("sheet-chart-beside.xlsx", chart, Read(1, &[])),
        case("sheet-notes-beside.xlsx", notes, Read(1, &[])),
        case(
            "sheet-empty.xlsx",
            {
                let mut book = Workbook::new();
                book.add_worksheet();
                book.save_to_buffer().expect("saved")
            },
            Refused("nothing in it"),
        ),
        case("sheet-head-only.xlsx", xlsx(&[]), Read(0, &["no-rows"])),
        case("own-report.xlsx", own, LeftOut("a report of shipby")),
    ]
}

fn bombs() -> Vec<Case> {
    let good = parts(&xlsx(&[row(3301)]));
    let but = |part: &str| good.iter().filter(|(name, _)| name != part).cloned().collect::<Vec<_>>();
    // Far more than a cell can hold, though it looks like cells where tags are not told from texts.
    let long = |name: &'static str, start: &str, unit: &[u8]| {
        let bytes = pile(SHEET, start.as_bytes(), unit, (6 << 20) / unit.len(), &but(SHEET));
        case(name, bytes, Refused("a cell of xl/worksheets/sheet1.xml"))
    };
    let many: Vec<(String, Vec<u8>)> =
        good.iter().cloned().chain((0..10_001).map(|n| (format!("xl/media/{n}.txt"), Vec::new()))).collect();
    vec![
        case("bomb-sheet.xlsx", bomb(SHEET, b"<worksheet><sheetData>", 96, &but(SHEET)), Refused("inflates")),
        case(
            "bomb-strings.xlsx",
            bomb(STRINGS, b"<sst uniqueCount=\"1\"><si><t>", 96, &but(STRINGS)),
            Refused("inflates"),
        ),
        // What a reader keeps of short tags is many times as long as they are.
        case(
            "bomb-sheets.xlsx",
            pile(
                "xl/workbook.xml",
                b"<workbook><sheets>",
                b"<sheet name=\"a\"/>",
                600_000,
                &but("xl/workbook.xml"),
            ),
            Refused("more than the 8388608 allowed"),
        ),
        case(
            "bomb-formats.xlsx",
            pile("xl/styles.xml", b"<styleSheet><cellXfs>", b"<xf/>", 300_000, &but("xl/styles.xml")),
            Refused("more than the 200000 allowed"),
        ),
        case(
            "bomb-short-strings.xlsx",
            pile(STRINGS, b"<sst>", b"<si/>", 4_000_000, &but(STRINGS)),
            Refused("inflates"),
        ),
        case(
            "bomb-row.xlsx",
            pile(SHEET, b"<worksheet><sheetData><row>", b"<c t=\"str\"><v>x</v></c>", 20_000, &but(SHEET)),
            Refused("more than the 16384 allowed"),
        ),
        case(
            "bomb-cell.xlsx",
            pile(
                SHEET,
                b"<worksheet><sheetData><row><c t=\"inlineStr\"><is>",
                b"<t>abcdefgh</t>",
                4_700_000,
                &but(SHEET),
            ),
            Refused("a cell of xl/worksheets/sheet1.xml"),
        ),
        long("bomb-cell-within-cells.xlsx", INLINE, b"<c/>abcdefgh<c></c>"),
        long("bomb-cell-of-comments.xlsx", INLINE, b"<!--</c><c -->abcdefgh"),
        long("bomb-cell-verbatim.xlsx", INLINE, b"<![CDATA[</c><c >]]>abcdefgh"),
        long("bomb-cell-badly-closed.xlsx", INLINE, b"</x></c><c r=\"A1\">abcdefgh"),
        long("bomb-comment.xlsx", "<worksheet><sheetData><!-- ", b"</c><c r=\"A1\">abcdefgh"),
        long("bomb-attribute.xlsx", "<worksheet><sheetData><row><c r=\"", b"</c><c >abcdefgh"),
        long("bomb-attributes.xlsx", "<worksheet><sheetData><row><c ", b"a='<c >' "),
        long("bomb-declaration.xlsx", "<!DOCTYPE worksheet [", b"<!ENTITY a \"b\"><c>abcdefgh</c>"),
        long("bomb-instruction.xlsx", "<worksheet><sheetData><?a ", b"<c >abcdefgh</c>"),
        // Texts that are short enough one by one.
        case(
            "bomb-long-row.xlsx",
            pile(
                SHEET,
                b"<worksheet><sheetData><row>",
                format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", "abcdefgh".repeat(100_000)).as_bytes(),
                40,
                &but(SHEET),
            ),
            Refused("longer than 4194304 bytes"),
        ),
        case(
            "bomb-merged.xlsx",
            pile(
                SHEET,
                b"<worksheet><sheetData></sheetData><mergeCells>",
                b"<mergeCell ref=\"A1:A9\"/>",
                2_100_000,
                &but(SHEET),
            ),
            Refused("more than the 2000000 allowed"),
        ),
        case("bomb-many-parts.xlsx", zip(&many), Refused("more than the 10000 allowed")),
    ]
}

#[test]
fn a_plain_number_counts_from_the_epoch_of_its_workbook() {
    let plain = Format::new();
    let promised = |serial: f64| {
        filled(1, |sheet| {
            sheet.write_number_with_format(1, 4, serial, &plain).expect("written");
        })
    };
    // 2026-11-07 10:00 in either count.
    let serial = 46_333.0 + 10.0 / 24.0;
    let of_1904 = changed(&promised(serial - 1462.0), "xl/workbook.xml", |text| {
        text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    });
    for (name, bytes) in [("1900.xlsx", promised(serial)), ("1904.xlsx", of_1904)] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = crate::support::put(folder.path(), name, bytes);
        let audited = crate::support::audit(&[&file], &[]);
        assert_eq!(audited.orders[0]["findings"][0]["due_at"], "2026-11-07T10:00:00+08:00", "{name}");
    }
}
