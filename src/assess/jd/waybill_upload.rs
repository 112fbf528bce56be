//! JD wants the waybill number in its system within a day; its own record of time rules.

use crate::assess::prelude::*;

/// A JD order has its waybill number uploaded soon after it stands.
pub static RULE: Rule = Rule {
    code: Code("JD001"),
    name: "waybill-upload",
    needs: &[Field::StandsAt, Field::ShippedAt],
    params: &["jd.waybill-upload", "jd.start"],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: true, judge: obligation }),
    note: false,
    examples: "
        stands_at         shipped_at           status             payment           as_of                | state
        2020-02-17 10:00  2020-02-18 10:00     shipped            -                 2020-02-20 00:00     | met
        2020-02-17 10:00  2020-02-18 10:00:01  shipped            -                 2020-02-20 00:00     | late by 1s
        2020-02-17 10:00  -                    awaiting-shipment  -                 2020-02-17 10:00     | warning, 1d left
        2020-02-17 10:00  -                    awaiting-shipment  -                 2020-02-17 22:00     | urgent, 12h left
        2020-02-17 10:00  -                    awaiting-shipment  -                 2020-02-18 10:00     | urgent, 0m left
        2020-02-17 10:00  -                    awaiting-shipment  -                 2020-02-18 10:00:01  | overdue by 1s
        2020-02-17 10:00  ?                    awaiting-shipment  -                 2020-02-18 11:00     | overdue by 1h
        2020-02-17 10:00  ?                    shipped            -                 2020-02-18 11:00     | not assessed: shipped-at
        2020-02-17 10:00  !                    shipped            -                 2020-02-18 11:00     | unverifiable: shipped-at
        -                 ?                    awaiting-shipment  -                 2020-02-18 11:00     | unverifiable: paid-at
        -                 ?                    unpaid             -                 2020-02-18 11:00     | void
        2020-02-17 10:00  -                    awaiting-shipment  cash-on-delivery  2020-02-18 10:00:01  | overdue by 1s
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    case.within(&case.book.jd.waybill_upload, case.at(Field::StandsAt)?, case.done(Field::ShippedAt))
}
