//! What changed since the last audit: a row a finding, by kind, the worst first.

use super::ReportError;
use super::pages::{Column, Look, Pages, Role, Sheet};
use super::paper::Paper;
use super::styles::mark;
use super::text::lines;
use crate::assess::State;
use crate::compare::{Change, Changes, Kind, Moment, Outcome};
use crate::report::changes::{counts_line, named, title};
use crate::report::rows::Row;

const COLUMNS: [(&str, f64); 13] = [
    ("change", 15.0),
    ("order-id", 25.0),
    ("sub-order-id", 22.0),
    ("marketplace", 12.0),
    ("store", 18.0),
    ("rule", 9.0),
    ("title", 30.0),
    ("was", 15.0),
    ("now", 15.0),
    ("age", 9.0),
    ("first-seen", 17.0),
    ("due-at", 23.0),
    ("what", 44.0),
];

/// Writes the sheet, and more where there are too many changes for one.
pub fn write(paper: &Paper<'_>, changes: &Changes) -> Result<Vec<Sheet>, ReportError> {
    let columns: Vec<Column> =
        COLUMNS.iter().map(|(key, width)| column(paper, changes, key, *width)).collect();
    let name = paper.sheet_name("changes");
    let look = Look { name, columns, frozen: 2, pages_wide: 1, rows: paper.rows };
    let mut pages = Pages::new(paper.factory, paper.styles, look);
    pages.fill(&changes.list, |(), row, change| entry(paper, row, change))?;
    if changes.list.is_empty() {
        pages.row(|row| row.text(0, &paper.say("changes.none", &[]), &paper.styles.subtitle))?;
    }
    let sheets = pages.finish(|sheet, last| {
        if last > 0 {
            sheet.ignore_error_range(1, 1, last, 2, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
        }
        Ok(())
    })?;
    Ok(sheets)
}

/// A column; the first says on its heading what is counted, the number of audits what it means.
fn column(paper: &Paper<'_>, changes: &Changes, key: &str, width: f64) -> Column {
    let heading = paper.say(&format!("column.{key}"), &[]);
    let role = if key == "age" { Role::Number } else { Role::Ours };
    let note = match key {
        "change" => {
            let [last, this] = changes.moments.map(shown);
            let counts = counts_line(changes, paper.words);
            Some(paper.say("changes.note", &[("last", &last), ("this", &this), ("counts", &counts)]))
        }
        "age" => Some(paper.say("changes.age-note", &[])),
        _ => None,
    };
    Column { note, ..Column::ours(&heading, width, role) }
}

fn entry(paper: &Paper<'_>, row: &mut Row<'_>, change: &Change) {
    let (styles, words, order) = (paper.styles, paper.words, &change.key.order);
    let kind = paper.say(&format!("changes.kind.{}", change.kind.as_str().replace('_', "-")), &[]);
    row.text(0, &kind, styles.of_change(change.kind));
    let texts = [
        order.order_id.as_str(),
        &change.key.sub_order_id,
        &named(words, "marketplace", &order.marketplace),
        &order.store,
        &change.key.rule,
        &title(words, &change.key.rule),
    ];
    for (at, text) in texts.iter().enumerate() {
        let format = if matches!(at, 3 | 5) { &styles.wrap } else { &styles.text };
        row.text(1 + at as u16, text, format);
    }
    for (at, state) in [change.was, change.now].into_iter().enumerate() {
        let column = 7 + at as u16;
        match state {
            Some(state) => {
                let word = format!("{} {}", mark(state), named(words, "state", state.as_str()));
                row.text(column, &word, styles.of(state));
            }
            None => row.text(column, "–", &styles.centre),
        }
    }
    row.number(9, f64::from(change.age.audits), &styles.count);
    row.text(10, &shown(change.age.first_seen), &styles.text);
    let due = change.due_at.map(|at| at.format("%Y-%m-%d %H:%M %:z").to_string()).unwrap_or_default();
    row.text(11, &due, &styles.text);
    let what = what(paper, change);
    row.text(12, &what, &styles.wrap);
    let most =
        lines(&what, COLUMNS[12].1).max(lines(texts[5], COLUMNS[6].1)).max(lines(texts[3], COLUMNS[4].1));
    row.height((most.min(8) as f64).mul_add(15.0, 5.0));
}

/// A moment for people; the offset is that of the audit.
fn shown(at: Moment) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// How it ended, or what else there is to know.
fn what(paper: &Paper<'_>, change: &Change) -> String {
    let mut said = Vec::new();
    match change.outcome {
        Some(Outcome::State(State::Late)) if change.kind == Kind::Missed => {
            said.push(paper.say("changes.outcome.missed", &[]));
        }
        Some(outcome) => {
            said.push(paper.say(&format!("changes.outcome.{}", outcome.as_str().replace('_', "-")), &[]));
        }
        None if change.kind == Kind::Reopened => said.push(paper.say("changes.reopened", &[])),
        None => {}
    }
    match change.kind {
        Kind::Rulebook => said.push(paper.say("changes.by-rulebook", &[])),
        Kind::Casebook => said.push(paper.say("changes.by-casebook", &[])),
        _ => {}
    }
    if let Some(before) = change.due_before {
        let before = before.format("%Y-%m-%d %H:%M %:z").to_string();
        said.push(paper.say("changes.due-before", &[("time", &before)]));
    }
    said.join(paper.words.get("changes.join"))
}
