//! An order that cannot be delivered, for want of a phone number or an address, is reported for deletion by the seller.

use crate::assess::prelude::*;
use crate::casebook::{FilingKind, ReportKind};
use crate::order::Flags;

/// A JD order whose buyer or address cannot be reached is reported as an abnormal order.
pub static RULE: Rule = Rule {
    code: Code("JD203"),
    name: "bad-address",
    needs: &[Field::Phone, Field::Address, Field::ShippedAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        stands_at         shipped_at        status             marks          report.kind  report.reported_at  filing.order_id  filing.kind     filing.status  filing.submitted_at  as_of             | state
        2026-11-07 10:00  -                 awaiting-shipment  bad-phone      -            -                   -                -               -              -                    2026-11-08 10:00  | advice: report-abnormal-order
        2026-11-07 10:00  -                 awaiting-shipment  two-provinces  -            -                   -                -               -              -                    2026-11-08 10:00  | advice: report-abnormal-order
        2026-11-07 10:00  -                 awaiting-shipment  -              bad-address  2026-11-07 12:00    -                -               -              -                    2026-11-08 10:00  | advice: report-abnormal-order
        2026-11-07 10:00  -                 awaiting-shipment  -              unreachable  2026-11-07 12:00    -                -               -              -                    2026-11-08 10:00  | advice: report-abnormal-order
        2026-11-07 10:00  -                 awaiting-shipment  bad-phone      -            -                   1                abnormal-order  pending        2026-11-07 12:00     2026-11-08 10:00  | nothing
        2026-11-07 10:00  -                 awaiting-shipment  bad-phone      -            -                   1                abnormal-order  rejected       2026-11-07 12:00     2026-11-08 10:00  | advice: report-abnormal-order
        2026-11-07 10:00  2026-11-08 09:00  shipped            bad-phone      -            -                   -                -               -              -                    2026-11-08 10:00  | nothing
        2026-11-07 10:00  -                 awaiting-shipment  -              -            -                   -                -               -              -                    2026-11-08 10:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let marked = [Flags::BAD_PHONE, Flags::BAD_ADDRESS, Flags::TWO_PROVINCES].into_iter().any(|f| case.is(f));
    let told = case.report(&[ReportKind::BadAddress, ReportKind::Unreachable]).is_some();
    let wanted = (marked || told) && case.still_to_ship() && !case.filed(FilingKind::AbnormalOrder);
    // Reported before the order counts as delayed.
    let due = case.finding("JD001").and_then(|upload| upload.due_at).filter(|due| *due >= case.as_of);
    Ok(wanted.then(|| Advice::of("report-abnormal-order", due)))
}
