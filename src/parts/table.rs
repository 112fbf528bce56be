//! Tables as Parquet: columns of a few plain types, written and read a block of rows at a time.
//!
//! Every column may be null. Texts are UTF-8, times are microseconds in UTC: what Spark, DuckDB and the like show as a
//! text and a timestamp.

mod reader;
mod rows;

use super::fault::PartFault;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
pub use reader::{Read, read};
pub use rows::Rows;
use rows::{Filled, Values};
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
        let mut columns = rows.columns().iter();
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
