//! Where no notice names days, the state of the city it ships from gives them (source: 4.6).

use super::{facts, notices};
use crate::assess::Step;
use crate::assess::prelude::*;
use crate::casebook::Miss;
use crate::order::Flags;

/// A closed or slowed city extends shipping and takes the other clocks of a Douyin order away.
pub static RULE: Rule = Rule {
    code: Code("DY102"),
    name: "region-extension",
    needs: &[],
    params: &[
        "douyin.risk-extension",
        "douyin.suspended-many",
        "douyin.suspended-many-extension",
        "douyin.suspended-few-extension",
    ],
    logic: Logic::Exemption { of: &[Code("DY001"), Code("DY002"), Code("DY003"), Code("DY004")], judge },
    note: false,
    examples: "
        ordered_at        ship_by           status             ship_from             region.region      region.risk  region.couriers_suspended  region.from  region.to   region2.region    region2.couriers_suspended  region2.from  notice.kind  notice.side  notice.extend_days  notice.opted_out  marks     as_of             | state            effect
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州/中原区   medium       -                          2026-11-06   -           -                 -                           -             -            -            -                   -                 -         2026-11-23 10:00  | urgent, 0m left  extended to 2026-11-23 10:00
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州/中原区   medium       -                          2026-11-06   -           -                 -                           -             -            -            -                   -                 -         2026-11-23 11:00  | overdue by 1h    extended to 2026-11-23 10:00
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州          -            5                          2026-11-06   -           -                 -                           -             -            -            -                   -                 -         2026-11-16 11:00  | overdue by 1h    extended to 2026-11-16 10:00
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州          -            5                          2026-11-06   -           河南/郑州/中原区  6                           2026-11-06    -            -            -                   -                 -         2026-11-16 11:00  | on track         extended to 2026-11-23 10:00
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州          -            -                          2026-11-06   -           -                 -                           -             -            -            -                   -                 -         2026-11-09 12:00  | overdue by 2h    -
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州          high         -                          2026-11-01   2026-11-06  -                 -                           -             -            -            -                   -                 -         2026-11-09 12:00  | overdue by 2h    -
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省洛阳市西工区    河南/郑州          high         -                          2026-11-06   -           -                 -                           -             -            -            -                   -                 -         2026-11-09 12:00  | overdue by 2h    -
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  上海市浦东新区        上海/徐汇区        high         -                          2026-11-06   -           -                 -                           -             -            -            -                   -                 -         2026-11-16 11:00  | on track         extended to 2026-11-23 10:00
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省仙桃市          湖北/潜江市        high         -                          2026-11-06   -           -                 -                           -             -            -            -                   -                 -         2026-11-09 12:00  | overdue by 2h    -
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  -                     河南/郑州          high         -                          2026-11-06   -           -                 -                           -             -            -            -                   -                 -         2026-11-09 12:00  | overdue by 2h    refused: ship-from-unknown
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州          high         -                          2026-11-06   -           -                 -                           -             shipping     either       3                   -                 -         2026-11-09 12:00  | on track         -
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州          high         -                          2026-11-06   -           -                 -                           -             shipping     either       -                   y                 -         2026-11-09 12:00  | overdue by 2h    -
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  河南省郑州市金水区    河南/郑州          high         -                          2026-11-06   -           -                 -                           -             -            -            -                   -                 deferred  2026-11-09 12:00  | overdue by 2h    -
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    if case.run.casebook.all_regions().is_empty() {
        return Ok(None);
    }
    let cover = notices::cover(case, obligation);
    if cover.names_days || cover.miss == Some(Miss::OptedOut) {
        return Ok(None);
    }
    let from = case.ships_from();
    let Some(ordered) = case.ordered_at() else {
        return Ok(facts::refused(obligation, "time-unknown"));
    };
    if !from.is_known() {
        let any = case.run.casebook.all_regions().iter().any(|s| s.window.contains(ordered, case.day_zone()));
        return Ok(facts::refused(obligation, "ship-from-unknown").filter(|_| any));
    }
    let Some((param, span)) = facts::extension(case, from, ordered) else { return Ok(None) };
    case.note(|| Step { step: param.to_owned(), value: span.to_string(), from: format!("rulebook {param}") });
    if obligation.rule != Code("DY001") {
        return Ok(Some(Relief::Waive));
    }
    let due = obligation.base_due_at.checked_add_signed(span.0);
    Ok(due.filter(|_| !case.is(Flags::DEFERRED)).map(Relief::Extend))
}
