//! The stores: a row each, with the score of its current period.

use super::desk::Desk;
use super::pages::put;
use super::summary::{GRID, across};
use crate::assess::{Code, State};
use crate::order::Marketplace;
use crate::tally::{Period, PeriodKey, StoreTotals};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Heading and columns of the grid.
const COLUMNS: [(&str, u16, u16); 11] = [
    ("marketplace", 0, 1),
    ("store", 2, 4),
    ("orders", 5, 5),
    ("at-risk", 6, 6),
    ("overdue", 7, 7),
    ("late", 8, 8),
    ("exempt", 9, 9),
    ("rate", 10, 10),
    ("period", 11, 11),
    ("points", 12, 12),
    ("headroom", 13, 13),
];

/// Every store with its score in the last period that has begun and in which something was judged; days only
/// where a platform counts nothing longer.
pub fn current<'s>(
    desk: &'s Desk<'_>,
) -> impl Iterator<Item = (&'s (Marketplace, String), &'s StoreTotals, Option<&'s Period>)> {
    let today = desk.audit.as_of.with_timezone(&desk.options.zone).date_naive();
    desk.audit.tally.stores.iter().map(move |(key, totals)| {
        // EBY206 is a share of late open orders, not an on-time rate.
        let periods = desk.audit.periods.iter().filter(|period| period.rule != Code("EBY206"));
        let own = periods.filter(|p| p.marketplace == key.0 && p.store == key.1);
        let begun = own.filter(|period| period.first_day <= today);
        let newest =
            begun.max_by_key(|p| (!matches!(p.period, PeriodKey::Day(_)), p.rate().is_some(), p.first_day));
        (key, totals, newest)
    })
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
        let head = if left < 5 { &styles.head } else { &styles.head_centre };
        across(sheet, row + 1, left..=right, &desk.say(&format!("store.{key}"), &[]), head)?;
    }
    let mut at = row + 2;
    for ((marketplace, store), totals, period) in current(desk) {
        across(sheet, at, 0..=1, &desk.speaker.marketplace(Some(*marketplace)), &styles.text)?;
        across(sheet, at, 2..=4, store, &styles.text)?;
        let counts = [
            totals.orders,
            totals.at_risk,
            totals.with_risk(State::Overdue),
            totals.with_risk(State::Late),
            totals.exempt_proved,
        ];
        for (column, count) in counts.iter().enumerate() {
            sheet.write_number_with_format(at, 5 + column as u16, *count as f64, &styles.count)?;
        }
        score(desk, sheet, at, period)?;
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
        Some(rate) => sheet.write_number_with_format(row, 10, rate, &styles.percent)?,
        None => sheet.write_string_with_format(row, 10, &none, &styles.centre)?,
    };
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
