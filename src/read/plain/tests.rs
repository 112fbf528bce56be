//! Held against the general reader: the same cells, or nothing.

use super::xml::decoded;
use super::{Frame, Plain, Strings, frame};
use crate::read::container::examine;
use crate::read::panic::caught;
use crate::read::source::Source;
use crate::read::tests::excel::changed;
use crate::read::{Cell, Limits, excel, feed};
use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use std::io::Cursor;

type Placed = (u32, u32, Cell<'static>);

/// The cells of the first sheet of a workbook as this reader reads them; nothing where it is not plain.
fn plainly(bytes: &[u8]) -> Option<Vec<Placed>> {
    let source = Source::Memory(bytes.into());
    let contents = examine(&source, &Limits::default()).ok()?;
    let frame: Frame = frame(&source, &contents)?;
    let strings = Strings::of(&source, &contents).ok()?;
    let plain = Plain { source: &source, frame: &frame, strings: &strings };
    let each = |block: &mut crate::read::Block<'_>| {
        let (first, mut cells) = (block.first().unwrap_or_default(), Vec::new());
        block.for_each(|row| {
            for column in 0..row.len() {
                let cell = row.cell(column).into_owned();
                if !cell.is_empty() {
                    cells.push((first + row.row, column as u32, cell));
                }
            }
        });
        cells
    };
    let blocks = plain.read(&frame.sheets.first()?.name, &each).ok()?;
    let mut next = 0;
    for block in &blocks {
        assert!(block.value.first().is_none_or(|(row, ..)| *row >= next));
        next += block.rows;
    }
    Some(blocks.into_iter().flat_map(|block| block.value).collect())
}

/// The same by the general reader.
fn generally(bytes: &[u8]) -> Option<Vec<Placed>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let (name, epoch_1904) = (book.sheet_names().first()?.clone(), book.has_1904_epoch());
    let mut reader = book.worksheet_cells_reader(&name).ok()?;
    let mut cells = Vec::new();
    while let Some(found) = reader.next_cell().ok()? {
        let cell = feed::cell(found.get_value(), epoch_1904).into_owned();
        if !cell.is_empty() {
            cells.push((found.get_position().0, found.get_position().1, cell));
        }
    }
    Some(cells)
}

/// As [`generally`]; a panic is no cells either.
fn guarded(bytes: &[u8]) -> Option<Vec<Placed>> {
    caught(|| Ok(generally(bytes))).ok().flatten()
}

