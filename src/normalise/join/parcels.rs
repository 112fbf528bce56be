//! Joined rows laid out under their orders.

use super::find::Found;
use super::placed;
use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Ledger, Span, lay_out};
use crate::normalise::moment::Rezone;
use crate::order::{Marketplace, Parcel, Stamp};
use chrono_tz::Tz;
use rayon::prelude::*;

/// Zone of tracking times without an offset, whatever the marketplace; eBay's are moved after the join.
const TRACKING_ZONE: Tz = Tz::Asia__Shanghai;

/// Sorts parcels under their orders; rows about one waybill become one parcel.
pub(super) fn lay_out_parcels(ledger: &mut Ledger, found: &[Vec<Found>]) {
    let mut list = lay_out(&mut ledger.orders, |order| &mut order.parcels, placed(found));
    // Parcels that become part of others leave room, into which those behind them move up.
    let mut kept = 0;
    for order in 0..ledger.orders.len() {
        let rows = ledger.orders[order].parcels.range();
        let start = kept;
        if rows.len() > 1 {
            for row in one_per_waybill(ledger, list[rows].to_vec()) {
                list[kept] = row;
                kept += 1;
            }
        } else {
            kept += rows.len();
            if rows.start != start {
                list.copy_within(rows, start);
            }
        }
        ledger.orders[order].parcels = Span { start: start as u32, len: (kept - start) as u32 };
    }
    list.truncate(kept);
    ledger.parcels = list;
}

/// Tracking of an eBay order is written in eBay's export zone, which is only known once it is joined. `covered` are the
/// inputs whose orders the rows of each batch joined.
pub(super) fn move_to_ebay_zone(ledger: &mut Ledger, found: &[Vec<Found>], covered: &[Vec<u32>]) {
    let Ledger { inputs, orders, lines, batches, issues, .. } = ledger;
    let is_ebay = |input: &u32| inputs[*input as usize].marketplace == Some(Marketplace::Ebay);
    let input_of: Vec<u32> = batches.iter().map(|batch| batch.input).collect();
    let zone_of = |order: u32| {
        let first = lines[orders[order as usize].lines.start as usize];
        let input = input_of[first.batch as usize];
        let clock = inputs[input as usize].clock.as_ref().filter(|_| is_ebay(&input));
        clock.map(|clock| clock.export_zone)
    };
    let told = batches.par_iter_mut().zip(found).zip(covered).map(|((batch, found), covered)| {
        let mut told = Vec::new();
        if !covered.iter().any(is_ebay) {
            return told;
        }
        let mut rezone: Option<(Tz, Rezone)> = None;
        for (index, found) in found.iter().enumerate() {
            let Found::One(order) = found else { continue };
            let Some(zone) = zone_of(*order) else { continue };
            let known = rezone.take().filter(|(known, _)| *known == zone);
            let (_, rezone) =
                rezone.insert(known.unwrap_or_else(|| (zone, Rezone::new(TRACKING_ZONE, zone))));
            for (bit, field) in Parcel::time_fields().iter().enumerate() {
                let time = batch.parcels.time(index, *field);
                let parcel = &batch.parcels[index];
                if !time.is_known() || parcel.offsets & (1 << bit) != 0 {
                    continue;
                }
                let moved = rezone.stamp(time);
                batch.parcels.set_time(index, *field, moved);
                if let (Stamp::UNREADABLE, Some(time)) = (moved, time.known()) {
                    // An hour that this zone has twice, or never.
                    let value = time.with_timezone(&TRACKING_ZONE).format("%Y-%m-%d %H:%M:%S").to_string();
                    let (input, row, problem) =
                        (batch.input, batch.parcels[index].row, Problem::UnreadableTime(*field));
                    told.push(Issue { input, row, line: 0, column: None, value, problem });
                }
            }
        }
        told
    });
    let told: Vec<Vec<Issue>> = told.collect();
    issues.extend(told.into_iter().flatten());
}

/// Several rows about one waybill: the courier's own record beats an ERP's, a newer export an older one.
fn one_per_waybill(ledger: &mut Ledger, mut rows: Vec<At>) -> Vec<At> {
    if rows.len() < 2 {
        return rows;
    }
    rows.sort_by_key(|at| {
        let input = &ledger.inputs[ledger.batches[at.batch as usize].input as usize];
        std::cmp::Reverse((input.courier, input.exported_at))
    });
    let mut kept: Vec<At> = Vec::with_capacity(rows.len());
    for at in rows {
        let twin = kept.iter().copied().find(|known| same_waybill(ledger, *known, at));
        match twin {
            None => kept.push(at),
            Some(twin) => {
                let Some(other) = ledger.batches[at.batch as usize].parcels.whole(at.index as usize) else {
                    continue;
                };
                let (parcels, index) =
                    (&mut ledger.batches[twin.batch as usize].parcels, twin.index as usize);
                for field in Parcel::time_fields() {
                    let merged = parcels.time(index, *field).or(other.time(*field));
                    parcels.set_time(index, *field, merged);
                }
                let parcel = &mut parcels[index];
                parcel.e_waybill = parcel.e_waybill.or(other.e_waybill);
                parcel.downgraded = parcel.downgraded.or(other.downgraded);
            }
        }
    }
    kept
}

fn same_waybill(ledger: &Ledger, a: At, b: At) -> bool {
    let key = |at: At| {
        let batch = &ledger.batches[at.batch as usize];
        let parcel = &batch.parcels[at.index as usize];
        (batch.arena.get(parcel.waybill), batch.arena.get(parcel.sub_order_id))
    };
    let ((waybill_a, sub_a), (waybill_b, sub_b)) = (key(a), key(b));
    !waybill_a.is_empty()
        && waybill_a == waybill_b
        && (sub_a == sub_b || sub_a.is_empty() || sub_b.is_empty())
}
