//! Tables as Parquet: columns of a few plain types, written and read a block of rows at a time.
//!
//! Every column may be null. Texts are UTF-8, times are microseconds in UTC: what Spark, DuckDB and the like show as a
//! text and a timestamp.

use super::fault::PartFault;
use crate::order::Instant;
use chrono::DateTime;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

/// Rows of a row group: what is held in memory while a table is written or read.
pub const GROUP: usize = 1 << 16;

/// The key of the file's metadata under which the schema stands.
pub const SCHEMA_KEY: &str = "shipby.schema";
/// The key of the file's metadata under which the table's name stands.
pub const TABLE_KEY: &str = "shipby.table";
/// The key of the file's metadata under which the program's version stands.
pub const VERSION_KEY: &str = "shipby.version";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// Yes or no.
    Bool,
    /// An instant, UTC.
    Time,
}

impl Kind {
    const fn physical(self) -> Physical {
        match self {
            Kind::Text => Physical::BYTE_ARRAY,
            Kind::Int => Physical::INT32,
            Kind::Long | Kind::Time => Physical::INT64,
            Kind::Bool => Physical::BOOLEAN,
        }
    }

    fn logical(self) -> Option<LogicalType> {
        match self {
            Kind::Text => Some(LogicalType::String),
            Kind::Time => Some(LogicalType::timestamp(true, TimeUnit::MICROS)),
            _ => None,
        }
    }

    /// The word in the documentation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Int => "int32",
            Kind::Long => "int64",
            Kind::Bool => "bool",
            Kind::Time => "timestamp",
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it says, for the documentation.
    pub about: &'static str,
}

/// A table of a part.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, which is the file's without `.parquet`.
    pub name: &'static str,
    /// What a row is, for the documentation.
    pub about: &'static str,
    /// Its columns in their order.
    pub columns: &'static [Column],
}

/// The values of a column, with whether each row has one.
enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Bool(Vec<bool>),
}

struct Filled {
    values: Values,
    there: Vec<i16>,
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
    rows: usize,
}

impl Rows {
    /// No rows of a table yet.
    pub fn of(table: &Table) -> Rows {
        Rows { columns: table.columns.iter().map(|column| Filled::of(column.kind)).collect(), at: 0, rows: 0 }
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
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
        self.rows += other.rows;
    }

    /// The next column of the row; after the last comes the first of the next row.
    fn next(&mut self) -> Option<&mut Filled> {
        let at = self.at;
        self.at += 1;
        if self.at == self.columns.len() {
            self.at = 0;
            self.rows += 1;
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

/// Writes a table a row group at a time.
pub struct Writer<W: Write + Send> {
    inner: SerializedFileWriter<W>,
    rows: u64,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(out: W, table: &Table, schema: &str) -> Result<Writer<W>, PartFault> {
        let note = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
        let notes = vec![
            note(SCHEMA_KEY, schema),
            note(TABLE_KEY, table.name),
            note(VERSION_KEY, env!("CARGO_PKG_VERSION")),
        ];
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("shipby ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(notes))
            .build();
        let inner = SerializedFileWriter::new(out, parquet_schema(table)?, Arc::new(properties))?;
        Ok(Writer { inner, rows: 0 })
    }

    /// Writes rows as a row group.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&mut self, rows: &Rows) -> Result<(), PartFault> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut group = self.inner.next_row_group()?;
        let mut columns = rows.columns.iter();
        while let (Some(mut writer), Some(Filled { values, there })) = (group.next_column()?, columns.next())
        {
            let there = Some(there.as_slice());
            match (writer.untyped(), values) {
                (ColumnWriter::ByteArrayColumnWriter(to), Values::Text(all)) => {
                    to.write_batch(all, there, None)?
                }
                (ColumnWriter::Int32ColumnWriter(to), Values::Int(all)) => {
                    to.write_batch(all, there, None)?
                }
                (ColumnWriter::Int64ColumnWriter(to), Values::Long(all)) => {
                    to.write_batch(all, there, None)?
                }
                (ColumnWriter::BoolColumnWriter(to), Values::Bool(all)) => {
                    to.write_batch(all, there, None)?
                }
                _ => return Err(PartFault::damaged("a column is not of its type")),
            };
            writer.close()?;
        }
        group.close()?;
        self.rows += rows.len() as u64;
        Ok(())
    }

    /// Ends the table and says how many rows it has.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> Result<u64, PartFault> {
        self.inner.finish()?;
        self.inner.inner_mut().flush()?;
        Ok(self.rows)
    }
}

fn parquet_schema(table: &Table) -> Result<Arc<Type>, ParquetError> {
    let column = |column: &Column| {
        Type::primitive_type_builder(column.name, column.kind.physical())
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(column.kind.logical())
            .build()
            .map(Arc::new)
    };
    let fields = table.columns.iter().map(column).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build().map(Arc::new)
}

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
