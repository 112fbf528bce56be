//! `.ods`: the tables of its `content.xml`, streamed. Indented by another program or not, they read the same.

mod cell;

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Seek};

use calamine::Dimensions;
use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::parse::Content;
use crate::read::excel::Sheets;
use crate::read::markup::{Token, Tokens};
use crate::read::{Cell, Limits, ReadFault};
use cell::OpenCell;

/// Rows and columns of the largest sheet there is.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;
/// Bytes of the list of parts that are searched for what is encrypted.
const MANIFEST: u64 = 8 << 20;
/// What a cell takes besides its text.
const CELL: u64 = 32;
/// Elements whose text is no cell's: notes, shapes, what other files showed last, what was there before a change.
const ASIDE: [&str; 9] = [
    "annotation",
    "custom-shape",
    "dde-links",
    "frame",
    "g",
    "note",
    "ruby-text",
    "shapes",
    "tracked-changes",
];
pub(super) fn parse(input: impl Read + Seek) -> Result<Sheets<Content>, ReadFault> {
    let mut archive = ZipArchive::new(input)?;
    match archive.by_name("META-INF/manifest.xml") {
        Ok(part) => {
            let mut text = Vec::new();
            part.take(MANIFEST).read_to_end(&mut text)?;
            if memmem::find(&text, b"encryption-data").is_some() {
                return Err(ReadFault::Password);
            }
        }
        Err(ZipError::FileNotFound) => {}
        Err(error) => return Err(error.into()),
    }
    let content = archive.by_name("content.xml")?;
    tables(BufReader::with_capacity(1 << 16, content), &Limits::default())
}

/// The sheets in a document.
pub(super) fn tables(from: impl BufRead, limits: &Limits) -> Result<Sheets<Content>, ReadFault> {
    let mut tokens = Tokens::xml(from, limits.field);
    let mut document = Document { limits: *limits, ..Document::default() };
    while let Some(token) = tokens.next()? {
        if tokens.too_long {
            return Err(document.too_long());
        }
        match token {
            Token::Open { name, attributes, closed } => {
                document.open(&name, &Attributes(&attributes))?;
                if closed {
                    document.close(&name)?;
                }
            }
            Token::Close(name) => document.close(&name)?,
            Token::Text(text) => document.text(&text)?,
        }
    }
    match (document.spreadsheet, document.ended) {
        (true, true) => Ok(document.sheets),
        (_, false) => Err(ReadFault::Damaged { why: "its content breaks off".to_owned() }),
        (false, true) => Err(ReadFault::Damaged { why: "it holds no spreadsheet".to_owned() }),
    }
}

struct Attributes<'a>(&'a [(String, String)]);

impl<'a> Attributes<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A number of repeats, one where there is none.
    fn times(&self, name: &str) -> u32 {
        self.get(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).max(1)
    }
}

#[derive(Default)]
struct Document {
    limits: Limits,
    sheets: Sheets<Content>,
    spreadsheet: bool,
    ended: bool,
    /// The style at hand, and those of hidden sheets.
    style: String,
    hidden: HashSet<String>,
    /// Sheets that are open: one, and tables in its cells.
    tables: u32,
    /// Elements that are open from one on whose text is passed over.
    aside: u32,
    row: u32,
    column: u32,
    /// How many rows the one at hand stands for, and its cells.
    rows: u32,
    cells: Vec<(u32, Cell<'static>)>,
    cell: Option<OpenCell>,
    /// Bytes that all cells take.
    bytes: u64,
}

impl Document {
    fn too_long(&self) -> ReadFault {
        ReadFault::TooLong { line: u64::from(self.row) + 1, limit: self.limits.field }
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadFault> {
        if self.aside > 0 || ASIDE.contains(&name) {
            self.aside += 1;
            return Ok(());
        }
        match name {
            "spreadsheet" => self.spreadsheet = true,
            "style" => attributes.get("name").unwrap_or_default().clone_into(&mut self.style),
            "table-properties" if attributes.get("display") == Some("false") => {
                self.hidden.insert(self.style.clone());
            }
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.sheet(attributes)?;
                }
            }
            _ if self.tables != 1 => {}
            "table-row" => self.rows = attributes.times("number-rows-repeated"),
            "table-cell" | "covered-table-cell" => {
                self.cell = Some(OpenCell::new(name, attributes));
            }
            _ => self.inside(name, attributes)?,
        }
        Ok(())
    }

