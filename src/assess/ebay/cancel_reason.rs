//! A cancellation for want of stock counts against the seller; others do not.

use crate::assess::prelude::*;
use crate::casebook::AgreementKind;
use crate::order::{Flags, Marketplace};

/// Choose a reason other than Stockout for a cancellation.
pub static RULE: Rule = Rule {
    code: Code("EBY201"),
    name: "cancel-reason",
    needs: &[Field::CancelReason],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        status             cancel_reason  agreement.kind  agreement.agreed_at  as_of             | state
        awaiting-shipment  -              cancel          2020-02-01           2020-02-02 12:00  | advice: cancel-reason
        cancelled          stockout       -               -                    2020-02-02 12:00  | advice: cancelled-as-stockout
        cancelled          -              cancel          2020-02-01           2020-02-02 12:00  | nothing
        awaiting-shipment  -              refund          2020-02-01           2020-02-02 12:00  | nothing
        awaiting-shipment  -              cancel          !                    2020-02-02 12:00  | nothing
        awaiting-shipment  -              -               -                    2020-02-02 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let mut agreed = case.run.casebook.agreements(Marketplace::Ebay, case.order_id());
    let meant = agreed.any(|agreement| agreement.kind == AgreementKind::Cancel);
    let key = match () {
        () if case.is(Flags::STOCKOUT) => "cancelled-as-stockout",
        () if meant && !case.status().ended_unshipped() => "cancel-reason",
        () => return Ok(None),
    };
    Ok(Some(Advice { key, until: None, problem: None }))
}
