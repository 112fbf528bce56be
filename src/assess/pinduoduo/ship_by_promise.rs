//! 超时发货: Pinduoduo shows every order's promised ship time and fines what ships after it.

use crate::assess::prelude::*;

/// A Pinduoduo order ships by its promised ship time.
pub static RULE: Rule = Rule {
    code: Code("PDD001"),
    name: "ship-by-promise",
    needs: &[Field::ShipBy, Field::PaidAt, Field::ShippedAt],
    params: &["pinduoduo.ship-after-payment"],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: true, judge: obligation }),
    note: false,
    examples: "
        ship_by           paid_at           shipped_at           status             as_of                | state
        2026-11-09 10:00  2026-11-07 10:00  2026-11-09 10:00     shipped            2026-11-09 12:00     | met
        2026-11-09 10:00  2026-11-07 10:00  2026-11-09 10:00:01  shipped            2026-11-09 12:00     | late by 1s
        2026-11-09 10:00  2026-11-07 10:00  -                    awaiting-shipment  2026-11-09 10:00     | urgent, 0m left
        2026-11-09 10:00  2026-11-07 10:00  -                    awaiting-shipment  2026-11-09 10:00:01  | overdue by 1s
        -                 2026-11-07 10:00  -                    awaiting-shipment  2026-11-09 12:00     | overdue by 2h
        ?                 2026-11-07 10:00  2026-11-09 10:00     shipped            2026-11-09 12:00     | met
        -                 -                 -                    awaiting-shipment  2026-11-09 12:00     | unverifiable: paid-at
        2026-11-09 10:00  2026-11-07 10:00  -                    refunded-unshipped  2026-11-09 12:00     | void
        2026-11-09 10:00  2026-11-07 10:00  2026-11-09 10:00:01  refunded-shipped   2026-11-09 12:00     | late by 1s
        ?                 ?                 -                    awaiting-shipment  2026-11-09 12:00     | not assessed: paid-at
        -                 -                 -                    unpaid             2026-11-09 12:00     | void
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    let promise = case.promise(Field::ShipBy)?;
    let done = case.done(Field::ShippedAt);
    case.two_clocks(promise, case.paid(), &case.book.pinduoduo.ship_after_payment, done)
}
