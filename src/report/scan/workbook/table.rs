//! A table of a scan: headings, rows, and as many sheets as it needs.

use super::Desk;
use crate::assess::State;
use crate::order::Instant;
use crate::report::rows::Row;
use crate::report::workbook::desk::serial;
use crate::report::workbook::pages::{Column, Look, Pages, ROWS, Role, Sheet};
use crate::report::workbook::styles::mark;
use crate::report::workbook::text::lines;
use crate::scan::ZONE;
use chrono::NaiveDate;
use rust_xlsxwriter::XlsxError;

/// A cell.
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A share, 0 to 1; nothing where there is none.
    Share(Option<f64>),
    /// A moment; nothing where there is none.
    Moment(Option<Instant>),
    /// A day.
    Day(NaiveDate),
    /// A state of a finding.
    State(State),
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }
}

/// A table on sheets of its own. `columns` are words under `scan.column` with their widths; an empty table says
/// `nothing`, a word under `scan.nothing`.
pub fn table(
    desk: &Desk<'_>,
    sheet: &str,
    columns: &[(&str, f64)],
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<Vec<Sheet>, XlsxError> {
    let of = |(key, width): &(&str, f64)| {
        let numeric = *width < 0.0;
        let role = if numeric { Role::Number } else { Role::Ours };
        Column::ours(&desk.say(&format!("column.{key}"), &[]), width.abs(), role)
    };
    let look = Look {
        name: desk.sheet(sheet),
        columns: columns.iter().map(of).collect(),
        frozen: 0,
        pages_wide: 1,
        rows: ROWS,
    };
    let mut pages = Pages::new(desk.factory, desk.styles, look);
    let rows: Vec<Vec<Value>> = rows.collect();
    pages.fill(&rows, |(), target, row| {
        let high = row.iter().zip(columns).map(|(value, (_, width))| match value {
            Value::Text(text) => lines(text, width.abs()),
            _ => 1,
        });
        let high = high.max().unwrap_or(1);
        if high > 1 {
            target.height(15.0 * high as f64 + 2.0);
        }
        for (column, value) in row.iter().enumerate() {
            write(desk, target, column as u16, value);
        }
    })?;
    if rows.is_empty() {
        pages.row(|row| row.text(0, &desk.say(&format!("nothing.{sheet}"), &[]), &desk.styles.subtitle))?;
    }
    pages.finish(|_, _| Ok(()))
}

fn write(desk: &Desk<'_>, row: &mut Row<'_>, column: u16, value: &Value) {
    let styles = desk.styles;
    match value {
        Value::Text(text) => row.text(column, text, &styles.wrap),
        Value::Count(count) => row.number(column, *count as f64, &styles.count),
        // Rounded down, so that none seems to reach what it misses.
        Value::Share(Some(share)) => {
            row.number(column, (share * 1000.0 + 1e-9).floor() / 1000.0, &styles.percent);
        }
        Value::Share(None) => row.text(column, "–", &styles.centre),
        Value::Moment(Some(at)) => row.number(column, serial(*at, ZONE), &styles.moment),
        Value::Moment(None) => row.blank(column, &styles.text),
        Value::Day(day) => row.text(column, &dated(desk, *day), &styles.text),
        Value::State(state) => {
            let word = desk.teller.known("state", state.as_str());
            row.text(column, &format!("{} {word}", mark(*state)), styles.of(*state));
        }
    }
}

/// A day with its weekday.
pub fn dated(desk: &Desk<'_>, day: NaiveDate) -> String {
    let weekday = chrono::Datelike::weekday(&day).num_days_from_monday();
    let name = desk.say(&format!("weekday.{weekday}"), &[]);
    format!("{day} {name}")
}
