//! 发运超时: a parcel that was picked up and does not leave the outlet.

use crate::assess::prelude::*;
use crate::assess::traces::moved_on;

/// A Douyin parcel shows a first transit trace soon after pickup.
pub static RULE: Rule = Rule {
    code: Code("DY003"),
    name: "dispatch",
    needs: &[Field::PickedUpAt, Field::FirstTransitAt, Field::LastTraceAt],
    params: &["douyin.dispatch"],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: false, judge: obligation }),
    note: false,
    examples: "
        picked_up_at      first_transit_at  last_trace_at     status             as_of                | state
        2026-11-08 10:00  2026-11-09 10:00  2026-11-09 10:00  shipped            2026-11-10 12:00     | met
        2026-11-08 10:00  2026-11-09 10:01  2026-11-09 10:01  shipped            2026-11-10 12:00     | late by 1m
        2026-11-08 10:00  -                 2026-11-08 10:00  shipped            2026-11-09 10:00     | urgent, 0m left
        2026-11-08 10:00  -                 2026-11-08 10:00  shipped            2026-11-09 10:00:01  | overdue by 1s
        2026-11-08 10:00  ?                 2026-11-09 10:00  shipped            2026-11-10 12:00     | met
        2026-11-08 10:00  ?                 2026-11-09 10:01  shipped            2026-11-10 12:00     | unverifiable: first-transit-at
        2026-11-08 10:00  ?                 2026-11-08 10:00  shipped            2026-11-09 12:00     | overdue by 2h
        2026-11-08 10:00  ?                 ?                 shipped            2026-11-10 12:00     | not assessed: first-transit-at
        -                 -                 -                 shipped            2026-11-10 12:00     | nothing
        -                 -                 -                 awaiting-shipment  2026-11-10 12:00     | nothing
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    let param = &case.book.douyin.dispatch;
    let picked_up = case.at(Field::PickedUpAt)?;
    case.within(param, picked_up, moved_on(case, param, picked_up))
}
