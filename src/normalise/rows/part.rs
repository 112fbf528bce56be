//! What a block of rows becomes.

use crate::normalise::issue::Issue;
use crate::order::{AfterSales, Arena, Line, Parcel, Records, Stamp};

/// What one block of rows gave. Row numbers count from the block's first row until [`Part::rebase`].
#[derive(Debug, Default)]
pub struct Part {
    /// The texts of all records below.
    pub arena: Arena,
    /// Lines of orders.
    pub lines: Records<Line>,
    /// Parcels.
    pub parcels: Records<Parcel>,
    /// After-sales cases.
    pub after_sales: Vec<AfterSales>,
    /// What could not be read.
    pub issues: Vec<Issue>,
    /// Seller ids of footers, with their rows (eBay): they name the store of the rows above them.
    pub sellers: Vec<(u32, String)>,
    /// Rows that are blank, preamble, headings, totals or footers.
    pub skipped: u32,
    /// Rows that became no record because of an issue.
    pub rejected: u32,
    /// Rows that became records.
    pub taken: u32,
    /// Rows that look like headings of other columns: somebody put two files one under the other.
    pub headings: Vec<(u32, Vec<String>)>,
    /// Rows handed out; what the block holds beyond them are blank lines.
    pub seen: u32,
    /// The latest instant of the block, to tell which of two exports is newer; below all instants where it has none.
    pub newest: Stamp,
}

impl Part {
    /// What was filled, in memory of just its size; what stays behind is empty and can be filled again. Vectors that grow
    /// leave holes in memory which together are as large as what they end with.
    #[must_use]
    pub fn take(&mut self) -> Part {
        let (arena, lines) = (self.arena.clone(), self.lines.clone());
        let (parcels, after_sales) = (self.parcels.clone(), self.after_sales.clone());
        self.arena.clear();
        self.lines.clear();
        self.parcels.clear();
        self.after_sales.clear();
        let spare = Part {
            arena: std::mem::take(&mut self.arena),
            lines: std::mem::take(&mut self.lines),
            parcels: std::mem::take(&mut self.parcels),
            after_sales: std::mem::take(&mut self.after_sales),
            ..Part::default()
        };
        let rest = std::mem::replace(self, spare);
        Part { arena, lines, parcels, after_sales, ..rest }
    }

    /// Turns row numbers of the block into those of the file: `rows` and `lines` stand before the block.
    pub fn rebase(&mut self, input: u32, rows: u32, lines: u32) {
        for line in self.lines.iter_mut() {
            line.row += rows;
        }
        for parcel in self.parcels.iter_mut() {
            parcel.row += rows;
        }
        for case in &mut self.after_sales {
            case.row += rows;
        }
        for issue in &mut self.issues {
            issue.input = input;
            issue.row += rows;
            issue.line += lines;
            if issue.line == issue.row {
                issue.line = 0;
            }
        }
        for (row, _) in &mut self.sellers {
            *row += rows;
        }
    }
}
