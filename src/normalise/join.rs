//! Tracking and after-sales rows to the orders they belong to.

use crate::normalise::gather::{Index, hash_of};
use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, InputKind, Ledger, Span};
use crate::normalise::moment::rezone;
use crate::order::{Field, Marketplace, Parcel, Reading, Stamp};
use crate::recognise::Kind;
use chrono_tz::Tz;
use hashbrown::HashTable;

/// Zone of tracking times without an offset, whatever the marketplace; eBay's are moved after the join.
const TRACKING_ZONE: Tz = Tz::Asia__Shanghai;

/// What a tracking or after-sales row says about the order it belongs to.
struct Claim<'c> {
    order_id: &'c str,
    waybill: &'c str,
    carrier: &'c str,
    marketplace: Option<Marketplace>,
    store: &'c str,
    input: u32,
}

/// Joins all tracking rows: by order id, else by waybill. A row that fits none or several is listed.
pub fn join_tracking(ledger: &mut Ledger, index: &Index) {
    let mut waybills: Option<Waybills> = None;
    let mut joined: Vec<(u32, At)> = Vec::new();
    for batch in 0..ledger.batches.len() {
        for at in 0..ledger.batches[batch].parcels.len() {
            let here = At { batch: batch as u32, index: at as u32 };
            let found = {
                let b = &ledger.batches[batch];
                let parcel = &b.parcels[at];
                let named = b.arena.get(parcel.marketplace);
                let claim = Claim {
                    order_id: b.arena.get(parcel.order_id),
                    waybill: b.arena.get(parcel.waybill),
                    carrier: b.arena.get(parcel.carrier),
                    marketplace: Marketplace::parse(named).or(ledger.inputs[b.input as usize].marketplace),
                    store: b.arena.get(parcel.store),
                    input: b.input,
                };
                let mut found = by_order_id(ledger, index, &claim);
                if matches!(found, Found::None) && !claim.waybill.is_empty() {
                    let waybills = waybills.get_or_insert_with(|| Waybills::of(ledger));
                    found = by_waybill(ledger, waybills, &claim);
                }
                found
            };
            let (input, row) = (ledger.batches[batch].input, ledger.batches[batch].parcels[at].row);
            match found {
                Found::One(order) => {
                    joined.push((order, here));
                    ledger.inputs[input as usize].rows_in_orders += 1;
                }
                Found::None => set_aside(ledger, input, row, tracking_key(ledger, here), Problem::Unjoined),
                Found::Several => {
                    set_aside(ledger, input, row, tracking_key(ledger, here), Problem::AmbiguousJoin);
                }
            }
        }
    }
    note_cover(ledger, &joined);
    lay_out_parcels(ledger, joined);
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
                waybill: "",
                carrier: "",
                marketplace: ledger.inputs[b.input as usize].marketplace,
                store: b.arena.get(case.store),
                input: b.input,
            };
            let (input, row, id) = (b.input, case.row, claim.order_id.to_owned());
            match by_order_id(ledger, index, &claim) {
                Found::One(order) => {
                    joined.push((order, At { batch: batch as u32, index: at as u32 }));
                    ledger.inputs[input as usize].rows_in_orders += 1;
                }
                Found::None => set_aside(ledger, input, row, id, Problem::Unjoined),
                Found::Several => set_aside(ledger, input, row, id, Problem::AmbiguousJoin),
            }
        }
    }
    joined.sort_by_key(|(order, _)| *order);
    ledger.after_sales = joined.iter().map(|(_, at)| *at).collect();
    for (order, span) in spans(&joined) {
        ledger.orders[order as usize].after_sales = span;
    }
}

/// What looking for an order gave.
enum Found {
    One(u32),
    None,
    Several,
}

fn by_order_id(ledger: &Ledger, index: &Index, claim: &Claim<'_>) -> Found {
    if claim.order_id.is_empty() {
        return Found::None;
    }
    let mut fits: Vec<u32> = index.find(ledger, claim.order_id).collect();
    match claim.marketplace {
        Some(marketplace) => {
            fits.retain(|o| ledger.input(&ledger.orders[*o as usize]).marketplace == Some(marketplace));
        }
        // Without a marketplace an id is only trusted among the orders it lies beside.
        None => fits.retain(|order| beside(ledger, *order, claim)),
    }
    narrow(ledger, fits, claim)
}

fn by_waybill(ledger: &Ledger, waybills: &Waybills, claim: &Claim<'_>) -> Found {
    let mut fits: Vec<u32> = waybills.find(ledger, claim.waybill).collect();
    fits.retain(|order| {
        let mut lines = ledger.lines(&ledger.orders[*order as usize]);
        lines.any(|line| same_carrier(line.text(line.record.carrier), claim.carrier))
    });
    fits.sort_unstable();
    fits.dedup();
    if let Some(marketplace) = claim.marketplace {
        fits.retain(|order| ledger.input(&ledger.orders[*order as usize]).marketplace == Some(marketplace));
    }
    narrow(ledger, fits, claim)
}

