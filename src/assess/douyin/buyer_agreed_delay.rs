//! Under force majeure what ships by a date that the buyer agreed to is no breach (source: 1.6).

use super::{facts, notices};
use crate::assess::Step;
use crate::assess::prelude::*;
use crate::casebook::{AgreementKind, FilingStatus};
use crate::order::Marketplace;

/// A delay that the buyer agreed to extends shipping of a Douyin order, where force majeure touches it.
pub static RULE: Rule = Rule {
    code: Code("DY105"),
    name: "buyer-agreed-delay",
    needs: &[],
    params: &[],
    logic: Logic::Exemption { of: &[Code("DY001")], judge },
    note: false,
    examples: "
        ordered_at        ship_by           shipped_at           status             ship_from           region.region  region.risk  region.from  filing.kind  filing.order_id  filing.submitted_at  filing.status  agreement.kind  agreement.agreed_at  agreement.new_date  as_of             | state          effect
        2026-11-07 10:00  2026-11-09 10:00  2026-11-30 10:00     shipped            河南省郑州市金水区  河南/郑州      high         2026-11-06   -            -                -                    -              extension       2026-11-09 09:00     2026-11-30 10:00    2026-12-01 10:00  | met            extended to 2026-11-30 10:00
        2026-11-07 10:00  2026-11-09 10:00  2026-11-30 10:00:01  shipped            河南省郑州市金水区  河南/郑州      high         2026-11-06   -            -                -                    -              extension       2026-11-09 09:00     2026-11-30 10:00    2026-12-01 10:00  | late by 1s     extended to 2026-11-30 10:00
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -              -            -            region       1                2026-11-09 08:00     pending        extension       2026-11-09 09:00     2026-11-20          2026-11-10 12:00  | on track       extended to 2026-11-20 23:59
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -              -            -            region       1                2026-11-09 08:00     rejected       extension       2026-11-09 09:00     2026-11-20          2026-11-09 12:00  | overdue by 2h  refused: no-force-majeure
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  河南省郑州市金水区  河南/郑州      low          2026-11-06   -            -                -                    -              extension       2026-11-09 09:00     2026-11-20          2026-11-09 12:00  | overdue by 2h  refused: no-force-majeure
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -              -            -            region       1                2026-11-09 08:00     pending        extension       2026-11-09 09:00     -                   2026-11-09 12:00  | overdue by 2h  refused: agreement-without-date
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -              -            -            region       1                2026-11-09 08:00     pending        refund          2026-11-09 09:00     2026-11-20          2026-11-09 12:00  | overdue by 2h  -
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let agreed = case.run.casebook.agreements(Marketplace::Douyin, case.order_id());
    let agreed: Vec<_> = agreed.filter(|agreement| agreement.kind == AgreementKind::Extension).collect();
    if agreed.is_empty() {
        return Ok(None);
    }
    let dated = agreed.iter().filter_map(|a| a.new_date.map(|date| (facts::end(case, date), a.row)));
    let Some((to, row)) = dated.max() else {
        return Ok(Some(Relief::Refused { why: "agreement-without-date" }));
    };
    if !force_majeure(case, obligation) {
        return Ok(Some(Relief::Refused { why: "no-force-majeure" }));
    }
    case.note(|| Step {
        step: "agreement".to_owned(),
        value: case.show(to),
        from: format!("casebook agreements row {row}"),
    });
    Ok(Some(Relief::Extend(to)))
}

/// A notice, a filing approved or under review, or a place that gives days at either end of the way. A holiday
/// of the rulebook is none.
fn force_majeure(case: &Case<'_>, obligation: &Obligation) -> bool {
    let filed = facts::filings(case).any(|(filing, fit)| {
        fit.is_ok() && matches!(filing.status, FilingStatus::Approved | FilingStatus::Pending)
    });
    let placed = case.ordered_at().is_some_and(|ordered| {
        let ends = [case.ships_from(), case.line.record.ship_to];
        ends.iter().any(|end| facts::extension(case, *end, ordered).is_some())
    });
    filed || placed || notices::cover(case, obligation).by_casebook
}
