//! Parquet: the table of a lake, written out as text and read like any other from then on.
//!
//! Its columns' names are its headings, in the first row. Orders of several marketplaces in one table become a table
//! each, whose heading says which: layouts are a marketplace's.
//!
//! A page may claim any size, and the decoder asks for all of it: so the process that reads old workbooks reads these
//! too, under the same cap of memory, and tells their text piece by piece.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta};
use parquet::basic::{LogicalType, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::record::{Field, Row};

use super::source::Source;
use super::{Limits, ReadFault, whole};
use crate::order::Marketplace;

/// The column that parts orders, and the columns one of which orders have and tracking has not.
const MARKETPLACE: &str = "marketplace";
const ORDER_ID: &str = "order_id";
const OF_ORDERS: [&str; 4] = ["status", "ordered_at", "paid_at", "ship_by"];
/// More names of marketplaces than anyone has: the column holds something else.
const MARKETPLACES: usize = 64;
/// The key under which this program's own tables say so.
const OWN: &str = "shipby.schema";

impl From<ParquetError> for ReadFault {
    fn from(error: ParquetError) -> Self {
        ReadFault::Damaged { why: error.to_string() }
    }
}

/// Where the text of a table goes: its name, and some of its records.
pub(super) type Put<'a> = &'a mut dyn FnMut(Option<&str>, &str) -> Result<(), ReadFault>;

/// The tables in a file with their names; one has none, unless it is one marketplace's of several.
pub(super) fn tables(source: &Source, limits: &Limits) -> Result<Vec<(Option<String>, Source)>, ReadFault> {
    let mut written: BTreeMap<Option<String>, Spool> = BTreeMap::new();
    let mut all = 0_u64;
    let mut put = |name: Option<&str>, text: &str| {
        // A page may hold one text that a thousand rows point to.
        all += text.len() as u64;
        let ratio = all / source.len().max(1);
        if all > limits.ratio_from && ratio > limits.ratio {
            return Err(ReadFault::Inflates { what: "the table".to_owned(), ratio, limit: limits.ratio });
        }
        let name = name.map(str::to_owned);
        let spool = match written.entry(name) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Spool::new()?),
        };
        spool.put(text, limits)
    };
    match whole::program() {
        Some(program) => whole::lake(program, source, limits, &mut put)?,
        None => convert(source.file()?, limits, &mut put)?,
    }
    written.into_iter().map(|(name, spool)| Ok((name, spool.source()?))).collect()
}

/// Writes a file out as text, a table for each name.
pub(super) fn convert(file: File, limits: &Limits, put: Put<'_>) -> Result<(), ReadFault> {
    let reader = SerializedFileReader::new(file)?;
    let meta = reader.metadata();
    if is_own(meta) {
        return Err(ReadFault::OwnReport);
    }
    check(meta, limits)?;
    let names: Vec<String> =
        meta.file_metadata().schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
    if names.len() > limits.columns {
        return Err(ReadFault::TooManyColumns { columns: names.len(), limit: limits.columns });
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    let orders = has(ORDER_ID) && OF_ORDERS.iter().any(|name| has(name));
    let parted = names.iter().position(|name| name == MARKETPLACE).filter(|_| orders);
    let clocks: Vec<Clock> = meta.file_metadata().schema().get_fields().iter().map(|f| clock(f)).collect();
    let mut begun: BTreeSet<Option<String>> = BTreeSet::new();
    let (mut text, mut cells, mut passed) = (String::new(), Vec::new(), 0_u64);
    for row in reader.get_row_iter(None)? {
        fill(&row?, &clocks, &mut cells);
        let part = parted
            .map(|at| marketplace(cells.get(at).map_or("", String::as_str)))
            .filter(|name| !name.is_empty());
        text.clear();
        if !begun.contains(&part) {
            if begun.len() == MARKETPLACES {
                return Err(ReadFault::TooManyEntries { entries: begun.len() + 1, limit: MARKETPLACES });
            }
            let heads = names.iter().enumerate().map(|(at, name)| match &part {
                Some(part) if Some(at) == parted => format!("{MARKETPLACE}: {part}"),
                _ => name.clone(),
            });
            record(&mut text, &heads.collect::<Vec<_>>());
            begun.insert(part.clone());
        }
        record(&mut text, &cells);
        passed += 1;
        if text.len() > limits.record {
            return Err(ReadFault::TooLong { line: passed, limit: limits.record });
        }
        put(part.as_deref(), &text)?;
    }
    if begun.is_empty() {
        // Headings without a row are told as such further on.
        text.clear();
        record(&mut text, &names);
        put(None, &text)?;
    }
    Ok(())
}

fn is_own(meta: &ParquetMetaData) -> bool {
    let notes = meta.file_metadata().key_value_metadata();
    notes.is_some_and(|notes| notes.iter().any(|note| note.key == OWN))
}

/// Refuses what would not fit into memory: the decoder holds a row group's pages.
fn check(meta: &ParquetMetaData, limits: &Limits) -> Result<(), ReadFault> {
    for group in meta.row_groups() {
        let bytes = u64::try_from(group.total_byte_size()).unwrap_or(u64::MAX);
        if bytes > limits.inflated {
            return Err(ReadFault::TooLarge {
                what: "a row group".to_owned(),
                bytes,
                limit: limits.inflated,
            });
        }
    }
    Ok(())
}

/// A marketplace by its id, where it is one of ours; else as it stands.
fn marketplace(name: &str) -> String {
    match Marketplace::parse(name) {
        Some(known) => known.as_str().to_owned(),
        None => name.trim().to_owned(),
    }
}

/// How the numbers of a column are times, if they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// Instants, which name their offset; of no matter for what is no time.
    Utc,
    /// Local times.
    Local,
    /// Instants in nanoseconds, which come as plain numbers.
    Nanos { utc: bool },
}

