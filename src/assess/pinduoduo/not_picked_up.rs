//! A parcel that the courier has not scanned is handed over first and searched for afterwards: the clock does not wait.

use crate::assess::facts::presses;
use crate::assess::prelude::*;

/// A Pinduoduo parcel that is late or nearly late to be picked up is handed over again.
pub static RULE: Rule = Rule {
    code: Code("PDD201"),
    name: "not-picked-up",
    needs: &[Field::ShippedAt, Field::PickedUpAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        shipped_at        picked_up_at      e_waybill  status             as_of             | state
        2026-11-08 10:00  -                 -          shipped            2026-11-08 10:00  | advice: not-picked-up
        2026-11-08 10:00  -                 -          shipped            2026-11-09 10:01  | advice: not-picked-up
        2026-11-08 10:00  -                 yes        shipped            2026-11-09 10:01  | advice: not-picked-up
        2026-11-08 10:00  2026-11-08 12:00  -          shipped            2026-11-09 10:01  | nothing
        2026-11-08 10:00  ?                 -          shipped            2026-11-09 10:01  | nothing
        2026-11-08 10:00  -                 -          delivered          2026-11-09 10:01  | nothing
        -                 -                 -          awaiting-shipment  2026-11-09 10:01  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    // Whoever is fined for it, the parcel is still to be found: so the state before a waiver counts.
    let Some(pickup) = case.finding("PDD002").filter(|f| presses(f.unwaived)) else { return Ok(None) };
    Ok(Some(Advice::of("not-picked-up", pickup.due_at.filter(|due| *due >= case.as_of))))
}
