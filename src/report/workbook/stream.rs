//! Blocks of a table, which come from several threads in any order, back into rows in order.

use crate::normalise::Input;
use crate::read::{Block, Cell, Format, ReadFault, Row, Table};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Text files up to this size are one block, whose first row is the first of all.
const ONE_BLOCK: u64 = 1 << 20;

/// Takes the rows of a table one after another.
pub trait Sink: Send {
    /// The table begins, perhaps anew: reading in parallel may turn out not to be safe, and is begun again.
    fn begin(&mut self);
    /// A row, counted from 1 in the whole table.
    fn row(&mut self, row: u32, cells: &dyn Cells);
}

/// The cells of a row.
pub trait Cells {
    /// How many there are.
    fn len(&self) -> usize;
    /// One of them.
    fn cell(&self, column: usize) -> Cell<'_>;
}

impl Cells for Row<'_> {
    fn len(&self) -> usize {
        Row::len(self)
    }

    fn cell(&self, column: usize) -> Cell<'_> {
        Row::cell(self, column)
    }
}

impl Cells for Vec<Cell<'static>> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn cell(&self, column: usize) -> Cell<'_> {
        self.get(column).map_or(Cell::Empty, |cell| match cell {
            Cell::Text(text) => Cell::Text(Cow::Borrowed(text)),
            other => other.clone(),
        })
    }
}

/// A block that came before its turn: its rows, counted from 0 within it.
type Waiting = Vec<(u32, Vec<Cell<'static>>)>;

struct Turn<'s, S> {
    sink: &'s mut S,
    /// The block whose turn it is.
    next: usize,
    /// Rows of all blocks before it, where no list of starts tells.
    passed: u32,
    starts: Option<Vec<u32>>,
    waiting: BTreeMap<usize, Waiting>,
    begun: bool,
}

impl<S: Sink> Turn<'_, S> {
    fn start(&self, block: usize) -> u32 {
        self.starts.as_ref().map_or(self.passed, |starts| starts.get(block).copied().unwrap_or(self.passed))
    }

    fn row(&mut self, start: u32, row: u32, cells: &dyn Cells) {
        self.passed = start + row + 1;
        self.sink.row(self.passed, cells);
    }

    fn take(&mut self, block: &mut Block<'_>) {
        let start = self.start(self.next);
        block.for_each(|row| self.row(start, row.row, &row));
        self.next += 1;
        self.catch_up();
    }

    /// Takes the blocks that wait, as far as it is their turn.
    fn catch_up(&mut self) {
        while let Some(rows) = self.waiting.remove(&self.next) {
            let start = self.start(self.next);
            for (row, cells) in rows {
                self.row(start, row, &cells);
            }
            self.next += 1;
        }
    }
}

/// Reads a table into a sink, in order, and returns how many rows it has.
///
/// Whoever holds the block whose turn it is writes it, and those that wait behind it; others leave copies of
/// theirs. Writing takes longer than reading, so few copies are ever waiting: their threads wait for the lock.
///
/// # Errors
/// As [`Table::read`]; the sink is left half-way then.
pub fn stream<S: Sink>(table: &Table, input: &Input, sink: &mut S) -> Result<u32, ReadFault> {
    let width = input.columns.len();
    let starts = starts(table, input, width)?;
    let turn = Turn { sink, next: 0, passed: 0, starts, waiting: BTreeMap::new(), begun: false };
    let turn = Mutex::new(turn);
    let blocks = table.read(input.delimiter, width, &|_| {}, |block| {
        let mut held = turn.lock().unwrap_or_else(PoisonError::into_inner);
        if block.index() == 0 {
            if held.begun {
                held.waiting.clear();
                (held.next, held.passed) = (0, 0);
            }
            held.begun = true;
            held.sink.begin();
        }
        if block.index() == held.next {
            held.take(block);
            return;
        }
        drop(held);
        let index = block.index();
        let rows = copy(block);
        let mut held = turn.lock().unwrap_or_else(PoisonError::into_inner);
        held.waiting.insert(index, rows);
        held.catch_up();
    })?;
    Ok(blocks.iter().map(|block| block.rows).sum())
}

/// The first rows of the blocks of a large text. A worksheet's blocks end with a row that is handed out, so
/// there they need not be known before; a text's may end with blank lines that are only counted.
fn starts(table: &Table, input: &Input, width: usize) -> Result<Option<Vec<u32>>, ReadFault> {
    if table.format != Format::Csv || table.bytes() <= ONE_BLOCK {
        return Ok(None);
    }
    let blocks = table.read(input.delimiter, width, &|_| {}, |_| ())?;
    let before = blocks.iter().scan(0, |passed, block| {
        let start = *passed;
        *passed += block.rows;
        Some(start)
    });
    Ok(Some(before.collect()))
}

fn copy(block: &mut Block<'_>) -> Waiting {
    let mut rows = Vec::new();
    block.for_each(|row| {
        let cells = (0..row.len()).map(|column| match row.cell(column) {
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Empty => Cell::Empty,
            Cell::Number(number) => Cell::Number(number),
            Cell::Moment { serial, epoch_1904, duration } => Cell::Moment { serial, epoch_1904, duration },
            Cell::Bool(truth) => Cell::Bool(truth),
            Cell::Error(word) => Cell::Error(word),
        });
        rows.push((row.row, cells.collect()));
    });
    rows
}
