//! Where nobody delivers or picks up, Pinduoduo does not fine what ships late; once a place opens again, the order ships
//! at once.

use crate::assess::facts::best;
use crate::assess::prelude::*;
use crate::casebook::{Miss, Notice, NoticeKind, RegionState, ReportKind, Risk, Window};
use crate::order::{Instant, Marketplace};
use chrono::Duration;

/// A closure between payment and promise moves the promised ship time of a Pinduoduo order behind the reopening.
pub static RULE: Rule = Rule {
    code: Code("PDD101"),
    name: "region-closed",
    needs: &[Field::PaidAt, Field::Province, Field::ShipFrom],
    params: &["pinduoduo.ship-after-reopening"],
    logic: Logic::Exemption { of: &[Code("PDD001")], judge },
    note: false,
    examples: "
        paid_at           ship_by           shipped_at        status             ship_to      region.region  region.risk  region.couriers_suspended  region.carriers  region.from       region.to         report.kind   report.reported_at  as_of             | state          effect
        2026-11-07 10:00  2026-11-09 10:00  2026-11-14 00:00  shipped            河南/郑州市  河南           high         -   -    2026-11-08        2026-11-12        -             -                 2026-11-15 00:00  | met            extended to 2026-11-14 00:00
        2026-11-07 10:00  2026-11-09 10:00  2026-11-14 00:01  shipped            河南/郑州市  河南           high         -   -    2026-11-08        2026-11-12        -             -                 2026-11-15 00:00  | late by 1m     extended to 2026-11-14 00:00
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南/郑州市  河南/郑州市    -            3   -    2026-11-08        2026-11-12 12:00  -             -                 2026-11-13 13:00  | overdue by 1h  extended to 2026-11-13 12:00
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南/郑州市  河南           high         -   -    2026-11-09 10:00  -                 -             -                 2026-11-13 13:00  | waived         waived
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南/郑州市  河南           high         -   -    2026-11-09 10:01  -                 -             -                 2026-11-09 11:00  | overdue by 1h  refused: closed-after-due
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南/郑州市  河南           high         -   -    2026-11-01        2026-11-06        -             -                 2026-11-09 11:00  | overdue by 1h  -
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南/郑州市  河南           -            3   EMS  2026-11-08        2026-11-12        -             -                 2026-11-09 11:00  | overdue by 1h  refused: couriers-still-serve
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  湖北/武汉市  河南           high         -   -    2026-11-08        2026-11-12        -             -                 2026-11-09 11:00  | overdue by 1h  -
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -            河南           high         -   -    2026-11-08        2026-11-12        -             -                 2026-11-09 11:00  | overdue by 1h  -
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -            -              -            -   -    -                 -                 cannot-print  2026-11-08 10:00  2026-11-09 11:00  | waived         waived
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -            -              -            -   -    -                 -                 cannot-print  2026-11-09 10:30  2026-11-09 11:00  | overdue by 1h  refused: closed-after-due
        ?                 2026-11-09 10:00  -                 awaiting-shipment  河南/郑州市  河南           high         -   -    2026-11-08        2026-11-12        -             -                 2026-11-09 11:00  | overdue by 1h  refused: closure-start-unknown
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let mut claims: Vec<Relief> = regions(case).filter_map(|state| by_row(case, obligation, state)).collect();
    for notice in case.run.casebook.notices(Marketplace::Pinduoduo) {
        claims.extend(by_notice(case, obligation, notice));
    }
    if let Some(report) = case.report(&[ReportKind::CannotPrint]) {
        let closure = Window { from: Some(report.reported_at), to: None };
        claims.extend(by_closure(case, obligation, closure, "reports", report.row));
    }
    Ok(best(claims))
}

/// What the casebook says of either end of the way.
fn regions<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a RegionState> + use<'a> {
    let (casebook, ends) = (case.run.casebook, [case.ships_from(), case.line.record.ship_to]);
    let known = ends.into_iter().filter(|end| end.is_known());
    known.flat_map(move |end| {
        casebook.regions_about(end).filter(move |state| crate::casebook::covers(state.region, end))
    })
}

fn by_row(case: &Case<'_>, obligation: &Obligation, state: &RegionState) -> Option<Relief> {
    let suspended = state.couriers_suspended > 0;
    if state.risk == Risk::High || (suspended && state.carriers.is_empty()) {
        return by_closure(case, obligation, state.window, "regions", state.row);
    }
    let start = start(case, obligation)?;
    let would = suspended && state.window.overlaps(start, obligation.base_due_at, case.day_zone());
    would.then_some(Relief::Refused { why: "couriers-still-serve" })
}

/// A notice that names a date moves the promise to it; one that only names its days is a closure of those.
fn by_notice(case: &Case<'_>, obligation: &Obligation, notice: &Notice) -> Option<Relief> {
    if notice.kind != NoticeKind::Shipping {
        return None;
    }
    match notice.fit(&case.scene()) {
        Ok(()) => {}
        Err(Miss::OptedOut) => return Some(Relief::Refused { why: "window-opted-out" }),
        Err(_) => return None,
    }
    let days = notice.extend_days.map(|days| Duration::days(days.into()));
    let days = days.and_then(|days| obligation.base_due_at.checked_add_signed(days));
    let to = notice.extend_to.map(|to| to.end(case.day_zone()));
    if let Some(to) = days.max(to) {
        case.note_row("notice_extend_to", to, "notices", notice.row);
        return Some(Relief::Extend(to));
    }
    let closure = if notice.off.is_open() { notice.ordered } else { notice.off };
    // Without any date a notice would free every order for ever.
    if closure.is_open() {
        return Some(Relief::Refused { why: "closure-without-dates" });
    }
    by_closure(case, obligation, closure, "notices", notice.row)
}

fn by_closure(
    case: &Case<'_>,
    obligation: &Obligation,
    closure: Window,
    sheet: &str,
    row: u32,
) -> Option<Relief> {
    let (zone, due) = (case.day_zone(), obligation.base_due_at);
    let Some(start) = start(case, obligation) else {
        return Some(Relief::Refused { why: "closure-start-unknown" });
    };
    if closure.overlaps(start, due, zone) {
        let Some(to) = closure.to else { return Some(Relief::Waive) };
        case.note_row("reopens_at", to.over(zone), sheet, row);
        return case.after(&case.book.pinduoduo.ship_after_reopening, to.over(zone)).map(Relief::Extend);
    }
    let too_late =
        closure.from.is_some_and(|from| !from.begun_by(due, zone) && from.begun_by(case.as_of, zone));
    too_late.then_some(Relief::Refused { why: "closed-after-due" })
}

/// From when a closure counts: the payment, or what comes nearest to it.
fn start(case: &Case<'_>, obligation: &Obligation) -> Option<Instant> {
    obligation.starts_at.or_else(|| case.ordered_at())
}
