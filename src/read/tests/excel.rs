use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format as Style, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Seen, open_bytes, read, table};
use crate::read::{Cell, Format, Table};

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

/// A workbook with one sheet that `fill` writes.
fn sheet(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    saved(book)
}

/// The same workbook with the text of one part changed.
pub(in crate::read) fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        to.start_file(&name, SimpleFileOptions::default()).unwrap();
        to.write_all(if name == part { change(text) } else { text }.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn texts(rows: &[Seen]) -> Vec<Vec<&str>> {
    rows.iter().map(|seen| seen.cells.iter().map(String::as_str).collect()).collect()
}

/// One column of a table as cells.
fn column(table: &Table, column: usize, merged: bool) -> Vec<Cell<'static>> {
    let blocks = table.read(None, 1, &|_| {}, |block| {
        let mut cells = Vec::new();
        block.for_each(|row| {
            cells.push(if merged { row.merged(column) } else { row.cell(column) }.into_owned());
        });
        cells
    });
    blocks.unwrap().into_iter().flat_map(|block| block.value).collect()
}

#[test]
fn rows_keep_their_places_and_gaps_are_blank_rows() {
    let table = table(&sheet(|sheet| {
        sheet.write(1, 1, "订单号").unwrap();
        sheet.write(1, 2, "金额").unwrap();
        sheet.write(4, 1, "0012345678901234567").unwrap();
        sheet.write(4, 2, 3.5).unwrap();
    }));
    assert_eq!((table.format, table.sheet.as_deref(), table.encoding), (Format::Xlsx, Some("Sheet1"), None));
    let (rows, count, lines) = read(&table, b',', 2);
    assert_eq!((count, lines), (5, 5));
    assert_eq!(rows.iter().map(|seen| seen.row).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    assert_eq!(texts(&rows)[1], ["", "订单号", "金额"]);
    assert_eq!(texts(&rows)[2], [] as [&str; 0]);
    assert_eq!(texts(&rows)[4], ["", "0012345678901234567", "3.5"]);
    let heads = table.heads(9).unwrap();
    assert_eq!(heads.len(), 1);
    assert_eq!(heads[0].rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn cells_keep_their_types() {
    let table = table(&sheet(|sheet| {
        let date = Style::new().set_num_format("yyyy-mm-dd hh:mm");
        let length = Style::new().set_num_format("[hh]:mm");
        sheet.write(0, 0, 5.25).unwrap();
        sheet.write_with_format(1, 0, 45_943.5, &date).unwrap();
        sheet.write_with_format(2, 0, 1.5, &length).unwrap();
        sheet.write(3, 0, true).unwrap();
        sheet.write_formula(4, 0, Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write(5, 0, " text ").unwrap();
    }));
    let moment = |serial, duration| Cell::Moment { serial, epoch_1904: false, duration };
    let cells = column(&table, 0, false);
    assert_eq!(
        cells[..4],
        [Cell::Number(5.25), moment(45_943.5, false), moment(1.5, true), Cell::Bool(true)]
    );
    assert_eq!(cells[4].to_text(), "#N/A");
    assert_eq!(cells[5], Cell::Text(" text ".into()));
}

#[test]
fn the_epoch_of_1904_is_told() {
    let bytes = sheet(|sheet| {
        sheet.write_with_format(0, 0, 44_000.0, &Style::new().set_num_format("yyyy-mm-dd")).unwrap();
    });
    let bytes = changed(&bytes, "xl/workbook.xml", |text| {
        text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    });
    let moment = Cell::Moment { serial: 44_000.0, epoch_1904: true, duration: false };
    assert_eq!(column(&table(&bytes), 0, false), [moment]);
}

#[test]
fn hidden_sheets_are_told_and_empty_ones_passed_over() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("订单").unwrap().write(0, 0, "x").unwrap();
    book.add_worksheet().set_name("old").unwrap().set_hidden(true).write(0, 0, "x").unwrap();
    book.add_worksheet().set_name("empty").unwrap();
    let tables = open_bytes("a.xlsx", &saved(book));
    assert_eq!(tables.len(), 2);
    assert_eq!(tables[0].as_ref().unwrap().sheet.as_deref(), Some("订单"));
    let hidden = tables[1].as_ref().unwrap_err();
    assert_eq!((hidden.sheet.as_deref(), hidden.fault.code()), (Some("old"), "hidden-sheet"));
    assert!(hidden.fault.is_note());
}

#[test]
fn chart_sheets_are_told() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, 1).unwrap();
    let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Line);
    chart.add_series().set_values("=Sheet1!$A$1:$A$1");
    book.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    let tables = open_bytes("a.xlsx", &saved(book));
    assert_eq!(tables[1].as_ref().unwrap_err().fault.code(), "not-a-worksheet");
}

