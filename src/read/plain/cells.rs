//! Rows and cells of the plain sort.

use super::frame::{Frame, Shown};
use super::strings::Strings;
use super::xml::{Tag, Walk, decoded};
use super::{NotPlain, Plainly};
use crate::read::Cell;
use crate::read::feed::error_word;
use crate::read::sheet::{Batch, Placed};
use memchr::memmem;
use std::borrow::Cow;

/// Rows and columns that a worksheet has.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// What stands before the first element: at most the declaration of XML in UTF-8.
pub(super) fn plain_prolog(text: &str) -> Plainly<()> {
    let text = text.trim_start_matches('\u{feff}').trim_ascii();
    let Some(declared) = text.strip_prefix("<?xml ") else {
        return if text.is_empty() { Ok(()) } else { Err(NotPlain) };
    };
    let declared = declared.strip_suffix("?>").ok_or(NotPlain)?.to_ascii_lowercase();
    let encoded = !declared.contains("encoding=") || declared.contains("encoding=\"utf-8\"");
    if encoded && !declared.contains('<') { Ok(()) } else { Err(NotPlain) }
}

/// The rows of a sheet's first stretch: what is behind `<sheetData>`.
pub(super) fn below_prolog(mut text: String) -> Plainly<String> {
    let data = text.find("<sheetData").ok_or(NotPlain)?;
    let sheet = text[..data].find("<worksheet").ok_or(NotPlain)?;
    plain_prolog(&text[..sheet])?;
    let before = &text[sheet..data];
    // A dimension must have an extent, which is not believed.
    if before.contains("<!") || (before.contains("<dimension") && !before.contains("<dimension ref=\"")) {
        return Err(NotPlain);
    }
    let tag = Walk::new(&text[data..]).must()?;
    if tag.name != "sheetData" || tag.closed {
        return Err(NotPlain);
    }
    let start = data + text[data..].find('>').ok_or(NotPlain)? + 1;
    text.drain(..start);
    Ok(text)
}

/// The number of the last row of a stretch, counted from 1.
pub(super) fn last_row(text: &str) -> Plainly<u32> {
    let at = memmem::rfind(text.as_bytes(), b"<row").ok_or(NotPlain)?;
    row_number(Walk::new(&text[at..]).must()?)
}

fn row_number(tag: Tag<'_>) -> Plainly<u32> {
    let mut number = None;
    tag.attributes(|name, value| {
        if name == "r" {
            number = digits(value);
        }
    })?;
    number.filter(|number| (1..=ROWS).contains(number)).ok_or(NotPlain)
}

fn digits(text: &str) -> Option<u32> {
    // No sign, which the standard library would take.
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// The rows of a stretch. `first` is the row that follows the stretch before; the last stretch ends with the sheet.
pub(super) fn rows<'a>(
    text: &'a str,
    first: u32,
    last: bool,
    strings: &'a Strings,
    frame: &Frame,
) -> Plainly<Batch<'a>> {
    let mut batch = Batch::new(first, false);
    let mut walk = Walk::new(text);
    let mut cells = Vec::new();
    let mut passed = first;
    loop {
        let Some(tag) = walk.tag()? else {
            // In the middle of a sheet a blank row at the end cannot be told from one behind the last; that is rare.
            let whole = !last && batch.rows == passed - first;
            return if whole { Ok(batch) } else { Err(NotPlain) };
        };
        match tag.name {
            "row" => {
                let number = row_number(tag)?;
                if number <= passed {
                    return Err(NotPlain);
                }
                passed = number;
                if !tag.closed {
                    row(&mut walk, number, strings, frame, &mut cells)?;
                }
                if !cells.is_empty() {
                    batch.push(number - 1, &mut cells);
                }
            }
            "/sheetData" if last => return Ok(batch),
            _ => return Err(NotPlain),
        }
    }
}

