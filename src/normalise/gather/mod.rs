//! Lines to orders: rows of one order meet wherever they stand, and an order exported twice counts once.

mod index;
mod stores;

use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Ledger, Order, lay_out};
use crate::normalise::merge::{merge_rows, resolve_copies};
use crate::order::Flags;
pub use index::{Index, hash_of};
use index::{Keys, Numbered};
use std::collections::BTreeSet;
pub use stores::StoreFacts;
use stores::StoreNames;

/// Makes orders of all lines of the ledger's batches. `stores` holds what the configuration knows; `sellers`
/// names the store of rows up to a footer, an input at a time.
pub fn gather(ledger: &mut Ledger, sellers: &[Vec<(u32, String)>], facts: &[StoreFacts]) -> Index {
    let stores = stores_of_lines(ledger, sellers, facts);
    let keys = Keys::of(ledger, stores);
    let mut index = Index::of(ledger, &keys);
    // The order of every line, batch after batch; `u32::MAX` for a line without one.
    let mut of_line: Vec<u32> = Vec::with_capacity(keys.hashes.iter().map(Vec::len).sum());
    // The input in which each order was seen last, and the orders that stand in more than one.
    let mut seen_in: Vec<u32> = Vec::with_capacity(index.len());
    let mut copied = BTreeSet::new();
    let (mut orders, mut orphans) = (Vec::with_capacity(index.len()), Vec::new());
    let mut orders_of_input = vec![0_u32; ledger.inputs.len()];
    index.number(ledger, &keys, |at, found| {
        of_line.push(found.map_or(u32::MAX, |found| found.order));
        let Some(Numbered { order, store }) = found else {
            orphans.push(at);
            return;
        };
        let input = ledger.batches[at.batch as usize].input;
        let slot = order as usize;
        if slot == orders.len() {
            orders.push(Order { store, ..Order::default() });
            seen_in.push(input);
            orders_of_input[input as usize] += 1;
        } else if seen_in[slot] != input {
            seen_in[slot] = input;
            orders_of_input[input as usize] += 1;
            copied.insert(order);
        }
    });
    ledger.orders = orders;
    drop((keys, seen_in));
    for (input, orders) in ledger.inputs.iter_mut().zip(orders_of_input) {
        input.orders += orders;
    }
    for at in orphans {
        set_orphan_aside(ledger, at);
    }
    let batches = ledger.batches.iter().enumerate();
    let lines = batches.flat_map(|(batch, b)| {
        (0..b.lines.len()).map(move |index| At { batch: batch as u32, index: index as u32 })
    });
    let known = of_line.iter().copied().zip(lines).filter(|(order, _)| *order != u32::MAX);
    ledger.lines = lay_out(&mut ledger.orders, |order| &mut order.lines, known);
    drop(of_line);
    for order in copied {
        resolve_copies(ledger, order as usize);
    }
    merge_rows(ledger);
    index
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
        let lines = &ledger.batches[batch].lines;
        let footers = sellers.get(input as usize).is_some_and(|footers| !footers.is_empty());
        let (rows, mut own) = (lines.len(), lines.iter().filter(|line| !line.flags.has(Flags::CONTINUES)));
        // Mostly no row says it for itself, and all are of one.
        if let Some(first) = own.next().copied()
            && !footers
            && first.store.is_empty()
            && own.all(|line| line.store.is_empty())
        {
            all.push(vec![names.store(ledger, input, batch, &first); rows]);
            continue;
        }
        let mut stores = Vec::with_capacity(rows);
        for index in 0..ledger.batches[batch].lines.len() {
            let line = ledger.batches[batch].lines[index];
            // One that belongs to the line before it has that one's store.
            let own = !line.flags.has(Flags::CONTINUES);
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
