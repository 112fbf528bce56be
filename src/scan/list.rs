//! Lists as people type them: totals, a CSV of expected orders, a CSV of capacities.

use super::capacity::Capacity;
use super::expect::{Expected, Spell, over_hours};
use super::plan::{Grid, HOURS};
use crate::casebook::When;
use crate::order::Marketplace;
use thiserror::Error;

/// What is wrong with a list.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ListError {
    /// No such column.
    #[error("no column \"{0}\"")]
    NoColumn(&'static str),
    /// A cell that cannot be read; the row counts the headings too.
    #[error("row {row}: {column} \"{value}\" cannot be read")]
    Cell {
        /// The row.
        row: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
    },
    /// No CSV.
    #[error("{0}")]
    Csv(String),
}

/// The headings of the lists, the first being the one that messages name.
const MARKETPLACE: [&str; 3] = ["marketplace", "平台", "marketplaces"];
const STORE: [&str; 3] = ["store", "店铺", "店铺名称"];
const AT: [&str; 5] = ["at", "时间", "日期", "hour", "day"];
const ORDERS: [&str; 5] = ["orders", "订单数", "单量", "数量", "订单量"];

/// A number of orders of a day, an hour or a window; more is a slip of the finger.
pub const MOST: u64 = 1_000_000_000;

/// A number of orders, as typed.
pub fn number(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|orders| *orders <= MOST)
}

/// Reads totals: `jd=5000,pinduoduo=8000`.
///
/// # Errors
/// The part that cannot be read.
pub fn totals(
    text: &str,
    marketplace: &dyn Fn(&str) -> Option<Marketplace>,
) -> Result<Vec<Expected>, String> {
    let one = |part: &str| {
        let (name, orders) = part.split_once('=')?;
        let (marketplace, orders) = (marketplace(name.trim())?, number(orders)?);
        Some(Expected { marketplace, store: None, spell: Spell::Window, orders })
    };
    let parts = text.split([',', '，']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| one(part).ok_or_else(|| part.to_owned())).collect()
}

/// Reads a list of expected orders.
///
/// # Errors
/// The first thing that cannot be read.
pub fn expected(
    bytes: &[u8],
    marketplace: &dyn Fn(&str) -> Option<Marketplace>,
) -> Result<Vec<Expected>, ListError> {
    let table = Table::read(bytes)?;
    let (places, ats, orders) = (table.need(&MARKETPLACE)?, table.need(&AT)?, table.need(&ORDERS)?);
    let store = table.column(&STORE);
    let one = |(row, cells): &(u64, Vec<String>)| {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        let wrong = |column: &'static str, at: usize| ListError::Cell {
            row: *row,
            column,
            value: cell(at).to_owned(),
        };
        Ok(Expected {
            marketplace: marketplace(cell(places)).ok_or_else(|| wrong(MARKETPLACE[0], places))?,
            store: store.map(cell).filter(|name| !name.is_empty()).map(str::to_owned),
            spell: When::parse(cell(ats)).map(Spell::On).ok_or_else(|| wrong(AT[0], ats))?,
            orders: number(cell(orders)).ok_or_else(|| wrong(ORDERS[0], orders))?,
        })
    };
    table.rows.iter().map(one).collect()
}

/// Reads a list of capacities: an hour's, or a day's, which its 24 hours share evenly. What it does not name is 0.
///
/// # Errors
/// The first thing that cannot be read.
pub fn capacities(bytes: &[u8], grid: &Grid) -> Result<Capacity, ListError> {
    let table = Table::read(bytes)?;
    let (ats, orders) = (table.need(&AT)?, table.need(&ORDERS)?);
    let mut hours = vec![0; HOURS as usize];
    for (row, cells) in &table.rows {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        let wrong = |column, at: usize| ListError::Cell { row: *row, column, value: cell(at).to_owned() };
        let when = When::parse(cell(ats)).ok_or_else(|| wrong(AT[0], ats))?;
        let count = number(cell(orders)).ok_or_else(|| wrong(ORDERS[0], orders))?;
        for (at, part) in over_hours(when, count, &[1; 24]) {
            if let Some(hour) = grid.hour_of(at) {
                hours[hour as usize] += part;
            }
        }
    }
    Ok(Capacity::Listed(hours))
}

/// A CSV with its headings.
struct Table {
    headings: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    fn read(bytes: &[u8]) -> Result<Table, ListError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        // What a spreadsheet of Chinese Windows writes is GB18030.
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
        };
        let first = text.lines().next().unwrap_or_default();
        let delimiter = [b'\t', b';'].into_iter().find(|it| first.as_bytes().contains(it)).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(delimiter);
        let mut rows = Vec::new();
        for record in reader.from_reader(text.as_bytes()).records() {
            let record = record.map_err(|error| ListError::Csv(error.to_string()))?;
            let row = record.position().map_or(0, csv::Position::line);
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push((row, cells));
            }
        }
        if rows.is_empty() {
            return Err(ListError::NoColumn(AT[0]));
        }
        let (_, headings) = rows.remove(0);
        Ok(Table { headings: headings.iter().map(|h| h.trim().to_lowercase()).collect(), rows })
    }

    fn column(&self, names: &[&str]) -> Option<usize> {
        self.headings.iter().position(|heading| names.contains(&heading.as_str()))
    }

    fn need(&self, names: &[&'static str]) -> Result<usize, ListError> {
        self.column(names).ok_or(ListError::NoColumn(names[0]))
    }
}
