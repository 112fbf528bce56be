//! Where trouble gathers: a table by carrier, one by destination, and how long orders are overdue.

use super::ReportError;
use super::desk::Desk;
use super::pages::put;
use crate::report::breakdown::{Group, SPANS, by_carrier, by_destination, overdue_for};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Groups of a table; the rest is told by number.
const MOST: usize = 40;
const WIDTHS: [f64; 7] = [16.0, 26.0, 10.0, 10.0, 10.0, 10.0, 14.0];

/// Writes the sheet.
pub fn write(desk: &Desk<'_>) -> Result<Worksheet, ReportError> {
    let mut sheet = desk.factory.sheet(&desk.sheet_name("breakdown"))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
    for (at, width) in WIDTHS.iter().enumerate() {
        sheet.set_column_width(at as u16, *width)?;
    }
    let row = overdue(desk, &mut sheet, 0)?;
    let row = table(desk, &mut sheet, row + 1, "carrier", &by_carrier(desk.audit))?;
    table(desk, &mut sheet, row + 1, "destination", &by_destination(desk.audit))?;
    Ok(sheet)
}

/// How long orders are overdue; returns the row below.
fn overdue(desk: &Desk<'_>, sheet: &mut Worksheet, row: u32) -> Result<u32, XlsxError> {
    let styles = desk.styles;
    put(sheet, row, 0, &desk.say("breakdown.overdue", &[]), &styles.section)?;
    let counts = overdue_for(desk.audit);
    let mut from = 0;
    for at in 0..counts.len() {
        let span = match SPANS.get(at) {
            Some(to) => desk.say("breakdown.span", &[("from", &from.to_string()), ("to", &to.to_string())]),
            None => desk.say("breakdown.beyond", &[("from", &from.to_string())]),
        };
        put(sheet, row + 1, at as u16, &span, &styles.head_centre)?;
        from = SPANS.get(at).copied().unwrap_or(from);
    }
    for (at, count) in counts.iter().enumerate() {
        sheet.write_number_with_format(row + 2, at as u16, *count as f64, &styles.count)?;
    }
    Ok(row + 3)
}

/// A table of groups; returns the row below.
fn table(
    desk: &Desk<'_>,
    sheet: &mut Worksheet,
    row: u32,
    key: &str,
    groups: &[Group],
) -> Result<u32, XlsxError> {
    let styles = desk.styles;
    put(sheet, row, 0, &desk.say(&format!("breakdown.{key}"), &[]), &styles.section)?;
    let heads = ["marketplace", key, "orders", "at-risk", "overdue", "late", "breached"];
    for (at, head) in heads.iter().enumerate() {
        let style = if at < 2 { &styles.head } else { &styles.head_centre };
        put(sheet, row + 1, at as u16, &desk.say(&format!("breakdown.head-{head}"), &[]), style)?;
    }
    let unknown = desk.say("breakdown.unknown", &[]);
    let mut at = row + 2;
    for group in groups.iter().take(MOST) {
        let place = match group.marketplace {
            Some(marketplace) => desk.speaker.marketplace(Some(marketplace)),
            None => desk.say("breakdown.all", &[]),
        };
        put(sheet, at, 0, &place, &styles.text)?;
        put(sheet, at, 1, if group.name.is_empty() { &unknown } else { &group.name }, &styles.text)?;
        for (column, count) in [group.orders, group.at_risk, group.overdue, group.late].iter().enumerate() {
            sheet.write_number_with_format(at, 2 + column as u16, *count as f64, &styles.count)?;
        }
        sheet.write_number_with_format(at, 6, group.breached(), &styles.percent)?;
        at += 1;
    }
    if groups.len() > MOST {
        let n = (groups.len() - MOST).to_string();
        put(sheet, at, 0, &desk.say("breakdown.more", &[("n", &n)]), &styles.remark)?;
        at += 1;
    }
    Ok(at)
}
