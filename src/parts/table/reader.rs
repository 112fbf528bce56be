//! Tables that were written, read again.

use super::{GROUP, SCHEMA_KEY, TABLE_KEY, Table};
use crate::order::Instant;
use crate::parts::fault::PartFault;
use chrono::DateTime;
use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use std::fs::File;

/// Rows as they were read, with a null where there is no value.
pub struct Read {
    columns: Vec<Cells>,
    rows: usize,
}

enum Cells {
    Text(Vec<Option<ByteArray>>),
    Int(Vec<Option<i32>>),
    Long(Vec<Option<i64>>),
    Bool(Vec<Option<bool>>),
}

impl Read {
    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// A text; empty where there is none.
    ///
    /// # Errors
    /// When it is no text.
    pub fn text(&self, column: usize, row: usize) -> Result<&str, PartFault> {
        match self.columns.get(column) {
            Some(Cells::Text(cells)) => match cells.get(row) {
                Some(Some(text)) => text.as_utf8().map_err(PartFault::from),
                _ => Ok(""),
            },
            _ => Ok(""),
        }
    }

    /// A number of 32 bits; 0 where there is none.
    pub fn int(&self, column: usize, row: usize) -> u32 {
        self.maybe_int(column, row).unwrap_or(0)
    }

    /// A number of 32 bits, or null.
    pub fn maybe_int(&self, column: usize, row: usize) -> Option<u32> {
        match self.columns.get(column) {
            Some(Cells::Int(cells)) => cells.get(row).copied().flatten().map(i32::cast_unsigned),
            _ => None,
        }
    }

    /// Yes, no or null.
    pub fn bool(&self, column: usize, row: usize) -> Option<bool> {
        match self.columns.get(column) {
            Some(Cells::Bool(cells)) => cells.get(row).copied().flatten(),
            _ => None,
        }
    }

    /// An instant, or null.
    ///
    /// # Errors
    /// When it is out of the years that can be written.
    pub fn time(&self, column: usize, row: usize) -> Result<Option<Instant>, PartFault> {
        let micros = match self.columns.get(column) {
            Some(Cells::Long(cells)) => cells.get(row).copied().flatten(),
            _ => None,
        };
        let at = |micros| DateTime::from_timestamp_micros(micros).ok_or_else(|| PartFault::damaged("a time"));
        micros.map(at).transpose()
    }
}

/// Reads a table that [`Writer`] wrote, a row group at a time. Its schema must be the one that is wanted.
///
/// # Errors
/// When it cannot be read, or is another table.
pub fn read(
    file: File,
    table: &Table,
    schema: &str,
    mut each: impl FnMut(&Read) -> Result<(), PartFault>,
) -> Result<u64, PartFault> {
    let reader = SerializedFileReader::new(file)?;
    let meta = reader.metadata().file_metadata();
    let note = |key: &str| {
        let notes = meta.key_value_metadata()?;
        notes.iter().find(|note| note.key == key)?.value.as_deref()
    };
    if note(SCHEMA_KEY) != Some(schema) || note(TABLE_KEY) != Some(table.name) {
        return Err(PartFault::damaged(&format!("it is not the table {} of {schema}", table.name)));
    }
    let columns = meta.schema_descr().columns();
    let fits = columns.len() == table.columns.len()
        && columns.iter().zip(table.columns).all(|(found, wanted)| {
            found.name() == wanted.name
                && found.physical_type() == wanted.kind.physical()
                && (found.max_def_level(), found.max_rep_level()) == (1, 0)
        });
    if !fits {
        return Err(PartFault::damaged("its columns are others"));
    }
    let mut rows = 0;
    for number in 0..reader.num_row_groups() {
        let read = read_group(reader.get_row_group(number)?.as_ref(), table)?;
        rows += read.len() as u64;
        each(&read)?;
    }
    Ok(rows)
}

fn read_group(group: &dyn RowGroupReader, table: &Table) -> Result<Read, PartFault> {
    let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(usize::MAX);
    if rows > GROUP {
        return Err(PartFault::damaged("a row group is too large"));
    }
    let mut columns = Vec::with_capacity(table.columns.len());
    for at in 0..table.columns.len() {
        columns.push(match group.get_column_reader(at)? {
            ColumnReader::ByteArrayColumnReader(from) => Cells::Text(cells(from, rows)?),
            ColumnReader::Int32ColumnReader(from) => Cells::Int(cells(from, rows)?),
            ColumnReader::Int64ColumnReader(from) => Cells::Long(cells(from, rows)?),
            ColumnReader::BoolColumnReader(from) => Cells::Bool(cells(from, rows)?),
            _ => return Err(PartFault::damaged("a column is of no known type")),
        });
    }
    Ok(Read { columns, rows })
}

/// All cells of a column.
fn cells<T: parquet::data_type::DataType>(
    mut from: parquet::column::reader::ColumnReaderImpl<T>,
    rows: usize,
) -> Result<Vec<Option<T::T>>, PartFault> {
    let (mut there, mut values) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    while there.len() < rows {
        let (read, _, _) = from.read_records(rows - there.len(), Some(&mut there), None, &mut values)?;
        if read == 0 {
            return Err(PartFault::damaged("a column ends too early"));
        }
    }
    let mut values = values.into_iter();
    Ok(there.into_iter().map(|there| if there == 1 { values.next() } else { None }).collect())
}
