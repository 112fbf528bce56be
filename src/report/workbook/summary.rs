//! The first sheet: are we safe, where not, and what to do first. Its first screen answers; it prints on a page.

use super::annotated::Annotated;
use super::charts;
use super::desk::Desk;
use super::pages::put;
use super::text::lines;
use super::{AUTO_ROWS, Annotate, ReportError, first, opening, stores};
use crate::assess::State;
use crate::report::changes::counts_line;
use crate::tally::{FEW_STORES, StoreTotals};
use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

/// Columns of the grid, all of one width.
pub const GRID: u16 = 14;
/// Width of a column of the grid.
pub const WIDTH: f64 = 11.6;
/// Where the charts' numbers stand: out of sight and off the page.
pub const DATA: u16 = 30;

/// Writes the sheet.
pub fn write(desk: &Desk<'_>, annotated: &Annotated) -> Result<Worksheet, ReportError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(desk.sheet_name("summary"))?.set_screen_gridlines(false);
    sheet.set_landscape().set_paper_size(9).set_margins(0.4, 0.4, 0.4, 0.4, 0.2, 0.2);
    for column in 0..GRID {
        sheet.set_column_width(column, WIDTH)?;
    }
    let totals = desk.audit.tally.totals();
    opening::write(desk, &mut sheet, &totals)?;
    tiles(desk, &mut sheet, &totals)?;
    changed(desk, &mut sheet)?;
    let mut row = if desk.options.share { 8 } else { first::write(desk, &mut sheet, 8)? + 1 };
    if totals.at_risk > 0 {
        row = charts::write(desk, &mut sheet, row)? + 1;
    }
    row = stores::write(desk, &mut sheet, row)?;
    let last = notes(desk, &mut sheet, annotated, row)?;
    // Many stores take more pages rather than letters too small to read.
    let tall = u16::from(desk.audit.tally.stores.len() <= FEW_STORES);
    sheet.set_print_fit_to_pages(1, tall).set_print_area(0, 0, last, GRID - 1)?;
    sheet.set_print_center_horizontally(true);
    sheet.set_active(true);
    Ok(sheet)
}

/// Writes over several cells of the grid as if they were one.
pub fn across(
    sheet: &mut Worksheet,
    row: u32,
    columns: std::ops::RangeInclusive<u16>,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if columns.start() == columns.end() {
        return put(sheet, row, *columns.start(), text, format);
    }
    sheet.merge_range(row, *columns.start(), row, *columns.end(), "", format)?;
    put(sheet, row, *columns.start(), text, format)
}

/// The figures that matter, in large.
fn tiles(desk: &Desk<'_>, sheet: &mut Worksheet, totals: &StoreTotals) -> Result<(), XlsxError> {
    let share = |part: u64| match totals.orders {
        0 => String::new(),
        all => {
            let share = format!("{:.1} %", part as f64 * 100.0 / all as f64);
            desk.say("summary.of-orders", &[("share", &share)])
        }
    };
    let late = desk.say("summary.late-note", &[("n", &thousands(totals.with_risk(State::Late)))]);
    let claimed = desk.say("summary.claimed-note", &[("n", &thousands(totals.exempt_claimed))]);
    let points: u64 = stores::current(desk).into_iter().filter_map(|(_, _, period)| period?.points).sum();
    let overdue = totals.with_risk(State::Overdue);
    let tiles = [
        ("orders", totals.orders, String::new(), false),
        ("at-risk", totals.at_risk, share(totals.at_risk), false),
        ("overdue", overdue, late, overdue > 0),
        ("due-12", totals.due_12h, share(totals.due_12h), false),
        ("due-24", totals.due_24h, share(totals.due_24h), false),
        ("exempt", totals.exempt_proved, claimed, false),
        ("points", points, desk.say("summary.points-note", &[]), points > 0),
    ];
    let [label, figure, remark, alarm] = &desk.styles.tile;
    for (at, (key, number, note, red)) in tiles.iter().enumerate() {
        let (left, right) = (at as u16 * 2, at as u16 * 2 + 1);
        across(sheet, 4, left..=right, &desk.say(&format!("summary.{key}"), &[]), label)?;
        let format = if *red { alarm } else { figure };
        sheet.merge_range(5, left, 5, right, "", format)?;
        sheet.write_number_with_format(5, left, *number as f64, format)?;
        across(sheet, 6, left..=right, note, remark)?;
    }
    sheet.set_row_height(4, 20)?.set_row_height(5, 38)?.set_row_height(6, 18)?.set_row_height(7, 8)?;
    Ok(())
}

/// What changed since the last audit, in a line between the figures and the orders.
fn changed(desk: &Desk<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let Some(changes) = &desk.audit.past.changes else { return Ok(()) };
    let [before, now] = changes.totals.map(|totals| totals[1] as i64);
    let values = [
        ("time", changes.moments[0].format("%Y-%m-%d %H:%M").to_string()),
        ("change", format!("{:+}", now - before)),
        ("counts", counts_line(changes, desk.words)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let said = desk.say("summary.changes", &values);
    let format = if desk.options.share { &desk.styles.since } else { &desk.styles.since_link };
    let high = lines(&said, WIDTH * f64::from(GRID)).min(3) as f64;
    sheet.set_row_height(7, high.mul_add(15.0, 8.0))?;
    if desk.options.share {
        return across(sheet, 7, 0..=GRID - 1, &said, format);
    }
    sheet.merge_range(7, 0, 7, GRID - 1, "", format)?;
    let link = Url::new(format!("internal:'{}'!A1", desk.sheet_name("changes"))).set_text(said);
    sheet.write_url_with_format(7, 0, &link, format)?;
    Ok(())
}

/// What a reader must know to trust the figures; returns the last row.
fn notes(desk: &Desk<'_>, sheet: &mut Worksheet, annotated: &Annotated, row: u32) -> Result<u32, XlsxError> {
    let audit = desk.audit;
    let mut notes = Vec::new();
    let prefix = if desk.options.share { "share" } else { "note" };
    let rows = super::annotated::rows_in_all(audit);
    match (annotated.mode, desk.options.annotate) {
        _ if desk.options.share => notes.push(desk.say("summary.note-share", &[])),
        (Annotate::Risk, Annotate::Auto) => {
            let (rows, limit) = (thousands(rows), thousands(AUTO_ROWS));
            notes.push(desk.say("summary.note-cut", &[("rows", &rows), ("limit", &limit)]));
        }
        (Annotate::Risk, _) => notes.push(desk.say("summary.note-risk", &[])),
        (Annotate::None, _) => notes.push(desk.say("summary.note-none", &[])),
        (Annotate::Files, _) => notes.push(desk.say("summary.note-files", &[])),
        _ => {}
    }
    let is_unread =
        |kind| !matches!(kind, crate::normalise::InputKind::Known(_) | crate::normalise::InputKind::LeftOut);
    let unread = audit.ledger.inputs.iter().filter(|input| is_unread(input.kind)).count();
    if unread > 0 {
        notes.push(desk.say(&format!("summary.{prefix}-unread"), &[("n", &unread.to_string())]));
    }
    if !audit.tally.gaps.is_empty() {
        notes
            .push(desk.say(&format!("summary.{prefix}-gaps"), &[("n", &audit.tally.gaps.len().to_string())]));
    }
    if desk.options.mask {
        notes.push(desk.say("summary.note-masked", &[]));
    }
    for (at, note) in notes.iter().enumerate() {
        across(sheet, row + at as u32, 0..=GRID - 1, note, &desk.styles.remark)?;
    }
    Ok(row + notes.len() as u32)
}

/// A number with commas.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
