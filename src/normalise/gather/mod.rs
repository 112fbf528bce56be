//! Lines to orders: rows of one order meet wherever they stand, and an order exported twice counts once.

mod index;
mod starts;
mod stores;

use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Ledger, Order, Span, lay_out};
use crate::normalise::merge::{merge_rows, resolve_copies};
use crate::order::Flags;
pub use index::{Index, hash_of};
use index::{Keys, NONE, Parted};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::iter::repeat_n;
pub use stores::StoreFacts;
use stores::StoreNames;

/// Makes orders of all lines of the ledger's batches. `stores` holds what the configuration knows; `sellers`
/// names the store of rows up to a footer, an input at a time.
pub fn gather(ledger: &mut Ledger, sellers: &[Vec<(u32, String)>], facts: &[StoreFacts]) -> Index {
    let stores = stores_of_lines(ledger, sellers, facts);
    let keys = Keys::of(ledger, stores);
    let Parted { index, firsts, of_line } = Parted::of(ledger, &keys);
    let order = |first: &u32| Order { store: keys.stores[*first as usize], ..Order::default() };
    ledger.orders = firsts.par_iter().map(order).collect();
    let copied = count_orders(ledger, &keys, &firsts, &of_line);
    for (line, _) in (0..).zip(&of_line).filter(|(_, order)| **order == NONE) {
        set_orphan_aside(ledger, keys.at(line));
    }
    lay_out_lines(ledger, &keys, &firsts, &of_line);
    drop((keys, firsts, of_line));
    for order in copied {
        resolve_copies(ledger, order as usize);
    }
    merge_rows(ledger);
    index
}

/// Sorts lines under their orders.
fn lay_out_lines(ledger: &mut Ledger, keys: &Keys, firsts: &[u32], of_line: &[u32]) {
    let places = keys.places();
    if of_line.last() == Some(&NONE) || !of_line.is_sorted() {
        let known = of_line.iter().copied().zip(places.iter().copied()).filter(|(order, _)| *order != NONE);
        ledger.lines = lay_out(&mut ledger.orders, |order| &mut order.lines, known);
        return;
    }
    // Mostly they stand there already, those of each order from its first line on.
    let ends = firsts.par_iter().skip(1).copied().chain([of_line.len() as u32]);
    ledger.orders.par_iter_mut().zip(firsts).zip(ends).for_each(|((order, start), end)| {
        order.lines = Span { start: *start, len: end - start };
    });
    ledger.lines = places;
}

/// Counts the orders of each input; those come back that stand in more than one.
fn count_orders(ledger: &mut Ledger, keys: &Keys, firsts: &[u32], of_line: &[u32]) -> BTreeSet<u32> {
    let Ledger { inputs, batches, .. } = ledger;
    // Of each batch how many orders begin there, and which of its lines are of an order that began in another input.
    let seen = keys.of_batches().zip(&*batches).map(|(lines, batch)| {
        let (mut own, mut others) = (0, Vec::new());
        for line in lines {
            let order = of_line[line as usize];
            let Some(&first) = firsts.get(order as usize) else { continue };
            if first == line {
                own += 1;
            } else if batches[keys.at(first).batch as usize].input != batch.input {
                others.push((order, batch.input));
            }
        }
        (batch.input, own, others)
    });
    let seen: Vec<_> = seen.collect();
    let mut copies = BTreeSet::new();
    for (input, own, others) in seen {
        inputs[input as usize].orders += own;
        copies.extend(others);
    }
    for (_, input) in &copies {
        inputs[*input as usize].orders += 1;
    }
    copies.into_iter().map(|(order, _)| order).collect()
}

/// The store of every line.
fn stores_of_lines(ledger: &mut Ledger, sellers: &[Vec<(u32, String)>], facts: &[StoreFacts]) -> Vec<u16> {
    let mut names = StoreNames { sellers, facts, last: None };
    let mut all = Vec::with_capacity(ledger.batches.iter().map(|batch| batch.lines.len()).sum());
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
            all.extend(repeat_n(names.store(ledger, input, batch, &first), rows));
            continue;
        }
        for index in 0..rows {
            let line = ledger.batches[batch].lines[index];
            // One that belongs to the line before it has that one's store.
            let own = !line.flags.has(Flags::CONTINUES);
            all.push(if own { names.store(ledger, input, batch, &line) } else { 0 });
        }
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