#[test]
fn a_workbook_without_cells_is_empty() {
    assert_eq!(open_bytes("a.xlsx", &sheet(|_| {})).remove(0).unwrap_err().fault.code(), "empty");
}

#[test]
fn merged_cells_stand_for_the_rows_below_them() {
    let table = table(&sheet(|sheet| {
        let plain = Style::new();
        sheet.merge_range(0, 0, 0, 2, "title", &plain).unwrap();
        sheet.merge_range(1, 0, 3, 0, "order 1", &plain).unwrap();
        sheet.merge_range(4, 0, 5, 0, "order 2", &plain).unwrap();
        for row in 1..7 {
            sheet.write(row, 1, f64::from(row)).unwrap();
        }
    }));
    let text = |text: &'static str| Cell::Text(text.into());
    let none = Cell::Empty;
    assert_eq!(
        column(&table, 0, false),
        [
            text("title"),
            text("order 1"),
            none.clone(),
            none.clone(),
            text("order 2"),
            none.clone(),
            none.clone()
        ]
    );
    assert_eq!(
        column(&table, 0, true),
        [none.clone(), none.clone(), text("order 1"), text("order 1"), none.clone(), text("order 2"), none]
    );
}

#[test]
fn merged_cells_reach_over_batches() {
    let table = table(&sheet(|sheet| {
        sheet.merge_range(1, 0, 19_999, 0, "order", &Style::new()).unwrap();
        for row in 0..20_000 {
            sheet.write(row, 1, row).unwrap();
            sheet.write(row, 2, "x").unwrap();
        }
    }));
    let merged = column(&table, 0, true);
    assert_eq!(merged.len(), 20_000);
    assert!(merged[2..].iter().all(|cell| *cell == Cell::Text("order".into())));
}

#[test]
fn large_sheets_come_in_order_and_can_be_read_again() {
    let table = table(&sheet(|sheet| {
        for row in 0..30_000 {
            for column in 0..4 {
                sheet.write(row, column, format!("{row}/{column}")).unwrap();
            }
        }
    }));
    for _ in 0..2 {
        let blocks = table.read(None, 4, &|_| {}, |block| block.index()).unwrap();
        assert!(blocks.len() > 2);
        assert!(blocks.iter().enumerate().all(|(index, block)| block.value == index));
        let (rows, count, _) = read(&table, b',', 4);
        assert_eq!(count, 30_000);
        assert!(
            rows.iter()
                .enumerate()
                .all(|(at, seen)| seen.row as usize == at && seen.cells[3] == format!("{at}/3"))
        );
    }
}

