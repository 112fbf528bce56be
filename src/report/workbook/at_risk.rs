//! The orders at risk or late, the worst first: a row an order, with what to do and room for what was done.

use super::ReportError;
use super::annotated::Annotated;
use super::desk::{Desk, serial};
use super::pages::{Column, LINKS, Look, Pages, Role, put};
use super::styles::mark;
use super::text::{head, lines};
use crate::assess::{Verdict, judge_into};
use crate::report::listing::{COLUMNS, Entry, FILL_IN, Value, choices};
use rust_xlsxwriter::{DataValidation, Url, Worksheet, XlsxError};

/// Widths of the columns.
const WIDTHS: [f64; COLUMNS.len()] = [
    13.0, 25.0, 12.0, 16.0, 12.0, 24.0, 17.0, 13.0, 17.0, 10.0, 44.0, 32.0, 32.0, 28.0, 17.0, 24.0, 34.0,
    40.0, 9.0,
];
/// Widths of those to fill in.
const FILL_IN_WIDTHS: [f64; FILL_IN.len()] = [12.0, 12.0, 26.0];
/// Where the source stands.
const SOURCE: u16 = 17;
/// Where the columns to fill in begin.
const TYPED: u16 = COLUMNS.len() as u16;
/// Where the state is filled in.
const STATE: u16 = TYPED + 1;
/// Columns whose text is not wrapped.
const ONE_LINE: [u16; 5] = [1, 2, 4, 7, 18];
/// UTF-16 units that the tip of a link holds.
const TIP: usize = 255;
/// Points of a line of text.
const LINE: f64 = 15.0;

/// Writes the list, on as many sheets as it needs.
pub fn write(desk: &Desk<'_>, annotated: &Annotated) -> Result<Vec<Worksheet>, ReportError> {
    let mut pages = Pages::new(desk.factory, desk.styles, look(desk))?;
    let mut verdict = Verdict::default();
    let mut links = 0;
    for shown in &desk.audit.shown {
        let order = &desk.audit.ledger.orders[shown.order as usize];
        judge_into(desk.audit.context(), order, &mut verdict);
        let (sheet, row) = pages.row()?;
        links = if row == 1 { 0 } else { links };
        let entry = Entry { audit: desk.audit, speaker: &desk.speaker, shown, order, verdict: &verdict };
        write_row(desk, &entry, sheet, row)?;
        links += u32::from(source(desk, &entry, sheet, row, annotated, links < LINKS)?);
        (desk.progress)(1);
    }
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

/// Everything of a row but its source.
fn write_row(desk: &Desk<'_>, entry: &Entry<'_>, sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    let styles = desk.styles;
    let state = entry.shown.risk;
    let mut height = 1;
    for (at, value) in entry.cells(mark(state), String::new()).iter().enumerate() {
        let column = at as u16;
        match value {
            _ if column == SOURCE => {}
            Value::None => {
                sheet.write_blank(row, column, &styles.text)?;
            }
            Value::Text(text) if column == 0 => put(sheet, row, column, text, styles.of(state))?,
            Value::Text(text) if ONE_LINE.contains(&column) => put(sheet, row, column, text, &styles.text)?,
            Value::Text(text) => {
                height = height.max(lines(text, WIDTHS[at]));
                put(sheet, row, column, text, &styles.wrap)?;
            }
            Value::Moment(at, zone) => {
                sheet.write_number_with_format(row, column, serial(*at, *zone), &styles.moment)?;
            }
            Value::Hours(hours) => {
                sheet.write_number_with_format(row, column, *hours, &styles.hours)?;
            }
        }
    }
    for (at, typed) in entry.notes().iter().enumerate() {
        let column = TYPED + at as u16;
        if typed.is_empty() {
            sheet.write_blank(row, column, &styles.fill_in)?;
        } else {
            height = height.max(lines(typed, FILL_IN_WIDTHS[at]));
            put(sheet, row, column, typed, &styles.fill_in)?;
        }
    }
    // Heights of very long lists are left to the reader's program; each takes memory until the end.
    if row <= LINKS {
        sheet.set_row_height(row, (height.min(20) as f64).mul_add(LINE, 5.0))?;
    }
    Ok(())
}

/// The file and row of an order's first line; in short, or in full.
fn place(desk: &Desk<'_>, entry: &Entry<'_>, in_short: bool) -> String {
    let ledger = &desk.audit.ledger;
    let Some(line) = ledger.lines(entry.order).next() else { return String::new() };
    desk.place(&ledger.inputs[line.batch.input as usize], line.record.row, in_short)
}

/// Where the order stands, with a link where its row was written; returns whether there is one.
fn source(
    desk: &Desk<'_>,
    entry: &Entry<'_>,
    sheet: &mut Worksheet,
    row: u32,
    annotated: &Annotated,
    may: bool,
) -> Result<bool, XlsxError> {
    let shown = place(desk, entry, true);
    match annotated.spot(entry.shown.order).filter(|_| may) {
        None => put(sheet, row, SOURCE, &shown, &desk.styles.wrap).map(|()| false),
        Some(spot) => {
            let link = Url::new(spot.address(desk)).set_text(shown);
            let link = link.set_tip(head(&place(desk, entry, false), TIP));
            sheet.write_url_with_format(row, SOURCE, &link, &desk.styles.link)?;
            Ok(true)
        }
    }
}
