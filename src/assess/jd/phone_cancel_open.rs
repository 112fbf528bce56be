//! An order that was cancelled by phone stands until the back end knows of it.

use crate::assess::prelude::*;
use crate::casebook::ReportKind;

/// A JD order cancelled by phone is cancelled in the back end too.
pub static RULE: Rule = Rule {
    code: Code("JD202"),
    name: "phone-cancel-open",
    needs: &[Field::ShippedAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        stands_at         shipped_at        status             report.kind            report.reported_at  as_of             | state
        2026-11-07 10:00  -                 awaiting-shipment  buyer-cancel-by-phone  2026-11-08 09:00    2026-11-08 10:00  | advice: cancel-in-back-end
        2026-11-07 10:00  -                 awaiting-shipment  buyer-cancel-by-phone  2026-11-08 09:00    2026-11-08 10:01  | advice: cancel-and-file
        2026-11-07 10:00  -                 cancelled          buyer-cancel-by-phone  2026-11-08 09:00    2026-11-08 10:01  | nothing
        2026-11-07 10:00  2026-11-08 09:30  shipped            buyer-cancel-by-phone  2026-11-08 09:00    2026-11-08 10:01  | nothing
        2026-11-07 10:00  -                 awaiting-shipment  -                      -                   2026-11-08 10:01  | nothing
        -                 -                 awaiting-shipment  buyer-cancel-by-phone  2026-11-08 09:00    2026-11-08 10:01  | advice: cancel-in-back-end
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    if case.report(&[ReportKind::BuyerCancelByPhone]).is_none() || !case.still_to_ship() {
        return Ok(None);
    }
    let due = case.finding("JD001").and_then(|upload| upload.due_at);
    let late = due.is_some_and(|due| case.as_of > due);
    let key = if late { "cancel-and-file" } else { "cancel-in-back-end" };
    Ok(Some(Advice::of(key, due.filter(|_| !late))))
}
