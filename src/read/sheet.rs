//! Rows of a worksheet, as the few cells that hold something.

use super::rows::{RowCells, is_blank};
use super::{Cell, Row, Trouble};

/// A cell and its column.
pub(super) type Placed<'a> = (u32, Cell<'a>);

/// Cells merged over several rows: what the first one holds stands for all.
#[derive(Clone, Debug)]
pub(super) struct Merge<'a> {
    pub(super) column: u32,
    /// Rows of the sheet, from 0, the last one included.
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) cell: Cell<'a>,
}

/// Rows that follow one another. Rows without cells take no memory, so one cell at the far end of a sheet
/// costs nothing.
#[derive(Default)]
pub(super) struct Batch<'a> {
    /// The row of the sheet that the first row here is.
    first: u32,
    pub(super) rows: u32,
    cells: Vec<Placed<'a>>,
    /// Rows with cells, counted from `first`, and where their cells end.
    filled: Vec<(u32, usize)>,
    /// By column, then by row.
    merges: Vec<Merge<'a>>,
    handed_out: bool,
    /// Whether cells are searched for what could not be decoded.
    checked: bool,
}

impl<'a> Batch<'a> {
    pub(super) fn new(first: u32, checked: bool) -> Self {
        Batch { first, checked, ..Batch::default() }
    }

    /// The row of the sheet that its first row is, counted from 0.
    pub(super) fn first(&self) -> u32 {
        self.first
    }

    /// Adds a row of the sheet, which must lie behind the ones before. Rows between are blank.
    pub(super) fn push(&mut self, row: u32, cells: &mut Vec<Placed<'a>>) {
        // Columns come in order from every honest program; a stable sort costs nothing then.
        cells.sort_by_key(|(column, _)| *column);
        self.cells.append(cells);
        let row = row - self.first;
        self.filled.push((row, self.cells.len()));
        self.rows = row + 1;
    }

    /// The merged cells that reach into these rows.
    pub(super) fn set_merges(&mut self, merges: Vec<Merge<'a>>) {
        self.merges = merges;
        self.merges.sort_by_key(|merge| (merge.column, merge.first));
    }

    /// How many cells there are.
    pub(super) fn size(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn for_each(&mut self, f: &mut impl FnMut(Row<'_>)) {
        if std::mem::replace(&mut self.handed_out, true) {
            return;
        }
        let mut filled = self.filled.iter().copied().peekable();
        let mut start = 0;
        for row in 0..self.rows {
            let end = filled.next_if(|(at, _)| *at == row).map_or(start, |(_, end)| end);
            let cells = self.cells.get(start..end).unwrap_or_default();
            start = end;
            let sheet_row = SheetRow { cells, row: self.first + row, merges: &self.merges };
            let trouble = if self.checked { undecodable(cells) } else { None };
            f(Row { row, line: row, trouble, cells: RowCells::Sheet(sheet_row) });
        }
    }
}

/// The first column with bytes that were no characters; decoding left a mark in their place.
fn undecodable(cells: &[Placed<'_>]) -> Option<Trouble> {
    let marks = |cell: &Cell<'_>| match cell {
        Cell::Text(text) => text.matches('\u{fffd}').count(),
        _ => 0,
    };
    let (column, _) = cells.iter().find(|(_, cell)| marks(cell) > 0)?;
    let places = cells.iter().map(|(_, cell)| marks(cell)).sum::<usize>() as u32;
    Some(Trouble::Undecodable { column: *column as usize, places })
}

/// A row of a worksheet.
pub(super) struct SheetRow<'a> {
    cells: &'a [Placed<'a>],
    row: u32,
    merges: &'a [Merge<'a>],
}

impl SheetRow<'_> {
    pub(super) fn len(&self) -> usize {
        self.cells.last().map_or(0, |(column, _)| *column as usize + 1)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|(_, cell)| matches!(cell, Cell::Text(text) if is_blank(text.as_bytes())))
    }

    fn find(&self, column: usize) -> Option<&Cell<'_>> {
        // Mostly no cell is missing before it.
        let guess = self.cells.get(column).filter(|(at, _)| *at as usize == column);
        let found = guess.or_else(|| {
            let at = self.cells.binary_search_by_key(&column, |(at, _)| *at as usize).ok()?;
            self.cells.get(at)
        });
        found.map(|(_, cell)| cell)
    }

    pub(super) fn cell(&self, column: usize) -> Cell<'_> {
        self.find(column).map_or(Cell::Empty, Cell::borrow)
    }

    pub(super) fn raw(&self, column: usize) -> &[u8] {
        match self.find(column) {
            Some(Cell::Text(text)) => text.as_bytes(),
            _ => &[],
        }
    }

    pub(super) fn merged(&self, column: usize) -> Cell<'_> {
        let behind =
            self.merges.partition_point(|merge| (merge.column as usize, merge.first) <= (column, self.row));
        let merge = behind.checked_sub(1).and_then(|at| self.merges.get(at));
        let covers = |merge: &&Merge<'_>| {
            merge.column as usize == column && merge.first < self.row && self.row <= merge.last
        };
        merge.filter(covers).map_or(Cell::Empty, |merge| merge.cell.borrow())
    }
}
