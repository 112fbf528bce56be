//! 超时揽收: an uploaded waybill that no courier picks up.

use crate::assess::prelude::*;

/// A Douyin parcel is picked up soon after it was shipped.
pub static RULE: Rule = Rule {
    code: Code("DY002"),
    name: "pickup",
    needs: &[Field::ShippedAt, Field::PickedUpAt],
    params: &["douyin.pickup"],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: false, judge: obligation }),
    note: false,
    examples: "
        shipped_at        picked_up_at      status             as_of                | state
        2026-11-08 10:00  2026-11-09 10:00  shipped            2026-11-10 12:00     | met
        2026-11-08 10:00  2026-11-09 10:01  shipped            2026-11-10 12:00     | late by 1m
        2026-11-08 10:00  -                 shipped            2026-11-09 10:00     | urgent, 0m left
        2026-11-08 10:00  -                 shipped            2026-11-09 10:00:01  | overdue by 1s
        2026-11-08 10:00  ?                 shipped            2026-11-09 12:00     | not assessed: picked-up-at
        2026-11-08 10:00  -                 delivered          2026-11-09 12:00     | unverifiable: picked-up-at
        -                 -                 awaiting-shipment  2026-11-09 12:00     | nothing
        -                 -                 shipped            2026-11-09 12:00     | unverifiable: shipped-at
        -                 -                 cancelled          2026-11-09 12:00     | nothing
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    case.within(&case.book.douyin.pickup, case.at(Field::ShippedAt)?, case.done(Field::PickedUpAt))
}
