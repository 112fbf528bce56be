//! The list of orders at risk as CSV, for those who load it elsewhere.

use crate::assess::{Verdict, judge_into};
use crate::audit::Audit;
use crate::report::listing::{COLUMNS, Entry, FILL_IN, Value};
use crate::report::mask::{Private, mask};
use crate::report::say::Speaker;
use crate::words::Language;
use chrono_tz::Tz;
use csv::{Terminator, WriterBuilder};
use std::borrow::Cow;
use std::io::{self, Write};

/// How the CSV is written.
#[derive(Clone, Copy, Debug)]
pub struct CsvOptions {
    /// Its language.
    pub language: Language,
    /// Whether phones and identity numbers in what staff typed are hidden.
    pub mask: bool,
    /// Whether cells that a spreadsheet would take for a formula stay as they are.
    pub raw: bool,
}

/// Writes the list: UTF-8 with a byte order mark, as Excel needs it to read Chinese, lines ended as RFC 4180 says. Times are
/// local, as on the sheet: `2026-11-09 12:00`.
///
/// # Errors
/// When writing fails.
pub fn write_csv(audit: &Audit, options: CsvOptions, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let speaker = Speaker::new(options.language, audit.context(), Tz::Asia__Shanghai);
    let words = options.language.words();
    let heading = |key: &&str| words.entry(&format!("workbook.column.{key}")).to_owned();
    table.write_record(COLUMNS.iter().chain(&FILL_IN).map(heading)).map_err(of_the_system)?;
    let mut verdict = Verdict::default();
    for shown in &audit.shown {
        let order = &audit.ledger.orders[shown.order as usize];
        judge_into(audit.context(), order, &mut verdict);
        let entry = Entry { audit, speaker: &speaker, shown, order, verdict: &verdict };
        let cells = entry.cells("", place(audit, &entry));
        let notes = entry.notes();
        let notes =
            notes.iter().map(|typed| if options.mask { mask(typed, Private::Text) } else { typed.into() });
        let cells = cells.iter().map(|cell| shown_as(cell, options.raw));
        let notes = notes.map(|note| safe(&note, options.raw).into_owned());
        table.write_record(cells.chain(notes)).map_err(of_the_system)?;
    }
    table.flush()
}

/// What the system said, without the library around it, so that its kind can be told.
fn of_the_system(error: ::csv::Error) -> io::Error {
    if error.is_io_error()
        && let ::csv::ErrorKind::Io(why) = error.into_kind()
    {
        return why;
    }
    io::Error::other("a row of another length")
}

/// Where an order stands: file, sheet and row.
fn place(audit: &Audit, entry: &Entry<'_>) -> String {
    let Some(line) = audit.ledger.lines(entry.order).next() else { return String::new() };
    let input = &audit.ledger.inputs[line.batch.input as usize];
    let sheet = input.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
    format!("{}{sheet}:{}", input.path, line.record.row)
}

fn shown_as(value: &Value, raw: bool) -> String {
    match value {
        Value::None => String::new(),
        Value::Text(text) => safe(text, raw).into_owned(),
        Value::Moment(at, zone) => at.with_timezone(zone).format("%Y-%m-%d %H:%M").to_string(),
        Value::Hours(hours) => format!("{hours}"),
    }
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str, raw: bool) -> Cow<'_, str> {
    if !raw && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::{Value, safe, shown_as};

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for (text, shown) in [
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("261105-1", "261105-1"),
            ("", ""),
        ] {
            assert_eq!(safe(text, false), shown);
            assert_eq!(safe(text, true), text);
        }
        assert_eq!(shown_as(&Value::Hours(-2.5), false), "-2.5");
    }
}
