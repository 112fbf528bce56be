//! Orders by id, without a copy of any id.
//!
//! Lines are parted by the hash of their id into shards, each of which is filled by one thread; an id is looked for in
//! its shard only.

use crate::normalise::ledger::{At, Ledger};
use crate::order::{Flags, LineHead, Marketplace};
use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Shards: enough for the threads of any desk, few enough that each reads all hashes.
const SHARDS: usize = 16;

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

/// Orders by id.
#[derive(Default)]
pub struct Index {
    shards: Vec<Shard>,
}

/// The orders of one shard, in the order of their first lines.
#[derive(Default)]
struct Shard {
    table: HashTable<u32>,
    firsts: Vec<At>,
    /// For each line of the shard, in order, which of the orders it is of.
    of_line: Vec<u32>,
    /// The numbers of the orders in the ledger.
    numbers: Vec<u32>,
    /// Whether several orders may have one id.
    shared: bool,
}

/// What is known of every line beforehand.
pub(super) struct Keys {
    /// The hash of the line's order id, a batch after the other; 0 for one that belongs to the line before it.
    pub hashes: Vec<Vec<u64>>,
    /// The line's store, likewise.
    pub stores: Vec<Vec<u16>>,
}

impl Keys {
    fn hash(&self, line: At) -> u64 {
        self.hashes[line.batch as usize][line.index as usize]
    }

    fn store(&self, line: At) -> u16 {
        self.stores[line.batch as usize][line.index as usize]
    }

    /// Hashes the ids of all lines.
    pub fn of(ledger: &Ledger, stores: Vec<Vec<u16>>) -> Keys {
        let hashes = ledger.batches.par_iter().map(|batch| {
            let hash = |line: &LineHead| {
                let own = !line.flags.has(Flags::CONTINUES);
                if own { hash_of(batch.arena.get(line.order_id)).max(1) } else { 0 }
            };
            batch.lines.iter().map(hash).collect()
        });
        Keys { hashes: hashes.collect(), stores }
    }
}

impl Index {
    /// Parts lines by their orders: those of one marketplace, store and id are one. Numbers come from
    /// [`Index::number`].
    pub(super) fn of(ledger: &Ledger, keys: &Keys) -> Index {
        let shards = (0..SHARDS).into_par_iter().map(|number| Shard::of(ledger, keys, number));
        Index { shards: shards.collect() }
    }

    /// Goes over all lines in their order and hands each with its order to `each`; orders are numbered as they come.
    /// A line without an id has the order of the line before it in its input, if there is one.
    pub(super) fn number(
        &mut self,
        ledger: &Ledger,
        keys: &Keys,
        mut each: impl FnMut(At, Option<Numbered>),
    ) {
        let mut next_line = [0_usize; SHARDS];
        let mut orders = 0;
        let mut previous: Option<Numbered> = None;
        for (batch, hashes) in keys.hashes.iter().enumerate() {
            if batch > 0 && ledger.batches[batch].input != ledger.batches[batch - 1].input {
                previous = None;
            }
            for (index, &hash) in hashes.iter().enumerate() {
                let at = At { batch: batch as u32, index: index as u32 };
                if hash != 0 {
                    let number = shard_of(hash);
                    let shard = &mut self.shards[number];
                    let order = shard.of_line[next_line[number]] as usize;
                    next_line[number] += 1;
                    if shard.numbers[order] == u32::MAX {
                        shard.numbers[order] = orders;
                        orders += 1;
                    }
                    previous = Some(Numbered {
                        order: shard.numbers[order],
                        store: keys.store(shard.firsts[order]),
                    });
                }
                each(at, previous);
            }
        }
        for shard in &mut self.shards {
            (shard.firsts, shard.of_line) = (Vec::new(), Vec::new());
        }
    }

    /// How many orders there are.
    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.numbers.len()).sum()
    }

    /// Whether no two orders have one id, as far as the hashes tell.
    pub fn is_unique(&self) -> bool {
        !self.shards.iter().any(|shard| shard.shared)
    }

    /// Orders with this id, on whatever marketplace and in whatever store.
    pub fn find<'i>(&'i self, ledger: &'i Ledger, id: &'i str) -> impl Iterator<Item = u32> + 'i {
        let hash = hash_of(id).max(1);
        let shard = self.shards.get(shard_of(hash));
        let found = shard
            .into_iter()
            .flat_map(move |shard| shard.table.iter_hash(hash).map(|order| shard.numbers[*order as usize]));
        found.filter(move |order| ledger.order_id(&ledger.orders[*order as usize]) == id)
    }
}

/// An order of a line.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    pub order: u32,
    pub store: u16,
}

impl Shard {
    fn of(ledger: &Ledger, keys: &Keys, number: usize) -> Shard {
        let lines: usize = keys.hashes.iter().map(Vec::len).sum();
        let mut shard = Shard::default();
        shard.of_line.reserve(lines / SHARDS);
        shard.firsts.reserve(lines / SHARDS);
        shard.table.reserve(lines / SHARDS, |_| 0);
        for (batch, hashes) in keys.hashes.iter().enumerate() {
            for (index, &hash) in hashes.iter().enumerate() {
                if hash != 0 && shard_of(hash) == number {
                    let at = At { batch: batch as u32, index: index as u32 };
                    let order = shard.order_of(ledger, keys, at);
                    shard.of_line.push(order);
                }
            }
        }
        shard.numbers = vec![u32::MAX; shard.firsts.len()];
        // No shard has just its share, and one that grew has twice the room.
        shard.firsts.shrink_to_fit();
        shard.of_line.shrink_to_fit();
        shard
    }

    /// The order of a line: one of the same marketplace, store and id, or a new one.
    fn order_of(&mut self, ledger: &Ledger, keys: &Keys, line: At) -> u32 {
        let (hash, store) = (keys.hash(line), keys.store(line));
        let Shard { table, firsts, shared, .. } = self;
        // The ids last: they stand far away.
        let mut alike = table.iter_hash(hash).filter(|order| keys.hash(firsts[**order as usize]) == hash);
        let same = |order: &&u32| {
            let other = firsts[**order as usize];
            keys.store(other) == store && identity_of(ledger, other) == identity_of(ledger, line)
        };
        let (found, others) = match alike.next() {
            None => (None, false),
            Some(first) if same(&first) => (Some(*first), false),
            Some(_) => (alike.find(same).copied(), true),
        };
        *shared |= others;
        if let Some(found) = found {
            return found;
        }
        let order = firsts.len() as u32;
        firsts.push(line);
        table.insert_unique(hash, order, |other| keys.hash(firsts[*other as usize]));
        order
    }
}

/// The marketplace and the order id of a line.
fn identity_of(ledger: &Ledger, at: At) -> (Option<Marketplace>, &str) {
    let batch = &ledger.batches[at.batch as usize];
    let id = batch.arena.get(batch.lines[at.index as usize].order_id);
    (ledger.inputs[batch.input as usize].marketplace, id)
}
