//! A parcel that went elsewhere is intercepted and sent again when the buyer is in a hurry, else only followed.

use crate::assess::prelude::*;
use crate::casebook::ReportKind;

/// A Pinduoduo parcel reported as misrouted is intercepted or followed.
pub static RULE: Rule = Rule {
    code: Code("PDD205"),
    name: "misrouted",
    needs: &[Field::DeliveredAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        shipped_at        delivered_at      status             report.kind  report.reported_at  report.note   as_of             | state
        2026-11-07 10:00  -                 shipped            misrouted    2026-11-08 09:00    买家很着急    2026-11-08 10:00  | advice: misrouted-urgent
        2026-11-07 10:00  -                 shipped            misrouted    2026-11-08 09:00    不着急        2026-11-08 10:00  | advice: misrouted
        2026-11-07 10:00  -                 shipped            misrouted    2026-11-08 09:00    -             2026-11-08 10:00  | advice: misrouted
        2026-11-07 10:00  2026-11-08 09:30  delivered          misrouted    2026-11-08 09:00    -             2026-11-08 10:00  | nothing
        2026-11-07 10:00  -                 shipped            -            -                   -             2026-11-08 10:00  | nothing
        -                 -                 awaiting-shipment  misrouted    2026-11-08 09:00    -             2026-11-08 10:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let Some(report) = case.report(&[ReportKind::Misrouted]).filter(|_| case.on_its_way()) else {
        return Ok(None);
    };
    let note = report.note.as_deref().unwrap_or_default();
    let calm = ["不急", "不着急", "不紧急"].iter().any(|word| note.contains(word));
    let urgent = !calm && (note.contains('急') || note.to_lowercase().contains("urgent"));
    Ok(Some(Advice::of(if urgent { "misrouted-urgent" } else { "misrouted" }, None)))
}
