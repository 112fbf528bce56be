//! Worksheets as the common programs write them: cut at row ends, the stretches taken apart at the same time.
//!
//! This reader knows only the plain forms of rows, cells and texts. Whatever else it meets is [`NotPlain`], and the
//! general reader then reads the sheet from its start: what that one says counts. So nothing is guessed here, and no
//! fault is told.

mod cells;
mod frame;
mod part;
mod strings;
#[cfg(test)]
mod tests;
mod xml;

use std::io;
use std::string::FromUtf8Error;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use calamine::XlsxError;
use memchr::memmem;
use zip::result::ZipError;

use super::container::{Contents, container};
use super::panic::caught;
use super::rows::Rows;
use super::sheet::Batch;
use super::source::Source;
use super::{Block, BlockResult, Head, Limits, ReadFault};
pub(super) use frame::Frame;
use part::Part;
pub(super) use strings::Strings;

/// What is not of the plain sort, or cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotPlain;

type Plainly<T> = Result<T, NotPlain>;

macro_rules! not_plain {
    ($($fault:ty),*) => {
        $(impl From<$fault> for NotPlain {
            fn from(_: $fault) -> Self {
                NotPlain
            }
        })*
    };
}
not_plain!(io::Error, FromUtf8Error, ReadFault, XlsxError, ZipError);

/// Bytes of a sheet that are taken apart by one task.
const STRETCH: usize = 1 << 20;
/// As many, where only the first rows are wanted.
const HEAD: usize = 32 << 10;
/// What ends a row.
const ROW_END: &[u8] = b"</row>";

/// A worksheet of a workbook.
#[derive(Clone, Copy)]
pub(super) struct Plain<'p> {
    pub(super) source: &'p Source,
    pub(super) frame: &'p Frame,
    pub(super) strings: &'p Strings,
}

/// A stretch of a sheet: its rows, and the row that the first one may be.
struct Stretch {
    text: String,
    first: u32,
    last: bool,
}

impl Plain<'_> {
    /// Hands the stretches of a sheet, of about `size` bytes, to `each` until it has enough.
    fn stretches(
        self,
        name: &str,
        size: usize,
        mut each: impl FnMut(Stretch) -> Plainly<bool>,
    ) -> Plainly<()> {
        let mut archive = container(self.source)?;
        let part = archive.by_index(self.frame.part(name).ok_or(NotPlain)?)?;
        let mut part = Part::new(part, size, ROW_END);
        let (mut first, mut start) = (0, true);
        while let Some((text, last)) = caught(|| Ok(part.next()))?? {
            let text = if std::mem::take(&mut start) { cells::below_prolog(text)? } else { text };
            if last && memmem::find(text.as_bytes(), b"mergeCell").is_some() {
                return Err(NotPlain);
            }
            let passed = if last { first } else { cells::last_row(&text)? };
            if !each(Stretch { text, first, last })? {
                return Ok(());
            }
            first = passed;
        }
        Ok(())
    }

    fn batch<'a>(self, stretch: &'a Stretch) -> Plainly<Batch<'a>>
    where
        Self: 'a,
    {
        cells::rows(&stretch.text, stretch.first, stretch.last, self.strings, self.frame)
    }

    /// Whether any cell holds something.
    pub(super) fn has_cells(self, name: &str) -> Plainly<bool> {
        let mut found = false;
        self.stretches(name, HEAD, |stretch| {
            found = self.batch(&stretch)?.rows > 0;
            Ok(!found)
        })?;
        Ok(found)
    }

    /// The first rows that are not blank.
    pub(super) fn heads(self, name: &str, rows: usize, limits: &Limits) -> Plainly<Vec<Head>> {
        let mut head = Head { delimiter: None, rows: Vec::new() };
        self.stretches(name, HEAD, |stretch| {
            self.batch(&stretch)?.for_each(&mut |row| {
                if head.rows.len() < rows && !row.is_blank() {
                    let columns = 0..row.len().min(limits.columns + 1);
                    let texts = columns.map(|column| row.cell(column).to_text()).collect();
                    head.rows.push((stretch.first + row.row, texts));
                }
            });
            Ok(head.rows.len() < rows)
        })?;
        Ok(vec![head])
    }

    /// Hands out all rows. Inflating is serial work; stretches are taken apart, and `each` runs, on other threads, and
    /// here when they are all busy.
    pub(super) fn read<R: Send>(
        self,
        name: &str,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Plainly<Vec<BlockResult<R>>> {
        let (waiting, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
        let results = Mutex::new(Vec::new());
        let most = 2 * rayon::current_num_threads();
        let work = |index: usize, stretch: &Stretch| {
            let Ok(batch) = self.batch(stretch) else { return failed.store(true, Ordering::Relaxed) };
            if batch.rows == 0 {
                return;
            }
            let mut block = Block::new(index, Rows::Sheet(batch));
            let value = each(&mut block);
            let Rows::Sheet(batch) = block.finish() else { return };
            let result = BlockResult { value, rows: batch.rows, lines: batch.rows };
            results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        };
        let mut index = 0..;
        rayon::in_place_scope(|scope| {
            self.stretches(name, STRETCH, |stretch| {
                let index = index.next().ok_or(NotPlain)?;
                if waiting.load(Ordering::Relaxed) >= most {
                    work(index, &stretch);
                } else {
                    waiting.fetch_add(1, Ordering::Relaxed);
                    let (work, waiting) = (&work, &waiting);
                    scope.spawn(move |_| {
                        work(index, &stretch);
                        waiting.fetch_sub(1, Ordering::Relaxed);
                    });
                }
                Ok(!failed.load(Ordering::Relaxed))
            })
        })?;
        if failed.into_inner() {
            return Err(NotPlain);
        }
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_unstable_by_key(|(index, _)| *index);
        Ok(results.into_iter().map(|(_, result)| result).collect())
    }
}

/// What a workbook is apart from its sheets and strings; nothing where that is not plain.
pub(super) fn frame(source: &Source, contents: &Contents) -> Option<Frame> {
    caught(|| Ok(Frame::of(source, contents).ok())).ok().flatten()
}
