//! Workbooks that can only be read as a whole: `.xls`, `.xlsb` and `.ods`. Parquet goes the same way (`lake.rs`).
//!
//! Their readers are not safe: broken files of these kinds make them run out of memory, which nothing in the
//! same process can stop, or loop for ever. So a process of its own reads them (`child.rs`), and what it found
//! comes back over a pipe (`frames.rs`). Where no program for that is known, as in a program that only uses this
//! library, they are read here: panics are caught then, but running out of memory ends the program.

mod child;
mod frames;
mod ods;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use calamine::Dimensions;

use super::excel::Sheets;
use super::feed::{Feed, Spot};
use super::panic::caught;
use super::source::Source;
use super::{Block, BlockResult, Format, Head, Limits, ReadFault};
use parse::{Content, parse};

pub(super) use child::lake;
pub use child::{READ_COMMAND, serve};

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Names the program that reads `.xls`, `.xlsb`, `.ods` and Parquet from now on, in a process for each file: one that
/// calls [`serve`] when its first argument is [`READ_COMMAND`], as `shipby` does. Without it they are read in this
/// process, where a broken file can end the program by running out of memory. Only the first call counts.
pub fn isolate(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// The program that reads them, where one is known.
pub(super) fn program() -> Option<&'static Path> {
    PROGRAM.get().map(PathBuf::as_path)
}

/// A worksheet in memory: its cells that hold something, in order.
#[derive(Clone)]
pub(super) struct WholeSheet {
    cells: Arc<[Spot<'static>]>,
    merged: Arc<[Dimensions]>,
    epoch_1904: bool,
    bytes: u64,
    limits: Limits,
}

impl fmt::Debug for WholeSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "WholeSheet({} cells)", self.cells.len())
    }
}

/// Reads all sheets of a workbook.
pub(super) fn sheets(
    source: &Source,
    format: Format,
    limits: &Limits,
) -> Result<Sheets<WholeSheet>, ReadFault> {
    let bytes = source.len();
    if bytes > limits.whole {
        return Err(ReadFault::TooLarge { what: "the workbook".to_owned(), bytes, limit: limits.whole });
    }
    let found = match program() {
        Some(program) => child::sheets(program, source, format, limits)?,
        None => caught(|| parse(source.open()?, format))?,
    };
    let filled =
        found.into_iter().filter(|(_, sheet)| !matches!(sheet, Ok(content) if content.cells.is_empty()));
    let sheet = |Content { mut cells, merged, epoch_1904 }: Content| {
        // Columns and rows come in order from every honest program.
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        WholeSheet { cells: cells.into(), merged: merged.into(), epoch_1904, bytes, limits: *limits }
    };
    Ok(filled.map(|(name, content)| (name, content.map(sheet))).collect())
}

impl WholeSheet {
    /// Bytes of the workbook.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether its dates count from 1904.
    pub(super) fn epoch_1904(&self) -> bool {
        self.epoch_1904
    }

    fn feed<'a>(&'a self) -> Feed<'a, impl FnMut() -> Result<Option<Spot<'a>>, ReadFault>> {
        let mut cells = self.cells.iter();
        let next = move || Ok(cells.next().map(|(row, column, cell)| (*row, *column, cell.borrow())));
        Feed::new(next, &self.merged, &self.limits)
    }

    pub(super) fn heads(&self, rows: usize, limits: &Limits) -> Result<Vec<Head>, ReadFault> {
        self.feed().head(rows, limits)
    }

    pub(super) fn read<R: Send>(
        &self,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        self.feed().read(each)
    }
}
