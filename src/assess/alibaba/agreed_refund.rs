//! A refund that both sides agreed on before shipping costs the seller nothing.

use crate::assess::prelude::*;
use crate::assess::rule::Done;
use crate::casebook::AgreementKind;
use crate::order::Marketplace;

/// An agreed refund ends the obligation to ship; agreed too late it is waived.
pub static RULE: Rule = Rule {
    code: Code("ALI104"),
    name: "agreed-refund",
    needs: &[Field::ShippedAt],
    params: &[],
    logic: Logic::Exemption { of: &[Code("ALI001")], judge },
    note: false,
    examples: "
        ship_by              paid_at           shipped_at        status             agreement.kind  agreement.agreed_at  agreement2.kind  agreement2.agreed_at  agreement2.new_date  agreement2.confirmed_online  as_of             | state          effect
        2020-02-10 12:00:00  2020-01-10 12:00  -                 awaiting-shipment  refund          2020-02-10 12:00     -                -                     -                    -                            2020-02-12 00:00  | void           void
        2020-02-10 12:00:00  2020-01-10 12:00  -                 awaiting-shipment  refund          2020-02-10 12:01     -                -                     -                    -                            2020-02-12 00:00  | waived         waived
        2020-02-10 12:00:00  2020-01-10 12:00  -                 awaiting-shipment  refund          2020-02-11 09:00     extension        2020-02-09 09:00      2020-02-11 09:00     y                            2020-02-12 00:00  | void           void
        2020-02-10 12:00:00  2020-01-10 12:00  2020-02-10 12:05  shipped            refund          2020-02-10 12:06     -                -                     -                    -                            2020-02-12 00:00  | late by 5m     refused: refund-after-shipping
        2020-02-10 12:00:00  2020-01-10 12:00  -                 awaiting-shipment  refund          !                    -                -                     -                    -                            2020-02-10 12:01  | overdue by 1m  -
        2020-02-10 12:00:00  2020-01-10 12:00  -                 awaiting-shipment  refund          2020-02-13 00:00     -                -                     -                    -                            2020-02-10 12:01  | overdue by 1m  -
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let zone = case.day_zone();
    let agreed = case.run.casebook.agreements(Marketplace::Alibaba, case.order_id());
    let refunds = agreed.filter(|agreement| agreement.kind == AgreementKind::Refund);
    // What lies ahead of the audit has not been agreed yet.
    let first = refunds.map(|refund| refund.agreed_at).filter(|at| at.start(zone) <= case.as_of);
    let Some(agreed_at) = first.min_by_key(|at| at.start(zone)) else { return Ok(None) };
    let at = agreed_at.start(zone);
    Ok(Some(match obligation.done {
        Done::At(shipped) if shipped < at => Relief::Refused { why: "refund-after-shipping" },
        _ if at <= obligation.due_at => Relief::Void,
        _ => Relief::Waive,
    }))
}
