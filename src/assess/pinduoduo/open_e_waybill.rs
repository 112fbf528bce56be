//! A seller who ships on an electronic waybill of the store's own is not fined for what the courier does.

use crate::assess::prelude::*;
use crate::assess::rule::State;

/// A breach of the courier's in a Pinduoduo store without electronic waybills: opening them would have saved it.
pub static RULE: Rule = Rule {
    code: Code("PDD208"),
    name: "open-e-waybill",
    needs: &[Field::EWaybill],
    params: &[],
    logic: Logic::Check(check),
    note: true,
    examples: "
        shipped_at        picked_up_at      e_waybill  status             as_of                | state
        2026-11-08 10:00  -                 -          shipped            2026-11-09 10:00:01  | advice: open-e-waybill
        2026-11-08 10:00  -                 no         shipped            2026-11-09 10:00:01  | advice: open-e-waybill
        2026-11-08 10:00  -                 -          shipped            2026-11-09 10:00     | nothing
        2026-11-08 10:00  -                 yes        shipped            2026-11-09 10:00:01  | nothing
        2026-11-08 10:00  2026-11-09 10:01  -          shipped            2026-11-09 12:00     | advice: open-e-waybill
        2026-11-08 10:00  ?                 -          shipped            2026-11-09 12:00     | nothing
        -                 -                 -          awaiting-shipment  2026-11-09 12:00     | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let breach = |code| case.finding(code).is_some_and(|f| matches!(f.state, State::Late | State::Overdue));
    // One parcel on such a waybill shows that the store has it open already.
    let own = case.store.e_waybill
        || case.run.ledger.parcels(case.order).any(|parcel| parcel.record.e_waybill == Some(true));
    let wanted = !own && (breach("PDD002") || breach("PDD003"));
    Ok(wanted.then(|| Advice::of("open-e-waybill", None)))
}
