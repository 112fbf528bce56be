//! The stores: a row each, with the score of its current period.

use super::desk::Desk;
use super::pages::put;
use super::summary::{GRID, across};
use crate::assess::{Code, State};
use crate::order::Marketplace;
use crate::tally::{Period, PeriodKey, StoreTotals, by_store, rates};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Heading and columns of the grid.
const COLUMNS: [(&str, u16, u16); 12] = [
    ("marketplace", 0, 1),
    ("store", 2, 3),
    ("orders", 4, 4),
    ("at-risk", 5, 5),
    ("overdue", 6, 6),
    ("late", 7, 7),
    ("exempt", 8, 8),
    ("rate", 9, 9),
    ("threshold", 10, 10),
    ("period", 11, 11),
    ("points", 12, 12),
    ("headroom", 13, 13),
];

/// Ship deadlines whose weeks are counted where the platform scores none.
const SHIP_DEADLINES: [Code; 3] = [Code("EBY001"), Code("PDD001"), Code("GEN004")];

/// A store, its totals, and its score.
pub type Scored<'s> = (&'s (Marketplace, String), &'s StoreTotals, Option<Period>);

/// Every store with its score in the last period that has begun and in which something was judged; days only
/// where nothing longer is counted. Where the platform scores no rate, it is that of the ship deadlines of a week.
pub fn current<'s>(desk: &'s Desk<'_>) -> Vec<Scored<'s>> {
    let today = desk.audit.as_of.with_timezone(&desk.options.zone).date_naive();
    let ship: Vec<Period> = SHIP_DEADLINES.iter().flat_map(|code| rates(&desk.audit.tally, *code)).collect();
    // EBY206 is a share of late open orders, not an on-time rate.
    let scores = desk.audit.periods.iter().filter(|period| period.rule != Code("EBY206"));
    let periods = by_store(scores.chain(&ship));
    let with_score = |(key, totals): (&'s (Marketplace, String), &'s StoreTotals)| {
        let own = periods.get(&(key.0, key.1.as_str())).into_iter().flatten();
        let begun = own.filter(|period| period.first_day <= today);
        let newest =
            begun.max_by_key(|p| (!matches!(p.period, PeriodKey::Day(_)), p.rate().is_some(), p.first_day));
        (key, totals, newest.map(|period| (*period).clone()))
    };
    desk.audit.tally.stores_shown().into_iter().map(with_score).collect()
}

/// Writes the table; returns the row below it.
pub fn write(desk: &Desk<'_>, sheet: &mut Worksheet, row: u32) -> Result<u32, XlsxError> {
    let styles = desk.styles;
    if desk.audit.tally.stores.is_empty() {
        return Ok(row);
    }
    across(sheet, row, 0..=GRID - 1, &desk.say("summary.stores", &[]), &styles.section)?;
    sheet.set_row_height(row, 20)?.set_row_height(row + 1, 20)?;
    for (key, left, right) in COLUMNS {
        let head = if left < 4 { &styles.head } else { &styles.head_centre };
        across(sheet, row + 1, left..=right, &desk.say(&format!("store.{key}"), &[]), head)?;
    }
    let mut at = row + 2;
    for ((marketplace, store), totals, period) in current(desk) {
        across(sheet, at, 0..=1, &desk.speaker.marketplace(Some(*marketplace)), &styles.text)?;
        across(sheet, at, 2..=3, store, &styles.text)?;
        let counts = [
            totals.orders,
            totals.at_risk,
            totals.with_risk(State::Overdue),
            totals.with_risk(State::Late),
            totals.exempt_proved,
        ];
        for (column, count) in counts.iter().enumerate() {
            sheet.write_number_with_format(at, 4 + column as u16, *count as f64, &styles.count)?;
        }
        score(desk, sheet, at, period.as_ref())?;
        sheet.set_row_height(at, 18)?;
        at += 1;
    }
    across(sheet, at, 0..=GRID - 1, &desk.say("store.headroom-note", &[]), &styles.remark)?;
    Ok(at + 1)
}

fn score(desk: &Desk<'_>, sheet: &mut Worksheet, row: u32, period: Option<&Period>) -> Result<(), XlsxError> {
    let styles = desk.styles;
    let none = desk.say("summary.no-rate", &[]);
    match period.and_then(Period::rate) {
        Some(rate) => sheet.write_number_with_format(row, 9, rate, &styles.percent)?,
        None => sheet.write_string_with_format(row, 9, &none, &styles.centre)?,
    };
    match period.and_then(|period| period.threshold) {
        Some(percent) => {
            sheet.write_number_with_format(row, 10, f64::from(percent) / 100.0, &styles.percent)?;
        }
        None => put(sheet, row, 10, &none, &styles.centre)?,
    }
    let name = period.map_or_else(|| none.clone(), |period| period.period.to_string());
    put(sheet, row, 11, &name, &styles.centre)?;
    for (column, value) in [(12, period.and_then(|p| p.points)), (13, period.and_then(|p| p.headroom))] {
        match value {
            Some(value) => sheet.write_number_with_format(row, column, value as f64, &styles.count)?,
            None => sheet.write_string_with_format(row, column, &none, &styles.centre)?,
        };
    }
    Ok(())
}
