//! The cells of one record, as places in the text rather than copies.

use memchr::memchr;

use super::bytes::slice;

/// Where a cell lies in its block, without the quotes around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A cell whose text is not simply the bytes of its span: doubled quotes, or text after a closing quote.
#[derive(Clone, Copy, Debug)]
struct Rewritten {
    column: u32,
    start: u32,
    end: u32,
}

/// The cells of the current record. The buffers are kept from record to record.
#[derive(Default)]
pub(super) struct Cells {
    /// Of a record that is as it should be, the bytes between which cells lie: the one before the record, and the
    /// delimiter or line end behind each cell. Most cells are never asked for, so no more is made of them. Empty for
    /// other records.
    marks: Vec<u32>,
    spans: Vec<Span>,
    rewritten: Vec<Rewritten>,
    scratch: Vec<u8>,
}

impl Cells {
    pub(super) fn clear(&mut self) {
        self.marks.clear();
        self.spans.clear();
        self.rewritten.clear();
        self.scratch.clear();
    }

    /// Begins a record of which the marks behind the cells follow.
    pub(super) fn begin(&mut self, at: usize) {
        self.clear();
        self.marks.push((at as u32).wrapping_sub(1));
    }

    /// Takes the marks of a group of bytes that starts at `base`, a multiple of its size; a bit each.
    #[inline]
    pub(super) fn push_marks(&mut self, base: usize, mut bits: u64) {
        while bits != 0 {
            self.marks.push(base as u32 | bits.trailing_zeros());
            bits &= bits - 1;
        }
    }

    /// Takes a mark: the end of the text.
    pub(super) fn push_mark(&mut self, at: usize) {
        self.marks.push(at as u32);
    }

    #[inline]
    pub(super) fn push(&mut self, start: usize, end: usize) {
        self.spans.push(Span { start: start as u32, end: end as u32 });
    }

    /// How many cells there are.
    #[inline]
    pub(super) fn len(&self) -> usize {
        // A list of marks holds one more.
        self.marks.len().saturating_sub(1) + self.spans.len()
    }

    /// Where a cell of the record in `bytes` lies.
    #[inline]
    pub(super) fn span(&self, bytes: &[u8], column: usize) -> Option<Span> {
        let Some([before, end]) = self.marks.get(column..column + 2) else {
            return self.spans.get(column).copied();
        };
        let start = before.wrapping_add(1);
        // One that begins with a quote ends with one too, or something would be odd.
        let quotes = u32::from(bytes.get(start as usize) == Some(&b'"'));
        Some(Span { start: start + quotes, end: end - quotes })
    }

    /// Where all cells lie.
    pub(super) fn spans<'c>(&'c self, bytes: &'c [u8]) -> impl Iterator<Item = Span> + 'c {
        (0..self.len()).filter_map(|column| self.span(bytes, column))
    }

    /// Whether the text of every cell is the bytes of its span.
    pub(super) fn plain(&self) -> bool {
        self.rewritten.is_empty()
    }

    /// The text of a cell that is not the bytes of its span.
    pub(super) fn rewritten(&self, column: usize) -> Option<&[u8]> {
        let found = self.rewritten.iter().find(|cell| cell.column as usize == column)?;
        self.scratch.get(found.start as usize..found.end as usize)
    }

    /// Takes a quoted cell whose text lies in `open..close` and goes on, unquoted, up to `end`.
    pub(super) fn push_quoted(&mut self, bytes: &[u8], open: usize, close: usize, end: usize, doubled: bool) {
        let trailing = slice(bytes, close + 1, end);
        if doubled || !trailing.is_empty() {
            let start = self.scratch.len() as u32;
            let mut quoted = slice(bytes, open, close);
            while let Some(quote) = memchr(b'"', quoted) {
                self.scratch.extend_from_slice(slice(quoted, 0, quote + 1));
                quoted = slice(quoted, quote + 2, quoted.len());
            }
            self.scratch.extend_from_slice(quoted);
            self.scratch.extend_from_slice(trailing);
            let column = self.len() as u32;
            self.rewritten.push(Rewritten { column, start, end: self.scratch.len() as u32 });
        }
        self.push(open, if trailing.is_empty() { close } else { end });
    }
}
