//! A workbook without its sheets and strings.
//!
//! Which part a sheet is, and which formats show a number as a time, the general reader knows. It is asked through a
//! small workbook of the same frame, whose sheets hold the number of their part and a cell of every format.

use super::{NotPlain, Plainly};
use crate::read::container::{Contents, Entry, container};
use crate::read::excel::left_out;
use crate::read::source::Source;
use calamine::{DataRef, Reader, Sheet, Xlsx};
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Bytes that a frame may have.
const BYTES: u64 = 8 << 20;
/// Formats that are asked for.
const FORMATS: usize = 1024;
/// What a part's number stands behind.
const MARK: &str = "\u{2063}part ";

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Number,
    Moment,
    Duration,
}

/// What a workbook is apart from its sheets and strings.
#[derive(Debug)]
pub(in crate::read) struct Frame {
    /// All sheets, in the order of the workbook.
    pub(in crate::read) sheets: Vec<Sheet>,
    pub(in crate::read) epoch_1904: bool,
    /// Visible worksheets, and the numbers of their parts.
    parts: Vec<(String, usize)>,
    formats: Vec<Shown>,
}

impl Frame {
    pub(super) fn of(source: &Source, contents: &Contents) -> Plainly<Frame> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(asking(source, contents)?))?;
        let sheets = book.sheets_metadata().to_vec();
        let mut frame =
            Frame { epoch_1904: book.has_1904_epoch(), sheets, parts: Vec::new(), formats: Vec::new() };
        for sheet in frame.sheets.iter().filter(|sheet| left_out(sheet).is_none()) {
            if frame.parts.iter().any(|(name, _)| *name == sheet.name) {
                continue;
            }
            let mut cells = book.worksheet_cells_reader(&sheet.name)?;
            let first = cells.next_cell()?.ok_or(NotPlain)?;
            let DataRef::String(text) = first.get_value() else { return Err(NotPlain) };
            let part = text.strip_prefix(MARK).and_then(|part| part.parse().ok()).ok_or(NotPlain)?;
            frame.parts.push((sheet.name.clone(), part));
            if !frame.formats.is_empty() {
                continue;
            }
            while let Some(cell) = cells.next_cell()? {
                frame.formats.push(match cell.get_value() {
                    DataRef::DateTime(moment) if moment.is_duration() => Shown::Duration,
                    DataRef::DateTime(_) => Shown::Moment,
                    _ => Shown::Number,
                });
            }
        }
        Ok(frame)
    }

    /// The number of the part that a sheet is.
    pub(super) fn part(&self, name: &str) -> Option<usize> {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, part)| *part)
    }

    /// How a format shows a number; nothing for one that was not asked for.
    pub(super) fn shown(&self, format: usize) -> Option<Shown> {
        self.formats.get(format).copied()
    }
}

/// The workbook that asks.
fn asking(source: &Source, contents: &Contents) -> Plainly<Vec<u8>> {
    let mut archive = container(source)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut left = BYTES;
    for entry in &contents.entries {
        let name = String::from_utf8(entry.name.clone())?;
        let bytes = if is_sheet(entry) {
            sheet(entry.index).into_bytes()
        } else if is_frame(entry) && entry.bytes <= left {
            let mut bytes = Vec::new();
            archive.by_index(entry.index)?.read_to_end(&mut bytes)?;
            bytes
        } else if is_frame(entry) {
            return Err(NotPlain);
        } else {
            continue;
        };
        left = left.checked_sub(bytes.len() as u64).ok_or(NotPlain)?;
        out.start_file(name, options)?;
        out.write_all(&bytes)?;
    }
    Ok(out.finish()?.into_inner())
}

fn is_sheet(entry: &Entry) -> bool {
    entry.key.contains("worksheets/") && !entry.key.contains("_rels/")
}

fn is_frame(entry: &Entry) -> bool {
    let key = entry.key.as_str();
    key == "[content_types].xml"
        || (key.contains("_rels/") && !key.contains("sheets/"))
        || ["workbook.xml", "styles.xml"].iter().any(|end| key.ends_with(end))
        || key.contains("theme/")
}

fn sheet(part: usize) -> String {
    let mut text = format!(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{MARK}{part}</t></is></c></row><row r=\"2\">"
    );
    for format in 0..FORMATS {
        let _ = write!(text, "<c s=\"{format}\"><v>1</v></c>");
    }
    text.push_str("</row></sheetData></worksheet>");
    text
}
