//! Points that the system took although the order is exempt come back by an appeal.

use crate::assess::defects::{DefectVerdict, Protection};
use crate::assess::prelude::*;
use crate::assess::{State, standing};
use crate::casebook::Defect;
use crate::order::Marketplace;

/// Points were taken for an order that is exempt: appeal.
pub static RULE: Rule = Rule {
    code: Code("ALI202"),
    name: "wrongly-deducted",
    needs: &[Field::ShipBy, Field::ShippedAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        ship_by              paid_at           shipped_at        status             agreement.kind  agreement.agreed_at  agreement.new_date   agreement.confirmed_online  defect.kind  defect.opened_at  defect.points  as_of             | state
        2020-02-10 12:00:00  2020-01-10 12:00  -                 awaiting-shipment  refund          2020-02-09           -                    -                           delayed      2020-02-11        3              2020-02-12 00:00  | advice: appeal-points
        2020-02-10 12:00:00  2020-01-10 12:00  2020-02-12 12:00  shipped            extension       2020-02-09           2020-02-12 12:00:00  y                           delayed      2020-02-11        3              2020-02-13 00:00  | advice: appeal-points
        2020-02-10 12:00:00  2020-01-10 12:00  2020-02-12 12:01  shipped            extension       2020-02-09           2020-02-12 12:00:00  y                           delayed      2020-02-11        3              2020-02-13 00:00  | nothing
        2020-02-10 12:00:00  2020-01-10 12:00  2020-02-12 12:00  shipped            extension       2020-02-09           2020-02-12 12:00:00  -                           delayed      2020-02-11        3              2020-02-13 00:00  | nothing
        2020-02-10 12:00:00  2020-01-10 12:00  -                 awaiting-shipment  refund          2020-02-09           -                    -                           delayed      2020-02-11        -              2020-02-12 00:00  | nothing
        -                    2020-01-10 12:00  -                 awaiting-shipment  refund          2020-02-09           -                    -                           delayed      2020-02-11        3              2020-02-12 00:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let mut rows = case.run.casebook.defects(Marketplace::Alibaba, case.order_id());
    let appeal = rows.any(|row| {
        row.points.is_some_and(|points| points > 0.0)
            && judge_defect(case, row).verdict == Protection::Protected
    });
    Ok(appeal.then_some(Advice { key: "appeal-points", until: None, problem: None }))
}

/// An appeal is worth it where the order is exempt, or in time only by an exemption.
pub fn judge_defect(case: &Case<'_>, _: &Defect) -> DefectVerdict {
    let verdict = |verdict| DefectVerdict::by(RULE.code.0, verdict);
    let Some(finding) = standing(case, RULE_JUDGED) else { return verdict(Protection::Undecided) };
    let holds = |relief: &Relief| matches!(relief, Relief::Waive | Relief::Void);
    let exempt = finding.exemptions.iter().any(|(_, relief)| holds(relief));
    let moved = finding.due_at > finding.base_due_at;
    verdict(match finding.state {
        _ if exempt => Protection::Protected,
        State::NotAssessed | State::Unverifiable => Protection::Undecided,
        State::Late | State::Overdue => Protection::Unprotected,
        _ if moved => Protection::Protected,
        _ => Protection::Undecided,
    })
}

/// The rule whose breach takes points.
const RULE_JUDGED: Code = Code("ALI001");
