//! eBay counts an order late when it ships after the day it showed the buyer.

use crate::assess::ebay::days::Days;
use crate::assess::prelude::*;

/// An eBay order ships by its Ship By Date, or within the store's handling days.
pub static RULE: Rule = Rule {
    code: Code("EBY001"),
    name: "handle-by",
    needs: &[Field::ShipBy, Field::PaidAt, Field::ShippedAt],
    params: &["ebay.base-holidays", "ebay.hong-kong-holidays"],
    logic: Logic::Deadline(Deadline { unit: Unit::Days, begins_with_order: true, judge: obligation }),
    note: false,
    examples: "
        ship_by     paid_at     shipped_at  handling_days  status             as_of             | state
        2026-11-09  2026-11-05  2026-11-09  -              shipped            2026-11-12 12:00  | met
        2026-11-09  2026-11-05  2026-11-10  -              shipped            2026-11-12 12:00  | late by 1s
        2026-11-09  2026-11-05  -           -              awaiting-shipment  2026-11-09 12:00  | urgent, 11h 59m 59s left
        2026-11-09  2026-11-05  -           -              awaiting-shipment  2026-11-10 00:00  | overdue by 1s
        2026-11-09  2026-11-05  -           -              awaiting-shipment  2026-11-07 00:00  | warning, 2d 23h 59m 59s left
        -           2026-11-05  -           3              awaiting-shipment  2026-11-10 12:00  | urgent, 11h 59m 59s left
        -           2026-11-05  -           -              awaiting-shipment  2026-11-10 12:00  | not assessed: ship-by
        ?           2026-11-05  -           -              awaiting-shipment  2026-11-10 12:00  | not assessed: ship-by
        !           2026-11-05  -           3              awaiting-shipment  2026-11-10 12:00  | unverifiable: ship-by
        2026-11-09  -           -           -              unpaid             2026-11-12 12:00  | void
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    let done = case.done(Field::ShippedAt);
    let by_days = by_handling_days(case);
    match case.promise(Field::ShipBy)? {
        Some(due) => {
            case.note_due(due);
            Ok(Obligation { rule_due_at: by_days.ok(), ..case.by(due, Clock::Platform, None, done) })
        }
        None => Ok(case.by(by_days?, Clock::Rule, case.reading(Field::PaidAt).known(), done)),
    }
}

/// The end of the day that many business days after payment. Without a ship-by date and without handling days
/// there is nothing to judge by.
fn by_handling_days(case: &Case<'_>) -> Judged<crate::order::Instant> {
    let days = case.store.handling_days.ok_or(Gap::NoColumn(Field::ShipBy))?;
    let paid = day_in(case.export_zone(), case.at(Field::PaidAt)?);
    let due = Days::base(case).after(paid, days).ok_or(Gap::Unclear(Field::PaidAt))?;
    case.note(|| crate::assess::Step {
        step: "handling-days".to_owned(),
        value: format!("{days} business days ({})", case.area().as_str()),
        from: "configuration of the store".to_owned(),
    });
    case.end_of(due).ok_or(Gap::Unclear(Field::PaidAt))
}
