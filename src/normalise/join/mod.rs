//! Tracking and after-sales rows to the orders they belong to.
//!
//! Looking for orders changes nothing, so it is done for all rows in parallel; what was found is then noted in file
//! order.

mod find;
mod parcels;
mod waybills;

use crate::normalise::gather::Index;
use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Batch, InputKind, Ledger};
use crate::order::{Field, Marketplace, Parcel, Text};
use crate::recognise::Kind;
use find::{Claim, Found, by_order_id, by_waybill};
use parcels::{by_order, lay_out_parcels, move_to_ebay_zone};
use rayon::prelude::*;
use waybills::Waybills;
pub use waybills::split_waybills;

/// Joins all tracking rows: by order id, else by waybill. A row that fits none or several is listed.
pub fn join_tracking(ledger: &mut Ledger, index: &Index) {
    let mut joined: Vec<(u32, At)> = Vec::with_capacity(ledger.batches.iter().map(|b| b.parcels.len()).sum());
    let mut found = find(ledger, |claim, _, before| by_order_id(ledger, index, claim, before));
    let left = |found: &[Vec<Found>]| {
        let of_batch = |(batch, found): (&Batch, &Vec<Found>)| {
            let waybill =
                |(parcel, found): (&Parcel, &Found)| *found == Found::None && !parcel.waybill.is_empty();
            batch.parcels.iter().zip(found).any(waybill)
        };
        ledger.batches.iter().zip(found).any(of_batch)
    };
    // Only where rows are left that an order id does not place is it worth knowing every waybill.
    if left(&found) {
        let waybills = Waybills::of(ledger);
        found = find(ledger, |claim, at, _| match found[at.batch as usize][at.index as usize] {
            Found::None if !claim.waybill.is_empty() => by_waybill(ledger, &waybills, claim),
            found => found,
        });
    }
    move_to_ebay_zone(ledger, &found);
    for (batch, found) in found.into_iter().enumerate() {
        for (index, found) in found.into_iter().enumerate() {
            let here = At { batch: batch as u32, index: index as u32 };
            let (input, row) = (ledger.batches[batch].input, ledger.batches[batch].parcels[index].row);
            let problem = match found {
                Found::One(order) => {
                    joined.push((order, here));
                    ledger.inputs[input as usize].rows_in_orders += 1;
                    continue;
                }
                Found::None => Problem::Unjoined,
                Found::Several => Problem::AmbiguousJoin,
            };
            set_aside(ledger, input, row, tracking_key(ledger, here), problem);
        }
    }
    note_cover(ledger, &joined);
    lay_out_parcels(ledger, &joined);
}

/// Joins all after-sales rows by order id.
pub fn join_after_sales(ledger: &mut Ledger, index: &Index) {
    let mut joined: Vec<(u32, At)> = Vec::new();
    for batch in 0..ledger.batches.len() {
        for at in 0..ledger.batches[batch].after_sales.len() {
            let b = &ledger.batches[batch];
            let case = &b.after_sales[at];
            let claim = Claim {
                order_id: b.arena.get(case.order_id),
                marketplace: ledger.inputs[b.input as usize].marketplace,
                input: b.input,
                arena: &b.arena,
                waybill: Text::NONE,
                carrier: Text::NONE,
                store: case.store,
            };
            let (input, row, id) = (b.input, case.row, claim.order_id.to_owned());
            match by_order_id(ledger, index, &claim, None) {
                Found::One(order) => {
                    joined.push((order, At { batch: batch as u32, index: at as u32 }));
                    ledger.inputs[input as usize].rows_in_orders += 1;
                }
                Found::None => set_aside(ledger, input, row, id, Problem::Unjoined),
                Found::Several => set_aside(ledger, input, row, id, Problem::AmbiguousJoin),
            }
        }
    }
    let (rows, spans) = by_order(ledger.orders.len(), &joined);
    ledger.after_sales = rows;
    for (order, span) in ledger.orders.iter_mut().zip(spans) {
        order.after_sales = span;
    }
}

/// Looks for the orders of all parcels in parallel, batch by batch. `look` is told which order the row before was of.
fn find(ledger: &Ledger, look: impl Fn(&Claim<'_>, At, Option<u32>) -> Found + Sync) -> Vec<Vec<Found>> {
    let batches = ledger.batches.par_iter().enumerate().map(|(number, batch)| {
        let mut before = None;
        let one = |(index, parcel)| {
            let at = At { batch: number as u32, index: index as u32 };
            let found = look(&claim_of(ledger, batch, parcel), at, before);
            if let Found::One(order) = found {
                before = Some(order);
            }
            found
        };
        batch.parcels.iter().enumerate().map(one).collect()
    });
    batches.collect()
}

/// What a row of tracking says about the order it belongs to.
fn claim_of<'c>(ledger: &Ledger, batch: &'c Batch, parcel: &Parcel) -> Claim<'c> {
    let named = batch.arena.get(parcel.marketplace);
    Claim {
        order_id: batch.arena.get(parcel.order_id),
        marketplace: Marketplace::parse(named).or(ledger.inputs[batch.input as usize].marketplace),
        input: batch.input,
        arena: &batch.arena,
        waybill: parcel.waybill,
        carrier: parcel.carrier,
        store: parcel.store,
    }
}

fn set_aside(ledger: &mut Ledger, input: u32, row: u32, value: String, problem: Problem) {
    ledger.inputs[input as usize].skipped += 1;
    ledger.issues.push(Issue { input, row, line: 0, column: None, value, problem });
}

fn tracking_key(ledger: &Ledger, at: At) -> String {
    let batch = &ledger.batches[at.batch as usize];
    let parcel = &batch.parcels[at.index as usize];
    let id = if parcel.order_id.is_empty() { parcel.waybill } else { parcel.order_id };
    batch.arena.get(id).to_owned()
}

/// Notes on every order input which tracking inputs joined one of its orders.
fn note_cover(ledger: &mut Ledger, joined: &[(u32, At)]) {
    for (order, at) in joined {
        let tracking = ledger.batches[at.batch as usize].input;
        let first = ledger.lines[ledger.orders[*order as usize].lines.start as usize];
        let input = ledger.batches[first.batch as usize].input;
        let list = &mut ledger.inputs[input as usize].tracking;
        if list.last() != Some(&tracking) && !list.contains(&tracking) {
            list.push(tracking);
        }
    }
}

/// Whether a tracking input has no column of order ids: then it is the courier's own list.
pub fn is_courier_list(ledger_input: &crate::normalise::ledger::Input) -> bool {
    ledger_input.kind == InputKind::Known(Kind::Tracking) && ledger_input.heading(Field::OrderId).is_none()
}