fn clock(field: &parquet::schema::types::Type) -> Clock {
    match field.get_basic_info().logical_type_ref() {
        Some(LogicalType::Timestamp(kind)) => match (kind.unit, kind.is_adjusted_to_u_t_c) {
            (TimeUnit::NANOS, utc) => Clock::Nanos { utc },
            (_, true) => Clock::Utc,
            (_, false) => Clock::Local,
        },
        // The old forms, of Spark and Impala and of the years before logical types, are instants.
        _ => Clock::Utc,
    }
}

fn fill(row: &Row, clocks: &[Clock], cells: &mut Vec<String>) {
    cells.clear();
    let all = row.get_column_iter().zip(clocks);
    cells.extend(all.map(|((_, field), clock)| cell(field, *clock)));
}

/// A cell as text: numbers with every digit, instants with their offset.
fn cell(field: &Field, clock: Clock) -> String {
    match field {
        Field::Null | Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => bytes.as_utf8().map(str::to_owned).unwrap_or_default(),
        Field::Long(nanos) if matches!(clock, Clock::Nanos { .. }) => {
            moment(nanos.div_euclid(1000), clock == Clock::Nanos { utc: true })
        }
        Field::TimestampMillis(millis) => moment(millis.saturating_mul(1000), clock == Clock::Utc),
        Field::TimestampMicros(micros) => moment(*micros, clock == Clock::Utc),
        Field::Date(days) => NaiveDate::from_ymd_opt(1970, 1, 1)
            .and_then(|epoch| epoch.checked_add_signed(TimeDelta::days(i64::from(*days))))
            .map_or_else(String::new, |day| day.to_string()),
        Field::Double(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Field::Double(number) => number.to_string(),
        other => other.to_string(),
    }
}

/// A time as text; one that no calendar has is empty of meaning and told as unreadable further on.
fn moment(micros: i64, utc: bool) -> String {
    let Some(at) = DateTime::from_timestamp_micros(micros) else { return format!("{micros} µs") };
    let mut text = at.format("%Y-%m-%dT%H:%M:%S").to_string();
    if utc {
        text.push('Z');
    }
    text
}

/// Appends a record, its cells quoted where they must be.
fn record(text: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', ';', '\t', '\r', '\n']) {
            let _ = write!(text, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}

/// Text on its way to a file without a name.
struct Spool {
    out: BufWriter<File>,
    bytes: u64,
}

impl Spool {
    fn new() -> Result<Spool, ReadFault> {
        Ok(Spool { out: BufWriter::with_capacity(1 << 18, tempfile::tempfile()?), bytes: 0 })
    }

    fn put(&mut self, text: &str, limits: &Limits) -> Result<(), ReadFault> {
        self.bytes += text.len() as u64;
        if self.bytes > limits.inflated {
            let what = "the content".to_owned();
            return Err(ReadFault::TooLarge { what, bytes: self.bytes, limit: limits.inflated });
        }
        Ok(self.out.write_all(text.as_bytes())?)
    }

    fn source(self) -> Result<Source, ReadFault> {
        let file = self.out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        Ok(Source::Spooled { file: Arc::new(file), bytes: self.bytes })
    }
}