/// Among several the one of the store the row names, else the one beside it.
fn narrow(ledger: &Ledger, fits: Vec<u32>, claim: &Claim<'_>) -> Found {
    let mut fits = fits;
    if fits.len() > 1 && !claim.store.is_empty() {
        prefer(&mut fits, |order| ledger.store(&ledger.orders[order as usize]).name == claim.store);
    }
    if fits.len() > 1 {
        prefer(&mut fits, |order| beside(ledger, order, claim));
    }
    match fits.as_slice() {
        [] => Found::None,
        [order] => Found::One(*order),
        _ => Found::Several,
    }
}

fn prefer(fits: &mut Vec<u32>, better: impl Fn(u32) -> bool) {
    if fits.iter().any(|order| better(*order)) {
        fits.retain(|order| better(*order));
    }
}

/// Whether an order lies in the same store folder as the row, or is of the store that the row names.
fn beside(ledger: &Ledger, order: u32, claim: &Claim<'_>) -> bool {
    let here = &ledger.inputs[claim.input as usize];
    let order = &ledger.orders[order as usize];
    let there = ledger.input(order);
    let name = &ledger.store(order).name;
    here.folder == there.folder || *name == here.store || (!claim.store.is_empty() && name == claim.store)
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

/// Orders by waybill, without a copy of any waybill: an order may stand under several.
struct Waybills(HashTable<(u64, u32)>);

impl Waybills {
    fn of(ledger: &Ledger) -> Waybills {
        let mut table = HashTable::new();
        for (number, order) in ledger.orders.iter().enumerate() {
            for line in ledger.lines(order) {
                for waybill in split_waybills(line.text(line.record.waybill)) {
                    let hash = hash_of(waybill);
                    table.insert_unique(hash, (hash, number as u32), |(hash, _)| *hash);
                }
            }
        }
        Waybills(table)
    }

    fn find<'w>(&'w self, ledger: &'w Ledger, waybill: &'w str) -> impl Iterator<Item = u32> + 'w {
        self.0.iter_hash(hash_of(waybill)).map(|(_, order)| *order).filter(move |order| {
            ledger
                .lines(&ledger.orders[*order as usize])
                .any(|line| split_waybills(line.text(line.record.waybill)).any(|w| w == waybill))
        })
    }
}

/// Whether two names are one carrier's, as far as both are given: 圆通 and 圆通速递 are, 圆通快递 and 中通快递 are not.
fn same_carrier(a: &str, b: &str) -> bool {
    let core = |name: &str| {
        let mut name = name.to_lowercase().replace(' ', "");
        for word in ["快递", "速递", "速运", "快运", "物流", "express", "logistics"] {
            name = name.replace(word, "");
        }
        name
    };
    let (a, b) = (core(a), core(b));
    a.is_empty() || b.is_empty() || a.contains(&b) || b.contains(&a)
}

/// Several waybills may stand in one cell.
pub fn split_waybills(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', ' ', '，', '；', '、', '|']).map(str::trim).filter(|waybill| !waybill.is_empty())
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

/// Sorts parcels under their orders; rows about one waybill become one parcel.
fn lay_out_parcels(ledger: &mut Ledger, mut joined: Vec<(u32, At)>) {
    joined.sort_by_key(|(order, _)| *order);
    ledger.parcels = Vec::with_capacity(joined.len());
    for (order, span) in spans(&joined) {
        let rows: Vec<At> = joined[span.range()].iter().map(|(_, at)| *at).collect();
        move_to_ebay_zone(ledger, order, &rows);
        let start = ledger.parcels.len() as u32;
        let parcels = one_per_waybill(ledger, rows);
        let len = parcels.len() as u32;
        ledger.parcels.extend(parcels);
        ledger.orders[order as usize].parcels = Span { start, len };
    }
}

fn spans(joined: &[(u32, At)]) -> Vec<(u32, Span)> {
    let mut spans: Vec<(u32, Span)> = Vec::new();
    for (at, (order, _)) in joined.iter().enumerate() {
        match spans.last_mut() {
            Some((last, span)) if last == order => span.len += 1,
            _ => spans.push((*order, Span { start: at as u32, len: 1 })),
        }
    }
    spans
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

/// Whether a tracking input has no column of order ids: then it is the courier's own list.
pub fn is_courier_list(ledger_input: &crate::normalise::ledger::Input) -> bool {
    ledger_input.kind == InputKind::Known(Kind::Tracking) && ledger_input.heading(Field::OrderId).is_none()
}
