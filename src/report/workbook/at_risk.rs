//! The orders at risk or late, the worst first: a row an order, with what to do and room for what was done.

use super::ReportError;
use super::annotated::Annotated;
use super::desk::{Desk, serial};
use super::pages::{Column, LINKS, Look, Pages, Role, Sheet};
use super::styles::mark;
use super::text::{head, lines};
use crate::assess::{Verdict, judge_into};
use crate::report::listing::{COLUMNS, Entry, FILL_IN, Value, choices};
use crate::report::rows::Row;
use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

/// Widths of the columns.
const WIDTHS: [f64; COLUMNS.len()] = [
    13.0, 25.0, 12.0, 16.0, 12.0, 24.0, 17.0, 13.0, 17.0, 10.0, 44.0, 32.0, 32.0, 28.0, 17.0, 24.0, 34.0,
    30.0, 40.0, 9.0,
];
/// Widths of those to fill in.
const FILL_IN_WIDTHS: [f64; FILL_IN.len()] = [12.0, 12.0, 26.0];
/// Cells a row.
pub const CELLS: usize = COLUMNS.len() + FILL_IN.len();
/// Where the source stands.
const SOURCE: u16 = 18;
/// Where the columns to fill in begin.
const TYPED: u16 = COLUMNS.len() as u16;
/// Where the state is filled in.
const STATE: u16 = TYPED + 1;
/// Columns whose text is not wrapped.
const ONE_LINE: [u16; 5] = [1, 2, 4, 7, 19];
/// UTF-16 units that the tip of a link holds.
const TIP: usize = 255;
/// Points of a line of text.
const LINE: f64 = 15.0;

/// Writes the list, on as many sheets as it needs.
pub fn write(desk: &Desk<'_>, annotated: &Annotated) -> Result<Vec<Sheet>, ReportError> {
    let pages = Pages::new(desk.factory, desk.styles, look(desk));
    let mut pages = pages.telling(desk.progress);
    pages.fill(&desk.audit.shown, |verdict: &mut Verdict, row, shown| {
        let order = &desk.audit.ledger.orders[shown.order as usize];
        judge_into(desk.audit.context(), order, verdict);
        let entry = Entry { audit: desk.audit, speaker: &desk.speaker, shown, order, verdict };
        write_row(desk, &entry, row, annotated);
    })?;
    let sheets = pages.finish(|sheet, last| finish(desk, sheet, last))?;
    Ok(sheets)
}

fn look(desk: &Desk<'_>) -> Look {
    let ours = COLUMNS.iter().zip(WIDTHS).map(|(key, width)| desk.column(key, width));
    let typed = FILL_IN.iter().zip(FILL_IN_WIDTHS);
    let fill_in = typed.map(|(key, width)| Column { role: Role::FillIn, ..desk.column(key, width) });
    Look { pages_wide: 2, ..desk.look("at-risk", ours.chain(fill_in).collect(), 2) }
}

/// The drop-down of states.
fn finish(desk: &Desk<'_>, sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
    if last == 0 {
        return Ok(());
    }
    let options: Vec<String> = choices(desk.words).map(str::to_owned).collect();
    let validation = DataValidation::new()
        .allow_list_strings(&options)?
        .set_input_title(desk.say("state.title", &[]))?
        .set_input_message(desk.say("state.prompt", &[]))?;
    sheet.add_data_validation(1, STATE, last, STATE, &validation)?;
    sheet.ignore_error_range(1, 1, last, 1, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// A row, with the link to where the order stands.
fn write_row(desk: &Desk<'_>, entry: &Entry<'_>, row: &mut Row<'_>, annotated: &Annotated) {
    let styles = desk.styles;
    let state = entry.shown.risk;
    let mut height = 1;
    for (at, value) in entry.cells(mark(state), String::new()).iter().enumerate() {
        let column = at as u16;
        match value {
            _ if column == SOURCE => source(desk, entry, row, annotated),
            Value::None => row.blank(column, &styles.text),
            Value::Text(text) if column == 0 => row.text(column, text, styles.of(state)),
            Value::Text(text) if ONE_LINE.contains(&column) => row.text(column, text, &styles.text),
            Value::Text(text) => {
                height = height.max(lines(text, WIDTHS[at]));
                row.text(column, text, &styles.wrap);
            }
            Value::Moment(at, zone) => row.number(column, serial(*at, *zone), &styles.moment),
            Value::Hours(hours) => row.number(column, *hours, &styles.hours),
        }
    }
    for (at, typed) in entry.notes().iter().enumerate() {
        let column = TYPED + at as u16;
        height = height.max(lines(typed, FILL_IN_WIDTHS[at]));
        row.text(column, typed, &styles.fill_in);
    }
    row.height((height.min(20) as f64).mul_add(LINE, 5.0));
}

/// The file and row of an order's first line; in short, or in full.
fn place(desk: &Desk<'_>, entry: &Entry<'_>, in_short: bool) -> String {
    let ledger = &desk.audit.ledger;
    let Some(line) = ledger.lines(entry.order).next() else { return String::new() };
    desk.place(&ledger.inputs[line.batch.input as usize], line.record.row, in_short)
}

/// Where the order stands, with a link where its row was written.
fn source(desk: &Desk<'_>, entry: &Entry<'_>, row: &mut Row<'_>, annotated: &Annotated) {
    let shown = place(desk, entry, true);
    match annotated.spot(entry.shown.order).filter(|_| row.at() <= LINKS) {
        None => row.text(SOURCE, &shown, &desk.styles.wrap),
        Some(spot) => {
            let tip = place(desk, entry, false);
            row.link(SOURCE, &shown, &spot.address(desk), head(&tip, TIP), &desk.styles.link);
        }
    }
}
