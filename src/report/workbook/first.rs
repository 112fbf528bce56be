//! The five most urgent things to do, with links to the list of all of them.

use super::actions;
use super::desk::{Desk, hours, serial};
use super::pages::put;
use super::summary::{GRID, WIDTH, across, thousands};
use super::text::lines;
use crate::report::work::Work;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};

/// Things in the short list.
const URGENT: usize = 5;

/// Writes the short list; returns the row below.
pub fn write(desk: &Desk<'_>, sheet: &mut Worksheet, row: u32) -> Result<u32, XlsxError> {
    let styles = desk.styles;
    across(sheet, row, 0..=9, &desk.say("summary.urgent", &[]), &styles.section)?;
    sheet.set_row_height(row, 20)?;
    let urgent = urgent(desk);
    if urgent.is_empty() {
        across(sheet, row + 1, 0..=GRID - 1, &desk.say("summary.urgent-none", &[]), &styles.text)?;
        return Ok(row + 2);
    }
    let list = desk.sheet_name("at-risk");
    let n = thousands(desk.audit.shown.len() as u64);
    let all = Url::new(format!("internal:'{list}'!A1")).set_text(desk.say("summary.open-list", &[("n", &n)]));
    sheet.merge_range(row, 11, row, GRID - 1, "", &styles.more)?;
    sheet.write_url_with_format(row, 11, &all, &styles.more)?;
    let heads = [
        ("do", 0..=4),
        ("store", 5..=6),
        ("orders", 7..=7),
        ("do-by", 8..=9),
        ("hours-left", 10..=10),
        ("path", 11..=13),
    ];
    for (key, columns) in heads {
        let centred = ["orders", "hours-left"].contains(&key);
        let head = if centred { &styles.head_centre } else { &styles.head };
        across(sheet, row + 1, columns, &desk.say(&format!("column.{key}"), &[]), head)?;
    }
    sheet.set_row_height(row + 1, 20)?;
    for (at, (number, work)) in urgent.iter().enumerate() {
        one(desk, sheet, row + 2 + at as u32, *number, work)?;
    }
    Ok(row + 2 + urgent.len() as u32)
}

/// What can still be done in time comes before what has lost its day; what has none comes last.
pub fn urgent<'w>(desk: &'w Desk<'_>) -> Vec<(usize, &'w Work<'w>)> {
    let mut all: Vec<(usize, &Work<'_>)> = desk.works.iter().enumerate().collect();
    all.sort_by_key(|(number, work)| {
        let ahead = work.do_by.is_some_and(|by| by >= desk.audit.as_of);
        (
            work.do_by.is_none(),
            !ahead,
            if ahead { work.do_by } else { None },
            std::cmp::Reverse(work.order_ids.len()),
            *number,
        )
    });
    all.truncate(URGENT);
    all
}

/// One thing to do.
fn one(
    desk: &Desk<'_>,
    sheet: &mut Worksheet,
    row: u32,
    number: usize,
    work: &Work<'_>,
) -> Result<(), XlsxError> {
    let styles = desk.styles;
    let title = desk.speaker.known("action", &format!("{}.title", work.code));
    let place = format!("internal:'{}'!A{}", desk.sheet_name("actions"), actions::row_of(desk, number) + 1);
    let link = Url::new(place).set_text(title.as_str()).set_tip(desk.say("source.action", &[]));
    sheet.merge_range(row, 0, row, 4, "", &styles.link)?;
    sheet.write_url_with_format(row, 0, &link, &styles.link)?;
    let store = format!("{} · {}", desk.speaker.marketplace(work.marketplace), work.store);
    across(sheet, row, 5..=6, &store, &styles.wrap)?;
    sheet.write_number_with_format(row, 7, work.order_ids.len() as f64, &styles.count)?;
    sheet.merge_range(row, 8, row, 9, "", &styles.moment)?;
    match work.do_by {
        Some(by) => {
            sheet.write_number_with_format(row, 8, serial(by, desk.options.zone), &styles.moment)?;
            let left = hours((by - desk.audit.as_of).num_seconds());
            sheet.write_number_with_format(row, 10, left, &styles.hours)?;
        }
        None => put(sheet, row, 10, "", &styles.text)?,
    }
    let path = desk.words.entry(&format!("action.{}.path", work.code));
    across(sheet, row, 11..=13, path, &styles.wrap)?;
    let most = lines(&title, WIDTH * 5.0).max(lines(&store, WIDTH * 2.0)).max(lines(path, WIDTH * 3.0));
    sheet.set_row_height(row, (most.min(3) as f64).mul_add(14.5, 5.0))?;
    Ok(())
}
