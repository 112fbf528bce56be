//! 体验分、口碑分: what an exempt place costs is taken out by the platform (source: 4.2).

use super::plight;
use crate::assess::State;
use crate::assess::prelude::*;
use crate::order::Marketplace;

/// An affected Douyin order counts in the experience score unless it is exempt.
pub static RULE: Rule = Rule {
    code: Code("DY209"),
    name: "experience-score",
    needs: &[],
    params: &[],
    logic: Logic::Check(advice),
    note: true,
    examples: "
        ordered_at        ship_by           status             ship_to             region.region  region.risk  region.from  notice.kind  notice.side  notice.region  notice.extend_days  defect.kind  defect.opened_at  as_of             | state
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-06   -            -            -              -                   -            -                 2026-11-08 10:00  | advice: score-file
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-06   -            -            -              -                   -            -                 2026-11-08 09:59  | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  -              -            -            shipping     destination  湖北           3                   -            -                 2026-11-08 10:00  | advice: score-exempt
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-06   -            -            -              -                   delayed      2026-11-09 11:00  2026-11-09 12:00  | advice: score-appeal
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  -                   湖北/武汉      high         2026-11-06   -            -            -              -                   -            -                 2026-11-09 12:00  | nothing
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    if !plight::affected(case).any() {
        return Ok(None);
    }
    let clocks = plight::clocks(case);
    let key = if case.run.casebook.defects(Marketplace::Douyin, case.order_id()).next().is_some() {
        "score-appeal"
    } else if clocks.iter().any(plight::exempt) {
        "score-exempt"
    } else if clocks.iter().any(|clock| plight::presses(clock) || clock.state == State::Late) {
        "score-file"
    } else {
        return Ok(None);
    };
    Ok(Some(Advice { key, until: None, problem: None }))
}
