//! A cancellation that the buyer wished for brings no defect.

use crate::assess::prelude::*;
use crate::casebook::{AgreementKind, ReportKind};
use crate::order::{Flags, Marketplace};

/// Cancelled at the wish of the buyer: nothing to do.
pub static RULE: Rule = Rule {
    code: Code("EBY207"),
    name: "buyer-cancelled",
    needs: &[Field::CancelReason],
    params: &[],
    logic: Logic::Check(check),
    note: true,
    examples: "
        status             cancel_reason  agreement.kind  agreement.agreed_at  report.kind            report.reported_at  as_of             | state
        cancelled          -              cancel          2020-02-01           -                      -                   2020-02-02 12:00  | advice: buyer-cancelled
        cancelled          -              -               -                    buyer-cancel-by-phone  2020-02-01          2020-02-02 12:00  | advice: buyer-cancelled
        cancelled          buyer-wish     -               -                    -                      -                   2020-02-02 12:00  | advice: buyer-cancelled
        shipped            buyer-wish     -               -                    -                      -                   2020-02-02 12:00  | nothing
        cancelled          stockout       cancel          2020-02-01           -                      -                   2020-02-02 12:00  | nothing
        awaiting-shipment  -              cancel          2020-02-01           -                      -                   2020-02-02 12:00  | nothing
        cancelled          -              -               -                    -                      -                   2020-02-02 12:00  | nothing
        cancelled          -              -               -                    buyer-cancel-by-phone  !                   2020-02-02 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    if !case.status().ended_unshipped() || case.is(Flags::STOCKOUT) {
        return Ok(None);
    }
    let (casebook, id) = (case.run.casebook, case.order_id());
    let agreed = casebook.agreements(Marketplace::Ebay, id).any(|a| a.kind == AgreementKind::Cancel);
    let asked = casebook.reports(Marketplace::Ebay, id).any(|r| r.kind == ReportKind::BuyerCancelByPhone);
    let asked = asked || case.is(Flags::BUYER_WISH);
    Ok((agreed || asked).then_some(Advice { key: "buyer-cancelled", until: None, problem: None }))
}
