//! Rows that follow one another, made by one thread.

use super::row::{Buffers, Row};
use super::spool::{Packed, Spool};
use std::io;

/// Bytes of text that are packed in one go: little memory a thread, and more would hardly pack better.
const PACK: usize = 512 << 10;

/// What is kept of some rows of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Which of the table's sheets.
    pub page: usize,
    /// Whether it is links, not rows.
    pub links: bool,
    /// Columns that are used.
    pub columns: u16,
    /// Where it is kept.
    pub packed: Packed,
}

/// Rows of a table from some row on; where a sheet is full they go on on the next.
pub struct Stretch<'s> {
    spool: &'s Spool,
    /// Rows a sheet below its headings.
    rows: u32,
    next: u64,
    buffers: Buffers,
    parts: Vec<Part>,
}

impl<'s> Stretch<'s> {
    /// A stretch whose first row is the `first` of the table, counted from 0.
    pub fn new(spool: &'s Spool, rows: u32, first: u64) -> Stretch<'s> {
        Stretch { spool, rows: rows.max(1), next: first, buffers: spool.buffers(), parts: Vec::new() }
    }

    /// The sheet and the row there that the next row goes to.
    pub fn place(&self) -> (usize, u32) {
        let rows = u64::from(self.rows);
        ((self.next / rows) as usize, 1 + (self.next % rows) as u32)
    }

    /// Rows of the table up to here.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When the spool cannot be written.
    pub fn row(&mut self, write: impl FnOnce(&mut Row<'_>)) -> io::Result<()> {
        let (page, number) = self.place();
        let mut row = Row::new(&mut self.buffers, number);
        write(&mut row);
        row.close();
        self.next += 1;
        if self.buffers.rows.len() >= PACK || self.place().0 != page {
            self.keep(page)?;
        }
        Ok(())
    }

    /// What was kept, in order.
    ///
    /// # Errors
    /// When the spool cannot be written.
    pub fn finish(mut self) -> io::Result<Vec<Part>> {
        let page = self.place().0;
        self.keep(page)?;
        self.spool.put_back(self.buffers);
        Ok(self.parts)
    }

    fn keep(&mut self, page: usize) -> io::Result<()> {
        let Buffers { rows, links, columns, .. } = &mut self.buffers;
        for (text, are_links) in [(rows, false), (links, true)] {
            if !text.is_empty() {
                let packed = self.spool.keep(text)?;
                self.parts.push(Part { page, links: are_links, columns: *columns, packed });
                text.clear();
            }
        }
        Ok(())
    }
}
