//! Makes what no program writes: workbooks with a part changed, zips with false names, an `.xlsb` by hand.

use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The headings of the exports here.
pub const HEAD: &str = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间";

/// A row of one order that is late, with the number `n`.
pub fn row(n: u32) -> String {
    format!("261105-{n:015},待发货,1,2026-11-05 10:00:00,2026-11-07 10:00:00,")
}

/// An export of these rows.
pub fn csv(rows: &[String]) -> String {
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

/// The same as a workbook; `change` may do more to its sheet.
pub fn xlsx_with(rows: &[String], change: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, line) in std::iter::once(HEAD).chain(rows.iter().map(String::as_str)).enumerate() {
        for (column, cell) in line.split(',').enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(at as u32, column as u16, cell).expect("written");
        }
    }
    change(&mut book);
    book.save_to_buffer().expect("saved")
}

/// An export as a workbook.
pub fn xlsx(rows: &[String]) -> Vec<u8> {
    xlsx_with(rows, |_| {})
}

/// The parts of a zip.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut all = Vec::new();
    for index in 0..from.len() {
        let mut entry = from.by_index(index).expect("an entry");
        let mut part = Vec::new();
        entry.read_to_end(&mut part).expect("inflated");
        all.push((String::from_utf8_lossy(entry.name_raw()).into_owned(), part));
    }
    all
}

/// A zip of parts.
pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        to.start_file(name, SimpleFileOptions::default()).expect("started");
        to.write_all(part).expect("written");
    }
    to.finish().expect("finished").into_inner()
}

/// A zip of one part that is `mebibytes` long when inflated, all of one byte, behind `start`.
pub fn bomb(name: &str, start: &[u8], mebibytes: usize, others: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, part) in others {
        to.start_file(name, options).expect("started");
        to.write_all(part).expect("written");
    }
    to.start_file(name, options).expect("started");
    to.write_all(start).expect("written");
    let block = vec![b' '; 1 << 20];
    for _ in 0..mebibytes {
        to.write_all(&block).expect("written");
    }
    to.finish().expect("finished").into_inner()
}

/// The same with `unit` over and over behind `start`.
pub fn pile(name: &str, start: &[u8], unit: &[u8], times: usize, others: &[(String, Vec<u8>)]) -> Vec<u8> {
    let part = [start, &unit.repeat(times)].concat();
    zip(&[others, &[(name.to_owned(), part)]].concat())
}

/// A workbook with the text of one part changed.
pub fn changed(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut all = parts(bytes);
    let found = all.iter_mut().find(|(name, _)| name == part).expect("the part");
    let text = change(&String::from_utf8_lossy(&found.1));
    assert_ne!(text.as_bytes(), found.1, "{part} did not change");
    found.1 = text.into_bytes();
    zip(&all)
}

/// A workbook without one part.
pub fn without(bytes: &[u8], part: &str) -> Vec<u8> {
    let mut all = parts(bytes);
    all.retain(|(name, _)| name != part);
    zip(&all)
}

/// A workbook with a name in its directory overwritten by another of the same length.
pub fn renamed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len().saturating_sub(from.len()))
        .filter(|at| bytes[*at..].starts_with(from.as_bytes()))
        .collect();
    assert!(!places.is_empty(), "no {from}");
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    bytes
}

/// A cell of an `.xlsb`.
pub enum Cell {
    Text(&'static str),
    Number(f64),
    /// A formula with an error as its result.
    Error,
}

/// Where kinds of relations are named.
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An `.xlsb` with one sheet, record by record as [MS-XLSB] has them.
pub fn xlsb(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut sheet = Vec::new();
    record(&mut sheet, 0x81, &[]); // BrtBeginSheet
    let mut dimension = Vec::new();
    for number in [0, rows.len().saturating_sub(1) as u32, 0, 5] {
        dimension.extend(u32::to_le_bytes(number));
    }
    record(&mut sheet, 0x94, &dimension); // BrtWsDim
    record(&mut sheet, 0x91, &[]); // BrtBeginSheetData
    for (at, cells) in rows.iter().enumerate() {
        let mut head = (at as u32).to_le_bytes().to_vec();
        head.extend([0; 13]);
        record(&mut sheet, 0x00, &head); // BrtRowHdr
        for (column, cell) in cells.iter().enumerate() {
            let mut data = (column as u32).to_le_bytes().to_vec();
            data.extend([0; 4]);
            let kind = match cell {
                Cell::Text(text) => {
                    data.extend(wide(text));
                    0x06 // BrtCellSt
                }
                Cell::Number(number) => {
                    data.extend(number.to_le_bytes());
                    0x05 // BrtCellReal
                }
                Cell::Error => {
                    data.push(0x2A);
                    data.extend([0; 10]);
                    0x0B // BrtFmlaError
                }
            };
            record(&mut sheet, kind, &data);
        }
    }
    record(&mut sheet, 0x92, &[]); // BrtEndSheetData
    record(&mut sheet, 0x82, &[]); // BrtEndSheet
    let mut book = Vec::new();
    record(&mut book, 0x83, &[]); // BrtBeginBook
    record(&mut book, 0x99, &[0; 12]); // BrtWbProp
    record(&mut book, 0x8F, &[]); // BrtBeginBundleShs
    let mut bundle = vec![0; 4];
    bundle.extend(1_u32.to_le_bytes());
    bundle.extend(wide("rId1"));
    bundle.extend(wide("订单"));
    record(&mut book, 0x9C, &bundle); // BrtBundleSh
    record(&mut book, 0x90, &[]); // BrtEndBundleShs
    record(&mut book, 0x84, &[]); // BrtEndBook
    let relations = |kind: &str, target: &str| {
        format!(
            "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"rId1\" Type=\"{KIND}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
        .into_bytes()
    };
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
    zip(&[
        ("[Content_Types].xml".to_owned(), types.as_bytes().to_vec()),
        ("_rels/.rels".to_owned(), relations("officeDocument", "xl/workbook.bin")),
        ("xl/workbook.bin".to_owned(), book),
        ("xl/_rels/workbook.bin.rels".to_owned(), relations("worksheet", "worksheets/sheet1.bin")),
        ("xl/worksheets/sheet1.bin".to_owned(), sheet),
    ])
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

/// Kind and length take seven bits a byte, the lowest first.
fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    if kind < 0x80 {
        out.push(kind as u8);
    } else {
        out.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
    }
    let mut length = data.len();
    loop {
        let low = (length & 0x7F) as u8;
        length >>= 7;
        if length == 0 {
            out.push(low);
            break;
        }
        out.push(low | 0x80);
    }
    out.extend(data);
}
