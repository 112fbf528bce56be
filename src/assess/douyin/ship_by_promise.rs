//! 超时发货: Douyin shows every order's promised ship time (承诺发货时间) and fines what ships after it.

use crate::assess::prelude::*;

/// A Douyin order ships by its promised ship time.
pub static RULE: Rule = Rule {
    code: Code("DY001"),
    name: "ship-by-promise",
    needs: &[Field::ShipBy, Field::ScheduledShipAt, Field::PaidAt, Field::ShippedAt],
    params: &["douyin.ship-after-payment"],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: true, judge: obligation }),
    note: false,
    examples: "
        ship_by           scheduled_ship_at  paid_at           shipped_at           status             as_of                | state
        2026-11-09 10:00  -                  2026-11-07 10:00  2026-11-09 10:00     shipped            2026-11-09 12:00     | met
        2026-11-09 10:00  -                  2026-11-07 10:00  2026-11-09 10:00:01  shipped            2026-11-09 12:00     | late by 1s
        2026-11-09 10:00  -                  2026-11-07 10:00  -                    awaiting-shipment  2026-11-09 10:00     | urgent, 0m left
        2026-11-09 10:00  -                  2026-11-07 10:00  -                    awaiting-shipment  2026-11-09 10:00:01  | overdue by 1s
        2026-11-09 10:00  2026-11-20 10:00   2026-11-07 10:00  -                    awaiting-shipment  2026-11-09 12:00     | on track
        2026-11-09 10:00  2026-11-08 10:00   2026-11-07 10:00  -                    awaiting-shipment  2026-11-09 12:00     | overdue by 2h
        -                 -                  2026-11-07 10:00  -                    awaiting-shipment  2026-11-09 12:00     | overdue by 2h
        ?                 ?                  2026-11-07 10:00  -                    awaiting-shipment  2026-11-08 10:00     | warning, 1d left
        ?                 ?                  -                 -                    awaiting-shipment  2026-11-08 10:00     | unverifiable: paid-at
        !                 -                  2026-11-07 10:00  -                    awaiting-shipment  2026-11-08 10:00     | unverifiable: ship-by
        2026-11-09 10:00  -                  2026-11-07 10:00  -                    shipped            2026-11-09 12:00     | unverifiable: shipped-at
        -                 -                  -                 -                    unpaid             2026-11-09 12:00     | void
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    let promise = case.promise(Field::ShipBy)?;
    let scheduled = case.promise(Field::ScheduledShipAt)?;
    let done = case.done(Field::ShippedAt);
    case.two_clocks(promise.max(scheduled), case.paid(), &case.book.douyin.ship_after_payment, done)
}
