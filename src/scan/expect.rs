//! The orders that are expected: totals over the window, or a list of hours and days; and the list of capacities.

use super::capacity::Capacity;
use super::plan::{Grid, HOURS, ZONE, spread};
use super::shops::Shops;
use crate::casebook::When;
use crate::normalise::start_of_day;
use crate::order::{Instant, Marketplace};
use crate::rulebook::Book;
use chrono::{Days, Duration, NaiveDate};
use std::collections::BTreeMap;
use thiserror::Error;

/// The days of a promotion, the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day, Asia/Shanghai.
    pub from: NaiveDate,
    /// The last one, whole.
    pub to: NaiveDate,
}

impl Span {
    /// When it begins, and when it is over.
    pub fn ends(self) -> Option<(Instant, Instant)> {
        let over = self.to.checked_add_days(Days::new(1))?;
        Some((start_of_day(ZONE, self.from)?, start_of_day(ZONE, over)?))
    }
}

/// When expected orders come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spell {
    /// In the whole window.
    Window,
    /// On a day, or in the hour of an instant.
    On(When),
}

/// Orders that are expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Their marketplace.
    pub marketplace: Marketplace,
    /// Their store; shared out over those of the inputs where none is named.
    pub store: Option<String>,
    /// When.
    pub spell: Spell,
    /// How many.
    pub orders: u64,
}

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
        let (marketplace, orders) = (marketplace(name.trim())?, orders.trim().parse().ok()?);
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
            orders: cell(orders).parse().map_err(|_| wrong(ORDERS[0], orders))?,
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
        let count: u64 = cell(orders).parse().map_err(|_| wrong(ORDERS[0], orders))?;
        for (at, part) in over_hours(when, count, &[1; 24]) {
            if let Some(hour) = grid.hour_of(at) {
                hours[hour as usize] += part;
            }
        }
    }
    Ok(Capacity::Listed(hours))
}

/// Orders of a day over its hours by weights, or all of them in the hour of an instant.
fn over_hours(when: When, orders: u64, weights: &[u64; 24]) -> Vec<(Instant, u64)> {
    match when {
        When::At(at) => {
            let into = at.timestamp().rem_euclid(3600);
            vec![(at - Duration::seconds(into), orders)]
        }
        When::Day(_) => {
            let begin = when.start(ZONE);
            let parts = spread(orders, weights);
            let at = |hour: usize| begin + Duration::hours(hour as i64);
            parts.into_iter().enumerate().map(|(hour, part)| (at(hour), part)).collect()
        }
    }
}

/// Expected orders by marketplace, store and hour of the plan, and those that come in no hour of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Orders by marketplace and store, then hour.
    pub stores: BTreeMap<(Marketplace, String), BTreeMap<u32, u64>>,
    /// Orders expected in hours that were over before the plan began: they are in the inputs, or were missed.
    pub past: u64,
    /// Orders that the list expects outside of the window.
    pub outside: u64,
}

/// Spreads expected orders over stores and hours.
pub fn arrivals(list: &[Expected], span: Span, grid: &Grid, shops: &Shops, book: &Book) -> Arrivals {
    let mut all = Arrivals::default();
    let Some((begin, end)) = span.ends() else { return all };
    for expected in list {
        let stores = if let Some(name) = &expected.store {
            vec![(name.clone(), expected.orders)]
        } else {
            let shares = shops.shares(expected.marketplace);
            let weights: Vec<u64> = shares.iter().map(|(_, orders)| *orders).collect();
            let parts = spread(expected.orders, &weights);
            shares.into_iter().zip(parts).map(|((name, _), part)| (name, part)).collect()
        };
        for (store, orders) in stores {
            let hours = hours_of(expected.spell, orders, span, book);
            let of_store = all.stores.entry((expected.marketplace, store)).or_default();
            for (at, count) in hours.into_iter().filter(|(_, count)| *count > 0) {
                match grid.hour_of(at) {
                    _ if at < begin || at >= end => all.outside += count,
                    Some(hour) => *of_store.entry(hour).or_default() += count,
                    None => all.past += count,
                }
            }
        }
    }
    all.stores.retain(|_, hours| !hours.is_empty());
    all
}

