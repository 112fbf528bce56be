//! An order as the casebook must know it, to say whether a fact covers it.

use crate::assess::case::Case;
use crate::casebook::Scene;
use crate::order::{Field, Region};

/// The scene of a case.
pub fn scene<'c>(case: &'c Case<'_>) -> Scene<'c> {
    Scene {
        store: &case.store.name,
        ends: [ships_from(case), case.line.record.ship_to],
        service: service(case),
        ordered_at: case.ordered_at(),
        paid_at: case.reading(Field::PaidAt).known(),
        day_zone: case.day_zone(),
    }
}

/// Where it ships from: as its row says, else its store.
pub fn ships_from(case: &Case<'_>) -> Region {
    let own = case.line.record.ship_from;
    if own.is_known() { own } else { case.store.ships_from }
}

/// The shipping option: as the order says, else its parcel.
pub fn service<'c>(case: &'c Case<'_>) -> &'c str {
    let own = case.line.text(case.line.record.service);
    match &case.parcel {
        Some(parcel) if own.is_empty() => parcel.text(parcel.record.service),
        _ => own,
    }
}
