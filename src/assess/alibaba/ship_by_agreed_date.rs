//! Buyer and seller agree on a ship date (约定发货时间); the platform holds the seller to it.

use crate::assess::prelude::*;

/// An Alibaba.com order ships by the agreed ship date.
pub static RULE: Rule = Rule {
    code: Code("ALI001"),
    name: "ship-by-agreed-date",
    needs: &[Field::ShipBy, Field::ShippedAt],
    params: &[],
    logic: Logic::Deadline(Deadline { unit: Unit::Days, begins_with_order: true, judge: obligation }),
    note: false,
    // A bare date ends in Los Angeles: 07:59:59 UTC of the next day in winter, 06:59:59 UTC in summer.
    examples: "
        ship_by              shipped_at                 status             as_of                      | state
        2026-11-10           -                          awaiting-shipment  2026-11-09T12:00:00+08:00  | warning, 2d 3h 59m 59s left
        2026-11-10           -                          awaiting-shipment  2026-11-10T15:59:59+08:00  | urgent, 1d left
        2026-11-10           2026-11-10T23:59:59-08:00  shipped            2026-11-12T12:00:00+08:00  | met
        2026-11-10           2026-11-11T00:00:00-08:00  shipped            2026-11-12T12:00:00+08:00  | late by 1s
        2026-10-31           2026-10-31T23:59:59-07:00  shipped            2026-11-12T12:00:00+08:00  | met
        2026-11-10           -                          awaiting-shipment  2026-11-11T16:00:00+08:00  | overdue by 1s
        2026-11-10 18:00:00  2026-11-10 18:00:00        shipped            2026-11-12T12:00:00+08:00  | met
        2026-11-10           -                          shipped            2026-11-12T12:00:00+08:00  | unverifiable: shipped-at
        2026-11-10           ?                          shipped            2026-11-12T12:00:00+08:00  | not assessed: shipped-at
        -                    -                          awaiting-shipment  2026-11-12T12:00:00+08:00  | unverifiable: ship-by
        ?                    -                          awaiting-shipment  2026-11-12T12:00:00+08:00  | not assessed: ship-by
        2026-11-10           -                          unpaid             2026-11-12T12:00:00+08:00  | void
        2026-11-10           -                          cancelled          2026-11-12T12:00:00+08:00  | void
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    let due = case.deadline(Field::ShipBy)?;
    Ok(case.by(due, Clock::Platform, None, case.done(Field::ShippedAt)))
}
