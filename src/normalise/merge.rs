//! Several rows of one order to the lines it is judged by, and several exports of one order to one.

use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Batch, Ledger, Order, Span};
use crate::normalise::status::from_times;
use crate::order::{Arena, Field, Flags, Line, Reading, Stamp, Text};
use rayon::prelude::*;

/// Chooses between the copies of an order that stands in several exports (GEN001): equal ones are one, else
/// the newest export counts, sub-order by sub-order. What is not used is listed.
pub fn resolve_copies(ledger: &mut Ledger, order: usize) {
    let span = ledger.orders[order].lines;
    let all: Vec<At> = ledger.lines[span.range()].to_vec();
    let mut kept: Vec<At> = Vec::with_capacity(all.len());
    let mut dropped: Vec<At> = Vec::new();
    for at in &all {
        let id = sub_id(ledger, *at);
        let rival = all
            .iter()
            .filter(|other| input_of(ledger, **other) != input_of(ledger, *at))
            .any(|other| sub_id(ledger, *other) == id && newer(ledger, *other, *at));
        if rival { dropped.push(*at) } else { kept.push(*at) }
    }
    if dropped.is_empty() {
        return;
    }
    for at in dropped {
        let batch = &ledger.batches[at.batch as usize];
        let line = &batch.lines[at.index as usize];
        ledger.issues.push(Issue {
            input: batch.input,
            row: line.row,
            line: 0,
            column: None,
            value: batch.arena.get(line.order_id).to_owned(),
            problem: Problem::DuplicateOrder,
        });
    }
    let len = kept.len() as u32;
    ledger.lines[span.start as usize..span.start as usize + kept.len()].copy_from_slice(&kept);
    let slot = &mut ledger.orders[order];
    slot.lines = Span { start: span.start, len };
    slot.duplicate = true;
}

fn input_of(ledger: &Ledger, at: At) -> u32 {
    ledger.batches[at.batch as usize].input
}

fn sub_id(ledger: &Ledger, at: At) -> &str {
    let batch = &ledger.batches[at.batch as usize];
    batch.arena.get(batch.lines[at.index as usize].sub_order_id)
}

/// Whether the export of `a` is newer than that of `b`: by the time in the name or the latest instant in the
/// file, then by path; of one path, the later sheet.
fn newer(ledger: &Ledger, a: At, b: At) -> bool {
    let key = |at: At| {
        let number = input_of(ledger, at);
        let input = &ledger.inputs[number as usize];
        (input.exported_at, &input.path, number)
    };
    key(a) > key(b)
}

/// Orders whose rows are merged in one go by one thread.
const BLOCK: usize = 8192;

/// Merges the rows of every order that has several: rows of one sub-order are one line; a summary row gives
/// what the lines leave empty and is no line itself.
pub fn merge_rows(ledger: &mut Ledger) {
    let blocks = ledger.orders.par_chunks(BLOCK).enumerate();
    let blocks: Vec<_> =
        blocks.map(|(number, orders)| merge_block(ledger, (number * BLOCK) as u32, orders)).collect();
    for Merged { batches, orders } in blocks {
        let known = ledger.batches.len() as u32;
        for (order, first, len) in orders {
            let lines = &mut ledger.orders[order as usize].lines;
            lines.len = len;
            for (slot, index) in ledger.lines[lines.range()].iter_mut().zip(first.index..) {
                *slot = At { batch: known + first.batch, index };
            }
        }
        ledger.batches.extend(batches);
    }
}

/// What the rows of a block of orders became.
#[derive(Default)]
struct Merged {
    /// Merged lines, a batch an input.
    batches: Vec<Batch>,
    /// Each order whose rows were merged: where among these batches its first line stands, and how many follow.
    orders: Vec<(u32, At, u32)>,
}

/// Merges the rows of the orders from `first` on.
fn merge_block(ledger: &Ledger, first: u32, orders: &[Order]) -> Merged {
    let mut merged = Merged::default();
    for (number, order) in (first..).zip(orders) {
        let rows = &ledger.lines[order.lines.range()];
        if rows.len() < 2 || are_lines(ledger, rows) {
            continue;
        }
        let input = input_of(ledger, rows[0]);
        if merged.batches.last().is_none_or(|batch| batch.input != input) {
            merged.batches.push(Batch { input, ..Batch::default() });
        }
        let batch = (merged.batches.len() - 1) as u32;
        if let Some(out) = merged.batches.last_mut() {
            let index = out.lines.len() as u32;
            merge_order(ledger, rows, out);
            merged.orders.push((number, At { batch, index }, out.lines.len() as u32 - index));
        }
    }
    merged
}

