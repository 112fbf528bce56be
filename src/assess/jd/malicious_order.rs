//! JD warns of a malicious order until it is shipped or a day old; by then it is to be reported.

use crate::assess::prelude::*;
use crate::casebook::{FilingKind, ReportKind};

/// A malicious JD order is reported while the platform's warning stands.
pub static RULE: Rule = Rule {
    code: Code("JD204"),
    name: "malicious-order",
    needs: &[Field::OrderedAt, Field::ShippedAt],
    params: &["jd.malicious-warning"],
    logic: Logic::Check(check),
    note: false,
    examples: "
        ordered_at        stands_at         shipped_at        status             report.kind  report.reported_at  as_of             | state
        2026-11-07 10:00  2026-11-07 10:00  -                 awaiting-shipment  malicious    2026-11-07 12:00    2026-11-08 10:00  | advice: report-malicious
        2026-11-07 10:00  2026-11-07 10:00  -                 awaiting-shipment  malicious    2026-11-07 12:00    2026-11-08 10:01  | advice: malicious-no-longer-warned
        -                 -                 -                 awaiting-shipment  malicious    2026-11-07 12:00    2026-11-08 10:01  | advice: report-malicious
        2026-11-07 10:00  2026-11-07 10:00  2026-11-07 11:00  shipped            malicious    2026-11-07 12:00    2026-11-07 13:00  | nothing
        2026-11-07 10:00  2026-11-07 10:00  -                 cancelled          malicious    2026-11-07 12:00    2026-11-07 13:00  | nothing
        2026-11-07 10:00  2026-11-07 10:00  -                 awaiting-shipment  -            -                   2026-11-07 13:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let told = case.report(&[ReportKind::Malicious]).is_some();
    if !told || !case.still_to_ship() || case.filed(FilingKind::MaliciousOrder) {
        return Ok(None);
    }
    let until = case.ordered_at().and_then(|at| case.after(&case.book.jd.malicious_warning, at));
    let late = until.is_some_and(|until| case.as_of > until);
    let key = if late { "malicious-no-longer-warned" } else { "report-malicious" };
    Ok(Some(Advice::of(key, until.filter(|_| !late))))
}
