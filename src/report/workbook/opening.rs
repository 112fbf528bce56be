//! The first lines of the summary: the answer, and where, why and what first in a sentence each.

use super::charts::causes;
use super::desk::Desk;
use super::first::urgent;
use super::summary::{GRID, WIDTH, across, thousands};
use super::text::lines;
use crate::assess::State;
use crate::tally::StoreTotals;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Title, moment, the answer in a sentence, and three more that say where, why and what first.
pub fn write(desk: &Desk<'_>, sheet: &mut Worksheet, totals: &StoreTotals) -> Result<(), XlsxError> {
    let audit = desk.audit;
    let zone = desk.options.zone;
    let known = audit.ledger.inputs.iter().filter(|input| Desk::is_known(input));
    let (count, rows) = known.fold((0_u64, 0_u64), |(n, rows), input| (n + 1, rows + u64::from(input.rows)));
    let read = desk.say(
        "summary.as-of",
        &[
            ("time", &audit.as_of.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()),
            ("zone", &desk.speaker.zone(zone)),
            ("inputs", &thousands(count)),
            ("rows", &thousands(rows)),
            ("orders", &thousands(totals.orders)),
            ("stores", &thousands(audit.tally.stores.len() as u64)),
        ],
    );
    let key = match totals {
        t if t.orders == 0 => "empty",
        t if t.with_risk(State::Overdue) > 0 => "overdue",
        t if t.due_12h > 0 => "soon",
        t if t.at_risk > 0 => "risk",
        _ => "none",
    };
    // The short copy has neither orders below nor other sheets to send its reader to.
    let key = format!("summary.{}-{key}", if desk.options.share { "share" } else { "answer" });
    let (overdue, soon) = (thousands(totals.with_risk(State::Overdue)), thousands(totals.due_12h));
    let answer =
        desk.say(&key, &[("overdue", &overdue), ("soon", &soon), ("at-risk", &thousands(totals.at_risk))]);
    across(sheet, 0, 0..=GRID - 1, &desk.say("title", &[]), &desk.styles.title)?;
    across(sheet, 1, 0..=GRID - 1, &read, &desk.styles.subtitle)?;
    across(sheet, 2, 0..=GRID - 1, &answer, &desk.styles.answer)?;
    sheet.set_row_height(0, 30)?.set_row_height(1, 17)?.set_row_height(2, 26)?;
    let said = sentences(desk).join("\n");
    across(sheet, 3, 0..=GRID - 1, &said, &desk.styles.since)?;
    let high = lines(&said, WIDTH * f64::from(GRID)).min(6);
    sheet.set_row_height(3, if said.is_empty() { 6.0 } else { (high as f64).mul_add(16.0, 8.0) })?;
    Ok(())
}

/// The worst store, the main cause, and what to do first; nothing where no order is at risk.
fn sentences(desk: &Desk<'_>) -> Vec<String> {
    if desk.audit.at_risk() == 0 {
        return Vec::new();
    }
    [worst_store(desk), main_cause(desk), first_step(desk)].into_iter().flatten().collect()
}

/// The store with most overdue orders, then with most at risk, then with most late ones.
fn worst_store(desk: &Desk<'_>) -> Option<String> {
    let mut stores: Vec<_> = desk.audit.tally.stores.iter().collect();
    // Of stores that are as bad the first stays.
    stores.sort_by_key(|(_, totals)| std::cmp::Reverse(totals.weight()));
    let ((marketplace, store), totals) = *stores.first()?;
    let named = format!("{} · {store}", desk.speaker.marketplace(Some(*marketplace)));
    let numbers = [totals.orders, totals.at_risk, totals.with_risk(State::Overdue)].map(thousands);
    let values = [
        ("store", named.as_str()),
        ("orders", &numbers[0]),
        ("at-risk", &numbers[1]),
        ("overdue", &numbers[2]),
    ];
    Some(desk.say("summary.worst-store", &values))
}

/// The rule that most often puts orders at risk.
fn main_cause(desk: &Desk<'_>) -> Option<String> {
    let causes = causes(desk);
    let (title, count) = causes.first()?;
    let all: u64 = causes.iter().map(|(_, count)| count).sum();
    let share = format!("{:.0} %", *count as f64 * 100.0 / all.max(1) as f64);
    let values = [("cause", title.as_str()), ("n", &thousands(*count)), ("share", &share)];
    Some(desk.say("summary.main-cause", &values))
}

/// The first of the short list: what loses its effect next; where all of it has, what concerns most orders.
fn first_step(desk: &Desk<'_>) -> Option<String> {
    let (_, work) = urgent(desk).into_iter().next()?;
    let title = desk.speaker.known("action", &format!("{}.title", work.code));
    let store = format!("{} · {}", desk.speaker.marketplace(work.marketplace), work.store);
    let by = work.do_by.filter(|by| *by >= desk.audit.as_of);
    let key = if by.is_some() { "summary.first-step" } else { "summary.first-step-now" };
    let by = by.map(|by| desk.speaker.moment(by, work.zone)).unwrap_or_default();
    let n = thousands(work.order_ids.len() as u64);
    Some(desk.say(key, &[("action", title.as_str()), ("store", &store), ("n", &n), ("time", &by)]))
}
