//! How the reading process tells what it found: frames of a tag and numbers, little end first.
//!
//! A sheet is its name, then its merged areas and cells, or why it is not read. A table of Parquet is its name and text,
//! time and again. Only an answer that ends with
//! [`END`] is whole: whatever ends a process early leaves none.

use std::borrow::Cow;
use std::io::{self, BufRead, Read, Write};

use calamine::Dimensions;

use super::parse::Content;
use crate::read::excel::Sheets;
use crate::read::lake::Put;
use crate::read::{Cell, ReadFault};

const SHEET: u8 = b'S';
const FAULT: u8 = b'F';
const MERGED: u8 = b'M';
const EPOCH_1904: u8 = b'4';
const CELL: u8 = b'C';
const TABLE: u8 = b'T';
const END: u8 = b'E';

/// The error words a cell can hold; told by their place here.
const ERRORS: [&str; 8] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"];

/// What came back.
pub(super) enum Answer {
    /// All of it.
    Whole(Result<Sheets<Content>, ReadFault>),
    /// The process ended before it had told all, or told what makes no sense.
    Broken,
    /// More than the limit.
    TooLarge,
}

pub(super) fn write(found: &Result<Sheets<Content>, ReadFault>, out: &mut impl Write) -> io::Result<()> {
    match found {
        Err(fault) => write_fault(fault, out)?,
        Ok(sheets) => {
            for (name, content) in sheets {
                out.write_all(&[SHEET])?;
                write_text(name, out)?;
                match content {
                    Err(fault) => write_fault(fault, out)?,
                    Ok(content) => write_content(content, out)?,
                }
            }
        }
    }
    out.write_all(&[END])?;
    out.flush()
}

fn write_content(content: &Content, out: &mut impl Write) -> io::Result<()> {
    if content.epoch_1904 {
        out.write_all(&[EPOCH_1904])?;
    }
    for area in &content.merged {
        out.write_all(&[MERGED])?;
        for number in [area.start.0, area.start.1, area.end.0, area.end.1] {
            out.write_all(&number.to_le_bytes())?;
        }
    }
    for (row, column, cell) in &content.cells {
        let (kind, number) = match cell {
            Cell::Empty => continue,
            Cell::Text(_) => (b't', 0.0),
            Cell::Number(number) => (b'n', *number),
            Cell::Moment { serial, epoch_1904, duration } => {
                (b'0' + u8::from(*epoch_1904) + 2 * u8::from(*duration), *serial)
            }
            Cell::Bool(truth) => (b'b', f64::from(u8::from(*truth))),
            Cell::Error(word) => (b'e', ERRORS.iter().position(|known| known == word).unwrap_or(0) as f64),
        };
        out.write_all(&[CELL])?;
        out.write_all(&row.to_le_bytes())?;
        out.write_all(&column.to_le_bytes())?;
        out.write_all(&[kind])?;
        match cell {
            Cell::Text(text) => write_text(text, out)?,
            _ => out.write_all(&number.to_le_bytes())?,
        }
    }
    Ok(())
}

/// Some of the text of a table.
pub(super) fn write_table(name: Option<&str>, text: &str, out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[TABLE, u8::from(name.is_some())])?;
    write_text(name.unwrap_or_default(), out)?;
    write_text(text, out)
}

fn write_text(text: &str, out: &mut impl Write) -> io::Result<()> {
    out.write_all(&(text.len() as u32).to_le_bytes())?;
    out.write_all(text.as_bytes())
}

/// The fault's code, and the one text that some have.
fn write_fault(fault: &ReadFault, out: &mut impl Write) -> io::Result<()> {
    let detail = match fault {
        ReadFault::NotAWorksheet { kind } => (*kind).to_owned(),
        ReadFault::Damaged { why } | ReadFault::Unreadable { why } => why.clone(),
        ReadFault::Panicked { at } => at.clone(),
        ReadFault::TooLarge { what, bytes, limit } => format!("{bytes} {limit} {what}"),
        ReadFault::TooLong { line, limit } => format!("{line} {limit}"),
        ReadFault::TooManyColumns { columns: is, limit }
        | ReadFault::TooManyEntries { entries: is, limit } => format!("{is} {limit}"),
        _ => String::new(),
    };
    out.write_all(&[FAULT])?;
    write_text(fault.code(), out)?;
    write_text(&detail, out)
}

