//! Tracking and after-sales rows to the orders they belong to.
//!
//! Looking for orders changes nothing, so it is done for all rows in parallel; what was found is then noted in file
//! order.

mod find;
mod parcels;
mod waybills;

use crate::normalise::gather::Index;
use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Batch, InputKind, Ledger, lay_out};
use crate::order::{Field, ParcelHead, Text};
use crate::recognise::Kind;
use find::{Claim, Course, Found, Joined, Known, by_order_id, by_waybill, known};
use parcels::{lay_out_parcels, move_to_ebay_zone};
use rayon::prelude::*;
use waybills::Waybills;
pub use waybills::split_waybills;

/// Joins all tracking and after-sales rows: by order id, tracking else by waybill. A row that fits none or several is
/// listed.
pub fn join(ledger: &mut Ledger, index: Index) {
    let (parcels, covered) = find_parcels(ledger, &index);
    let (cases, _) = find(
        ledger,
        |batch| &batch.after_sales,
        |claim, _, course| by_order_id(ledger, &index, claim, course),
    );
    // Laying out needs room of its own.
    drop(index);
    move_to_ebay_zone(ledger, &parcels, &covered);
    note_cover(ledger, &covered);
    note(ledger, &parcels, |batch| &batch.parcels);
    note(ledger, &cases, |batch| &batch.after_sales);
    lay_out_parcels(ledger, &parcels);
    ledger.after_sales = lay_out(&mut ledger.orders, |order| &mut order.after_sales, placed(&cases));
}

/// The orders of all parcels, and from which inputs those come that the parcels of each batch joined.
fn find_parcels(ledger: &mut Ledger, index: &Index) -> (Vec<Vec<Found>>, Vec<Vec<u32>>) {
    let by_id =
        find(ledger, |batch| &batch.parcels, |claim, _, course| by_order_id(ledger, index, claim, course));
    let left = |(batch, found): (&Batch, &Vec<Found>)| {
        let waybill =
            |(parcel, found): (&ParcelHead, &Found)| *found == Found::None && !parcel.waybill.is_empty();
        batch.parcels.iter().zip(found).any(waybill)
    };
    // Only where rows are left that an order id does not place is it worth knowing every waybill.
    if !ledger.batches.iter().zip(&by_id.0).any(left) {
        return by_id;
    }
    let waybills = Waybills::of(ledger);
    let by_either = find(
        ledger,
        |batch| &batch.parcels,
        |claim, at, _| match by_id.0[at.batch as usize][at.index as usize] {
            Found::None if !claim.waybill.is_empty() => by_waybill(ledger, &waybills, claim),
            Found::One(order) => Found::One(known(ledger, order)),
            Found::None => Found::None,
            Found::Several => Found::Several,
        },
    );
    // An order id that a parcel did not come by is not that of its order.
    let came_by_waybill =
        |(by_id, found): &(&Found, &Found)| **by_id == Found::None && matches!(found, Found::One(_));
    for (batch, both) in ledger.batches.iter_mut().zip(by_id.0.iter().zip(&by_either.0)) {
        let rows = both.0.iter().zip(both.1).enumerate();
        for (index, _) in rows.filter(|(_, both)| came_by_waybill(both)) {
            batch.parcels[index].order_id = Text::NONE;
        }
    }
    by_either
}

/// The records that have an order, with it.
fn placed(found: &[Vec<Found>]) -> impl Iterator<Item = (u32, At)> + Clone {
    found.iter().enumerate().flat_map(|(batch, found)| {
        found.iter().enumerate().filter_map(move |(index, found)| match found {
            Found::One(order) => Some((*order, At { batch: batch as u32, index: index as u32 })),
            Found::None | Found::Several => None,
        })
    })
}

/// Notes of every row whether it has an order.
fn note<T: Joined>(ledger: &mut Ledger, found: &[Vec<Found>], records: impl Fn(&Batch) -> &[T]) {
    for (batch, found) in found.iter().enumerate() {
        let input = ledger.batches[batch].input;
        for (index, found) in found.iter().enumerate() {
            let problem = match found {
                Found::One(_) => {
                    ledger.inputs[input as usize].rows_in_orders += 1;
                    continue;
                }
                Found::None => Problem::Unjoined,
                Found::Several => Problem::AmbiguousJoin,
            };
            let batch = &ledger.batches[batch];
            let record = &records(batch)[index];
            let (row, value) = (record.row(), batch.arena.get(record.named_by()).to_owned());
            ledger.inputs[input as usize].skipped += 1;
            ledger.issues.push(Issue { input, row, line: 0, column: None, value, problem });
        }
    }
}

/// Looks for the orders of all records of a kind in parallel, batch by batch. `look` is told what was found of the rows
/// before. With what was found come the inputs of the orders of each batch.
fn find<T: Joined>(
    ledger: &Ledger,
    records: impl Fn(&Batch) -> &[T] + Sync,
    look: impl Fn(&Claim<'_>, At, &Course) -> Found<Known> + Sync,
) -> (Vec<Vec<Found>>, Vec<Vec<u32>>) {
    let batches = ledger.batches.par_iter().enumerate().map(|(number, batch)| {
        let mut course = Course::default();
        let one = |(index, record): (usize, &T)| {
            let at = At { batch: number as u32, index: index as u32 };
            let found = look(&record.claim(ledger, batch), at, &course);
            course.note(found)
        };
        let found = records(batch).iter().enumerate().map(one).collect();
        (found, course.inputs)
    });
    batches.unzip()
}

/// Notes on each input of orders which tracking inputs joined one of them.
fn note_cover(ledger: &mut Ledger, covered: &[Vec<u32>]) {
    for (batch, inputs) in ledger.batches.iter().zip(covered) {
        for input in inputs {
            let list = &mut ledger.inputs[*input as usize].tracking;
            if !list.contains(&batch.input) {
                list.push(batch.input);
            }
        }
    }
}

/// Whether a tracking input has no column of order ids: then it is the courier's own list.
pub fn is_courier_list(ledger_input: &crate::normalise::ledger::Input) -> bool {
    ledger_input.kind == InputKind::Known(Kind::Tracking) && ledger_input.heading(Field::OrderId).is_none()
}