/// A workbook with something of every kind, its texts in the cells or beside them.
fn of_all_kinds(inline: bool, rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = if inline {
        book.add_worksheet_with_constant_memory().expect("a sheet")
    } else {
        book.add_worksheet()
    };
    let (date, span) =
        (Format::new().set_num_format("yyyy-mm-dd hh:mm"), Format::new().set_num_format("[h]:mm"));
    for row in 0..rows {
        let at = row * 2;
        sheet.write(at, 0, format!("订单 <{row}> & \"Co\"")).expect("a cell");
        sheet.write(at, 1, " space ").expect("a cell");
        sheet.write_with_format(at, 2, 45_000.25 + f64::from(row), &date).expect("a cell");
        sheet.write_with_format(at, 4, 0.25, &span).expect("a cell");
        sheet.write(at, 27, row % 2 == 0).expect("a cell");
        sheet.write(at, 28, 1e15 + f64::from(row) / 8.0).expect("a cell");
        sheet.write(at, 29, "a\r\nb_x000D_c").expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn cells_are_those_of_the_general_reader() {
    for inline in [false, true] {
        // Enough for several stretches.
        let bytes = of_all_kinds(inline, 9_000);
        let found = plainly(&bytes).expect("a plain sheet");
        assert_eq!(found.len(), 9_000 * 7);
        assert!(Some(found) == generally(&bytes), "{inline}");
    }
}

#[test]
fn any_byte_changed_gives_the_same_cells_or_leaves_them_to_the_general_reader() {
    let mut plain = 0;
    for inline in [false, true] {
        let bytes = of_all_kinds(inline, 3);
        for part in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"] {
            for seed in 0..400_usize {
                let bytes = changed(&bytes, part, |text| {
                    let mut text = text.into_bytes();
                    let at = seed * 7_919 % text.len();
                    text[at] = b"<>\"9A/ &s'"[seed % 10];
                    String::from_utf8(text.clone())
                        .unwrap_or_else(|_| String::from_utf8_lossy(&text).into_owned())
                });
                // The general reader may refuse a sheet, or panic, for what is not in its cells.
                if let (Some(found), Some(expected)) = (plainly(&bytes), guarded(&bytes)) {
                    plain += 1;
                    assert_eq!(found, expected, "{part} {seed}");
                }
            }
        }
    }
    assert!(plain > 400, "{plain}");
}

#[test]
fn what_is_not_plain_is_left_alone() {
    let bytes = of_all_kinds(false, 3);
    let sheet = "xl/worksheets/sheet1.xml";
    let odd = |from: &str, to: &str| changed(&bytes, sheet, |text| text.replacen(from, to, 1));
    assert!(plainly(&bytes).is_some());
    for (from, to) in [
        ("<row r=\"3\"", "<row"),
        ("<c r=\"B1\"", "<c"),
        ("<c r=\"B3\"", "<c r=\"B1\""),
        ("<row r=\"3\"", "<!-- a note --><row r=\"3\""),
        ("</sheetData>", "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:A3\"/></mergeCells>"),
        ("<v>1</v>", "<v>999999</v>"),
        ("</sheetData>", ""),
    ] {
        assert_ne!(bytes, odd(from, to), "{from}");
        assert!(plainly(&odd(from, to)).is_none(), "{from} {to}");
    }
}

#[test]
fn formulas_errors_and_rich_texts_are_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let result = |formula: &str, result: &str| rust_xlsxwriter::Formula::new(formula).set_result(result);
    sheet.write_formula(0, 0, result("=1+1", "2")).expect("a cell");
    sheet.write_formula(0, 1, result("=NA()", "#N/A")).expect("a cell");
    sheet.write_formula(0, 2, result("=\"a\"&\"b\"", "a&b")).expect("a cell");
    sheet
        .write_rich_string(1, 0, &[(&Format::new().set_bold(), "bold "), (&Format::new(), "plain")])
        .expect("a cell");
    sheet.write_blank(1, 1, &Format::new().set_bold()).expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let found = plainly(&bytes).expect("a plain sheet");
    assert_eq!(found.len(), 4);
    assert_eq!(Some(found), generally(&bytes));
}

#[test]
fn texts_are_decoded() {
    let said = |text: &str, kept| decoded(text, kept).map(std::borrow::Cow::into_owned).ok();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(said("a &lt;b&gt; &amp;amp; &#x4E2D;&#10;", true), some("a <b> &amp; 中\n"));
    assert_eq!(said(" a\r\nb\rc\u{a0} ", false), some("a\nb\nc\u{a0}"));
    assert_eq!(said("_x000D_ _x00_ _xYYYY_ _x4e2d_", true), some("\r _x00_ _xYYYY_ 中"));
    for odd in ["&nbsp;", "&#0;", "a & b", "&#xD800;", "_xD83D_"] {
        assert_eq!(said(odd, true), None, "{odd}");
    }
}

#[test]
fn a_sheet_that_is_not_plain_is_read_by_the_general_reader() {
    let bytes = changed(&of_all_kinds(false, 3), "xl/worksheets/sheet1.xml", |text| {
        text.replacen(
            "</sheetData>",
            "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:A3\"/></mergeCells>",
            1,
        )
    });
    let limits = Limits::default();
    let source = Source::Memory(bytes.as_slice().into());
    let contents = examine(&source, &limits).expect("a container");
    let mut sheets = excel::open(&source, contents, &limits).expect("a workbook");
    let sheet = sheets.remove(0).1.expect("a sheet");
    let blocks = sheet.read(&|block| {
        let mut merged = Vec::new();
        block.for_each(|row| merged.push(row.merged(0).into_owned()));
        merged
    });
    let merged: Vec<_> = blocks.expect("rows").into_iter().flat_map(|block| block.value).collect();
    assert!(matches!(&merged[2], Cell::Text(text) if text.starts_with("订单 <0>")));
}

#[test]
fn a_number_without_a_format_is_no_time_even_where_the_first_format_is_one() {
    let bytes = changed(&of_all_kinds(false, 3), "xl/styles.xml", |text| {
        let (before, formats) = text.split_at(text.find("<cellXfs").expect("formats"));
        format!("{before}{}", formats.replacen("numFmtId=\"0\"", "numFmtId=\"22\"", 1))
    });
    let found = plainly(&bytes).expect("a plain sheet");
    assert!(found.iter().any(|(_, column, cell)| *column == 28 && matches!(cell, Cell::Number(_))));
    assert_eq!(Some(found), generally(&bytes));
}