fn fault(code: &str, detail: String) -> ReadFault {
    // Two numbers and what may stand behind them.
    let mut parts = detail.splitn(3, ' ');
    let mut number = || parts.next().and_then(|part| part.parse::<u64>().ok()).unwrap_or_default();
    let (first, second) = (number(), number());
    match code {
        "password" => ReadFault::Password,
        "own-report" => ReadFault::OwnReport,
        "cut-off" => ReadFault::CutOff,
        "too-large" => {
            let what = parts.next().unwrap_or_default().to_owned();
            ReadFault::TooLarge { what, bytes: first, limit: second }
        }
        "too-long" => ReadFault::TooLong { line: first, limit: second as usize },
        "too-many-columns" => ReadFault::TooManyColumns { columns: first as usize, limit: second as usize },
        "too-many-entries" => ReadFault::TooManyEntries { entries: first as usize, limit: second as usize },
        "hidden-sheet" => ReadFault::HiddenSheet,
        "not-a-worksheet" => {
            let kinds = ["chart", "dialog", "macro"];
            ReadFault::NotAWorksheet {
                kind: kinds.into_iter().find(|kind| *kind == detail).unwrap_or("macro"),
            }
        }
        "reader-failed" => ReadFault::Panicked { at: detail },
        "unreadable" => ReadFault::Unreadable { why: detail },
        _ => ReadFault::Damaged { why: detail },
    }
}

/// Reads an answer, up to `limit` bytes of it.
pub(super) fn read(from: impl BufRead, limit: u64) -> Answer {
    let mut from = from.take(limit);
    match (Frames { from: &mut from }).all() {
        Some(found) => Answer::Whole(found),
        None if from.limit() == 0 => Answer::TooLarge,
        None => Answer::Broken,
    }
}

/// Reads an answer of tables, whose text goes to `put` as it comes.
pub(super) fn read_tables(mut from: impl BufRead, put: Put<'_>) -> Result<Answer, ReadFault> {
    let mut frames = Frames { from: &mut from };
    loop {
        match frames.byte() {
            Some(TABLE) => {}
            Some(END) => return Ok(Answer::Whole(Ok(Vec::new()))),
            Some(FAULT) => {
                let (Some(code), Some(detail)) = (frames.text(), frames.text()) else {
                    return Ok(Answer::Broken);
                };
                return Ok(match frames.byte() {
                    Some(END) => Answer::Whole(Err(fault(&code, detail))),
                    _ => Answer::Broken,
                });
            }
            _ => return Ok(Answer::Broken),
        }
        let (Some(named), Some(name), Some(text)) = (frames.byte(), frames.text(), frames.text()) else {
            return Ok(Answer::Broken);
        };
        put((named != 0).then_some(name.as_str()), &text)?;
    }
}

struct Frames<'a, R> {
    from: &'a mut R,
}

impl<R: BufRead> Frames<'_, R> {
    /// Nothing where the answer is not whole.
    fn all(&mut self) -> Option<Result<Sheets<Content>, ReadFault>> {
        let mut sheets: Sheets<Content> = Vec::new();
        loop {
            match self.byte()? {
                END => return Some(Ok(sheets)),
                SHEET => sheets.push((self.text()?, Ok(Content::default()))),
                FAULT => {
                    let code = self.text()?;
                    let fault = fault(&code, self.text()?);
                    match sheets.last_mut() {
                        Some((_, content)) => *content = Err(fault),
                        None => return (self.byte()? == END).then_some(Err(fault)),
                    }
                }
                MERGED => {
                    let (start, end) = ((self.u32()?, self.u32()?), (self.u32()?, self.u32()?));
                    sheets.last_mut()?.1.as_mut().ok()?.merged.push(Dimensions { start, end });
                }
                CELL => {
                    let spot = (self.u32()?, self.u32()?, self.cell()?);
                    sheets.last_mut()?.1.as_mut().ok()?.cells.push(spot);
                }
                EPOCH_1904 => sheets.last_mut()?.1.as_mut().ok()?.epoch_1904 = true,
                _ => return None,
            }
        }
    }

    fn cell(&mut self) -> Option<Cell<'static>> {
        let kind = self.byte()?;
        if kind == b't' {
            return Some(Cell::Text(Cow::Owned(self.text()?)));
        }
        let number = f64::from_le_bytes(self.bytes()?);
        Some(match kind {
            b'n' => Cell::Number(number),
            b'0'..=b'3' => {
                let flags = kind - b'0';
                Cell::Moment { serial: number, epoch_1904: flags & 1 != 0, duration: flags & 2 != 0 }
            }
            b'b' => Cell::Bool(number != 0.0),
            b'e' => Cell::Error(ERRORS.get(number as usize).copied()?),
            _ => return None,
        })
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.bytes().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Option<u32> {
        self.bytes().map(u32::from_le_bytes)
    }

    /// A length that is not true takes no more memory than the bytes that come.
    fn text(&mut self) -> Option<String> {
        let length = u64::from(self.u32()?);
        let mut bytes = Vec::new();
        let got = self.from.by_ref().take(length).read_to_end(&mut bytes).ok()?;
        if got as u64 == length { String::from_utf8(bytes).ok() } else { None }
    }
}
