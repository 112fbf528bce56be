//! What the platforms booked on orders: which of it can be removed, and until when.

use super::ReportError;
use super::desk::{Desk, serial};
use super::pages::{Look, Pages, Sheet};
use crate::assess::{JudgedDefect, Protection, defects};
use crate::casebook::When;
use crate::order::Marketplace;
use crate::report::rows::Row;
use chrono_tz::Tz;

const COLUMNS: [(&str, f64); 14] = [
    ("verdict", 15.0),
    ("order-id", 24.0),
    ("marketplace", 13.0),
    ("store", 18.0),
    ("defect", 18.0),
    ("opened-at", 17.0),
    ("points", 9.0),
    ("amount", 10.0),
    ("rule", 34.0),
    ("what-to-do", 52.0),
    ("appeal-by", 17.0),
    ("zone", 11.0),
    ("hours-left", 10.0),
    ("row", 8.0),
];

/// Writes the sheet, or as many as the defects need; none where the casebook has no defects.
pub fn write(desk: &Desk<'_>) -> Result<Vec<Sheet>, ReportError> {
    let mut list = defects(desk.audit.context());
    if list.is_empty() {
        return Ok(Vec::new());
    }
    // What can be removed first, by its last day.
    list.sort_by_key(|judged| {
        let appeal_by = judged.verdict.appeal_by;
        (std::cmp::Reverse(judged.verdict.verdict), appeal_by.is_none(), appeal_by)
    });
    let columns = COLUMNS.iter().map(|(key, width)| desk.column(key, *width)).collect();
    let look = Look { pages_wide: 1, ..desk.look("defects", columns, 2) };
    let mut pages = Pages::new(desk.factory, desk.styles, look);
    pages.fill(&list, |(), row, judged| entry(desk, row, judged))?;
    Ok(pages.finish(|_, _| Ok(()))?)
}

fn entry(desk: &Desk<'_>, row: &mut Row<'_>, judged: &JudgedDefect<'_>) {
    let (styles, speaker, defect) = (desk.styles, &desk.speaker, judged.defect);
    let zone = judged.order.map_or(Tz::Asia__Shanghai, |order| speaker.day_zone(order));
    let store = judged.order.map(|order| desk.audit.ledger.store(order).name.clone()).unwrap_or_default();
    let rule = judged.verdict.rule.map(|code| format!("{code} {}", speaker.title(code))).unwrap_or_default();
    // On eBay a protected defect is taken out; elsewhere an appeal has to be made.
    let (verdict, todo) = match (judged.order, judged.verdict.verdict) {
        (None, _) => ("undecided", "no-order"),
        (_, Protection::Protected) if defect.marketplace == Marketplace::Ebay => ("protected", "remove"),
        (_, Protection::Protected) => ("appeal", "appeal"),
        (_, Protection::Unprotected) => ("unprotected", "stands"),
        (_, Protection::Undecided) => ("undecided", "look-up"),
    };
    let texts = [
        (0, desk.say(&format!("defect.{verdict}"), &[])),
        (1, defect.order_id.clone()),
        (2, speaker.marketplace(Some(defect.marketplace))),
        (3, store),
        (4, desk.said(defect.kind).to_owned()),
        (8, rule),
        (9, desk.say(&format!("defect.do-{todo}"), &[])),
    ];
    for (column, text) in &texts {
        row.text(*column, text, &styles.text);
    }
    match defect.opened_at {
        When::Day(day) => row.text(5, &day.format("%Y-%m-%d").to_string(), &styles.text),
        When::At(at) => {
            row.number(5, serial(at, zone), &styles.moment);
        }
    }
    for (column, number) in [(6, defect.points), (7, defect.amount)] {
        if let Some(number) = number {
            row.number(column, number, &styles.plain);
        }
    }
    desk.moment(row, 10, judged.verdict.appeal_by, zone);
    row.number(13, f64::from(defect.row), &styles.count);
}
