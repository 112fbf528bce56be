//! One record of delimited text: where it ends and where its cells lie.
//!
//! The rules are those of the `csv` crate (a test holds the two together), with three differences that an
//! audit needs. Cells are found, not copied. Blank lines are the caller's to count. And a record that
//! runs over line ends must be well formed: a quote that somebody forgot would otherwise swallow the rows
//! up to the next quote without a word.

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::Limits;
use super::bytes::{find, slice};
use super::cells::{Cells, Span};
use super::marks::Marks;

/// What stands at a position in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A record of `lines` physical lines, the next of which starts at `next`.
    Record { next: usize, lines: u32 },
    /// A quote that is never closed in a way that could be meant: the line up to `next` stands alone.
    Unclosed { next: usize },
    /// What follows the bytes in hand decides.
    Undecided,
    /// A line, or a cell of it, is over the limit of so many bytes.
    TooLong { limit: usize },
}

/// How text is split.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) delimiter: u8,
    /// Heading columns: cells that a record over several lines must have. 0 where they are not known.
    pub(super) width: usize,
    pub(super) limits: Limits,
}

/// How a record is split.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// The text ends with the bytes in hand.
    pub(super) last: bool,
    /// The heading has not come yet, so that a record may have any number of cells.
    pub(super) loose: bool,
    /// Its cells are wanted, not only its end.
    pub(super) split: bool,
}

/// Rows as wide as this are not found by chance inside a remark; see [`Rules::swallows`].
const TELLING_WIDTH: usize = 5;

impl Rules {
    /// Splits the record at `at`, where no line end stands. `marks` stand at `at`, and then where the next record starts.
    pub(super) fn step(
        &self,
        bytes: &[u8],
        at: usize,
        manner: Manner,
        marks: &mut Marks,
        cells: &mut Cells,
    ) -> Step {
        cells.begin(at);
        let end = if manner.split {
            marks.line(bytes, |base, bits| cells.push_marks(base, bits))
        } else {
            marks.line(bytes, |_, _| {})
        };
        if let Some(end) = end {
            if end - at > self.limits.record {
                return Step::TooLong { limit: self.limits.record };
            }
            let Some(next) = after_line_end(bytes, end, manner.last) else { return Step::Undecided };
            if end == bytes.len() {
                cells.push_mark(end);
            }
            // The second half of a line end is a mark too.
            if next > end + 1 {
                marks.skip(bytes, end + 1);
            }
            // A long line is split whoever asks: one of its cells may be too long.
            if !manner.split && end - at > self.limits.field {
                return self.closer(bytes, at, manner, cells);
            }
            return self.sized(bytes, at, end, cells).unwrap_or(Step::Record { next, lines: 1 });
        }
        let step = self.closer(bytes, at, manner, cells);
        if let Step::Record { next, .. } | Step::Unclosed { next } = step {
            marks.seek(bytes, next);
        }
        step
    }

    /// Splits any record.
    fn closer(&self, bytes: &[u8], at: usize, manner: Manner, cells: &mut Cells) -> Step {
        let Manner { last, loose, .. } = manner;
        cells.clear();
        let end = line_end(bytes, at);
        if end - at > self.limits.record {
            return Step::TooLong { limit: self.limits.record };
        }
        let Some(next) = after_line_end(bytes, end, last) else { return Step::Undecided };
        let step = if self.line(bytes, at, end, cells) {
            Step::Record { next, lines: 1 }
        } else {
            let width = if loose { 0 } else { self.width };
            match self.long(bytes, at, last, width, cells) {
                Step::Unclosed { .. } => {
                    self.plain(bytes, at, end, cells);
                    Step::Unclosed { next }
                }
                step => step,
            }
        };
        self.sized(bytes, at, end, cells).unwrap_or(step)
    }

    /// Why a record whose first line ends at `end` is too long, if one of its cells is.
    fn sized(&self, bytes: &[u8], at: usize, end: usize, cells: &Cells) -> Option<Step> {
        let long = end - at > self.limits.field && cells.spans(bytes).any(|cell| self.oversized(cell));
        long.then_some(Step::TooLong { limit: self.limits.field })
    }

    fn oversized(&self, cell: Span) -> bool {
        (cell.end - cell.start) as usize > self.limits.field
    }

    /// Splits a line at every delimiter: none of its quotes means anything.
    fn plain(&self, bytes: &[u8], at: usize, end: usize, cells: &mut Cells) {
        cells.clear();
        let mut start = at;
        for delimiter in memchr_iter(self.delimiter, slice(bytes, at, end)) {
            cells.push(start, at + delimiter);
            start = at + delimiter + 1;
        }
        cells.push(start, end);
    }

    /// Splits a line with quotes in it. False where the last quote is not closed on this line.
    fn line(&self, bytes: &[u8], at: usize, end: usize, cells: &mut Cells) -> bool {
        let bytes = slice(bytes, 0, end);
        let mut start = at;
        loop {
            let stop = if bytes.get(start) == Some(&b'"') {
                let Some((close, doubled)) = closing_quote(bytes, start + 1) else { return false };
                let stop = match bytes.get(close + 1) {
                    Some(&byte) if byte != self.delimiter => self.cell_end(bytes, close + 1),
                    _ => close + 1,
                };
                if stop == close + 1 && !doubled {
                    cells.push(start + 1, close);
                } else {
                    cells.push_quoted(bytes, start + 1, close, stop, doubled);
                }
                stop
            } else {
                let stop = self.cell_end(bytes, start);
                cells.push(start, stop);
                stop
            };
            if stop >= end {
                return true;
            }
            start = stop + 1;
        }
    }

