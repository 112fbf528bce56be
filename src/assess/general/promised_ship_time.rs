//! A marketplace of the user's own has no rules here but the one that its export states itself.

use crate::assess::prelude::*;
use crate::order::Marketplace;

/// An order of a marketplace that a profile added ships by the time its export shows.
pub static RULE: Rule = Rule {
    code: Code("GEN004"),
    name: "promised-ship-time",
    needs: &[Field::ShipBy, Field::ShippedAt],
    params: &[],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: true, judge: obligation }),
    note: false,
    examples: "
        marketplace  ship_by           shipped_at           status             as_of                | state
        other        2026-11-09 10:00  2026-11-09 10:00     shipped            2026-11-09 12:00     | met
        other        2026-11-09 10:00  2026-11-09 10:00:01  shipped            2026-11-09 12:00     | late by 1s
        other        2026-11-09 10:00  -                    awaiting-shipment  2026-11-09 12:00     | overdue by 2h
        other        ?                 -                    awaiting-shipment  2026-11-09 12:00     | not assessed: ship-by
        other        2026-11-09 10:00  -                    shipped            2026-11-09 12:00     | unverifiable: shipped-at
        built-in     2026-11-09 10:00  -                    awaiting-shipment  2026-11-09 12:00     | nothing
    ",
};

fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    if !matches!(case.marketplace(), Some(Marketplace::Other(_))) {
        return Err(Gap::NotBegun);
    }
    let due = case.deadline(Field::ShipBy)?;
    Ok(case.by(due, Clock::Platform, None, case.done(Field::ShippedAt)))
}
