//! Which order every row of an input belongs to: the ledger's lists lead from orders to rows, this the other way.

use crate::normalise::{At, Input, InputKind, Ledger, Order, split_waybills};
use crate::order::Flags;
use crate::recognise::Kind;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// A row of an input, and the order it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owned {
    /// The row, counted from 1.
    pub row: u32,
    /// The order, an index into the ledger.
    pub order: u32,
    /// The record that the row became.
    pub at: At,
}

/// Finds owners, an input at a time.
///
/// Rows of an order that were merged stand in the ledger's lists as one line with the row of the first; the
/// batches keep every row as it was read. So rows of order inputs are looked up by their order's id again.
pub struct Owners<'l> {
    ledger: &'l Ledger,
    /// Orders by the hash of their id.
    ids: ByHash,
    /// Tracking and after-sales rows that are used: input, row, order.
    joined: Vec<(u32, u32, u32)>,
    /// Orders by the hash of a waybill of those.
    waybills: ByHash,
}

/// What leads from rows to orders, not sorted yet.
#[derive(Default)]
struct Keys {
    ids: Vec<(u64, u32)>,
    waybills: Vec<(u64, u32)>,
    joined: Vec<(u32, u32, u32)>,
}

impl Keys {
    fn and(mut self, mut others: Keys) -> Keys {
        self.ids.append(&mut others.ids);
        self.waybills.append(&mut others.waybills);
        self.joined.append(&mut others.joined);
        self
    }
}

/// Orders by the hash of a text; of one hash by their numbers.
#[derive(Default)]
struct ByHash {
    list: Vec<(u64, u32)>,
    /// Where in the list a hash begins.
    starts: FxHashMap<u64, u32>,
}

impl ByHash {
    fn new(mut list: Vec<(u64, u32)>) -> ByHash {
        list.par_sort_unstable();
        let mut starts = FxHashMap::with_capacity_and_hasher(list.len(), FxBuildHasher);
        for (at, (hash, _)) in list.iter().enumerate() {
            starts.entry(*hash).or_insert(at as u32);
        }
        ByHash { list, starts }
    }

    /// The orders with a hash.
    fn with(&self, hash: u64) -> impl Iterator<Item = u32> {
        let start = self.starts.get(&hash).map_or(self.list.len(), |start| *start as usize);
        self.list[start..].iter().take_while(move |(h, _)| *h == hash).map(|(_, order)| *order)
    }
}

