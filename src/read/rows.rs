//! Blocks of rows, rows and cells: the same for text and for workbooks.

use std::borrow::Cow;

use super::scan::{Scan, TextRow};
use super::sheet::{Batch, SheetRow};

/// A stretch of rows that follow one another. Blocks of a table are handed out in parallel.
pub struct Block<'a> {
    index: usize,
    rows: Rows<'a>,
}

#[allow(clippy::large_enum_variant)] // one a block, and never moved about
pub(super) enum Rows<'a> {
    Text(Scan<'a>),
    Sheet(Batch<'a>),
}

impl<'a> Block<'a> {
    pub(super) fn new(index: usize, rows: Rows<'a>) -> Self {
        Block { index, rows }
    }

    /// Which block of its table this is, from 0. Blocks of a text depend on its length only, never on
    /// threads.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The row of its sheet that its first row is, counted from 0; nothing for a block of text, whose place only the
    /// blocks before it tell.
    pub fn first(&self) -> Option<u32> {
        match &self.rows {
            Rows::Text(_) => None,
            Rows::Sheet(batch) => Some(batch.first()),
        }
    }

    /// Hands out the rows in order, blank ones too where they hold cells; lines of text without any
    /// character are counted but not handed out. A second call finds no rows.
    pub fn for_each(&mut self, f: impl FnMut(Row<'_>)) {
        self.for_each_of(|_| true, f);
    }

    /// The same of the rows only that are `wanted`, by [`Row::row`]. Text passes over others in half the time.
    pub fn for_each_of(&mut self, mut wanted: impl FnMut(u32) -> bool, mut f: impl FnMut(Row<'_>)) {
        match &mut self.rows {
            Rows::Text(scan) => scan.for_each(&mut wanted, &mut f),
            Rows::Sheet(batch) => batch.for_each(&mut |row| {
                if wanted(row.row) {
                    f(row);
                }
            }),
        }
    }

    /// Reads past rows that nobody asked for, so that they are counted.
    pub(super) fn finish(mut self) -> Rows<'a> {
        self.for_each_of(|_| false, |_| {});
        self.rows
    }
}

/// What makes the cells of a row doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A quote was opened and not closed in a way that could be meant. The row is its first line alone, cut
    /// at every delimiter; the lines after it are rows of their own.
    UnclosedQuote,
    /// Bytes that are no characters in the encoding of the file; cells show U+FFFD there.
    Undecodable {
        /// The first column with such bytes, from 0.
        column: usize,
        /// How many places of the row are concerned.
        places: u32,
    },
}

/// One row.
pub struct Row<'a> {
    /// From 0 within the block, counted as a spreadsheet counts: blank lines count, and a record over
    /// several lines is one row.
    pub row: u32,
    /// The physical line of text on which the row starts, from 0 within the block; in workbooks the same
    /// as `row`.
    pub line: u32,
    /// What makes its cells doubtful, if anything.
    pub trouble: Option<Trouble>,
    pub(super) cells: RowCells<'a>,
}

pub(super) enum RowCells<'a> {
    Text(TextRow<'a>),
    Sheet(SheetRow<'a>),
}

impl Row<'_> {
    /// How many cells the row has, up to its last one that is there.
    pub fn len(&self) -> usize {
        match &self.cells {
            RowCells::Text(row) => row.len(),
            RowCells::Sheet(row) => row.len(),
        }
    }

    /// Whether the row has no cells at all, as a row of a workbook may.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it is a row of text, so that every cell is its bytes.
    pub fn is_text(&self) -> bool {
        matches!(self.cells, RowCells::Text(_))
    }

    /// Whether no cell holds anything but white space.
    pub fn is_blank(&self) -> bool {
        match &self.cells {
            RowCells::Text(row) => row.is_blank(),
            RowCells::Sheet(row) => row.is_blank(),
        }
    }

    /// The cell in a column, from 0; [`Cell::Empty`] beyond the last one.
    pub fn cell(&self, column: usize) -> Cell<'_> {
        match &self.cells {
            RowCells::Text(row) => row.cell(column),
            RowCells::Sheet(row) => row.cell(column),
        }
    }

    /// The text of a cell, where it stands in the file just so and needs no decoding; nothing says nothing.
    #[inline]
    pub fn plain(&self, column: usize) -> Option<&str> {
        match &self.cells {
            RowCells::Text(row) => row.plain(column),
            RowCells::Sheet(_) => None,
        }
    }

    /// The bytes of a text cell, without quotes and not decoded: equal bytes are equal texts within a file,
    /// so that texts can be interned without decoding them. Nothing for cells that are not text.
    #[inline]
    pub fn raw(&self, column: usize) -> &[u8] {
        match &self.cells {
            RowCells::Text(row) => row.raw(column),
            RowCells::Sheet(row) => row.raw(column),
        }
    }

    /// The cell that a merged one stands for: where the cell in this column lies under another one of
    /// the same merged area, that one's content, else [`Cell::Empty`]. Apart from [`Row::cell`], because
    /// an order number holds for every row of the area while an amount must be counted once.
    pub fn merged(&self, column: usize) -> Cell<'_> {
        match &self.cells {
            RowCells::Text(_) => Cell::Empty,
            RowCells::Sheet(row) => row.merged(column),
        }
    }
}

/// The content of a cell as the file holds it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text, with any white space around it. Dates of `.ods` come as text too, in ISO 8601.
    Text(Cow<'a, str>),
    /// A number of a workbook. Beyond 15 digits it is not what was typed.
    Number(f64),
    /// A number of a workbook that is shown as a date, a time or a duration.
    Moment {
        /// Days since the epoch of the workbook; may lie outside of any sensible range.
        serial: f64,
        /// Whether the epoch is 1904-01-01, not 1899-12-30.
        epoch_1904: bool,
        /// Whether it is shown as a length of time, not as a point in time.
        duration: bool,
    },
    /// A truth value of a workbook.
    Bool(bool),
    /// An error value such as `#N/A`.
    Error(&'static str),
}

impl Cell<'_> {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// The same content, borrowed from nothing.
    pub(super) fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Empty => Cell::Empty,
            Cell::Number(number) => Cell::Number(number),
            Cell::Moment { serial, epoch_1904, duration } => Cell::Moment { serial, epoch_1904, duration },
            Cell::Bool(truth) => Cell::Bool(truth),
            Cell::Error(word) => Cell::Error(word),
        }
    }

    /// The same content, borrowed from this one.
    pub(super) fn borrow(&self) -> Cell<'_> {
        match self {
            Cell::Text(text) => Cell::Text(Cow::Borrowed(text)),
            Cell::Empty => Cell::Empty,
            Cell::Number(number) => Cell::Number(*number),
            Cell::Moment { serial, epoch_1904, duration } => {
                Cell::Moment { serial: *serial, epoch_1904: *epoch_1904, duration: *duration }
            }
            Cell::Bool(truth) => Cell::Bool(*truth),
            Cell::Error(word) => Cell::Error(word),
        }
    }

    /// As text, for recognising headings: numbers as they are, dates as their serial.
    pub fn to_text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone().into_owned(),
            Cell::Number(number) | Cell::Moment { serial: number, .. } => number.to_string(),
            Cell::Bool(truth) => truth.to_string(),
            Cell::Error(word) => (*word).to_owned(),
        }
    }
}

/// Whether bytes are nothing but what exports put into empty cells: blanks and tabs.
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' ' | b'\t'))
}