/// The cells of a row that hold anything.
fn row<'a>(
    walk: &mut Walk<'a>,
    number: u32,
    strings: &'a Strings,
    frame: &Frame,
    cells: &mut Vec<Placed<'a>>,
) -> Plainly<()> {
    let mut next = 0;
    loop {
        let tag = walk.must()?;
        match tag.name {
            "c" => {
                let (mut place, mut format, mut kind) = (None, None, "n");
                tag.attributes(|name, value| match name {
                    "r" => place = Some(value),
                    "s" => format = Some(value),
                    "t" => kind = value,
                    _ => {}
                })?;
                let column = column_of(place.ok_or(NotPlain)?, number)?;
                if column < next {
                    return Err(NotPlain);
                }
                next = column + 1;
                if !tag.closed {
                    let cell = cell(walk, kind, format, strings, frame)?;
                    if !cell.is_empty() {
                        cells.push((column, cell));
                    }
                }
            }
            "/row" => return Ok(()),
            _ => return Err(NotPlain),
        }
    }
}

/// The column of a place such as `AB12`, which must lie in the row.
fn column_of(place: &str, row: u32) -> Plainly<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, number) = place.split_at(letters);
    if letters.len() > 3 || digits(number) != Some(row) {
        return Err(NotPlain);
    }
    let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    column.checked_sub(1).filter(|column| *column < COLUMNS).ok_or(NotPlain)
}

fn cell<'a>(
    walk: &mut Walk<'a>,
    kind: &str,
    format: Option<&str>,
    strings: &'a Strings,
    frame: &Frame,
) -> Plainly<Cell<'a>> {
    let mut tag = walk.must()?;
    if tag.name == "f" {
        if !tag.closed {
            walk.skip("</f>")?;
        }
        tag = walk.must()?;
    }
    let cell = match (tag.name, kind) {
        ("/c", _) => return Ok(Cell::Empty),
        ("is", "inlineStr") if tag.closed => Cell::Empty,
        ("is", "inlineStr") => inline(walk)?,
        ("v", "n" | "s" | "b" | "e" | "str") if tag.closed => Cell::Empty,
        ("v", "n" | "s" | "b" | "e") => value(walk.text("v")?, kind, format, strings, frame)?,
        ("v", "str") => text(decoded(walk.text("v")?, true)?),
        _ => return Err(NotPlain),
    };
    if walk.must()?.name == "/c" { Ok(cell) } else { Err(NotPlain) }
}

fn text(text: Cow<'_, str>) -> Cell<'_> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// A text that stands in the cell itself.
fn inline<'a>(walk: &mut Walk<'a>) -> Plainly<Cell<'a>> {
    let tag = walk.must()?;
    let found = match tag.name {
        "/is" => return Ok(Cell::Empty),
        "t" => tag.text_of(walk)?,
        _ => return Err(NotPlain),
    };
    if walk.must()?.name == "/is" { Ok(text(found)) } else { Err(NotPlain) }
}

fn value<'a>(
    value: &'a str,
    kind: &str,
    format: Option<&str>,
    strings: &'a Strings,
    frame: &Frame,
) -> Plainly<Cell<'a>> {
    if value.is_empty() {
        return if kind == "s" || kind == "n" { Ok(Cell::Empty) } else { Err(NotPlain) };
    }
    match kind {
        "s" => {
            let at = digits(value).ok_or(NotPlain)?;
            Ok(text(Cow::Borrowed(strings.get(at as usize).ok_or(NotPlain)?)))
        }
        "b" if value == "0" || value == "1" => Ok(Cell::Bool(value == "1")),
        "e" => Ok(Cell::Error(error_word(&value.parse().map_err(|_| NotPlain)?))),
        "n" if value.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) => {
            let number = value.parse().map_err(|_| NotPlain)?;
            let moment = |duration| Cell::Moment { serial: number, epoch_1904: frame.epoch_1904, duration };
            // Without a format it is a number, whatever the first format is.
            let Some(format) = format else { return Ok(Cell::Number(number)) };
            match frame.shown(digits(format).ok_or(NotPlain)? as usize) {
                Some(Shown::Number) => Ok(Cell::Number(number)),
                Some(Shown::Moment) => Ok(moment(false)),
                Some(Shown::Duration) => Ok(moment(true)),
                None => Err(NotPlain),
            }
        }
        _ => Err(NotPlain),
    }
}
