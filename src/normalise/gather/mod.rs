//! Lines to orders: rows of one order meet wherever they stand, and an order exported twice counts once.

mod index;
mod stores;

use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Ledger, Order, Span};
use crate::normalise::merge::{merge_rows, resolve_copies};
pub use index::{Index, hash_of};
use index::{Keys, Numbered};
pub use stores::StoreFacts;
use stores::StoreNames;

/// One order while its lines are being counted.
struct Draft {
    store: u16,
    lines: u32,
    inputs: u32,
    last_input: u32,
}

/// Makes orders of all lines of the ledger's batches. `stores` holds what the configuration knows; `sellers`
/// names the store of rows up to a footer, an input at a time.
pub fn gather(ledger: &mut Ledger, sellers: &[Vec<(u32, String)>], facts: &[StoreFacts]) -> Index {
    let stores = stores_of_lines(ledger, sellers, facts);
    let keys = Keys::of(ledger, stores);
    let mut index = Index::of(ledger, &keys);
    let mut drafts: Vec<Draft> = Vec::new();
    // The order of every line, batch after batch; `u32::MAX` for a line without one.
    let mut of_line: Vec<u32> = Vec::with_capacity(keys.hashes.iter().map(Vec::len).sum());
    let mut orders_of_input = vec![0_u32; ledger.inputs.len()];
    let mut orphans = Vec::new();
    index.number(ledger, &keys, |at, found| {
        of_line.push(found.map_or(u32::MAX, |found| found.order));
        let input = ledger.batches[at.batch as usize].input;
        match found {
            Some(found) => orders_of_input[input as usize] += count(&mut drafts, found, input),
            None => orphans.push(at),
        }
    });
    drop(keys);
    for (input, orders) in ledger.inputs.iter_mut().zip(orders_of_input) {
        input.orders += orders;
    }
    for at in orphans {
        set_orphan_aside(ledger, at);
    }
    lay_out(ledger, &drafts, &of_line);
    for (at, draft) in drafts.iter().enumerate() {
        if draft.inputs > 1 {
            resolve_copies(ledger, at);
        }
    }
    merge_rows(ledger);
    index
}

/// Counts a line to its order: 1 where it is the order's first of this input, else 0.
fn count(drafts: &mut Vec<Draft>, found: Numbered, input: u32) -> u32 {
    if found.order as usize == drafts.len() {
        drafts.push(Draft { store: found.store, lines: 0, inputs: 0, last_input: u32::MAX });
    }
    let draft = &mut drafts[found.order as usize];
    draft.lines += 1;
    if draft.last_input == input {
        return 0;
    }
    draft.last_input = input;
    draft.inputs += 1;
    1
}

/// The store of every line, batch after batch.
fn stores_of_lines(
    ledger: &mut Ledger,
    sellers: &[Vec<(u32, String)>],
    facts: &[StoreFacts],
) -> Vec<Vec<u16>> {
    let mut names = StoreNames { sellers, facts, last: None };
    let mut all = Vec::with_capacity(ledger.batches.len());
    for batch in 0..ledger.batches.len() {
        let input = ledger.batches[batch].input;
        let mut stores = Vec::with_capacity(ledger.batches[batch].lines.len());
        for index in 0..ledger.batches[batch].lines.len() {
            let line = ledger.batches[batch].lines[index];
            // One that belongs to the line before it has that one's store.
            let own = !line.flags.has(crate::order::Flags::CONTINUES);
            stores.push(if own { names.store(ledger, input, batch, &line) } else { 0 });
        }
        all.push(stores);
    }
    all
}

/// A row that belongs to the row above it, where none is above it.
fn set_orphan_aside(ledger: &mut Ledger, at: At) {
    let batch = &ledger.batches[at.batch as usize];
    let (input, row) = (batch.input, batch.lines[at.index as usize].row);
    let slot = &mut ledger.inputs[input as usize];
    slot.rows_in_orders -= 1;
    slot.rejected += 1;
    let value = String::new();
    ledger.issues.push(Issue { input, row, line: 0, column: None, value, problem: Problem::MissingId });
}

/// Sorts lines under their orders: counting sort, stable, so rows keep their order.
fn lay_out(ledger: &mut Ledger, drafts: &[Draft], of_line: &[u32]) {
    let mut start = 0;
    ledger.orders = drafts
        .iter()
        .map(|draft| {
            let lines = Span { start, len: draft.lines };
            start += draft.lines;
            Order { store: draft.store, lines, ..Order::default() }
        })
        .collect();
    ledger.lines = vec![At::default(); start as usize];
    let mut next: Vec<u32> = ledger.orders.iter().map(|order| order.lines.start).collect();
    let all = ledger.batches.iter().enumerate().flat_map(|(batch, b)| {
        (0..b.lines.len()).map(move |index| At { batch: batch as u32, index: index as u32 })
    });
    for (at, order) in all.zip(of_line) {
        if let Some(slot) = next.get_mut(*order as usize) {
            ledger.lines[*slot as usize] = at;
            *slot += 1;
        }
    }
}
