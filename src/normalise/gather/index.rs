//! Orders by id, without a copy of any id.
//!
//! Lines are counted through all batches, and an order is known by its first line until it has a number. Lines are
//! parted by the hash of their id into shards, each of which is filled by one thread; an id is looked for in its shard
//! only.

use super::starts::Starts;
use crate::normalise::ledger::{At, Ledger};
use crate::order::{Flags, Marketplace};
use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};

/// Shards: enough for the threads of any desk, few enough that each reads all hashes.
const SHARDS: usize = 16;

/// No order, or no line.
pub(super) const NONE: u32 = u32::MAX;

/// The hash of an order id, or of a waybill.
pub fn hash_of(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The shard of a hash. The hash table uses the bits at both ends.
const fn shard_of(hash: u64) -> usize {
    (hash >> 32) as usize % SHARDS
}

/// What is known of every line beforehand. Lines are counted through all batches.
pub(super) struct Keys {
    /// The hash of the line's order id; 0 for one that belongs to the line before it.
    hashes: Vec<u64>,
    /// The line's store.
    pub stores: Vec<u16>,
    starts: Starts,
}

impl Keys {
    /// Hashes the ids of all lines.
    pub fn of(ledger: &Ledger, stores: Vec<u16>) -> Keys {
        let starts = Starts::of(ledger.batches.iter().map(|batch| batch.lines.len()));
        let mut hashes = vec![0; stores.len()];
        let of_batches = starts.parts(&mut hashes).into_par_iter().zip(&ledger.batches);
        of_batches.for_each(|(hashes, batch)| {
            for (hash, line) in hashes.iter_mut().zip(batch.lines.iter()) {
                if !line.flags.has(Flags::CONTINUES) {
                    *hash = hash_of(batch.arena.get(line.order_id)).max(1);
                }
            }
        });
        Keys { hashes, stores, starts }
    }

    /// The lines of each batch.
    pub fn of_batches(&self) -> impl IndexedParallelIterator<Item = std::ops::Range<u32>> {
        self.starts.all().par_windows(2).map(|two| two[0]..two[1])
    }

    /// Where all lines stand.
    pub fn places(&self) -> Vec<At> {
        let mut places = vec![At::default(); self.hashes.len()];
        let of_batches = self.starts.parts(&mut places).into_par_iter();
        of_batches.enumerate().for_each(|(batch, places)| {
            for (index, place) in (0..).zip(places) {
                *place = At { batch: batch as u32, index };
            }
        });
        places
    }

    /// Where a line stands.
    pub fn at(&self, line: u32) -> At {
        self.starts.at(line)
    }
}

/// Orders by id.
pub struct Index {
    shards: Vec<Shard>,
    /// The numbers of the orders, by their first lines.
    numbers: Vec<u32>,
    /// Where the lines of each batch start.
    starts: Starts,
}

/// The orders of one shard, by their first lines.
#[derive(Default)]
struct Shard {
    table: HashTable<u32>,
    /// Whether several orders may have one id.
    shared: bool,
}

/// Lines parted by their orders, which are numbered as they come.
pub(super) struct Parted {
    pub index: Index,
    /// The first line of each order.
    pub firsts: Vec<u32>,
    /// The order of each line; [`NONE`] of one without an id that has no line before it in its input.
    pub of_line: Vec<u32>,
}

impl Parted {
    /// Parts lines by their orders: those of one marketplace, store and id are one. A line without an id has the order
    /// of the line before it.
    pub fn of(ledger: &Ledger, keys: &Keys) -> Parted {
        let (shards, first_of) = first_lines(ledger, keys);
        let is_first = |line: &u32| first_of[*line as usize] == *line;
        let counts: Vec<usize> = keys.of_batches().map(|lines| lines.filter(is_first).count()).collect();
        let starts = Starts::of(counts.into_iter());
        let mut firsts = vec![0; starts.len()];
        let mut numbers = vec![NONE; first_of.len()];
        let of_batches = starts.parts(&mut firsts).into_par_iter().zip(keys.starts.parts(&mut numbers));
        of_batches.zip(keys.of_batches()).zip(starts.all()).for_each(
            |(((firsts, numbers), lines), start)| {
                let begin = lines.start;
                for ((line, first), number) in lines.filter(is_first).zip(firsts).zip(*start..) {
                    *first = line;
                    numbers[(line - begin) as usize] = number;
                }
            },
        );
        let order_of = |first: &u32| numbers.get(*first as usize).copied().unwrap_or(NONE);
        let of_line = first_of.par_iter().map(order_of).collect();
        let index = Index { shards, numbers, starts: keys.starts.clone() };
        Parted { index, firsts, of_line }
    }
}

/// For each line the first one of its order.
fn first_lines(ledger: &Ledger, keys: &Keys) -> (Vec<Shard>, Vec<u32>) {
    let known: Vec<AtomicU32> = keys.hashes.iter().map(|_| AtomicU32::new(NONE)).collect();
    let shards = (0..SHARDS).into_par_iter().map(|number| Shard::of(ledger, keys, number, &known)).collect();
    let mut first_of: Vec<u32> = known.into_iter().map(AtomicU32::into_inner).collect();
    let input_of = |line: usize| ledger.batches[keys.at(line as u32).batch as usize].input;
    for line in 1..first_of.len() {
        if keys.hashes[line] == 0 && input_of(line - 1) == input_of(line) {
            first_of[line] = first_of[line - 1];
        }
    }
    (shards, first_of)
}

impl Index {
    /// Whether no two orders have one id, as far as the hashes tell.
    pub fn is_unique(&self) -> bool {
        !self.shards.iter().any(|shard| shard.shared)
    }

    /// Orders with this id, on whatever marketplace and in whatever store, each with the input of its first line, be that
    /// one set aside as a copy. The id is compared there: by way of the order it would be further away.
    pub fn find<'i>(&'i self, ledger: &'i Ledger, id: &'i str) -> impl Iterator<Item = (u32, u32)> + 'i {
        let hash = hash_of(id).max(1);
        let shard = self.shards.get(shard_of(hash));
        let firsts = shard.into_iter().flat_map(move |shard| shard.table.iter_hash(hash));
        firsts.filter_map(move |first| {
            let at = self.starts.at(*first);
            let known = || (self.numbers[*first as usize], ledger.batches[at.batch as usize].input);
            (identity_of(ledger, at).1 == id).then(known)
        })
    }
}

