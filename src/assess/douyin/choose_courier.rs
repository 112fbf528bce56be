//! Where some couriers stand still, another may still serve the place (source: 4.4).

use super::{facts, plight};
use crate::assess::Step;
use crate::assess::prelude::*;

/// A Douyin order from an affected place goes by a courier that still serves it.
pub static RULE: Rule = Rule {
    code: Code("DY211"),
    name: "choose-courier",
    needs: &[],
    params: &[],
    logic: Logic::Check(advice),
    note: true,
    examples: "
        ordered_at        ship_by           shipped_at        status             ship_from           region.region  region.couriers_suspended  region.carriers  region.from  region.to   as_of             | state
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南省郑州市金水区  河南/郑州      3                          EMS；顺丰        2026-11-06   2026-11-08  2026-11-08 23:59  | advice: courier-serving
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南省郑州市金水区  河南/郑州      3                          -                2026-11-06   2026-11-08  2026-11-08 23:59  | advice: courier-look-up
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南省郑州市金水区  河南/郑州      3                          EMS；顺丰        2026-11-06   2026-11-08  2026-11-09 00:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  河南省郑州市金水区  河南/郑州      -                          EMS；顺丰        2026-11-06   2026-11-08  2026-11-08 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-08 09:00  shipped            河南省郑州市金水区  河南/郑州      3                          EMS；顺丰        2026-11-06   2026-11-08  2026-11-08 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -                   河南/郑州      3                          EMS；顺丰        2026-11-06   2026-11-08  2026-11-08 10:00  | nothing
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    if !plight::unshipped(case) || !plight::affected(case).origin {
        return Ok(None);
    }
    let states = facts::states(case, case.ships_from(), case.as_of);
    let serving = states.into_iter().find(|state| !state.carriers.is_empty());
    let Some(state) = serving else {
        return Ok(Some(Advice { key: "courier-look-up", until: None, problem: None }));
    };
    case.note(|| Step {
        step: "carriers".to_owned(),
        value: state.carriers.join(", "),
        from: format!("casebook regions row {}", state.row),
    });
    Ok(Some(Advice { key: "courier-serving", until: None, problem: None }))
}
