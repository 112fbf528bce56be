//! Rows on their way into a table, cell by cell in the order of its columns.

use super::{Kind, Table};
use crate::order::Instant;
use parquet::data_type::ByteArray;

/// The values of a column, with whether each row has one.
pub(super) enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Bool(Vec<bool>),
}

pub(super) struct Filled {
    pub(super) values: Values,
    /// 1 where a row has a value, 0 where it has none.
    pub(super) there: Vec<i16>,
}

impl Filled {
    fn of(kind: Kind) -> Filled {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Int => Values::Int(Vec::new()),
            Kind::Long | Kind::Time => Values::Long(Vec::new()),
            Kind::Bool => Values::Bool(Vec::new()),
        };
        Filled { values, there: Vec::new() }
    }
}

/// Rows to write, column by column.
pub struct Rows {
    columns: Vec<Filled>,
    at: usize,
    len: usize,
}

impl Rows {
    /// No rows of a table yet.
    pub fn of(table: &Table) -> Rows {
        Rows { columns: table.columns.iter().map(|column| Filled::of(column.kind)).collect(), at: 0, len: 0 }
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn columns(&self) -> &[Filled] {
        &self.columns
    }

    /// Adds the rows of another of the same table.
    pub fn append(&mut self, other: Rows) {
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            mine.there.extend(theirs.there);
            match (&mut mine.values, theirs.values) {
                (Values::Text(mine), Values::Text(theirs)) => mine.extend(theirs),
                (Values::Int(mine), Values::Int(theirs)) => mine.extend(theirs),
                (Values::Long(mine), Values::Long(theirs)) => mine.extend(theirs),
                (Values::Bool(mine), Values::Bool(theirs)) => mine.extend(theirs),
                // Tables of one name have columns of one kind.
                _ => {}
            }
        }
        self.len += other.len;
    }

    /// The next column of the row; after the last comes the first of the next row.
    fn next(&mut self) -> Option<&mut Filled> {
        let at = self.at;
        self.at += 1;
        if self.at == self.columns.len() {
            self.at = 0;
            self.len += 1;
        }
        self.columns.get_mut(at)
    }

    /// The next cell is a text; an empty one is null.
    pub fn text(&mut self, text: &str) -> &mut Rows {
        if let Some(Filled { values: Values::Text(values), there }) = self.next() {
            there.push(i16::from(!text.is_empty()));
            if !text.is_empty() {
                values.push(ByteArray::from(text));
            }
        }
        self
    }

    /// The next cell is a number of 32 bits.
    pub fn int(&mut self, value: u32) -> &mut Rows {
        self.maybe_int(Some(value))
    }

    /// The next cell is a number of 32 bits, or null.
    pub fn maybe_int(&mut self, value: Option<u32>) -> &mut Rows {
        if let Some(Filled { values: Values::Int(values), there }) = self.next() {
            there.push(i16::from(value.is_some()));
            values.extend(value.map(u32::cast_signed));
        }
        self
    }

    /// The next cell is a count.
    pub fn long(&mut self, value: u64) -> &mut Rows {
        self.maybe_long(Some(value.cast_signed()))
    }

    /// The next cell is a number of 64 bits, or null.
    pub fn maybe_long(&mut self, value: Option<i64>) -> &mut Rows {
        if let Some(Filled { values: Values::Long(values), there }) = self.next() {
            there.push(i16::from(value.is_some()));
            values.extend(value);
        }
        self
    }

    /// The next cell is yes or no, or null.
    pub fn maybe_bool(&mut self, value: Option<bool>) -> &mut Rows {
        if let Some(Filled { values: Values::Bool(values), there }) = self.next() {
            there.push(i16::from(value.is_some()));
            values.extend(value);
        }
        self
    }

    /// The next cell is yes or no.
    pub fn bool(&mut self, value: bool) -> &mut Rows {
        self.maybe_bool(Some(value))
    }

    /// The next cell is an instant, or null.
    pub fn time(&mut self, at: Option<Instant>) -> &mut Rows {
        self.maybe_long(at.map(|at| at.timestamp_micros()))
    }
}
