//! Rows made here beside rows that the library makes of the same cells.

use super::container::{Container, Part};
use super::row::{column_name, escape};
use crate::report::workbook::pages::{Column, Factory, Look, Pages, Role, Sheet, put};
use crate::report::workbook::styles::{Style, Styles};
use crate::words::Language;
use proptest::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Url, Workbook, Worksheet, XlsxError};
use std::fmt::Write as _;
use std::io::{Cursor, Read};
use zip::ZipArchive;

#[derive(Clone, Debug)]
enum Cell {
    Text(String),
    Number(f64),
    Truth(bool),
    Blank,
    Link(String),
}

/// A row: its height, and cells with the number of their style.
type Cells = (Option<f64>, Vec<(u16, usize, Cell)>);

fn styles_of(styles: &Styles) -> Vec<&Style> {
    let single =
        [&styles.text, &styles.wrap, &styles.plain, &styles.link, &styles.moment, &styles.issue_text];
    let many = styles.risk.iter().chain(&styles.front_risk).chain(&styles.front).chain(&styles.input);
    single.into_iter().chain(many).chain(&styles.issue).chain(&styles.tile).collect()
}

fn factory(styles: &Styles) -> Factory {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_timestamp(0).expect("a time");
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    styles.register(&mut book);
    Factory::new(book, None).expect("a temporary file")
}

fn look(rows: u32) -> Look {
    let note = Some("a note".to_owned());
    let columns = vec![
        Column { note, ..Column::ours("Order", 12.0, Role::Ours) },
        Column::ours("<&>", 12.0, Role::FillIn),
    ];
    Look { name: "Orders".to_owned(), columns, frozen: 1, pages_wide: 0, rows }
}

fn tip(place: &str) -> String {
    place.chars().take(200).filter(|c| !c.is_control() && !"\u{fffe}\u{ffff}".contains(*c)).collect()
}

/// The workbook with rows made here.
fn ours(rows: &[Cells], a_sheet: u32) -> Vec<u8> {
    let styles = Styles::new(Language::English);
    let factory = factory(&styles);
    let all = styles_of(&styles);
    let mut pages = Pages::new(&factory, &styles, look(a_sheet));
    let write = |(): &mut (), row: &mut super::Row<'_>, (height, cells): &Cells| {
        for (column, style, cell) in cells {
            let style = all[style % all.len()];
            match cell {
                Cell::Text(text) => row.text(*column, text, style),
                Cell::Number(number) => row.number(*column, *number, style),
                Cell::Truth(truth) => row.truth(*column, *truth, style),
                Cell::Blank => row.blank(*column, style),
                Cell::Link(text) => row.link(*column, text, "'Orders'!A1", &tip(text), style),
            }
        }
        if let Some(height) = height {
            row.height(*height);
        }
    };
    pages.fill(rows, write).expect("rows");
    let sheets = pages.finish(|_, _| Ok(())).expect("sheets");
    let mut out = Vec::new();
    factory.bind(sheets, &mut out).expect("a workbook");
    out
}

/// The same with rows made by the library.
fn theirs(rows: &[Cells]) -> Vec<u8> {
    let styles = Styles::new(Language::English);
    let factory = factory(&styles);
    let all = styles_of(&styles);
    let write = |sheet: &mut Worksheet| -> Result<(), XlsxError> {
        for (at, (height, cells)) in rows.iter().enumerate() {
            let row = at as u32 + 1;
            for (column, style, cell) in cells {
                let style = all[style % all.len()];
                match cell {
                    Cell::Text(text) => put(sheet, row, *column, text, style)?,
                    Cell::Number(number) => {
                        sheet.write_number_with_format(row, *column, *number, style).map(|_| ())?;
                    }
                    Cell::Truth(truth) => {
                        sheet.write_boolean_with_format(row, *column, *truth, style).map(|_| ())?;
                    }
                    Cell::Blank => sheet.write_blank(row, *column, style).map(|_| ())?,
                    Cell::Link(text) => {
                        let link = Url::new("internal:'Orders'!A1").set_text(text).set_tip(tip(text));
                        sheet.write_url_with_format(row, *column, &link, style)?;
                    }
                }
            }
            if let Some(height) = height {
                sheet.set_row_height(row, *height)?;
            }
        }
        Ok(())
    };
    let pages = Pages::new(&factory, &styles, look(1 << 20));
    let sheets = pages.finish(|sheet, _| write(sheet)).expect("sheets");
    let mut out = Vec::new();
    factory.bind(sheets.into_iter().map(Sheet::whole).collect(), &mut out).expect("a workbook");
    out
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

/// A sheet but for its filter, which alone depends on how many rows the frame knows of.
fn sheet(bytes: &[u8], number: usize) -> String {
    let text = part(bytes, &format!("xl/worksheets/sheet{number}.xml"));
    let start = text.find("<autoFilter").expect("a filter");
    let end = start + text[start..].find("/>").expect("its end");
    format!("{}{}", &text[..start], &text[end..])
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("_x000D_".to_owned()),
        Just("_x0041_x0042_".to_owned()),
        Just("_x00".to_owned()),
        Just("]]>".to_owned()),
        Just("&amp;<t>\"'".to_owned()),
        Just("\r\n\t ".to_owned()),
        Just("\u{fffe}\u{ffff}\u{fffd}，。".to_owned()),
        Just("字".repeat(40_000)),
        Just("x\n".repeat(300)),
        Just("=1+1".to_owned()),
        "[\\x00-\\x1f]{0,4}",
        "\\PC{0,12}",
    ];
    proptest::collection::vec(pieces, 0..4).prop_map(|pieces| pieces.concat())
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        4 => hostile().prop_map(Cell::Text),
        2 => proptest::num::f64::NORMAL.prop_map(Cell::Number),
        2 => (-10_000_000_i64..10_000_000).prop_map(|n| Cell::Number(n as f64 / 100.0)),
        1 => any::<bool>().prop_map(Cell::Truth),
        1 => Just(Cell::Blank),
        1 => "[a-z<&\"' 订]{1,9}".prop_map(Cell::Link),
    ]
}

