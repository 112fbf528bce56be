//! A table of a scan: headings, rows, and as many sheets as it needs.

use super::Desk;
use crate::assess::State;
use crate::order::Instant;
use crate::report::workbook::desk::serial;
use crate::report::workbook::pages::{Column, Look, Pages, ROWS, Role, put};
use crate::report::workbook::styles::mark;
use crate::report::workbook::text::lines;
use crate::scan::ZONE;
use chrono::NaiveDate;
use rust_xlsxwriter::{Worksheet, XlsxError};

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
) -> Result<Vec<Worksheet>, XlsxError> {
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
    let mut pages = Pages::new(desk.factory, desk.styles, look)?;
    let mut any = false;
    for row in rows {
        any = true;
        let (target, at) = pages.row()?;
        let high = row.iter().zip(columns).map(|(value, (_, width))| match value {
            Value::Text(text) => lines(text, width.abs()),
            _ => 1,
        });
        let high = high.max().unwrap_or(1);
        if high > 1 {
            target.set_row_height(at, 15.0 * high as f64 + 2.0)?;
        }
        for (column, value) in row.iter().enumerate() {
            write(desk, target, at, column as u16, value)?;
        }
    }
    if !any {
        let (target, at) = pages.row()?;
        put(target, at, 0, &desk.say(&format!("nothing.{sheet}"), &[]), &desk.styles.subtitle)?;
    }
    pages.finish(|_, _| Ok(()))
}

fn write(
    desk: &Desk<'_>,
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
) -> Result<(), XlsxError> {
    let styles = desk.styles;
    match value {
        Value::Text(text) => put(sheet, row, column, text, &styles.wrap)?,
        Value::Count(count) => {
            sheet.write_number_with_format(row, column, *count as f64, &styles.count)?;
        }
        Value::Share(Some(share)) => {
            // Rounded down, so that none seems to reach what it misses.
            let share = (share * 1000.0 + 1e-9).floor() / 1000.0;
            sheet.write_number_with_format(row, column, share, &styles.percent)?;
        }
        Value::Share(None) => put(sheet, row, column, "–", &styles.centre)?,
        Value::Moment(Some(at)) => {
            sheet.write_number_with_format(row, column, serial(*at, ZONE), &styles.moment)?;
        }
        Value::Moment(None) => put(sheet, row, column, "", &styles.text)?,
        Value::Day(day) => put(sheet, row, column, &dated(desk, *day), &styles.text)?,
        Value::State(state) => {
            let word = desk.teller.known("state", state.as_str());
            put(sheet, row, column, &format!("{} {word}", mark(*state)), styles.of(*state))?;
        }
    }
    Ok(())
}

/// A day with its weekday.
pub fn dated(desk: &Desk<'_>, day: NaiveDate) -> String {
    let weekday = chrono::Datelike::weekday(&day).num_days_from_monday();
    let name = desk.say(&format!("weekday.{weekday}"), &[]);
    format!("{day} {name}")
}
