//! The buyer was shown a latest delivery day (Max EDD); after it the order counts as not received in time.

use crate::assess::prelude::*;

/// An eBay order is delivered by the latest estimated delivery date.
pub static RULE: Rule = Rule {
    code: Code("EBY002"),
    name: "deliver-by",
    needs: &[Field::DeliverBy, Field::DeliveredAt],
    params: &[],
    logic: Logic::Deadline(Deadline { unit: Unit::Days, begins_with_order: true, judge: obligation }),
    note: false,
    examples: "
        deliver_by  delivered_at         status             as_of             | state
        2026-11-09  2026-11-09 20:00     shipped            2026-11-12 12:00  | met
        2026-11-09  2026-11-09 23:59:59  shipped            2026-11-12 12:00  | met
        2026-11-09  2026-11-10           shipped            2026-11-12 12:00  | late by 1s
        2026-11-09  -                    shipped            2026-11-10 00:00  | overdue by 1s
        2026-11-09  -                    shipped            2026-11-09 12:00  | urgent, 11h 59m 59s left
        2026-11-09  ?                    shipped            2026-11-12 12:00  | not assessed: delivered-at
        2026-11-09  ?                    awaiting-shipment  2026-11-10 00:00  | overdue by 1s
        ?           -                    shipped            2026-11-10 00:00  | not assessed: deliver-by
        2026-11-09  -                    unpaid             2026-11-12 12:00  | void
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    let due = case.deadline(Field::DeliverBy)?;
    let sold = case.reading(Field::OrderedAt).known();
    Ok(case.by(due, Clock::Platform, sold, case.done(Field::DeliveredAt)))
}
