//! The tables of a web page, as rows of one sheet.
//!
//! Tables follow one another, as in a browser. One that stands in a cell of another is layout as long as the
//! outer one has given no row of data, and its rows are rows; in a table of data it is text of its cell.

use std::collections::VecDeque;
use std::io::BufRead;

use calamine::Dimensions;

use super::token::{Token, Tokens};
use crate::read::feed::Spot;
use crate::read::{Cell, Limits, ReadFault};

/// Tables within tables that are told apart; deeper ones are text.
const DEPTH: usize = 32;
/// Areas of merged cells that are remembered.
const MERGED: usize = 100_000;
/// Columns and rows that a cell may span.
const SPAN: u32 = 1_000;

/// Elements that do not stand in one line with what is before them.
const BREAKS: [&str; 9] = ["br", "p", "div", "li", "tr", "td", "th", "table", "option"];

/// Reads the cells of a page in order.
pub(super) struct Html<R> {
    tokens: Tokens<R>,
    limits: Limits,
    tables: Vec<Grid>,
    /// Tables that are text of a cell, around the place at hand.
    flat: usize,
    ready: VecDeque<Spot<'static>>,
    /// The row of the sheet that is the next one to end.
    row: u32,
    /// Merged cells seen so far.
    pub(super) merged: Vec<Dimensions>,
    /// Whether there was any table.
    pub(super) any: bool,
    /// Whether the page ended as one should.
    closed: bool,
}

/// One table in the making.
#[derive(Default)]
struct Grid {
    in_row: bool,
    /// Cells of the row at hand, and their bytes.
    cells: Vec<(u32, String)>,
    bytes: usize,
    /// The column of the next cell.
    column: u32,
    cell: Option<Open>,
    /// Columns that a cell above takes, with the last row in which it does.
    taken: Vec<(u32, u32)>,
    /// Whether a row had more than one cell with text.
    data: bool,
}

/// A cell that is not closed yet.
struct Open {
    text: String,
    /// The number behind what is shown, as Excel writes it.
    number: Option<String>,
    columns: u32,
    rows: u32,
}

impl<R: BufRead> Html<R> {
    pub(super) fn new(from: R, limits: &Limits) -> Self {
        Html {
            tokens: Tokens::new(from, limits.field),
            limits: *limits,
            tables: Vec::new(),
            flat: 0,
            ready: VecDeque::new(),
            row: 0,
            merged: Vec::new(),
            any: false,
            closed: false,
        }
    }

    /// The next cell with text, nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Spot<'static>>, ReadFault> {
        loop {
            if let Some(spot) = self.ready.pop_front() {
                return Ok(Some(spot));
            }
            match self.tokens.next()? {
                Some(token) => self.take(token)?,
                None if self.tables.is_empty() && !self.tokens.cut => return Ok(None),
                None if self.closed && !self.tokens.cut => {
                    // A page that ends is whole, whoever forgot to close its tables.
                    while !self.tables.is_empty() {
                        self.end_row()?;
                        self.tables.pop();
                    }
                    if self.ready.is_empty() {
                        return Ok(None);
                    }
                }
                None => return Err(ReadFault::CutOff),
            }
            if self.tokens.too_long {
                return Err(ReadFault::TooLong { line: u64::from(self.row) + 1, limit: self.limits.field });
            }
        }
    }

    fn take(&mut self, token: Token) -> Result<(), ReadFault> {
        match token {
            Token::Text(text) => self.text(&text),
            Token::Open { name, attributes, closed } => {
                if BREAKS.contains(&name.as_str()) {
                    self.text(" ");
                }
                match name.as_str() {
                    "table" if !closed => self.open_table()?,
                    "tr" if self.flat == 0 => self.open_row()?,
                    "td" | "th" if self.flat == 0 => self.open_cell(&attributes)?,
                    _ => {}
                }
            }
            Token::Close(name) => match name.as_str() {
                "table" if self.flat > 0 => self.flat -= 1,
                "table" => {
                    self.end_row()?;
                    self.tables.pop();
                    self.closed = self.tables.is_empty();
                }
                "tr" if self.flat == 0 => self.end_row()?,
                "td" | "th" if self.flat == 0 => self.end_cell()?,
                "body" | "html" => self.closed = true,
                _ => {}
            },
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.tables.last_mut().and_then(|grid| grid.cell.as_mut()) {
            cell.text.push_str(text);
        }
    }

    fn open_table(&mut self) -> Result<(), ReadFault> {
        self.any = true;
        self.closed = false;
        let inner = self.tables.last().is_some_and(|outer| outer.cell.is_some());
        let data = self.tables.last().is_some_and(|outer| outer.data);
        if self.flat > 0 || (inner && data) || self.tables.len() >= DEPTH {
            self.flat += 1;
            return Ok(());
        }
        if inner {
            self.end_row()?;
        }
        self.tables.push(Grid::default());
        Ok(())
    }

    fn open_row(&mut self) -> Result<(), ReadFault> {
        self.end_row()?;
        if let Some(grid) = self.tables.last_mut() {
            grid.in_row = true;
        }
        Ok(())
    }

    fn open_cell(&mut self, attributes: &[(String, String)]) -> Result<(), ReadFault> {
        self.end_cell()?;
        let Some(grid) = self.tables.last_mut() else { return Ok(()) };
        grid.in_row = true;
        let value = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        let span = |name| value(name).and_then(|v| v.trim().parse::<u32>().ok()).unwrap_or(1).clamp(1, SPAN);
        grid.cell = Some(Open {
            text: String::new(),
            number: value("num").filter(|v| !v.is_empty()).cloned(),
            columns: span("colspan"),
            rows: span("rowspan"),
        });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ReadFault> {
        let row = self.row;
        let Some(grid) = self.tables.last_mut() else { return Ok(()) };
        let Some(open) = grid.cell.take() else { return Ok(()) };
        while grid.taken.iter().any(|(column, last)| *column == grid.column && *last >= row) {
            grid.column += 1;
        }
        let column = grid.column;
        grid.column += open.columns;
        let columns = grid.column as usize;
        if columns > 16_384 {
            return Err(ReadFault::TooManyColumns { columns, limit: self.limits.columns });
        }
        let text = open.text.split_whitespace().collect::<Vec<_>>().join(" ");
        // `2.02E+17` is what is shown of a number that stands beside it whole.
        let shown = text.contains("E+").then_some(open.number).flatten();
        let text = shown.filter(|number| number.bytes().all(|b| b.is_ascii_digit())).unwrap_or(text);
        grid.bytes += text.len();
        if grid.bytes > self.limits.record {
            return Err(ReadFault::TooLong { line: u64::from(row) + 1, limit: self.limits.record });
        }
        if open.rows > 1 {
            let last = row.saturating_add(open.rows - 1);
            grid.taken.retain(|(_, last)| *last >= row);
            grid.taken.extend((column..grid.column).map(|column| (column, last)));
            if self.merged.len() < MERGED {
                self.merged.push(Dimensions { start: (row, column), end: (last, grid.column - 1) });
            }
        }
        if !text.is_empty() {
            grid.cells.push((column, text));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadFault> {
        self.end_cell()?;
        let row = self.row;
        let Some(grid) = self.tables.last_mut().filter(|grid| grid.in_row) else { return Ok(()) };
        grid.in_row = false;
        grid.column = 0;
        grid.bytes = 0;
        grid.data |= grid.cells.len() > 1;
        let cells = grid.cells.drain(..);
        self.ready.extend(cells.map(|(column, text)| (row, column, Cell::Text(text.into()))));
        self.row = row.saturating_add(1);
        Ok(())
    }
}
