//! A place that cannot be served is taken out of sale, or its shipping time changed (source: 1.1, 1.3).

use super::plight;
use crate::assess::prelude::*;

/// An affected end of the way of a Douyin order that is still to be shipped asks for a change of what is sold.
pub static RULE: Rule = Rule {
    code: Code("DY204"),
    name: "restrict-sales",
    needs: &[],
    params: &[],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        ordered_at        ship_by           shipped_at        status             ship_from           ship_to             region.region    region.risk  region.couriers_suspended  region.from  region.to   as_of             | state
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -                   湖北省武汉市武昌区  湖北/武汉        high         -                          2026-11-08   2026-11-08  2026-11-08 10:00  | advice: restrict-destination
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -                   湖北省武汉市武昌区  湖北/武汉        high         -                          2026-11-08   2026-11-08  2026-11-09 00:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南省郑州市金水区  湖北省武汉市武昌区  河南/郑州        -            1                          2026-11-08   -           2026-11-08 10:00  | advice: change-ship-time
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南省郑州市金水区  湖北省武汉市武昌区  河南/郑州        -            -                          2026-11-08   -           2026-11-08 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 09:00  shipped            河南省郑州市金水区  湖北省武汉市武昌区  河南/郑州        -            1                          2026-11-08   -           2026-11-08 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -                   -                   河南/郑州        high         -                          2026-11-08   -           2026-11-08 10:00  | nothing
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    if !plight::unshipped(case) {
        return Ok(None);
    }
    let affected = plight::affected(case);
    // Nothing leaves an origin that stands still, wherever it is meant to go.
    let key = match (affected.origin, affected.destination) {
        (true, _) => "change-ship-time",
        (false, true) => "restrict-destination",
        (false, false) => return Ok(None),
    };
    Ok(Some(Advice { key, until: None, problem: None }))
}