#[test]
fn a_cell_at_the_far_end_costs_nothing() {
    let table = table(&sheet(|sheet| {
        sheet.write(0, 0, "near").unwrap();
        sheet.write(1_048_575, 16_383, "far").unwrap();
    }));
    let blocks = table.read(None, 1, &|_| {}, |block| {
        let mut last = (0, 0, 0);
        let mut rows = 0;
        block.for_each(|row| {
            rows += 1;
            last = (row.row, row.len(), row.cell(16_383).to_text().len());
        });
        (rows, last)
    });
    let blocks = blocks.unwrap();
    assert_eq!(blocks.iter().map(|block| block.rows).sum::<u32>(), 1_048_576);
    assert_eq!(blocks[0].value, (1_048_576, (1_048_575, 16_384, 3)));
    assert_eq!(table.heads(9).unwrap()[0].rows.len(), 2);
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn a_lying_dimension_is_not_believed() {
    let bytes = sheet(|sheet| {
        sheet.write(2, 0, "x").unwrap();
    });
    let bytes = changed(&bytes, SHEET, |text| text.replace("ref=\"A3\"", "ref=\"A1:XFD1048576\""));
    assert_eq!(read(&table(&bytes), b',', 1).1, 3);
}

#[test]
fn rows_out_of_order_are_refused_rather_than_misnumbered() {
    let bytes = sheet(|sheet| {
        sheet.write(1, 0, 1).unwrap();
        sheet.write(2, 0, 2).unwrap();
    });
    let bytes = changed(&bytes, SHEET, |text| text.replace("\"3\"", "\"1\"").replace("\"A3\"", "\"A1\""));
    let fault = table(&bytes).read(None, 1, &|_| {}, |_| ()).unwrap_err();
    assert_eq!(fault.to_string(), "row 1 comes after a later one; open the file in Excel and save it again");
}

#[test]
fn what_breaks_off_in_a_sheet_is_named_and_other_sheets_are_read() {
    let mut book = Workbook::new();
    for _ in 0..2 {
        book.add_worksheet().write(0, 0, 1).unwrap();
    }
    let bytes = changed(&saved(book), SHEET, |text| text.replace("r=\"A1\"", "r=\"1\""));
    let tables = open_bytes("a.xlsx", &bytes);
    let broken = tables[0].as_ref().unwrap_err();
    assert_eq!((broken.sheet.as_deref(), broken.fault.code()), (Some("Sheet1"), "damaged"));
    assert_eq!(tables[1].as_ref().unwrap().sheet.as_deref(), Some("Sheet2"));
}

#[test]
fn more_strings_claimed_than_there_are_bytes_is_refused() {
    let bytes = sheet(|sheet| {
        sheet.write(0, 0, "x").unwrap();
    });
    let bytes = changed(&bytes, "xl/sharedStrings.xml", |text| {
        text.replace("uniqueCount=\"1\"", "uniqueCount = '18446744073709551615'")
    });
    assert_eq!(open_bytes("a.xlsx", &bytes).remove(0).unwrap_err().fault.code(), "string-count");
}

#[test]
fn a_panicking_reader_is_a_fault_with_its_place() {
    let fault = crate::read::panic::caught::<()>(|| panic!("on purpose")).unwrap_err();
    assert_eq!(fault.code(), "reader-failed");
    assert!(fault.to_string().contains("read/tests/excel.rs:"), "{fault}");
}

#[test]
fn an_encrypted_workbook_asks_for_its_password_to_be_taken_off() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(2_000_000, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(open_bytes("a.xlsx", &bytes).remove(0).unwrap_err().fault.code(), "password");
}

#[test]
fn a_broken_old_workbook_is_damaged_not_a_crash() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(5_000, 0xAB);
    let refused = open_bytes("a.xls", &bytes).remove(0).unwrap_err();
    assert_eq!(refused.format, Format::Xls);
    assert!(["damaged", "reader-failed"].contains(&refused.fault.code()), "{refused:?}");
}

#[test]
fn any_byte_changed_in_a_part_gives_rows_or_a_fault() {
    let bytes = sheet(|sheet| {
        let date = Style::new().set_num_format("yyyy-mm-dd");
        sheet.merge_range(1, 0, 2, 0, "order", &Style::new()).unwrap();
        sheet.write_with_format(1, 1, 45_000.5, &date).unwrap();
        sheet.write(2, 1, "a & b").unwrap();
    });
    for part in [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"] {
        for seed in 0..60_usize {
            let bytes = changed(&bytes, part, |text| {
                let mut text = text.into_bytes();
                let at = seed * 7_919 % text.len();
                text[at] = b"<>\"9A/ &"[seed % 8];
                String::from_utf8(text).unwrap()
            });
            for table in open_bytes("a.xlsx", &bytes).into_iter().flatten() {
                let _ = table.heads(9);
                let _ =
                    table.read(None, 2, &|_| {}, |block| block.for_each(|row| assert!(row.len() < 20_000)));
            }
        }
    }
}

#[test]
fn tables_can_be_shared_by_threads() {
    const fn shared<T: Send + Sync>() {}
    shared::<Table>();
}
