//! A penalty on an order that is exempt, or was filed in time, is appealed (source: 1.1, 2.7, 3.6, 4.1).

use super::{facts, plight};
use crate::assess::State;
use crate::assess::prelude::*;
use crate::casebook::{Agreement, AgreementKind, Defect, DefectKind, FilingStatus};
use crate::order::Marketplace;

/// A penalty on a Douyin order that proof speaks against is appealed.
pub static RULE: Rule = Rule {
    code: Code("DY202"),
    name: "appeal",
    needs: &[],
    params: &[],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        ordered_at        ship_by           shipped_at           status   filing.kind  filing.order_id  filing.submitted_at  filing.status  filing.extended_to  filing.documents  agreement.kind  agreement.agreed_at  agreement.evidence  defect.kind  defect.opened_at  marks     as_of             | state
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped  region       1                2026-11-09 12:00     approved       2026-11-12 10:00    -                 -               -                    -                   delayed      2026-11-09 11:00  -         2026-11-13 10:00  | advice: appeal-exempt
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00:01  shipped  region       1                2026-11-09 12:00     approved       2026-11-12 10:00    -                 -               -                    -                   delayed      2026-11-09 11:00  -         2026-11-13 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped  -            -                -                    -              -                   -                 -               -                    -                   delayed      2026-11-09 11:00  exempted  2026-11-13 10:00  | advice: appeal-exempt
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped  region       1                2026-11-09 11:00     pending        -                   -                 -               -                    -                   delayed      2026-11-09 11:00  -         2026-11-13 10:00  | advice: appeal-when-approved
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped  region       1                2026-11-09 11:01     pending        -                   -                 -               -                    -                   delayed      2026-11-09 11:00  -         2026-11-13 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped  region       1                2026-11-09 11:01     rejected       -                   carrier-notice    -               -                    -                   delayed      2026-11-09 11:00  -         2026-11-13 10:00  | advice: appeal-evidence
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped  -            -                -                    -              -                   -                 refund          2026-11-09 09:00     chat                delayed      2026-11-09 11:00  -         2026-11-13 10:00  | advice: appeal-refund
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped  -            -                -                    -              -                   -                 -               -                    -                   delayed      2026-11-09 11:00  -         2026-11-13 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped  region       1                2026-11-09 11:00     approved       -                   -                 -               -                    -                   -            -                 -         2026-11-13 10:00  | nothing
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    let mut defects = case.run.casebook.defects(Marketplace::Douyin, case.order_id());
    let key = defects.find_map(|defect| grounds(case, defect));
    Ok(key.map(|key| Advice { key, until: None, problem: None }))
}

/// What speaks against a penalty.
pub fn grounds(case: &Case<'_>, defect: &Defect) -> Option<&'static str> {
    let clocks: Vec<_> = clocks_of(defect.kind).iter().filter_map(|code| case.obligation(*code)).collect();
    let kept = |state| !matches!(state, State::Late | State::Overdue);
    if clocks.iter().any(|clock| plight::exempt(clock) && kept(clock.state)) {
        return Some("appeal-exempt");
    }
    let zone = case.day_zone();
    let opened = facts::end(case, defect.opened_at);
    let in_review = facts::filings(case).any(|(filing, fit)| {
        fit.is_ok() && filing.status == FilingStatus::Pending && filing.submitted_at.start(zone) <= opened
    });
    if in_review {
        return Some("appeal-when-approved");
    }
    let agreed = || case.run.casebook.agreements(Marketplace::Douyin, case.order_id());
    let settled = |a: &Agreement| a.kind == AgreementKind::Refund && a.agreed_at.start(zone) <= opened;
    if agreed().any(settled) {
        return Some("appeal-refund");
    }
    let documents = facts::filings(case).any(|(filing, fit)| {
        let open = !matches!(filing.status, FilingStatus::Approved | FilingStatus::Cancelled);
        fit.is_ok() && open && !filing.documents.is_empty() && filing.submitted_at.start(zone) > opened
    });
    let chat = agreed().any(|a| a.evidence.is_some() && a.agreed_at.start(zone) > opened);
    (documents || chat).then_some("appeal-evidence")
}

/// The clocks that a penalty is about.
pub const fn clocks_of(kind: DefectKind) -> &'static [Code] {
    match kind {
        DefectKind::Delayed | DefectKind::LateShipment => &[Code("DY001")],
        DefectKind::PickupLate => &[Code("DY002")],
        DefectKind::TransitLate => &[Code("DY003"), Code("DY004")],
        _ => &[Code("DY001"), Code("DY002"), Code("DY003"), Code("DY004")],
    }
}
