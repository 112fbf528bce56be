//! The rows of a block of text.

use super::cells::{Cells, Span};
use super::encoding::{Places, decode};
use super::marks::Marks;
use super::rows::{RowCells, is_blank};
use super::split::{Manner, Rules, Step, after_line_end};
use super::{Cell, Encoding, Row, Trouble};

/// A block of text in the middle of being read.
pub(super) struct Scan<'a> {
    block: TextBlock<'a>,
    bad: Vec<u32>,
    rules: Rules,
    body: usize,
    last: bool,
    cells: Cells,
    marks: Marks,
    /// Bytes read so far.
    pub(super) at: usize,
    /// Rows read so far, blank lines too.
    pub(super) rows: u32,
    /// Physical lines read so far.
    pub(super) lines: u32,
    /// Why reading stopped; nothing while rows may follow.
    pub(super) stop: Option<Stop>,
}

/// Why no more rows follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The block is read to its last byte, and a row ends there.
    End,
    /// The row at hand goes on beyond the block.
    Undecided,
    /// The row at hand is over a limit of so many bytes.
    TooLong { limit: usize },
}

/// Where a block lies in its text, and how the text is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) encoding: Encoding,
    pub(super) rules: Rules,
    /// Offset in the text at which the heading is behind.
    pub(super) body: u64,
}

#[derive(Clone, Copy)]
struct TextBlock<'a> {
    bytes: &'a [u8],
    /// The block as text, where all of it is UTF-8: then cells need no check of their own.
    text: Option<&'a str>,
    encoding: Encoding,
}

impl<'a> Scan<'a> {
    /// A block that starts where a record does, `offset` bytes into the text. `last` tells that the text
    /// ends with it.
    pub(super) fn new(bytes: &'a [u8], offset: u64, last: bool, frame: Frame) -> Self {
        let Places { text, bad } = Places::of(bytes, frame.encoding, last);
        Scan {
            block: TextBlock { bytes, text, encoding: frame.encoding },
            bad,
            rules: frame.rules,
            body: usize::try_from(frame.body.saturating_sub(offset)).unwrap_or(usize::MAX),
            last,
            cells: Cells::default(),
            marks: Marks::new(bytes, 0, frame.rules.delimiter),
            at: 0,
            rows: 0,
            lines: 0,
            stop: None,
        }
    }

    /// Hands out the rows that are `wanted`.
    pub(super) fn for_each(&mut self, wanted: &mut impl FnMut(u32) -> bool, f: &mut impl FnMut(Row<'_>)) {
        while self.stop.is_none() {
            self.stop = self.next(wanted, f);
        }
    }

    /// Hands out the next row, or notes why there is none.
    pub(super) fn step(&mut self, f: &mut impl FnMut(Row<'_>)) {
        self.stop = self.next(&mut |_| true, f);
    }

    fn next(&mut self, wanted: &mut impl FnMut(u32) -> bool, f: &mut impl FnMut(Row<'_>)) -> Option<Stop> {
        let bytes = self.block.bytes;
        match bytes.get(self.at) {
            None => return Some(Stop::End),
            Some(b'\n' | b'\r') => {
                let Some(next) = after_line_end(bytes, self.at, self.last) else {
                    return Some(Stop::Undecided);
                };
                self.marks.seek(bytes, next);
                self.pass(next, 1);
                return None;
            }
            Some(_) => {}
        }
        let wanted = wanted(self.rows);
        let manner = Manner { last: self.last, loose: self.at < self.body, split: wanted };
        let step = self.rules.step(bytes, self.at, manner, &mut self.marks, &mut self.cells);
        let (next, lines, unclosed) = match step {
            Step::Record { next, lines } => (next, lines, false),
            Step::Unclosed { next } => (next, 1, true),
            Step::Undecided => return Some(Stop::Undecided),
            Step::TooLong { limit } => return Some(Stop::TooLong { limit }),
        };
        if !wanted {
            self.pass(next, lines);
            return None;
        }
        let trouble = if unclosed { Some(Trouble::UnclosedQuote) } else { self.undecodable(next) };
        let cells = RowCells::Text(TextRow { block: self.block, cells: &self.cells });
        f(Row { row: self.rows, line: self.lines, trouble, cells });
        self.pass(next, lines);
        None
    }

    fn pass(&mut self, next: usize, lines: u32) {
        self.at = next;
        self.rows += 1;
        self.lines += lines;
    }

    /// The bytes before `next` that are no characters. They cannot be told from the cells alone: nobody may
    /// ask for the column.
    fn undecodable(&self, next: usize) -> Option<Trouble> {
        if self.bad.is_empty() {
            return None;
        }
        let from = self.bad.partition_point(|&place| (place as usize) < self.at);
        let to = self.bad.partition_point(|&place| (place as usize) < next);
        let first = *self.bad.get(from).filter(|_| from < to)?;
        let column = self.cells.spans(self.block.bytes).take_while(|cell| cell.end <= first).count();
        Some(Trouble::Undecodable { column, places: (to - from) as u32 })
    }
}

/// A row of text, as the places of its cells.
pub(super) struct TextRow<'a> {
    block: TextBlock<'a>,
    cells: &'a Cells,
}

impl TextRow<'_> {
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.cells.plain() && self.cells.spans(self.block.bytes).all(|cell| is_blank(self.bytes(cell)))
    }

    fn bytes(&self, cell: Span) -> &[u8] {
        self.block.bytes.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    }

    #[inline]
    pub(super) fn raw(&self, column: usize) -> &[u8] {
        if !self.cells.plain()
            && let Some(rewritten) = self.cells.rewritten(column)
        {
            return rewritten;
        }
        self.cells.span(self.block.bytes, column).map_or(&[], |cell| self.bytes(cell))
    }

    #[inline]
    pub(super) fn plain(&self, column: usize) -> Option<&str> {
        let text = self.block.text.filter(|_| self.cells.plain())?;
        let span = self.cells.span(self.block.bytes, column)?;
        text.get(span.start as usize..span.end as usize)
    }

    pub(super) fn cell(&self, column: usize) -> Cell<'_> {
        let Some(span) = self.cells.span(self.block.bytes, column) else { return Cell::Empty };
        if let Some(text) = self.block.text.filter(|_| self.cells.plain()) {
            let text = text.get(span.start as usize..span.end as usize).unwrap_or_default();
            return if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) };
        }
        let bytes = self.raw(column);
        if bytes.is_empty() { Cell::Empty } else { Cell::Text(decode(bytes, self.block.encoding)) }
    }
}
