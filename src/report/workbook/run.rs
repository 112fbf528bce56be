//! How the report came about: program, rulebook, moment, and every input with its counts.

use super::annotated::{Annotated, OfInput};
use super::desk::Desk;
use super::pages::put;
use super::text::{page_name, width};
use super::{Annotate, ReportError};
use crate::normalise::Input;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};

const COLUMNS: [(&str, f64); 15] = [
    ("input", 16.0),
    ("file", 52.0),
    ("sheet", 14.0),
    ("kind", 13.0),
    ("marketplace", 13.0),
    ("store", 18.0),
    ("format", 8.0),
    ("encoding", 11.0),
    ("rows", 10.0),
    ("in-orders", 10.0),
    ("orders", 10.0),
    ("rejected", 10.0),
    ("skipped", 10.0),
    ("annotated", 24.0),
    ("sha-256", 68.0),
];

/// Writes the sheet.
pub fn write(desk: &Desk<'_>, annotated: &Annotated) -> Result<Worksheet, ReportError> {
    let mut sheet = desk.factory.sheet(&desk.sheet_name("run"))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (at, (_, width)) in COLUMNS.iter().enumerate() {
        sheet.set_column_width(at as u16, *width)?;
    }
    let mut row = facts(desk, annotated, &mut sheet)? + 1;
    put(&mut sheet, row, 0, &desk.say("run.inputs", &[]), &desk.styles.section)?;
    put(&mut sheet, row + 1, 0, &desk.say("run.adds-up", &[]), &desk.styles.remark)?;
    row += 2;
    for (at, (key, _)) in COLUMNS.iter().enumerate() {
        let head =
            if at == 0 || (8..13).contains(&at) { &desk.styles.head_centre } else { &desk.styles.head };
        put(&mut sheet, row, at as u16, &desk.say(&format!("column.{key}"), &[]), head)?;
    }
    let inputs = &desk.audit.ledger.inputs;
    for (number, input) in inputs.iter().enumerate() {
        let of = annotated.inputs.binary_search_by_key(&(number as u32), |of| of.input).ok();
        entry(
            desk,
            &mut sheet,
            row + 1 + number as u32,
            number as u32,
            input,
            of.map(|at| &annotated.inputs[at]),
        )?;
    }
    let last = row + inputs.len() as u32;
    sheet.autofilter(row, 0, last, COLUMNS.len() as u16 - 1)?;
    Ok(sheet)
}

/// What holds for the whole run; returns the row below it.
fn facts(desk: &Desk<'_>, annotated: &Annotated, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let (audit, options) = (desk.audit, desk.options);
    let rows = match annotated.mode {
        Annotate::None => "run.annotate-none",
        Annotate::Risk => "run.annotate-risk",
        Annotate::Files => "run.annotate-files",
        _ => "run.annotate-all",
    };
    let totals = audit.tally.totals();
    let since = audit.past.changes.as_ref().map(|changes| changes.moments[0].to_rfc3339());
    let since = since.unwrap_or_else(|| desk.say("run.none", &[]));
    let notes = &audit.past.carried;
    let (kept, lost) = (notes.notes.len().to_string(), notes.lost.len().to_string());
    let carried = desk.say("run.carried-notes", &[("kept", &kept), ("lost", &lost)]);
    let known = [
        ("run.version", env!("CARGO_PKG_VERSION").to_owned()),
        ("run.rulebook", audit.book.hash.clone()),
        ("run.since", since),
        ("run.carried", carried),
        ("run.as-of", audit.as_of.with_timezone(&options.zone).to_rfc3339()),
        ("run.zone", desk.speaker.zone(options.zone)),
        ("run.orders", totals.orders.to_string()),
        ("run.at-risk", totals.at_risk.to_string()),
        ("run.masked", desk.say(if options.mask { "run.yes" } else { "run.no" }, &[])),
        ("run.annotate", desk.say(rows, &[])),
    ];
    let known = known.map(|(key, value)| (desk.say(key, &[]), value));
    let given = options.provenance.beside.iter().chain(&options.provenance.options);
    let facts = known.into_iter().chain(given.map(|(name, value)| (format!("--{name}"), value.clone())));
    let mut row = 0;
    for (name, value) in facts {
        put(sheet, row, 0, &name, &desk.styles.subtitle)?;
        put(sheet, row, 1, &value, &desk.styles.plain)?;
        row += 1;
    }
    Ok(row)
}

fn entry(
    desk: &Desk<'_>,
    sheet: &mut Worksheet,
    row: u32,
    number: u32,
    input: &Input,
    of: Option<&OfInput>,
) -> Result<(), XlsxError> {
    let styles = desk.styles;
    sheet.write_number_with_format(row, 0, number + 1, &styles.count)?;
    let marketplace = input.marketplace.map(|m| desk.speaker.marketplace(Some(m))).unwrap_or_default();
    let texts = [
        input.path.as_str(),
        input.sheet.as_deref().unwrap_or(""),
        &desk.speaker.known("kind", input.kind.as_str()),
        &marketplace,
        &input.store,
        input.format,
        input.encoding.unwrap_or(""),
    ];
    for (at, text) in texts.iter().enumerate() {
        put(sheet, row, 1 + at as u16, text, if at == 0 { &styles.wrap } else { &styles.text })?;
    }
    let counts = [input.rows, input.rows_in_orders, input.orders, input.rejected, input.skipped];
    for (at, count) in counts.iter().enumerate() {
        sheet.write_number_with_format(row, 8 + at as u16, *count, &styles.count)?;
    }
    if of.is_some_and(|of| !of.sheets.is_empty()) {
        let name = page_name(&desk.annotated_name(number, input), 0);
        let link = Url::new(format!("internal:'{name}'!A1")).set_text(name);
        sheet.write_url_with_format(row, 13, &link, &styles.link)?;
    }
    let hash = desk.options.provenance.of_input(&input.path).unwrap_or_default();
    put(sheet, row, 14, hash, &styles.text)?;
    let high = (width(&input.path) as f64 / (COLUMNS[1].1 * 0.8)).ceil().max(1.0);
    sheet.set_row_height(row, high.mul_add(15.0, 4.0))?;
    Ok(())
}
