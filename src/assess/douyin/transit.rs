//! 超时中转: a parcel that stands still on its way.

use crate::assess::prelude::*;
use crate::assess::traces::next_trace;

/// A Douyin parcel shows a new trace soon after the last one, until it is delivered.
pub static RULE: Rule = Rule {
    code: Code("DY004"),
    name: "transit",
    needs: &[Field::PickedUpAt, Field::LastTraceAt, Field::DeliveredAt],
    params: &["douyin.transit"],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: false, judge: obligation }),
    note: false,
    examples: "
        picked_up_at      last_trace_at     delivered_at      status     as_of                | state
        2026-11-06 10:00  2026-11-07 10:00  -                 shipped    2026-11-09 10:00     | urgent, 0m left
        2026-11-06 10:00  2026-11-07 10:00  -                 shipped    2026-11-09 10:00:01  | overdue by 1s
        2026-11-06 10:00  2026-11-09 09:00  -                 shipped    2026-11-09 10:00     | on track
        2026-11-06 10:00  2026-11-08 10:00  -                 shipped    2026-11-09 10:00     | warning, 1d left
        2026-11-06 10:00  -                 -                 shipped    2026-11-09 10:00     | overdue by 1d
        2026-11-06 10:00  2026-11-07 10:00  2026-11-08 10:00  shipped    2026-11-12 10:00     | nothing
        2026-11-06 10:00  2026-11-07 10:00  -                 completed  2026-11-12 10:00     | nothing
        -                 2026-11-07 10:00  -                 shipped    2026-11-12 10:00     | nothing
        2026-11-06 10:00  ?                 -                 shipped    2026-11-12 10:00     | not assessed: last-trace-at
        2026-11-06 10:00  !                 -                 shipped    2026-11-12 10:00     | unverifiable: last-trace-at
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    next_trace(case, &case.book.douyin.transit)
}