impl Shard {
    /// Notes of every line of the shard which is the first one of its order.
    fn of(ledger: &Ledger, keys: &Keys, number: usize, first_of: &[AtomicU32]) -> Shard {
        let mut shard = Shard::default();
        shard.table.reserve(keys.hashes.len() / SHARDS, |_| 0);
        for (line, &hash) in (0..).zip(&keys.hashes) {
            if hash != 0 && shard_of(hash) == number {
                let first = shard.first_like(ledger, keys, line);
                // Each line is of one shard; the threads meet before anybody reads it.
                first_of[line as usize].store(first, Ordering::Relaxed);
            }
        }
        shard
    }

    /// The first line of the same marketplace, store and id; the line itself where it is the first.
    fn first_like(&mut self, ledger: &Ledger, keys: &Keys, line: u32) -> u32 {
        let hash_of = |line: u32| keys.hashes[line as usize];
        let store_of = |line: u32| keys.stores[line as usize];
        let hash = hash_of(line);
        // The ids last: they stand far away.
        let same = |other: &&u32| {
            store_of(**other) == store_of(line)
                && identity_of(ledger, keys.at(**other)) == identity_of(ledger, keys.at(line))
        };
        let mut alike = self.table.iter_hash(hash).filter(|other| hash_of(**other) == hash);
        let (found, others) = match alike.next() {
            None => (None, false),
            Some(first) if same(&first) => (Some(*first), false),
            Some(_) => (alike.find(same).copied(), true),
        };
        self.shared |= others;
        found.unwrap_or_else(|| {
            self.table.insert_unique(hash, line, |other| hash_of(*other));
            line
        })
    }
}

/// The marketplace and the order id of a line.
fn identity_of(ledger: &Ledger, at: At) -> (Option<Marketplace>, &str) {
    let batch = &ledger.batches[at.batch as usize];
    let id = batch.arena.get(batch.lines[at.index as usize].order_id);
    (ledger.inputs[batch.input as usize].marketplace, id)
}

#[cfg(test)]
mod tests {
    use super::{Keys, NONE, Parted};
    use crate::normalise::ledger::{At, Batch, Ledger};
    use crate::normalise::{Input, Order, Span};
    use crate::order::{Flags, Line};
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn orders_are_numbered_as_they_come_whatever_the_shards(
            batches in prop::collection::vec(
                (0..3_u32, prop::collection::vec((prop::option::weighted(0.8, 0..9_u32), 0..2_u16), 0..6)),
                0..8,
            ),
        ) {
            let mut ledger = Ledger { inputs: vec![Input::blank("a"); 3], ..Ledger::default() };
            let (mut stores, mut expected, mut firsts, mut places) = (vec![], vec![], vec![], vec![]);
            let mut known: HashMap<(u32, u16), u32> = HashMap::new();
            let mut before = NONE;
            let mut sorted = batches;
            sorted.sort_by_key(|(input, _)| *input);
            for (number, (input, lines)) in sorted.iter().enumerate() {
                if number > 0 && sorted[number - 1].0 != *input {
                    before = NONE;
                }
                let mut batch = Batch { input: *input, ..Batch::default() };
                for (index, (id, store)) in lines.iter().enumerate() {
                    let mut line = Line::default();
                    if let Some(id) = id {
                        line.order_id = batch.arena.keep(&id.to_string());
                        let next = firsts.len() as u32;
                        before = *known.entry((*id, *store)).or_insert(next);
                        if before == next {
                            firsts.push(expected.len() as u32);
                        }
                    } else {
                        line.flags.set(Flags::CONTINUES);
                    }
                    batch.lines.push(&line);
                    stores.push(*store);
                    expected.push(before);
                    places.push(At { batch: number as u32, index: index as u32 });
                }
                ledger.batches.push(batch);
            }
            let keys = Keys::of(&ledger, stores);
            let parted = Parted::of(&ledger, &keys);
            prop_assert_eq!((&parted.of_line, &parted.firsts), (&expected, &firsts));
            prop_assert_eq!(&keys.places(), &places);
            prop_assert!((0..).zip(&places).all(|(line, place)| keys.at(line) == *place));
            let lines = |first: &u32| Span { start: *first, len: 1 };
            ledger.orders = firsts.iter().map(|first| Order { lines: lines(first), ..Order::default() }).collect();
            ledger.lines = places;
            for id in 0..10_u32 {
                let name = id.to_string();
                let mut found: Vec<u32> = parted.index.find(&ledger, &name).map(|(order, _)| order).collect();
                found.sort_unstable();
                let mut orders: Vec<u32> = [0, 1].iter().filter_map(|store| known.get(&(id, *store)).copied()).collect();
                orders.sort_unstable();
                prop_assert!(orders.len() < 2 || !parted.index.is_unique());
                prop_assert_eq!(found, orders);
            }
        }
    }
}
