//! Frames and rows put together.

use super::container::{Container, Part as ZipPart};
use super::row::column_name;
use super::spool::{Packed, Packer, Spool};
use super::stretch::Part;
use rust_xlsxwriter::XlsxError;
use std::io::{self, BufWriter, Cursor, Read, Write};
use zip::{CompressionMethod, ZipArchive};

/// The rows of one sheet.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Its last row, counted from 0; that of the headings where there is no other.
    pub last: u32,
    /// Columns of its headings.
    pub headed: u16,
}

/// A piece of a sheet: packed in memory, or kept in the spool.
enum Piece<'p> {
    Here { packed: Vec<u8>, plain: u64, crc: u32 },
    Kept(&'p Packed),
}

/// Writes a workbook: `frames` with the rows of its sheets put in. `sheets` are those of the workbook in their order;
/// nothing stands for one that is whole already.
///
/// # Errors
/// When `out` or the spool fails, or `frames` is no workbook.
pub fn bind(
    frames: &[u8],
    sheets: &[Option<Filled>],
    spool: &Spool,
    out: impl Write,
) -> Result<(), XlsxError> {
    let mut archive = ZipArchive::new(Cursor::new(frames))?;
    let mut container = Container::new(BufWriter::with_capacity(1 << 16, out));
    for at in 0..archive.len() {
        let name = archive.by_index_raw(at)?.name()?.into_owned();
        let filled = number_of(&name).and_then(|number| sheets.get(number)).and_then(Option::as_ref);
        let mut frame = String::new();
        if number_of(&name).is_some() {
            archive.by_index(at)?.read_to_string(&mut frame)?;
        }
        let whole = once(&frame);
        if let Some(filled) = filled {
            write(&mut container, name, &pieces(&frame, filled)?, spool)?;
        } else if let Some(whole) = whole {
            write(&mut container, name, &[here(&whole, true)?], spool)?;
        } else {
            let mut part = archive.by_index_raw(at)?;
            let method = if part.compression() == CompressionMethod::Stored { 0 } else { 8 };
            let (crc, packed, plain) = (part.crc32(), part.compressed_size(), part.size());
            container.part(ZipPart { name, method, crc, packed, plain }, |out| {
                io::copy(&mut part, out).map(|_| ())
            })?;
        }
    }
    Ok(container.finish()?)
}

/// The number of a sheet's part, from 0: `xl/worksheets/sheet1.xml` is that of the first.
fn number_of(name: &str) -> Option<usize> {
    let digits = name.strip_prefix("xl/worksheets/sheet")?.strip_suffix(".xml")?;
    digits.parse::<usize>().ok()?.checked_sub(1)
}

fn write<W: Write>(
    container: &mut Container<W>,
    name: String,
    pieces: &[Piece<'_>],
    spool: &Spool,
) -> io::Result<()> {
    let mut sum = crc32fast::Hasher::new();
    let (mut packed, mut plain) = (0, 0);
    for piece in pieces {
        let (length, of_plain, crc) = match piece {
            Piece::Here { packed, plain, crc } => (packed.len() as u64, *plain, *crc),
            Piece::Kept(kept) => (kept.length, kept.plain, kept.crc),
        };
        sum.combine(&crc32fast::Hasher::new_with_initial_len(crc, of_plain));
        (packed, plain) = (packed + length, plain + of_plain);
    }
    let part = ZipPart { name, method: 8, crc: sum.finalize(), packed, plain };
    container.part(part, |mut out| {
        pieces.iter().try_for_each(|piece| match piece {
            Piece::Here { packed, .. } => out.write_all(packed),
            Piece::Kept(kept) => spool.copy(kept, &mut out),
        })
    })
}

/// A whole sheet without its last row, where that is there twice: the library closes a sheet whose last row has a height
/// with that row once more, empty, and spreadsheets take that for damage.
fn once(frame: &str) -> Option<String> {
    let end = frame.find("/></sheetData>")?;
    let start = frame.get(..end)?.rfind("<row r=\"")?;
    let row = frame.get(start..end)?;
    let again = frame.get(..start)?.rfind("<row r=\"").and_then(|before| frame.get(before..start))?;
    let number = |row: &str| row.split('"').nth(1).map(str::to_owned);
    let twice = !row.contains('>') && number(row) == number(again);
    twice.then(|| {
        format!("{}{}", frame.get(..start).unwrap_or_default(), frame.get(end + 2..).unwrap_or_default())
    })
}

/// The frame up to the end of its headings, the rows, the links, the rest of the frame; see [`once`] for what may stand
/// between the headings and their end.
fn pieces<'p>(frame: &str, filled: &'p Filled) -> io::Result<Vec<Piece<'p>>> {
    let broken = || io::Error::other("the frame of a sheet is not as it should be");
    let behind = |mark: &str| frame.find(mark).map(|at| at + mark.len());
    let headed = behind("</row>").ok_or_else(broken)?;
    let rows_end = frame.find("</sheetData>").ok_or_else(broken)?;
    // Links stand before the options of printing, which begin with one of these.
    let links_at = frame.find("<printOptions").or_else(|| frame.find("<pageMargins")).ok_or_else(broken)?;
    let head = sized(frame.get(..headed).ok_or_else(broken)?, filled).ok_or_else(broken)?;
    let (middle, tail) = (frame.get(rows_end..links_at).ok_or_else(broken)?, &frame[links_at..]);
    let kept =
        |links: bool| filled.parts.iter().filter(move |part| part.links == links).map(|part| &part.packed);
    let mut pieces = vec![here(&head, false)?];
    pieces.extend(kept(false).map(Piece::Kept));
    if kept(true).next().is_some() {
        pieces.push(here(&format!("{middle}<hyperlinks>"), false)?);
        pieces.extend(kept(true).map(Piece::Kept));
        pieces.push(here(&format!("</hyperlinks>{tail}"), true)?);
    } else {
        pieces.push(here(&format!("{middle}{tail}"), true)?);
    }
    Ok(pieces)
}

/// The head of a frame with the size of the whole sheet.
fn sized(head: &str, filled: &Filled) -> Option<String> {
    let start = head.find("<dimension ref=\"")? + "<dimension ref=\"".len();
    let end = start + head.get(start..)?.find('"')?;
    let columns = filled.parts.iter().map(|part| part.columns).max().unwrap_or(0).max(filled.headed).max(1);
    let size = format!("A1:{}{}", column_name(columns - 1), filled.last + 1);
    Some(format!("{}{size}{}", head.get(..start)?, head.get(end..)?))
}

fn here(text: &str, last: bool) -> io::Result<Piece<'static>> {
    let packed = Packer::default().pack(text.as_bytes(), last)?;
    Ok(Piece::Here { packed, plain: text.len() as u64, crc: crc32fast::hash(text.as_bytes()) })
}