fn hash_of(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The hash of an order's id.
fn id_of(ledger: &Ledger, order: &Order) -> Option<u64> {
    ledger.lines(order).next().map(|line| hash_of(line.text(line.record.order_id)))
}

/// The hashes of an order's waybills.
fn waybills_of<'l>(ledger: &'l Ledger, order: &'l Order) -> impl Iterator<Item = u64> + 'l {
    let texts = ledger.parcels(order).map(|parcel| parcel.batch.arena.get(parcel.record.waybill));
    texts.flat_map(split_waybills).map(hash_of)
}

impl<'l> Owners<'l> {
    /// Gets ready for the rows of some orders, or of all. Rows of other orders are then said to belong to none, or to
    /// another that is not wanted either.
    pub fn new(ledger: &'l Ledger, wanted: Option<&[bool]>) -> Owners<'l> {
        // Orders that are not wanted count where they share an id or a waybill with one that is: it may be theirs.
        let (mut ids, mut waybills) = (FxHashSet::default(), FxHashSet::default());
        if let Some(wanted) = wanted {
            let asked = ledger.orders.par_iter().zip(wanted).filter(|(_, wanted)| **wanted);
            let hashes = asked.map(|(order, _)| (id_of(ledger, order), waybills_of(ledger, order)));
            let (of_id, of_waybill): (Vec<_>, Vec<Vec<u64>>) =
                hashes.map(|(id, waybills)| (id, waybills.collect())).unzip();
            ids.extend(of_id.into_iter().flatten());
            waybills.extend(of_waybill.into_iter().flatten());
        }
        let counts = |among: &FxHashSet<u64>, hash: &u64| wanted.is_none() || among.contains(hash);
        let keys = |mut keys: Keys, (number, order): (usize, &Order)| {
            let number = number as u32;
            let known = keys.ids.len() + keys.waybills.len();
            let id = id_of(ledger, order).filter(|hash| counts(&ids, hash));
            keys.ids.extend(id.map(|hash| (hash, number)));
            let shared = waybills_of(ledger, order).filter(|hash| counts(&waybills, hash));
            keys.waybills.extend(shared.map(|hash| (hash, number)));
            // Rows of an order that has neither in common with a wanted one are nobody's who is asked for.
            if keys.ids.len() + keys.waybills.len() > known || wanted.is_none() {
                let parcels = ledger.parcels(order).map(|parcel| (parcel.batch.input, parcel.record.row));
                let cases = ledger.after_sales(order).map(|case| (case.batch.input, case.record.row));
                keys.joined.extend(parcels.chain(cases).map(|(input, row)| (input, row, number)));
            }
            keys
        };
        let all = ledger.orders.par_iter().enumerate().fold(Keys::default, keys);
        let Keys { ids, waybills, mut joined } = all.reduce(Keys::default, Keys::and);
        joined.par_sort_unstable();
        Owners { ledger, ids: ByHash::new(ids), joined, waybills: ByHash::new(waybills) }
    }

    /// The rows of an input that belong to an order, by row. Rows in `set_aside` belong to none.
    pub fn of_input(&self, number: u32, set_aside: &FxHashSet<u32>) -> Vec<Owned> {
        let input = &self.ledger.inputs[number as usize];
        let mut rows = match input.kind {
            InputKind::Known(Kind::Orders) => self.order_rows(number, input),
            InputKind::Known(_) => self.joined_rows(number, input, set_aside),
            _ => Vec::new(),
        };
        // Merged lines come after those they were made of; the first tells.
        rows.sort_by_key(|owned| owned.row);
        rows.dedup_by_key(|owned| owned.row);
        rows
    }

    fn order_rows(&self, number: u32, input: &Input) -> Vec<Owned> {
        let mut rows: Vec<Owned> = Vec::new();
        let mut above = None;
        for (batch, b) in self.ledger.batches.iter().enumerate().filter(|(_, b)| b.input == number) {
            for (index, line) in b.lines.iter().enumerate() {
                let at = At { batch: batch as u32, index: index as u32 };
                let id = b.arena.get(line.order_id);
                let order = if id.is_empty() && line.flags.has(Flags::CONTINUES) {
                    above
                } else {
                    self.find(number, input, id, b.arena.get(line.store))
                };
                above = order;
                rows.extend(order.map(|order| Owned { row: line.row, order, at }));
            }
        }
        rows
    }

    /// The order with an id; of several (one id in two stores) the one of this input, else of this store.
    fn find(&self, number: u32, input: &Input, id: &str, store: &str) -> Option<u32> {
        let ledger = self.ledger;
        let order = |at: u32| &ledger.orders[at as usize];
        let fits = |at: &u32| {
            let same = ledger.lines(order(*at)).next().is_some_and(|l| l.text(l.record.order_id) == id);
            same && ledger.input(order(*at)).marketplace == input.marketplace
        };
        let found: Vec<u32> = self.ids.with(hash_of(id)).filter(fits).collect();
        let store = if store.is_empty() { input.store.as_str() } else { store };
        let rank = |at: &&u32| {
            let here = ledger.lines(order(**at)).any(|line| line.batch.input == number);
            (ledger.store(order(**at)).name == store, here)
        };
        match found.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => several.iter().max_by_key(rank).copied(),
        }
    }

    fn joined_rows(&self, number: u32, input: &Input, set_aside: &FxHashSet<u32>) -> Vec<Owned> {
        let start = self.joined.partition_point(|(i, _, _)| *i < number);
        let mut used = &self.joined[start..];
        let mut rows = Vec::new();
        for (batch, b) in self.ledger.batches.iter().enumerate().filter(|(_, b)| b.input == number) {
            let parcels = b.parcels.iter().map(|p| (p.row, p.order_id, p.waybill, p.store));
            let cases = b.after_sales.iter().map(|c| (c.row, c.order_id, crate::order::Text::NONE, c.store));
            for (index, (row, id, waybill, store)) in parcels.chain(cases).enumerate() {
                // Records stand in the order of their rows, as the list does.
                while let [(i, r, _), rest @ ..] = used
                    && (*i, *r) < (number, row)
                {
                    used = rest;
                }
                let listed = used.first().filter(|(i, r, _)| (*i, *r) == (number, row));
                // A second row about a waybill is not in the lists, but belongs to the same order.
                let order = listed.map(|(_, _, order)| *order).or_else(|| {
                    (!set_aside.contains(&row)).then(|| {
                        self.find_joined(number, input, b.arena.get(id), b.arena.get(store))
                            .or_else(|| self.waybills.with(hash_of(b.arena.get(waybill))).next())
                    })?
                });
                let at = At { batch: batch as u32, index: index as u32 };
                rows.extend(order.map(|order| Owned { row, order, at }));
            }
        }
        rows
    }

    fn find_joined(&self, number: u32, input: &Input, id: &str, store: &str) -> Option<u32> {
        if input.marketplace.is_some() {
            return self.find(number, input, id, store);
        }
        let ledger = self.ledger;
        let same = |at: &u32| {
            ledger.lines(&ledger.orders[*at as usize]).next().is_some_and(|l| l.text(l.record.order_id) == id)
        };
        self.ids.with(hash_of(id)).find(same)
    }
}