    fn cell_end(&self, bytes: &[u8], at: usize) -> usize {
        find(bytes, at, self.delimiter).unwrap_or(bytes.len())
    }

    /// Splits a record that runs over line ends, strictly: quotes open only where a cell starts and close
    /// only before a delimiter or a line end, the cells are exactly as many as the heading has, and it ends
    /// within the limits. [`Step::Unclosed`] where any of this fails; its `next` is not told.
    fn long(&self, bytes: &[u8], at: usize, last: bool, width: usize, cells: &mut Cells) -> Step {
        const BROKEN: Step = Step::Unclosed { next: 0 };
        cells.clear();
        let unended = if last { BROKEN } else { Step::Undecided };
        let mut lines = 1;
        let mut start = at;
        let end = loop {
            if start - at > self.limits.record {
                return BROKEN;
            }
            let stop = if bytes.get(start) == Some(&b'"') {
                match self.long_cell(bytes, start + 1, &mut lines) {
                    LongCell::Closed { close, doubled } => {
                        cells.push_quoted(bytes, start + 1, close, close + 1, doubled);
                        close + 1
                    }
                    LongCell::Unended => return unended,
                    LongCell::Broken => return BROKEN,
                }
            } else {
                let Some(stop) = self.bare_cell(bytes, start) else { return BROKEN };
                cells.push(start, stop);
                stop
            };
            match bytes.get(stop) {
                Some(&byte) if byte == self.delimiter => start = stop + 1,
                Some(b'\n' | b'\r') | None => break stop,
                Some(_) => return BROKEN,
            }
        };
        if end - at > self.limits.record {
            return BROKEN;
        }
        let Some(next) = after_line_end(bytes, end, last) else { return Step::Undecided };
        let believed = cells.len() == width && !self.swallows(slice(bytes, at, end), width);
        if width == 0 || believed { Step::Record { next, lines } } else { BROKEN }
    }

    /// The end of a cell without quotes around it; nothing where quotes are in it.
    fn bare_cell(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let line = slice(bytes, start, line_end(bytes, start));
        let cell = slice(line, 0, self.cell_end(line, 0));
        memchr(b'"', cell).is_none().then_some(start + cell.len())
    }

    /// Looks for the quote that closes a cell whose text starts at `open`.
    fn long_cell(&self, bytes: &[u8], open: usize, lines: &mut u32) -> LongCell {
        let mut from = open;
        let mut doubled = false;
        loop {
            let Some(found) = memchr3(b'"', b'\n', b'\r', slice(bytes, from, bytes.len())) else {
                let long = bytes.len() - open > self.limits.field;
                return if long { LongCell::Broken } else { LongCell::Unended };
            };
            let at = from + found;
            if at - open > self.limits.field {
                return LongCell::Broken;
            }
            match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'"'), Some(b'"')) => {
                    doubled = true;
                    from = at + 2;
                }
                (Some(b'"'), _) => return LongCell::Closed { close: at, doubled },
                (Some(b'\r'), Some(b'\n')) => from = at + 1,
                _ => {
                    *lines += 1;
                    from = at + 1;
                }
            }
            if *lines > self.limits.span {
                return LongCell::Broken;
            }
        }
    }

    /// Whether each line of a record is a full row by itself. Then two stray quotes in the same column of
    /// two rows made one record of them; the lines of a remark do not each hold a row's delimiters.
    fn swallows(&self, record: &[u8], width: usize) -> bool {
        width >= TELLING_WIDTH
            && record
                .split(|byte| matches!(byte, b'\n' | b'\r'))
                .filter(|line| !line.is_empty())
                .all(|line| memchr_iter(self.delimiter, line).count() + 1 == width)
    }
}

enum LongCell {
    Closed { close: usize, doubled: bool },
    Unended,
    Broken,
}

/// The first line end at or after `at`, or the end of `bytes`.
fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr2(b'\n', b'\r', slice(bytes, at, bytes.len())).map_or(bytes.len(), |found| at + found)
}

/// Where the next line starts, if the bytes in hand tell: a CR at their end may be half a line end.
pub(super) fn after_line_end(bytes: &[u8], end: usize, last: bool) -> Option<usize> {
    match (bytes.get(end), bytes.get(end + 1)) {
        (None, _) => last.then_some(end),
        (Some(b'\r'), Some(b'\n')) => Some(end + 2),
        (Some(b'\r'), None) => last.then_some(end + 1),
        _ => Some(end + 1),
    }
}

/// The quote that closes a cell whose text starts at `open`, and whether quotes are doubled before it.
fn closing_quote(bytes: &[u8], open: usize) -> Option<(usize, bool)> {
    let mut from = open;
    let mut doubled = false;
    loop {
        let quote = find(bytes, from, b'"')?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some((quote, doubled));
        }
        doubled = true;
        from = quote + 2;
    }
}
