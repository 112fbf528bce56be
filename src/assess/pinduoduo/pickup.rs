//! A parcel without a pickup scan a day after shipping is judged 虚假发货, a false shipment.

use crate::assess::prelude::*;

/// A Pinduoduo parcel is picked up soon after it was shipped.
pub static RULE: Rule = Rule {
    code: Code("PDD002"),
    name: "pickup",
    needs: &[Field::ShippedAt, Field::PickedUpAt],
    params: &["pinduoduo.pickup"],
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
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    case.within(&case.book.pinduoduo.pickup, case.at(Field::ShippedAt)?, case.done(Field::PickedUpAt))
}
