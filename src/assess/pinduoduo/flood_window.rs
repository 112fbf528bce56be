//! The flood in Henan in July 2021: orders from or to it are not judged for some weeks. A notice on the same place in
//! the casebook takes its place.

use crate::assess::prelude::*;
use crate::casebook::{NoticeKind, When};
use crate::normalise::region::Place;
use crate::order::{Instant, Marketplace, Region};
use crate::rulebook::RegionWindow;

/// Pinduoduo orders from or to the flooded province have their deadlines waived.
pub static RULE: Rule = Rule {
    code: Code("PDD103"),
    name: "flood-window",
    needs: &[Field::ShipBy, Field::ShippedAt, Field::Province, Field::ShipFrom],
    params: &["pinduoduo.flood-window"],
    logic: Logic::Exemption { of: &[Code("PDD001"), Code("PDD002"), Code("PDD003")], judge },
    note: false,
    examples: "
        paid_at           ship_by           shipped_at        status             ship_to      ship_from    notice.kind  notice.side  notice.region  notice.ordered_from  as_of             | state           effect
        2021-07-18 00:00  2021-07-20 00:00  -                 awaiting-shipment  河南/郑州市  -            -            -            -              -                    2021-07-21 00:00  | waived          waived
        2021-07-17 23:59  2021-07-19 23:59  -                 awaiting-shipment  河南/郑州市  -            -            -            -              -                    2021-07-21 00:00  | overdue by 1d 1m  -
        2021-07-18 10:00  2021-07-20 10:00  2021-07-21 10:00  shipped            广东         河南         -            -            -              -                    2021-07-22 00:00  | waived          waived
        2021-07-18 10:00  2021-07-20 10:00  2021-07-21 10:00  shipped            广东         湖北         -            -            -              -                    2021-07-22 00:00  | late by 1d      -
        2021-07-18 10:00  2021-07-20 10:00  -                 awaiting-shipment  -            -            -            -            -              -                    2021-07-21 10:00  | overdue by 1d   -
        2021-08-30 10:00  2021-09-01 10:00  -                 awaiting-shipment  河南         -            -            -            -              -                    2021-09-02 10:00  | overdue by 1d   -
        2021-07-18 10:00  2021-07-20 10:00  -                 awaiting-shipment  河南         -            shipping     either       河南           2021-07-19           2021-07-21 10:00  | overdue by 1d   -
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let Some(window) = case.value(&case.book.pinduoduo.flood_window) else { return Ok(None) };
    let region = Region::from_code(window.region);
    if ![case.ships_from(), case.line.record.ship_to].into_iter().any(|end| region.covers(end)) {
        return Ok(None);
    }
    let (at, first) = if obligation.rule == Code("PDD001") {
        (Some(obligation.base_due_at), window.promised_from)
    } else {
        (case.reading(Field::ShippedAt).known(), window.shipped_from)
    };
    let inside = at.is_some_and(|at| within(case, at, first, window.last));
    let holds = inside && !replaced(case, window);
    Ok(holds.then_some(Relief::Waive))
}

fn within(case: &Case<'_>, at: Instant, first: chrono::NaiveDate, last: chrono::NaiveDate) -> bool {
    (first..=last).contains(&When::At(at).day(case.day_zone()))
}

/// Whether the casebook has a notice on this place in this time.
fn replaced(case: &Case<'_>, window: &RegionWindow) -> bool {
    let zone = case.day_zone();
    let (begin, end) = (When::Day(window.shipped_from).start(zone), When::Day(window.last).end(zone));
    case.run.casebook.notices(Marketplace::Pinduoduo).any(|notice| {
        notice.kind == NoticeKind::Shipping
            && notice.service.is_none()
            && notice.region == Some(Place::China(Region::from_code(window.region)))
            && notice.store.as_deref().is_none_or(|store| store == case.store.name)
            && notice.ordered.overlaps(begin, end, zone)
    })
}
