//! A buyer who cannot be reached is tried by every channel, and the record is kept for the filing (source: 1.2).

use super::plight;
use crate::assess::prelude::*;
use crate::casebook::ReportKind;
use crate::order::Marketplace;

/// A Douyin order that is still to be shipped and whose buyer cannot be reached is filed.
pub static RULE: Rule = Rule {
    code: Code("DY210"),
    name: "unreachable",
    needs: &[],
    params: &[],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        ordered_at        ship_by           shipped_at        status             report.kind  report.reported_at  as_of                | state
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  unreachable  2026-11-08 10:00    2026-11-08 10:00     | advice: unreachable
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  unreachable  2026-11-08 10:00    2026-11-08 09:59:59  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 11:00  shipped            unreachable  2026-11-08 10:00    2026-11-08 12:00     | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  bad-address  2026-11-08 10:00    2026-11-08 12:00     | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 cancelled          unreachable  2026-11-08 10:00    2026-11-08 12:00     | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -            -                   2026-11-08 12:00     | nothing
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    let mut reports = case.run.casebook.reports(Marketplace::Douyin, case.order_id());
    let zone = case.day_zone();
    let unreachable = reports
        .any(|report| report.kind == ReportKind::Unreachable && report.reported_at.start(zone) <= case.as_of);
    if !unreachable || !plight::unshipped(case) {
        return Ok(None);
    }
    let due = case.obligation(Code("DY001")).and_then(|clock| clock.due_at);
    let until = due.filter(|due| *due >= case.as_of);
    Ok(Some(Advice { key: "unreachable", until, problem: None }))
}
