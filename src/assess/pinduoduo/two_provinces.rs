//! An address with places of two provinces is a way to save postage; the parcel may come back, whatever the buyer says.

use crate::assess::prelude::*;
use crate::order::Flags;

/// A Pinduoduo order whose address names two provinces is not shipped, but appealed.
pub static RULE: Rule = Rule {
    code: Code("PDD204"),
    name: "two-provinces",
    needs: &[Field::Province, Field::City, Field::District, Field::Address, Field::ShippedAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        paid_at           shipped_at        status              marks          as_of             | state
        2026-11-07 10:00  -                 awaiting-shipment   two-provinces  2026-11-08 10:00  | advice: two-provinces
        2026-11-07 10:00  -                 awaiting-shipment   -              2026-11-08 10:00  | nothing
        2026-11-07 10:00  2026-11-08 09:00  shipped             two-provinces  2026-11-08 10:00  | nothing
        2026-11-07 10:00  2026-11-08 11:00  awaiting-shipment   two-provinces  2026-11-08 10:00  | advice: two-provinces
        2026-11-07 10:00  -                 refunded-unshipped  two-provinces  2026-11-08 10:00  | nothing
        -                 -                 unpaid              two-provinces  2026-11-08 10:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let wanted = case.is(Flags::TWO_PROVINCES) && case.still_to_ship();
    // Appealed before the promise is broken.
    let due = case.finding("PDD001").and_then(|ship| ship.due_at).filter(|due| *due >= case.as_of);
    Ok(wanted.then(|| Advice::of("two-provinces", due)))
}
