//! A damaged parcel is made up for by how bad it is: a little with the buyer, much of it with the courier.

use crate::assess::prelude::*;
use crate::casebook::ReportKind;

/// A Pinduoduo parcel reported as damaged is settled with the buyer or the courier.
pub static RULE: Rule = Rule {
    code: Code("PDD206"),
    name: "damaged",
    needs: &[Field::ShippedAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        shipped_at        status              report.kind  report.reported_at  case.kind  case.refunded_at  as_of             | state
        2026-11-07 10:00  shipped             damaged      2026-11-08 09:00    -          -                 2026-11-08 10:00  | advice: damaged
        2026-11-07 10:00  delivered           damaged      2026-11-08 09:00    -          -                 2026-11-08 10:00  | advice: damaged
        2026-11-07 10:00  delivered           damaged      2026-11-08 09:00    仅退款     2026-11-08 09:30  2026-11-08 10:00  | nothing
        2026-11-07 10:00  delivered           damaged      2026-11-08 09:00    仅退款     -                 2026-11-08 10:00  | advice: damaged
        2026-11-07 10:00  delivered           -            -                   -          -                 2026-11-08 10:00  | nothing
        -                 refunded-unshipped  damaged      2026-11-08 09:00    -          -                 2026-11-08 10:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let told = case.report(&[ReportKind::Damaged]).is_some();
    let refunded = case.after_sales().any(|it| it.time(Field::RefundedAt).known().is_some());
    let wanted = told && !refunded && (case.on_its_way() || case.arrived());
    Ok(wanted.then(|| Advice::of("damaged", None)))
}