fn row() -> impl Strategy<Value = Cells> {
    let cells = proptest::collection::vec((0_u16..60, 0_usize..64, cell()), 1..8);
    (proptest::option::of(1.0_f64..400.0), cells).prop_map(|(height, mut cells)| {
        // The library keeps the link of a cell that is written over; here no cell is.
        cells.sort_by_key(|(column, _, _)| *column);
        cells.dedup_by_key(|(column, _, _)| *column);
        (height, cells)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rows_are_those_that_the_library_writes(rows in proptest::collection::vec(row(), 1..6)) {
        prop_assert_eq!(sheet(&ours(&rows, 1 << 20), 1), sheet(&theirs(&rows), 1));
    }
}

fn many(count: usize) -> Vec<Cells> {
    let cell = |at: usize| Cell::Text(format!("{at} {}", "订单 ".repeat(at % 90)));
    (0..count).map(|at| (None, vec![(0, 0, cell(at)), (1, at, Cell::Number(at as f64 / 7.0))])).collect()
}

#[test]
fn many_rows_are_the_same_too_whatever_the_threads() {
    let rows = many(9_000);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| ours(&rows, 1 << 20))
    };
    let one = with(1);
    assert!(one == with(2) && one == with(8));
    assert!(sheet(&one, 1) == sheet(&theirs(&rows), 1));
}

#[test]
fn a_full_sheet_goes_on_on_the_next() {
    let rows = many(3_000);
    let bytes = ours(&rows, 1_400);
    for (page, from) in [(1, 0), (2, 1_400), (3, 2_800)] {
        let here = &rows[from..(from + 1_400).min(rows.len())];
        let whole = sheet(&theirs(here), 1);
        let (start, end) = (whole.find("<sheetData>"), whole.find("</sheetData>"));
        let whole = &whole[start.expect("rows")..end.expect("their end")];
        assert!(sheet(&bytes, page).contains(whole), "{page}");
    }
}

#[test]
fn cells_may_come_in_any_order_and_the_last_of_a_column_counts() {
    let cell = |column, text: &str| (column, 0, Cell::Text(text.to_owned()));
    let mixed = vec![(None, vec![cell(3, "d"), cell(0, "a"), cell(3, "e"), cell(1, "b")])];
    let sorted = vec![(None, vec![cell(0, "a"), cell(1, "b"), cell(3, "e")])];
    assert_eq!(sheet(&ours(&mixed, 10), 1), sheet(&theirs(&sorted), 1));
}

#[test]
fn columns_are_named_as_in_a_spreadsheet() {
    for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
        assert_eq!(column_name(column), name);
    }
}

#[test]
fn large_parts_and_far_parts_are_found_again() {
    let texts: Vec<String> = (0..5_usize).map(|at| at.to_string().repeat(10 + 30 * at)).collect();
    // At 60 bytes some parts are large, and at 200 some only far behind.
    for large in [60, 200, 0xffff_ffff] {
        let mut out = Vec::new();
        let mut container = Container::with_large(&mut out, large);
        for (at, text) in texts.iter().enumerate() {
            let size = text.len() as u64;
            let crc = crc32fast::hash(text.as_bytes());
            let part = Part { name: format!("xl/part{at}.xml"), method: 0, crc, packed: size, plain: size };
            container.part(part, |out| out.write_all(text.as_bytes())).expect("a part");
        }
        container.finish().expect("a zip");
        let mut archive = ZipArchive::new(Cursor::new(&out)).expect("a zip");
        assert_eq!(archive.len(), texts.len());
        for (at, text) in texts.iter().enumerate() {
            assert_eq!(archive.by_index(at).expect("a part").size(), text.len() as u64);
            assert_eq!(part(&out, &format!("xl/part{at}.xml")), *text, "{large}");
        }
    }
}

#[test]
fn a_part_of_another_size_than_told_is_an_error() {
    let mut container = Container::new(Vec::new());
    let told = Part { name: "a".to_owned(), method: 0, crc: 0, packed: 3, plain: 3 };
    assert!(container.part(told, |out| out.write_all(b"four")).is_err());
}

/// What [`escape`] makes of a text, a character after the other.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        let tail = &text.as_bytes()[at..];
        let looks_escaped = tail.len() >= 7
            && tail.starts_with(b"_x")
            && tail[6] == b'_'
            && tail[2..6].iter().all(u8::is_ascii_hexdigit);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if looks_escaped => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(c),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => write!(out, "_x{:04X}_", u32::from(c)).expect("memory"),
            c => out.push(c),
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_are_escaped_wherever_they_need_it(
        pieces in prop::collection::vec(
            prop_oneof![
                6 => "[a-z0-9 ]{0,20}", 2 => "[省市区号，。]{0,6}", 1 => "[&<>_\t\n\r\u{1}\u{1f}\u{7f}]",
                1 => Just("_x001F_".to_owned()), 1 => "[\u{fffe}\u{ffff}\u{fffd}\u{efff}]",
            ],
            0..12,
        ),
    ) {
        let text = pieces.concat();
        let mut out = Vec::new();
        escape(&mut out, &text);
        prop_assert_eq!(String::from_utf8(out).expect("text"), escaped(&text));
    }
}
