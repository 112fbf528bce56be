//! Joined rows laid out under their orders.

use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Ledger, Span};
use crate::normalise::moment::rezone;
use crate::order::{Marketplace, Parcel, Reading, Stamp};
use chrono_tz::Tz;

/// Zone of tracking times without an offset, whatever the marketplace; eBay's are moved after the join.
const TRACKING_ZONE: Tz = Tz::Asia__Shanghai;

/// Sorts parcels under their orders; rows about one waybill become one parcel.
pub(super) fn lay_out_parcels(ledger: &mut Ledger, joined: &[(u32, At)]) {
    let (rows, spans) = by_order(ledger.orders.len(), joined);
    ledger.parcels = Vec::with_capacity(joined.len());
    for (order, span) in spans.into_iter().enumerate().filter(|(_, span)| span.len > 0) {
        let rows = &rows[span.range()];
        move_to_ebay_zone(ledger, order as u32, rows);
        let start = ledger.parcels.len() as u32;
        match rows {
            [row] => ledger.parcels.push(*row),
            rows => {
                let parcels = one_per_waybill(ledger, rows.to_vec());
                ledger.parcels.extend(parcels);
            }
        }
        let len = ledger.parcels.len() as u32 - start;
        ledger.orders[order].parcels = Span { start, len };
    }
}

/// Records sorted by their orders, those of one order as they came, and where each order's begin: a counting sort.
pub(super) fn by_order(orders: usize, joined: &[(u32, At)]) -> (Vec<At>, Vec<Span>) {
    let mut spans = vec![Span::default(); orders];
    for (order, _) in joined {
        spans[*order as usize].len += 1;
    }
    let mut start = 0;
    for span in &mut spans {
        span.start = start;
        start += span.len;
    }
    let mut next: Vec<u32> = spans.iter().map(|span| span.start).collect();
    let mut rows = vec![At::default(); joined.len()];
    for (order, at) in joined {
        let slot = &mut next[*order as usize];
        rows[*slot as usize] = *at;
        *slot += 1;
    }
    (rows, spans)
}

/// Tracking of an eBay order is written in eBay's export zone, which is only known once it is joined.
fn move_to_ebay_zone(ledger: &mut Ledger, order: u32, rows: &[At]) {
    let input = ledger.input(&ledger.orders[order as usize]);
    let Some(zone) = input.clock.as_ref().map(|clock| clock.export_zone) else { return };
    if input.marketplace != Some(Marketplace::Ebay) {
        return;
    }
    for at in rows {
        let batch = &mut ledger.batches[at.batch as usize];
        let parcel = &mut batch.parcels[at.index as usize];
        for (bit, field) in Parcel::time_fields().iter().enumerate() {
            if let Reading::Known(time) = parcel.time(*field).reading()
                && parcel.offsets & (1 << bit) == 0
            {
                let moved = rezone(time, TRACKING_ZONE, zone);
                parcel.set_time(*field, Stamp::from(moved));
                if moved == Reading::Unreadable {
                    // An hour that this zone has twice, or never.
                    let value = time.with_timezone(&TRACKING_ZONE).format("%Y-%m-%d %H:%M:%S").to_string();
                    let (input, row, problem) = (batch.input, parcel.row, Problem::UnreadableTime(*field));
                    ledger.issues.push(Issue { input, row, line: 0, column: None, value, problem });
                }
            }
        }
    }
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
                let other = ledger.batches[at.batch as usize].parcels[at.index as usize];
                let parcel = &mut ledger.batches[twin.batch as usize].parcels[twin.index as usize];
                for field in Parcel::time_fields() {
                    let merged = parcel.time(*field).reading().or(other.time(*field).reading());
                    parcel.set_time(*field, Stamp::from(merged));
                }
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