/// Whether rows of an order are lines already: of one input, each of another sub-order, and none a summary.
fn are_lines(ledger: &Ledger, rows: &[At]) -> bool {
    /// More are not compared each with each.
    const MANY: usize = 16;
    if rows.len() > MANY {
        return false;
    }
    let one_input = rows.windows(2).all(|two| input_of(ledger, two[0]) == input_of(ledger, two[1]));
    let lines = rows.iter().enumerate().all(|(index, at)| {
        let line = &ledger.batches[at.batch as usize].lines[at.index as usize];
        let id = sub_id(ledger, *at);
        !line.flags.has(Flags::SUMMARY) && rows[..index].iter().all(|other| sub_id(ledger, *other) != id)
    });
    one_input && lines
}

/// Appends the merged lines of one order to `out`.
fn merge_order(ledger: &Ledger, rows: &[At], out: &mut Batch) {
    let mut lines: Vec<Line> = Vec::new();
    let is_summary =
        |at: &&At| ledger.batches[at.batch as usize].lines[at.index as usize].flags.has(Flags::SUMMARY);
    let only_summaries = rows.iter().all(|at| is_summary(&at));
    for at in rows.iter().filter(|at| only_summaries || !is_summary(at)) {
        let Some(line) = adopt(ledger, *at, &mut out.arena) else { continue };
        let id = out.arena.get(line.sub_order_id);
        let twin = lines.iter().position(|known| out.arena.get(known.sub_order_id) == id);
        match twin.and_then(|twin| lines.get_mut(twin)) {
            Some(twin) => absorb(twin, &line),
            None => lines.push(line),
        }
    }
    if !only_summaries {
        for at in rows.iter().filter(is_summary) {
            let Some(summary) = adopt(ledger, *at, &mut out.arena) else { continue };
            for line in &mut lines {
                inherit(line, &summary);
            }
        }
    }
    for line in &lines {
        out.lines.push(line);
    }
}

/// A copy of a line whose texts live in another batch's arena.
fn adopt(ledger: &Ledger, at: At, to: &mut Arena) -> Option<Line> {
    let from = &ledger.batches[at.batch as usize];
    let line = from.lines.whole(at.index as usize)?;
    let mut keep = |text: Text| to.keep(from.arena.get(text));
    Some(Line {
        order_id: keep(line.order_id),
        sub_order_id: keep(line.sub_order_id),
        waybill: keep(line.waybill),
        carrier: keep(line.carrier),
        service: keep(line.service),
        item_id: keep(line.item_id),
        store: keep(line.store),
        written_to: keep(line.written_to),
        ..line
    })
}

/// Another row of the same line: what is done is done when the last part is, everything else counts as first
/// told.
fn absorb(line: &mut Line, row: &Line) {
    for field in Line::time_fields() {
        let (a, b) = (line.time(*field).reading(), row.time(*field).reading());
        let merged = match (a, b) {
            (Reading::Known(a), Reading::Known(b)) if is_done(*field) => Reading::Known(a.max(b)),
            _ => a.or(b),
        };
        line.set_time(*field, Stamp::from(merged));
    }
    line.status = line.status.combine(row.status);
    fill(line, row);
    line.flags = line.flags.union(row.flags);
}

/// Fields that say when something was done.
const fn is_done(field: Field) -> bool {
    matches!(field, Field::ShippedAt | Field::CompletedAt | Field::CancelledAt)
}

/// What a summary row knows and the line leaves empty.
fn inherit(line: &mut Line, summary: &Line) {
    for field in Line::time_fields() {
        let merged = line.time(*field).reading().or(summary.time(*field).reading());
        line.set_time(*field, Stamp::from(merged));
    }
    fill(line, summary);
    if line.flags.has(Flags::DERIVED_STATUS) {
        line.status = from_times(line);
    }
}

fn fill(line: &mut Line, other: &Line) {
    let or = |a: Text, b: Text| if a.is_empty() { b } else { a };
    line.order_id = or(line.order_id, other.order_id);
    line.waybill = or(line.waybill, other.waybill);
    line.carrier = or(line.carrier, other.carrier);
    line.service = or(line.service, other.service);
    line.item_id = or(line.item_id, other.item_id);
    line.store = or(line.store, other.store);
    if line.order_type == crate::order::OrderType::Unknown {
        line.order_type = other.order_type;
    }
    if !line.ship_to.is_known() {
        (line.ship_to, line.written_to) = (other.ship_to, other.written_to);
    }
    if !line.ship_from.is_known() {
        line.ship_from = other.ship_from;
    }
}
