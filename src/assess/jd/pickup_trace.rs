//! JD looks for the carrier's pickup scan, not for the uploaded waybill.

use crate::assess::prelude::*;

/// A JD order shows a carrier pickup scan soon after it stands.
pub static RULE: Rule = Rule {
    code: Code("JD002"),
    name: "pickup-trace",
    needs: &[Field::StandsAt, Field::PickedUpAt],
    params: &["jd.pickup-trace", "jd.start"],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: true, judge: obligation }),
    note: false,
    examples: "
        stands_at         picked_up_at      as_of             | state
        2020-02-17 10:00  2020-02-19 10:00  2020-02-20 00:00  | met
        2020-02-17 10:00  2020-02-19 10:01  2020-02-20 00:00  | late by 1m
        2020-02-17 10:00  -                 2020-02-19 10:00  | urgent, 0m left
        2020-02-17 10:00  -                 2020-02-19 10:01  | overdue by 1m
        2020-02-17 10:00  ?                 2020-02-20 10:00  | not assessed: picked-up-at
        2020-02-17 10:00  !                 2020-02-20 10:00  | unverifiable: picked-up-at
        2020-02-17 10:00  2020-02-19 09:00  2020-02-19 08:00  | urgent, 2h left
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    case.within(&case.book.jd.pickup_trace, case.at(Field::StandsAt)?, case.done(Field::PickedUpAt))
}
