//! What to write to the buyer, by the place that is affected and where the parcel is (source: 5.1 to 5.4).

use super::facts;
use super::plight::{self, Affected};
use crate::assess::State;
use crate::assess::prelude::*;
use crate::casebook::ReportKind;
use crate::order::{Marketplace, Whereabouts};

/// The buyer of a Douyin order that an affected place holds back is written to.
pub static RULE: Rule = Rule {
    code: Code("DY207"),
    name: "customer-script",
    needs: &[],
    params: &[],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        ordered_at        ship_by           shipped_at        picked_up_at      last_trace_at     status             whereabouts  ship_from           ship_to             region.region  region.risk  region.from  report.kind     report.reported_at  as_of             | state
        2026-11-07 10:00  2026-11-09 10:00  -                 -                 -                 awaiting-shipment  -            河南省郑州市金水区  湖北省武汉市武昌区  河南/郑州      high         2026-11-08   -               -                   2026-11-23 10:00  | advice: reply-origin
        2026-11-07 10:00  2026-11-09 10:00  -                 -                 -                 awaiting-shipment  -            河南省郑州市金水区  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   -               -                   2026-11-08 10:00  | advice: reply-destination
        2026-11-07 10:00  2026-11-09 10:00  -                 -                 -                 awaiting-shipment  -            河南省郑州市金水区  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   -               -                   2026-11-08 09:59  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 10:00  -                 -                 shipped            -            河南省郑州市金水区  湖北省武汉市武昌区  河南/郑州      high         2026-11-08   -               -                   2026-11-09 10:00  | advice: reply-not-picked-up
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 10:00  2026-11-08 12:00  2026-11-08 12:00  shipped            -            河南省郑州市金水区  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   -               -                   2026-11-10 11:00  | advice: reply-on-its-way
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 10:00  2026-11-08 12:00  2026-11-08 12:00  shipped            at-station   河南省郑州市金水区  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   -               -                   2026-11-10 11:00  | advice: reply-at-station
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 10:00  2026-11-08 12:00  2026-11-08 12:00  shipped            -            -                   -                   湖北/武汉      high         2026-11-08   -               -                   2026-11-10 11:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 10:00  2026-11-08 12:00  2026-11-08 12:00  shipped            -            河南省郑州市金水区  湖北省武汉市武昌区  山东/青岛      high         2026-11-08   -               -                   2026-11-10 13:00  | advice: reply-transit
        2026-11-07 10:00  2026-11-09 10:00  -                 -                 -                 awaiting-shipment  -            -                   -                   -              -            -            buyer-declines  2026-11-08 10:00    2026-11-08 10:00  | advice: declined-hold
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 10:00  2026-11-08 12:00  2026-11-08 12:00  shipped            -            -                   -                   -              -            -            buyer-declines  2026-11-08 10:00    2026-11-08 13:00  | advice: declined-intercept
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    Ok(scenario(case).map(|key| Advice { key, until: None, problem: None }))
}

fn scenario(case: &Case<'_>) -> Option<&'static str> {
    let unshipped = plight::unshipped(case);
    let on_its_way = case.status().says_shipped() && !case.status().says_delivered();
    if !unshipped && !on_its_way {
        return None;
    }
    let mut reports = case.run.casebook.reports(Marketplace::Douyin, case.order_id());
    if reports.any(|report| report.kind == ReportKind::BuyerDeclines) {
        return Some(if unshipped { "declined-hold" } else { "declined-intercept" });
    }
    let affected = plight::affected(case);
    if !affected.any() {
        return stands_still_between(case).then_some("reply-transit");
    }
    if !plight::clocks(case).iter().any(plight::presses) {
        return None;
    }
    let picked_up = case.reading(Field::PickedUpAt).known().is_some_and(|at| at <= case.as_of);
    Some(match (unshipped, picked_up) {
        (true, _) if affected.origin => "reply-origin",
        (true, _) => "reply-destination",
        (false, _) if at_station(case) => "reply-at-station",
        (false, true) => "reply-on-its-way",
        (false, false) => "reply-not-picked-up",
    })
}

fn at_station(case: &Case<'_>) -> bool {
    case.parcel.is_some_and(|parcel| parcel.record.whereabouts == Whereabouts::AtStation)
}

/// What to write to the buyer of an order: a word under `reply`.
pub fn reply(case: &Case<'_>) -> &'static str {
    match scenario(case) {
        Some("reply-origin") => "origin",
        Some("reply-destination") => "destination",
        Some("reply-not-picked-up") => "not-picked-up",
        Some("reply-at-station") => "at-station",
        Some("reply-on-its-way") => "on-its-way",
        Some("reply-transit") => "transit",
        Some(_) => "declined",
        None if !plight::unshipped(case) => "on-its-way",
        // An order that still has time, or that no known place holds back.
        None => match plight::affected(case) {
            Affected { origin: true, .. } => "origin",
            Affected { destination: true, .. } => "destination",
            _ => "late",
        },
    }
}

/// Neither end is affected, some other place is, and the parcel does not move.
fn stands_still_between(case: &Case<'_>) -> bool {
    let states = case.run.casebook.all_regions().iter();
    let elsewhere = facts::any_in_force(case, states);
    elsewhere && case.obligation_state(Code("DY004")) == Some(State::Overdue)
}
