//! The work, grouped by what one does: where, with what, by when, and for which orders.

use super::ReportError;
use super::desk::Desk;
use super::pages::{Look, Pages, Sheet};
use super::text::lines;
use crate::assess::Address;
use crate::report::rows::Row;
use crate::report::work::Work;
use crate::words::{Language, Words};

/// Order ids a cell; more go on in the next row, so that a cell can still be read and copied.
const IDS: usize = 60;

const COLUMNS: [(&str, f64); 11] = [
    ("do", 30.0),
    ("marketplace", 13.0),
    ("store", 18.0),
    ("orders", 9.0),
    ("do-by", 17.0),
    ("zone", 11.0),
    ("hours-left", 10.0),
    ("path", 42.0),
    ("needs", 30.0),
    ("enter", 60.0),
    ("order-ids", 70.0),
];

/// Writes the sheet.
pub fn write(desk: &Desk<'_>) -> Result<Sheet, ReportError> {
    let columns = COLUMNS.iter().map(|(key, width)| desk.column(key, *width)).collect();
    let look = Look { pages_wide: 1, ..desk.look("actions", columns, 1) };
    let mut pages = Pages::new(desk.factory, desk.styles, look);
    let parts: Vec<_> =
        desk.works.iter().flat_map(|work| (0..rows_for(work)).map(move |part| (work, part))).collect();
    pages.fill(&parts, |(), row, (work, part)| {
        let ids = work.order_ids.chunks(IDS).nth(*part).unwrap_or_default();
        entry(desk, row, work, ids, *part == 0);
    })?;
    let sheets = pages.finish(|_, _| Ok(()))?;
    // Work comes by store and kind: there is far less of it than rows on a sheet.
    sheets.into_iter().next().ok_or(ReportError::Stopped)
}

/// Rows that a piece of work takes; one also where it names no order.
fn rows_for(work: &Work<'_>) -> usize {
    work.order_ids.len().div_ceil(IDS).max(1)
}

/// The row of the sheet on which a piece of work begins, by its number among all.
pub fn row_of(desk: &Desk<'_>, number: usize) -> u32 {
    1 + desk.works.iter().take(number).map(rows_for).sum::<usize>() as u32
}

fn entry(desk: &Desk<'_>, row: &mut Row<'_>, work: &Work<'_>, ids: &[&str], first: bool) {
    let (styles, speaker) = (desk.styles, &desk.speaker);
    let needs: Vec<String> = work.needs.iter().map(|need| speaker.need(need)).collect();
    let texts = [
        (0, speaker.known("action", &format!("{}.title", work.code))),
        (1, speaker.marketplace(work.marketplace)),
        (2, work.store.to_owned()),
        (7, desk.words.entry(&format!("action.{}.path", work.code)).to_owned()),
        (8, needs.join("\n")),
        (9, if first { entered(desk, work) } else { String::new() }),
        (10, ids.join("\n")),
    ];
    for (column, text) in &texts {
        row.text(*column, text, &styles.wrap);
    }
    let count = if first { work.order_ids.len() } else { ids.len() };
    row.number(3, count as f64, &styles.count);
    desk.moment(row, 4, work.do_by, work.zone);
    let most = texts.iter().map(|(at, text)| lines(text, COLUMNS[usize::from(*at)].1)).max().unwrap_or(1);
    row.height((most.min(12) as f64).mul_add(15.0, 5.0));
}

/// What to copy into the back end: the addresses of a filing with its reason, or the letter to the buyer, which is
/// Chinese because the buyer reads Chinese; whoever reads the report in English has it in English below.
fn entered(desk: &Desk<'_>, work: &Work<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(reason) = work.reason {
        parts.push(desk.speaker.known("filing", reason));
        parts.extend(work.addresses.iter().map(Address::name));
    }
    if let Some(reply) = work.reply {
        let letter = |words: &Words| words.entry(&format!("reply.{reply}")).to_owned();
        parts.push(letter(Language::Chinese.words()));
        parts.push(letter(desk.words));
        parts.dedup();
    }
    parts.join("\n")
}
