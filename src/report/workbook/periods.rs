//! Scores by store and period, with the counts behind each rate.

use super::ReportError;
use super::desk::Desk;
use super::desk::serial;
use super::pages::{Column, Look, Pages, Role, Sheet};
use crate::assess::next_look;
use crate::report::rows::Row;
use crate::tally::Period;
use chrono_tz::Tz;

/// Columns of text, then of numbers.
const TEXTS: [(&str, f64); 4] = [("marketplace", 13.0), ("store", 20.0), ("score", 30.0), ("period", 13.0)];
const NUMBERS: [&str; 9] =
    ["rate", "threshold", "met", "late", "overdue", "open", "delayed", "points", "headroom"];

/// Writes the sheet.
pub fn write(desk: &Desk<'_>) -> Result<Sheet, ReportError> {
    let mut columns: Vec<Column> = TEXTS.iter().map(|(key, width)| desk.column(key, *width)).collect();
    let numbers = NUMBERS.iter().map(|key| desk.say(&format!("column.{key}"), &[]));
    columns.extend(numbers.map(|title| Column::ours(&title, 11.0, Role::Number)));
    columns.push(desk.column("next-look", 17.0));
    let look = Look { pages_wide: 1, ..desk.look("periods", columns, 2) };
    let mut pages = Pages::new(desk.factory, desk.styles, look);
    pages.fill(&desk.audit.periods, |(), row, period| entry(desk, row, period))?;
    let sheets = pages.finish(|_, _| Ok(()))?;
    // Stores and weeks are far fewer than rows on a sheet.
    sheets.into_iter().next().ok_or(ReportError::Stopped)
}

fn entry(desk: &Desk<'_>, row: &mut Row<'_>, period: &Period) {
    let (styles, counts) = (desk.styles, period.counts);
    let texts = [
        desk.speaker.marketplace(Some(period.marketplace)),
        period.store.clone(),
        format!("{} {}", period.rule, desk.speaker.title(period.rule)),
        period.period.to_string(),
    ];
    for (at, text) in texts.iter().enumerate() {
        row.text(at as u16, text, &styles.text);
    }
    let rates = [period.rate(), period.threshold.map(|percent| f64::from(percent) / 100.0)];
    for (at, rate) in rates.into_iter().enumerate() {
        if let Some(rate) = rate {
            row.number((TEXTS.len() + at) as u16, rate, &styles.percent);
        }
    }
    let numbers = [
        Some(counts.met),
        Some(counts.late),
        Some(counts.overdue),
        Some(counts.open),
        period.points.map(|_| counts.delayed),
        period.points,
        period.headroom,
    ];
    for (at, number) in numbers.into_iter().enumerate() {
        if let Some(number) = number {
            let column = (TEXTS.len() + rates.len() + at) as u16;
            row.number(column, number as f64, &styles.count);
        }
    }
    if let Some(at) = next_look(period, &desk.audit.book, desk.audit.as_of) {
        let column = (TEXTS.len() + rates.len() + numbers.len()) as u16;
        row.number(column, serial(at, Tz::Asia__Shanghai), &styles.moment);
    }
}
