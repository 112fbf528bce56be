//! What a plan rests on: its numbers, and what it takes for granted.

use super::Desk;
use super::table::{Value, table};
use crate::report::say::Speaker;
use crate::report::workbook::pages::Sheet;
use crate::scan::ZONE;
use crate::words::Language;
use rust_xlsxwriter::XlsxError;

/// The numbers the plan rests on.
pub(super) fn parameters(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let columns = [("parameter", 30.0), ("value", 50.0), ("grade", 14.0), ("source", 70.0)];
    let ours = |name: &str| {
        name.starts_with("scan.")
            || [
                "jd.waybill-upload",
                "jd.weekly-rate",
                "douyin.ship-after-payment",
                "pinduoduo.ship-after-payment",
            ]
            .contains(&name)
    };
    let rows = desk.audit.book.shown.iter().filter(|shown| ours(&shown.name)).map(|shown| {
        vec![
            Value::text(&*shown.name),
            Value::text(&*shown.value),
            Value::Text(desk.teller.known("grade", shown.source.grade.as_str())),
            Value::Text(format!("{}: {}", shown.source.id, shown.source.at)),
        ]
    });
    table(desk, "parameters", &columns, rows)
}

/// What the plan takes for granted and leaves out, and what was not read.
pub(super) fn notes(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let mut notes = desk.teller.notes();
    for at in 1..=8 {
        notes.push(desk.say(&format!("assumption.{at}"), &[]));
    }
    let language = [Language::Chinese, Language::English];
    let language = language.into_iter().find(|it| std::ptr::eq(it.words(), desk.teller.words));
    let speaker = Speaker::new(language.unwrap_or_default(), desk.audit.context(), ZONE);
    let unread = desk.audit.ledger.inputs.iter().filter(|input| input.error.is_some());
    notes.extend(unread.map(|input| format!("{}: {}", input.path, speaker.fault(input).0)));
    table(desk, "notes", &[("note", 110.0)], notes.into_iter().map(|note| vec![Value::Text(note)]))
}