fn hours_of(spell: Spell, orders: u64, span: Span, book: &Book) -> Vec<(Instant, u64)> {
    let curve =
        |day| book.scan.daily_curve.on(Some(day)).map_or([1; 24], |entry| entry.value.0.map(u64::from));
    match spell {
        Spell::On(when) => over_hours(when, orders, &curve(when.day(ZONE))),
        Spell::Window => {
            let days = span.from.iter_days().take_while(|day| *day <= span.to);
            let weights: Vec<u64> = days.flat_map(curve).collect();
            let begin = When::Day(span.from).start(ZONE);
            let at = |hour: usize| begin + Duration::hours(hour as i64);
            spread(orders, &weights).into_iter().enumerate().map(|(hour, part)| (at(hour), part)).collect()
        }
    }
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

#[cfg(test)]
mod tests {
    use super::{Arrivals, Expected, ListError, Span, Spell, arrivals, capacities, expected, totals};
    use crate::order::Marketplace;
    use crate::rulebook::Book;
    use crate::scan::plan::Grid;
    use crate::scan::shops::{Shop, Shops};

    const SPAN: (&str, &str) = ("2026-11-10", "2026-11-11");

    fn span() -> Span {
        let day = |text: &str| text.parse().expect("a day");
        Span { from: day(SPAN.0), to: day(SPAN.1) }
    }

    fn grid() -> Grid {
        Grid::new("2026-11-09T12:00:00+08:00".parse().expect("an instant"))
    }

    fn shops() -> Shops {
        let mut shops = Shops::default();
        for (name, orders) in [("A", 2), ("B", 1)] {
            let shop = Shop { orders, ..Shop::default() };
            shops.0.insert((Marketplace::Jd, name.to_owned()), shop);
        }
        shops
    }

    fn of(list: &[Expected]) -> Arrivals {
        arrivals(list, span(), &grid(), &shops(), &Book::built_in().expect("the rulebook"))
    }

    fn sum(all: &Arrivals, marketplace: Marketplace, store: &str) -> u64 {
        all.stores.get(&(marketplace, store.to_owned())).map_or(0, |hours| hours.values().sum())
    }

    #[test]
    fn totals_are_shared_by_the_orders_of_the_stores_and_lose_none() {
        let list = totals("jd=100, 拼多多=7", &Marketplace::parse).expect("totals");
        let all = of(&list);
        assert_eq!((sum(&all, Marketplace::Jd, "A"), sum(&all, Marketplace::Jd, "B")), (66, 34));
        assert_eq!(sum(&all, Marketplace::Pinduoduo, "default"), 7);
        assert_eq!(totals("jd=1,taobao=3", &Marketplace::parse), Err("taobao=3".to_owned()));
        assert_eq!(totals("jd=many", &Marketplace::parse), Err("jd=many".to_owned()));
        // The window begins 12 hours after the plan.
        let first = all.stores[&(Marketplace::Jd, "A".to_owned())].keys().next().copied();
        assert!(first.is_some_and(|hour| (12..20).contains(&hour)), "{first:?}");
    }

    #[test]
    fn a_list_names_hours_and_days_in_either_language() {
        let text = "平台,店铺,时间,订单数\n京东,B,2026-11-10 09:30,5\njd,,2026-11-11,24\njd,A,2026-11-12,3\n";
        let list = expected(text.as_bytes(), &Marketplace::parse).expect("a list");
        assert_eq!(list.len(), 3);
        let all = of(&list);
        assert_eq!(all.stores[&(Marketplace::Jd, "B".to_owned())].get(&21), Some(&5));
        assert_eq!((sum(&all, Marketplace::Jd, "A"), sum(&all, Marketplace::Jd, "B")), (16, 13));
        assert_eq!((all.past, all.outside), (0, 3));
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        assert_eq!(expected(&gb, &Marketplace::parse).expect("a list"), list);
        let wrong = expected(b"marketplace,at,orders\njd,soon,5\n", &Marketplace::parse);
        assert_eq!(wrong, Err(ListError::Cell { row: 2, column: "at", value: "soon".to_owned() }));
        assert_eq!(expected(b"a,b\n", &Marketplace::parse), Err(ListError::NoColumn("marketplace")));
    }

    #[test]
    fn hours_that_are_over_are_not_planned() {
        let grid = Grid::new("2026-11-10T22:10:00+08:00".parse().expect("an instant"));
        let list = [Expected {
            marketplace: Marketplace::Jd,
            store: Some("A".to_owned()),
            spell: Spell::Window,
            orders: 1000,
        }];
        let all = arrivals(&list, span(), &grid, &shops(), &Book::built_in().expect("the rulebook"));
        assert_eq!(all.past + sum(&all, Marketplace::Jd, "A"), 1000);
        assert!(all.past > 400 && all.past < 500, "{}", all.past);
    }

    #[test]
    fn capacities_that_are_not_named_are_none() {
        let capacity = capacities("日期,单量\n2026-11-10,48\n2026-11-11 08:00,7\n".as_bytes(), &grid());
        let hours = capacity.expect("a list").hours(&grid());
        assert_eq!(hours[..12].iter().sum::<u64>(), 0);
        assert!(hours[12..36].iter().all(|n| *n == 2));
        assert_eq!((hours[44], hours[36..].iter().sum::<u64>()), (7, 7));
    }
}
