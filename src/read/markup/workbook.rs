//! Excel's XML of 2003: `Workbook`, `Worksheet`, `Table`, `Row`, `Cell`, `Data`.

use std::collections::VecDeque;
use std::io::BufRead;

use calamine::Dimensions;

use super::token::{Token, Tokens};
use crate::read::feed::Spot;
use crate::read::{Cell, Limits, ReadFault};

/// Areas of merged cells that are remembered.
const MERGED: usize = 100_000;
/// Rows and columns of the largest sheet there is.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;
/// Digits of a whole number that a number keeps for certain; longer ones are read as the text they are.
const SAFE_DIGITS: usize = 15;

/// What happens in a workbook.
pub(super) enum Event {
    /// A worksheet begins.
    Sheet(String),
    /// Its cells are hidden from its reader.
    Hidden,
    /// A cell of the sheet at hand.
    Cell(Spot<'static>),
    /// A merged area of it.
    Merged(Dimensions),
}

/// Reads a workbook from its beginning.
pub(super) struct Workbook<R> {
    tokens: Tokens<R>,
    limits: Limits,
    ready: VecDeque<Event>,
    row: u32,
    column: u32,
    /// Columns that the cell at hand covers behind its own.
    across: u32,
    merged: usize,
    /// The type and text of the data element at hand.
    data: Option<(String, String)>,
    /// Comments hold data that is no cell's.
    comment: bool,
    visible: bool,
    ended: bool,
}

impl<R: BufRead> Workbook<R> {
    pub(super) fn new(from: R, limits: &Limits) -> Self {
        Workbook {
            tokens: Tokens::new(from, limits.field),
            limits: *limits,
            ready: VecDeque::new(),
            row: 0,
            column: 0,
            across: 0,
            merged: 0,
            data: None,
            comment: false,
            visible: false,
            ended: false,
        }
    }

    /// What happens next, nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event>, ReadFault> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            match self.tokens.next()? {
                Some(Token::Open { name, attributes, closed }) => {
                    self.open(&name, &attributes)?;
                    if closed {
                        self.close(&name)?;
                    }
                }
                Some(Token::Close(name)) => self.close(&name)?,
                Some(Token::Text(text)) => self.text(&text)?,
                None if self.ended => return Ok(None),
                None => return Err(ReadFault::CutOff),
            }
            if self.tokens.too_long {
                return Err(ReadFault::TooLong { line: u64::from(self.row), limit: self.limits.field });
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &[(String, String)]) -> Result<(), ReadFault> {
        let value = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, v)| v.as_str());
        let number = |name: &str| value(name).and_then(|v| v.trim().parse::<u32>().ok());
        match name {
            "worksheet" => {
                (self.row, self.column, self.merged) = (0, 0, 0);
                self.ready.push_back(Event::Sheet(value("name").unwrap_or_default().to_owned()));
            }
            "row" => {
                let row = number("index").unwrap_or(self.row.saturating_add(1));
                if row <= self.row {
                    return Err(ReadFault::Unordered { row: u64::from(row) });
                }
                if row > ROWS {
                    return Err(ReadFault::Damaged { why: format!("row {row} is below the last one") });
                }
                (self.row, self.column) = (row, 0);
            }
            "cell" => {
                let column = number("index").unwrap_or(self.column.saturating_add(1));
                if column <= self.column || column > COLUMNS {
                    let why = format!("row {}: column {column} is out of order", self.row);
                    return Err(ReadFault::Damaged { why });
                }
                let (down, across) = (number("mergedown"), number("mergeacross").unwrap_or(0).min(COLUMNS));
                self.column = column;
                if let (Some(down), Some(row)) = (down.filter(|d| *d > 0), self.row.checked_sub(1))
                    && self.merged < MERGED
                {
                    self.merged += 1;
                    let end = (row.saturating_add(down), column - 1 + across);
                    let area = Dimensions { start: (row, column - 1), end };
                    self.ready.push_back(Event::Merged(area));
                }
                // The cells it covers are not written.
                self.column += across;
                self.data = None;
                self.across = across;
            }
            "comment" => self.comment = true,
            "data" if !self.comment => {
                self.data = Some((value("type").unwrap_or("String").to_owned(), String::new()));
            }
            "visible" => self.visible = true,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadFault> {
        match name {
            "comment" => self.comment = false,
            "visible" => self.visible = false,
            "workbook" => self.ended = true,
            "data" if !self.comment => {
                if let Some((kind, text)) = self.data.take()
                    && let (Some(row), Some(column)) =
                        (self.row.checked_sub(1), (self.column - self.across).checked_sub(1))
                {
                    self.ready.push_back(Event::Cell((row, column, cell(&kind, text))));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadFault> {
        if self.visible && text.trim() != "SheetVisible" {
            self.ready.push_back(Event::Hidden);
        }
        if let Some((_, data)) = &mut self.data {
            data.push_str(text);
            if data.len() > self.limits.field {
                return Err(ReadFault::TooLong { line: u64::from(self.row), limit: self.limits.field });
            }
        }
        Ok(())
    }
}

/// A cell of a type that the file names. Times stay the text they are, in ISO 8601.
fn cell(kind: &str, text: String) -> Cell<'static> {
    match kind {
        "Number" => {
            let digits = text.trim().trim_start_matches('-');
            let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
            match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() && !(whole && digits.len() > SAFE_DIGITS) => {
                    Cell::Number(number)
                }
                _ => Cell::Text(text.trim().to_owned().into()),
            }
        }
        "Boolean" => Cell::Bool(text.trim() == "1"),
        "Error" => Cell::Error("#N/A"),
        _ if text.is_empty() => Cell::Empty,
        _ => Cell::Text(text.into()),
    }
}
