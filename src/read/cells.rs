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
    pub(super) spans: Vec<Span>,
    rewritten: Vec<Rewritten>,
    scratch: Vec<u8>,
}

impl Cells {
    pub(super) fn clear(&mut self) {
        self.spans.clear();
        self.rewritten.clear();
        self.scratch.clear();
    }

    #[inline]
    pub(super) fn push(&mut self, start: usize, end: usize) {
        self.spans.push(Span { start: start as u32, end: end as u32 });
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
            let column = self.spans.len() as u32;
            self.rewritten.push(Rewritten { column, start, end: self.scratch.len() as u32 });
        }
        self.push(open, if trailing.is_empty() { close } else { end });
    }
}
