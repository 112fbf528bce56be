//! The lines of an order that are judged, and the parcels that carry them.

use crate::assess::case::{Case, Context};
use crate::normalise::{In, Order, split_waybills};
use crate::order::{LineHead, ParcelHead};

/// Whether the rows of an order differ in what the rules look at, so that it is judged line by line.
pub(super) fn differs(run: Context<'_>, order: &Order) -> bool {
    if order.lines.len < 2 {
        return false;
    }
    let mut lines = run.ledger.lines(order);
    let Some(first) = lines.next() else { return false };
    lines.any(|line| {
        !line.same_times(first)
            || line.record.status != first.record.status
            || (order.parcels.len > 0 && parcels_differ(run, order, first, line))
    })
}

fn parcels_differ(run: Context<'_>, order: &Order, a: In<'_, LineHead>, b: In<'_, LineHead>) -> bool {
    run.ledger.parcels(order).any(|parcel| carries(run, order, parcel, a) != carries(run, order, parcel, b))
}

/// Whether a parcel carries a line: unless it names another line, or its waybill is another line's.
fn carries(run: Context<'_>, order: &Order, parcel: In<'_, ParcelHead>, line: In<'_, LineHead>) -> bool {
    let (sub, own) = (parcel.record.sub_order_id, line.record.sub_order_id);
    if !sub.is_empty() && !own.is_empty() {
        // Often both are the id of the order, which is one.
        let of_order = sub == parcel.record.order_id && own == line.record.order_id;
        return of_order || parcel.text(sub) == line.text(own);
    }
    // No other line is there to claim it.
    if order.lines.len == 1 {
        return true;
    }
    let waybill = parcel.text(parcel.record.waybill);
    let claims =
        |line: In<'_, LineHead>| split_waybills(line.text(line.record.waybill)).any(|w| w == waybill);
    // Mostly the two are the same, and nothing need be taken apart.
    let same = line.text(line.record.waybill) == waybill;
    waybill.is_empty() || same || claims(line) || !run.ledger.lines(order).any(claims)
}

/// A line with one of the parcels that carry it, or with none.
pub(super) struct Seat<'a> {
    pub(super) line: u32,
    pub(super) parcel: Option<u32>,
    pub(super) case: Case<'a>,
}

/// The seat of an order that has just one, as nearly every order.
pub(super) fn only_seat<'a>(run: Context<'a>, order: &'a Order, by_line: bool) -> Option<Seat<'a>> {
    if by_line || order.parcels.len > 1 {
        return None;
    }
    let line = run.ledger.lines(order).next()?;
    let parcel = run.ledger.parcels(order).next().filter(|parcel| carries(run, order, *parcel, line));
    Some(Seat { line: 0, parcel: parcel.map(|_| 0), case: Case::new(run, order, line, parcel) })
}

/// The lines that are judged, each with its parcels: found once an order, as every rule asks for them.
pub(super) fn seats<'a>(run: Context<'a>, order: &'a Order, by_line: bool) -> Vec<Seat<'a>> {
    let lines = if by_line { order.lines.len as usize } else { 1 };
    let mut seats = Vec::with_capacity(lines.max(order.parcels.len as usize));
    for (at, line) in run.ledger.lines(order).take(lines).enumerate() {
        let (first, at) = (seats.len(), at as u32);
        for (number, parcel) in run.ledger.parcels(order).enumerate() {
            if carries(run, order, parcel, line) {
                let case = Case::new(run, order, line, Some(parcel));
                seats.push(Seat { line: at, parcel: Some(number as u32), case });
            }
        }
        if seats.len() == first {
            seats.push(Seat { line: at, parcel: None, case: Case::new(run, order, line, None) });
        }
    }
    seats
}
