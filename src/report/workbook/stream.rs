//! The blocks of a table that is read a second time, each with its place in the whole.

use crate::normalise::Input;
use crate::read::{Block, Format, ReadFault, Table};

/// Text files up to this size are one block, whose first row is the first of all.
const ONE_BLOCK: u64 = 1 << 20;

/// Where a block begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Rows of the table before it.
    pub row: u32,
    /// Those of them that are below the headings and hold anything; 0 where nobody asked.
    pub below: u64,
}

/// Reads a table, the blocks at the same time. What `each` makes of a block comes back in their order, with the rows
/// that the table has. `below` says whether [`Start::below`] is asked for.
///
/// # Errors
/// As [`Table::read`]; [`ReadFault::Changed`] where the file is no longer what it was.
pub fn stream<R: Send>(
    table: &Table,
    input: &Input,
    below: bool,
    each: impl Fn(&mut Block<'_>, Start) -> R + Sync,
) -> Result<(u32, Vec<R>), ReadFault> {
    let starts = starts(table, input, below)?;
    let blocks = table.read(input.delimiter, input.columns.len(), &|_| {}, |block| {
        let start = match block.first() {
            // Sheets hand out blank rows too.
            Some(row) => Start { row, below: u64::from(row.saturating_sub(input.heading_row)) },
            None => starts.get(block.index()).copied().unwrap_or_default(),
        };
        each(block, start)
    })?;
    let rows = blocks.iter().map(|block| block.rows).sum();
    if !starts.is_empty() && starts.len() != blocks.len() {
        return Err(ReadFault::Changed);
    }
    Ok((rows, blocks.into_iter().map(|block| block.value).collect()))
}

/// Where the blocks of a large text begin: that only reading it tells, as lines end inside of cells too. The first
/// reading noted it, but not how many of the rows above the headings hold anything, where there are more than the
/// headings. Nothing for other tables.
fn starts(table: &Table, input: &Input, below: bool) -> Result<Vec<Start>, ReadFault> {
    if table.format != Format::Csv || table.bytes() <= ONE_BLOCK {
        return Ok(Vec::new());
    }
    let noted = &input.blocks;
    let cut_alike = noted.window == table.window() && !noted.rows.is_empty();
    if cut_alike && (input.heading_row == 1 || !below) {
        let mut next = Start::default();
        let starts = noted.rows.iter().map(|(rows, filled)| {
            let start = next;
            // The headings themselves are not below them.
            let above = u64::from(start.row == 0 && *rows > 0);
            next = Start {
                row: start.row + rows,
                below: (start.below + u64::from(*filled)).saturating_sub(above),
            };
            start
        });
        return Ok(starts.collect());
    }
    // Rows handed out, and of those the first few, which may be above the headings.
    let blocks = table.read(input.delimiter, input.columns.len(), &|_| {}, |block| {
        let (mut rows, mut first) = (0_u64, Vec::new());
        block.for_each(|row| {
            rows += 1;
            if row.row < input.heading_row {
                first.push(row.row);
            }
        });
        (rows, first)
    })?;
    let mut next = Start::default();
    let mut starts = Vec::with_capacity(blocks.len());
    for block in blocks {
        starts.push(next);
        let (rows, first) = block.value;
        let above = first.iter().filter(|row| next.row + **row < input.heading_row).count();
        next = Start { row: next.row + block.rows, below: next.below + rows - above as u64 };
    }
    Ok(starts)
}
