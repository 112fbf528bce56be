//! Cells of a worksheet, one after the other, gathered into batches of rows and worked on in parallel.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use calamine::{CellErrorType, DataRef, Dimensions};

use super::panic::caught;
use super::rows::Rows;
use super::sheet::{Batch, Merge, Placed};
use super::{Block, BlockResult, Cell, Head, Limits, ReadFault};

/// Cells of a row, at most: the columns that a worksheet has.
const CELLS: usize = 16_384;
/// Cells of a batch: enough to be worth a task.
const BATCH: usize = 32 << 10;
/// Bytes of text that are a batch as well, however few cells hold them.
const BATCH_BYTES: usize = 2 << 20;

/// A cell with its row and column in the sheet.
pub(super) type Spot<'a> = (u32, u32, Cell<'a>);

/// A cell as the reader gives it, in a workbook of the epoch of 1904 or not.
pub(super) fn cell<'a>(value: &DataRef<'a>, epoch_1904: bool) -> Cell<'a> {
    match value {
        DataRef::Empty | DataRef::SharedString("") => Cell::Empty,
        DataRef::SharedString(text) => Cell::Text(Cow::Borrowed(text)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(text.clone())) }
        }
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(truth) => Cell::Bool(*truth),
        DataRef::DateTime(moment) => {
            Cell::Moment { serial: moment.as_f64(), epoch_1904, duration: moment.is_duration() }
        }
        DataRef::Error(error) => Cell::Error(error_word(error)),
    }
}

fn error_word(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#DATA!",
    }
}

/// The cells of a sheet in order, as batches of rows.
pub(super) struct Feed<'a, F> {
    next: F,
    /// The row being gathered, and its cells.
    row: u32,
    cells: Vec<Placed<'a>>,
    /// Bytes of text in the row, and how many it may have.
    text: usize,
    owned: usize,
    limit: usize,
    /// Rows handed over already.
    passed: u32,
    /// Last row of merged areas over several rows, by the place of their first cell.
    areas: HashMap<(u32, u32), u32>,
    merges: Vec<Merge<'a>>,
    ended: bool,
    /// Whether the cells were decoded from bytes that may have been no characters.
    checked: bool,
}

impl<'a, F: FnMut() -> Result<Option<Spot<'a>>, ReadFault>> Feed<'a, F> {
    pub(super) fn new(next: F, merged: &[Dimensions], limits: &Limits) -> Self {
        let tall = merged.iter().filter(|area| area.end.0 > area.start.0);
        let areas = tall.map(|area| (area.start, area.end.0)).collect();
        Feed {
            next,
            row: 0,
            cells: Vec::new(),
            text: 0,
            owned: 0,
            limit: limits.record,
            passed: 0,
            areas,
            merges: Vec::new(),
            ended: false,
            checked: false,
        }
    }

    /// Tells of rows in which bytes could not be decoded.
    pub(super) fn checked(mut self) -> Self {
        self.checked = true;
        self
    }

    /// The next rows, up to about `size` cells; nothing after the last one that holds anything.
    fn batch(&mut self, size: usize) -> Result<Option<Batch<'a>>, ReadFault> {
        let mut batch = Batch::new(self.passed, self.checked);
        let mut owned = 0;
        while !self.ended && batch.size() < size && owned < BATCH_BYTES {
            let Some((row, column, cell)) = (self.next)()? else {
                self.ended = true;
                self.close(&mut batch);
                break;
            };
            if cell.is_empty() {
                continue;
            }
            if row < self.row {
                return Err(ReadFault::Unordered { row: u64::from(row) + 1 });
            }
            if row > self.row {
                self.close(&mut batch);
                self.row = row;
                // Texts that belong to nobody else; a batch ends between two rows.
                owned += std::mem::take(&mut self.owned);
            }
            if let Cell::Text(text) = &cell {
                self.text += text.len();
                self.owned += if matches!(text, Cow::Owned(_)) { text.len() } else { 0 };
            }
            if self.text > self.limit {
                return Err(ReadFault::TooLong { line: u64::from(row) + 1, limit: self.limit });
            }
            self.place(column, cell);
            if self.cells.len() > CELLS {
                return Err(ReadFault::TooManyColumns { columns: self.cells.len(), limit: CELLS });
            }
        }
        self.passed += batch.rows;
        let more = batch.rows > 0;
        batch.set_merges(self.merges.clone());
        self.merges.retain(|merge| merge.last >= self.passed);
        Ok(more.then_some(batch))
    }

    fn place(&mut self, column: u32, cell: Cell<'a>) {
        if let Some(&last) = self.areas.get(&(self.row, column)) {
            self.merges.push(Merge { column, first: self.row, last, cell: cell.clone() });
        }
        self.cells.push((column, cell));
    }

    fn close(&mut self, batch: &mut Batch<'a>) {
        if !self.cells.is_empty() {
            batch.push(self.row, &mut self.cells);
            self.text = 0;
        }
    }

    /// The first rows that are not blank.
    pub(super) fn head(mut self, rows: usize, limits: &Limits) -> Result<Vec<Head>, ReadFault> {
        let mut head = Head { delimiter: None, rows: Vec::new() };
        while head.rows.len() < rows {
            let first = self.passed;
            let Some(mut batch) = caught(|| self.batch(1))? else { break };
            batch.for_each(&mut |row| {
                if !row.is_blank() {
                    let columns = 0..row.len().min(limits.columns + 1);
                    head.rows
                        .push((first + row.row, columns.map(|column| row.cell(column).to_text()).collect()));
                }
            });
        }
        Ok(vec![head])
    }

    /// Hands out all rows. Taking a workbook's cells apart is serial work, so `each` runs beside it on
    /// other threads, and here when they are all busy.
    pub(super) fn read<R: Send>(
        mut self,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        let waiting = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        let most = 2 * rayon::current_num_threads();
        let work = |index: usize, batch: Batch<'_>| {
            let mut block = Block::new(index, Rows::Sheet(batch));
            let value = each(&mut block);
            let Rows::Sheet(batch) = block.finish() else { return };
            let result = BlockResult { value, rows: batch.rows, lines: batch.rows };
            results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, result));
        };
        rayon::in_place_scope(|scope| {
            for index in 0.. {
                let Some(batch) = caught(|| self.batch(BATCH))? else { break };
                if waiting.load(Ordering::Relaxed) >= most {
                    work(index, batch);
                    continue;
                }
                waiting.fetch_add(1, Ordering::Relaxed);
                let (work, waiting) = (&work, &waiting);
                scope.spawn(move |_| {
                    work(index, batch);
                    waiting.fetch_sub(1, Ordering::Relaxed);
                });
            }
            Ok::<_, ReadFault>(())
        })?;
        let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        results.sort_unstable_by_key(|(index, _)| *index);
        Ok(results.into_iter().map(|(_, result)| result).collect())
    }
}