    fn sheet(&mut self, attributes: &Attributes<'_>) -> Result<(), ReadFault> {
        if self.sheets.len() >= self.limits.entries {
            let (entries, limit) = (self.sheets.len() + 1, self.limits.entries);
            return Err(ReadFault::TooManyEntries { entries, limit });
        }
        let hidden = attributes.get("style-name").is_some_and(|style| self.hidden.contains(style));
        let content = if hidden { Err(ReadFault::HiddenSheet) } else { Ok(Content::default()) };
        self.sheets.push((attributes.get("name").unwrap_or_default().to_owned(), content));
        (self.row, self.column, self.rows) = (0, 0, 1);
        self.cells.clear();
        Ok(())
    }

    /// What makes up the text of a cell.
    fn inside(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadFault> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        match name {
            "p" | "h" => cell.paragraph(),
            "s" => {
                let times = attributes.times("c") as usize;
                if cell.len().saturating_add(times) > self.limits.field {
                    return Err(self.too_long());
                }
                cell.blanks(times);
            }
            "tab" => cell.sign('\t'),
            "line-break" => cell.sign('\n'),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadFault> {
        let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) else { return Ok(()) };
        cell.add(text);
        if cell.len() > self.limits.field { Err(self.too_long()) } else { Ok(()) }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadFault> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "document-content" => self.ended = true,
            "table" => self.tables = self.tables.saturating_sub(1),
            _ if self.tables != 1 => {}
            "p" | "h" => {
                if let Some(cell) = &mut self.cell {
                    cell.paragraph_ends();
                }
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    self.put(cell)?;
                }
            }
            "table-row" => self.row_ends()?,
            _ => {}
        }
        Ok(())
    }

    fn put(&mut self, cell: OpenCell) -> Result<(), ReadFault> {
        let (repeated, spanned) = (cell.repeated, cell.spanned);
        let value = cell.value();
        let next = self.column.saturating_add(repeated);
        if !value.is_empty() {
            if next > COLUMNS {
                let (columns, limit) = (next as usize, COLUMNS as usize);
                return Err(ReadFault::TooManyColumns { columns, limit });
            }
            if spanned > 1
                && let Some((_, Ok(content))) = self.sheets.last_mut()
            {
                let (start, end) =
                    ((self.row, self.column), (self.row.saturating_add(spanned - 1), self.column));
                content.merged.push(Dimensions { start, end });
            }
            for column in self.column..next {
                self.cells.push((column, value.clone()));
            }
        }
        self.column = next;
        Ok(())
    }

    fn row_ends(&mut self) -> Result<(), ReadFault> {
        let next = self.row.saturating_add(self.rows);
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() && next > ROWS {
            return Err(ReadFault::Damaged { why: format!("row {next} is below the last one") });
        }
        let texts = cells.iter().map(|(_, cell)| match cell {
            Cell::Text(text) => CELL + text.len() as u64,
            _ => CELL,
        });
        self.bytes = self.bytes.saturating_add(texts.sum::<u64>() * u64::from(self.rows));
        if self.bytes > self.limits.answer {
            let (what, bytes, limit) = ("the content".to_owned(), self.bytes, self.limits.answer);
            return Err(ReadFault::TooLarge { what, bytes, limit });
        }
        if let Some((_, Ok(content))) = self.sheets.last_mut()
            && !cells.is_empty()
        {
            for row in self.row..next {
                content.cells.extend(cells.iter().map(|(column, cell)| (row, *column, cell.clone())));
            }
        }
        (self.row, self.column, self.rows) = (next, 0, 1);
        Ok(())
    }
}
