//! Lines to orders: rows of one order meet wherever they stand, and an order exported twice counts once.

use crate::normalise::issue::{Issue, Problem};
use crate::normalise::ledger::{At, Batch, Ledger, Order, Span, Store};
use crate::normalise::merge::{merge_rows, resolve_copies};
use crate::order::{Flags, Line, Marketplace, Region};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// What the configuration says of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreFacts {
    /// The store.
    pub name: String,
    /// Only on this marketplace.
    pub marketplace: Option<Marketplace>,
    /// Where it ships from.
    pub ships_from: Region,
    /// eBay handling days.
    pub handling_days: Option<u32>,
}

/// The hash of an order id, or of a waybill.
pub fn hash_of(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Orders by id, without a copy of any id.
#[derive(Default)]
pub struct Index {
    table: HashTable<u32>,
}

impl Index {
    /// Orders with this id, on whatever marketplace and in whatever store.
    pub fn find<'i>(&'i self, ledger: &'i Ledger, id: &'i str) -> impl Iterator<Item = u32> + 'i {
        self.table.iter_hash(hash_of(id)).copied().filter(move |order| {
            let order = &ledger.orders[*order as usize];
            ledger.lines(order).next().is_some_and(|line| line.text(line.record.order_id) == id)
        })
    }
}

/// One order while its lines are being collected.
struct Draft {
    first: At,
    store: u16,
    lines: u32,
    inputs: u32,
    last_input: u32,
}

/// Makes orders of all lines of the ledger's batches. `stores` holds what the configuration knows; `sellers`
/// names the store of rows up to a footer, an input at a time.
pub fn gather(ledger: &mut Ledger, sellers: &[Vec<(u32, String)>], facts: &[StoreFacts]) -> Index {
    let mut collector = Collector { drafts: Vec::new(), of_line: Vec::new(), table: HashTable::new() };
    let mut store_of = StoreNames { sellers, facts, last: None };
    let mut orphans = Vec::new();
    for batch in 0..ledger.batches.len() {
        collector.batch(ledger, batch, &mut store_of, &mut orphans);
    }
    for (input, row) in orphans {
        let slot = &mut ledger.inputs[input as usize];
        slot.rows_in_orders -= 1;
        slot.rejected += 1;
        let value = String::new();
        ledger.issues.push(Issue { input, row, line: 0, column: None, value, problem: Problem::MissingId });
    }
    let Collector { drafts, of_line, table } = collector;
    lay_out(ledger, &drafts, &of_line);
    for (at, draft) in drafts.iter().enumerate() {
        if draft.inputs > 1 {
            resolve_copies(ledger, at);
        }
    }
    merge_rows(ledger);
    Index { table }
}

struct Collector {
    drafts: Vec<Draft>,
    /// The order of every line, batch after batch; `u32::MAX` for a line without one.
    of_line: Vec<u32>,
    table: HashTable<u32>,
}

impl Collector {
    fn batch(
        &mut self,
        ledger: &mut Ledger,
        number: usize,
        names: &mut StoreNames<'_>,
        orphans: &mut Vec<(u32, u32)>,
    ) {
        let input = ledger.batches[number].input;
        let mut previous =
            self.of_line.last().copied().filter(|_| number > 0 && ledger.batches[number - 1].input == input);
        for index in 0..ledger.batches[number].lines.len() {
            let line = ledger.batches[number].lines[index];
            let order = if line.flags.has(Flags::CONTINUES) {
                previous.filter(|order| *order != u32::MAX)
            } else {
                let store = names.store(ledger, input, number, &line);
                let at = At { batch: number as u32, index: index as u32 };
                Some(self.order_for(ledger, at, &line, store))
            };
            self.of_line.push(order.unwrap_or(u32::MAX));
            previous = order;
            match order {
                Some(order) => self.count(ledger, order, input),
                None => orphans.push((input, line.row)),
            }
        }
    }

    fn count(&mut self, ledger: &mut Ledger, order: u32, input: u32) {
        let draft = &mut self.drafts[order as usize];
        draft.lines += 1;
        if draft.last_input != input {
            draft.last_input = input;
            draft.inputs += 1;
            ledger.inputs[input as usize].orders += 1;
        }
    }

    /// The order a line belongs to, found by marketplace, store and id, or a new one.
    fn order_for(&mut self, ledger: &Ledger, at: At, line: &Line, store: u16) -> u32 {
        let batch = &ledger.batches[at.batch as usize];
        let id = batch.arena.get(line.order_id);
        let marketplace = ledger.inputs[batch.input as usize].marketplace;
        let drafts = &self.drafts;
        let id_of = |at: At| {
            let batch: &Batch = &ledger.batches[at.batch as usize];
            (batch, batch.arena.get(batch.lines[at.index as usize].order_id))
        };
        let same = |other: &u32| {
            let draft = &drafts[*other as usize];
            let (batch, other_id) = id_of(draft.first);
            draft.store == store
                && other_id == id
                && ledger.inputs[batch.input as usize].marketplace == marketplace
        };
        let hash = hash_of(id);
        if let Some(found) = self.table.find(hash, same) {
            return *found;
        }
        let number = self.drafts.len() as u32;
        let drafts = &self.drafts;
        self.table.insert_unique(hash, number, |other| {
            if *other == number { hash } else { hash_of(id_of(drafts[*other as usize].first).1) }
        });
        self.drafts.push(Draft { first: at, store, lines: 0, inputs: 0, last_input: u32::MAX });
        number
    }
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

/// Finds the store of a line: its own column, a footer below it, else the input's.
struct StoreNames<'s> {
    sellers: &'s [Vec<(u32, String)>],
    facts: &'s [StoreFacts],
    last: Option<(u32, String, u16)>,
}

impl StoreNames<'_> {
    fn store(&mut self, ledger: &mut Ledger, input: u32, batch: usize, line: &Line) -> u16 {
        let name = {
            let own = ledger.batches[batch].arena.get(line.store);
            let footers = self.sellers.get(input as usize).map_or(&[][..], Vec::as_slice);
            let footer = footers.iter().find(|(row, _)| *row >= line.row).or(footers.last());
            let slot = &ledger.inputs[input as usize];
            // A store the user forced stands before what the file says.
            if slot.store_forced() {
                slot.store.as_str()
            } else if !own.is_empty() {
                own
            } else if let Some((_, seller)) = footer {
                seller
            } else {
                slot.store.as_str()
            }
        };
        if let Some((at, known, store)) = &self.last
            && *at == input
            && known == name
        {
            return *store;
        }
        let name = name.to_owned();
        let marketplace = ledger.inputs[input as usize].marketplace;
        let of_file = ledger.inputs[input as usize].rule.and_then(|at| self.facts.get(at as usize));
        let store = intern(&mut ledger.stores, self.facts, of_file, &name, marketplace);
        self.last = Some((input, name, store));
        store
    }
}

/// What is known of a store goes by its name, else by the file it came from. Stores of one name but different
/// facts (a name used on two marketplaces) stay apart.
fn intern(
    stores: &mut Vec<Store>,
    facts: &[StoreFacts],
    of_file: Option<&StoreFacts>,
    name: &str,
    marketplace: Option<Marketplace>,
) -> u16 {
    let fact = facts
        .iter()
        .find(|fact| fact.name == name && (fact.marketplace.is_none() || fact.marketplace == marketplace))
        .or(of_file);
    let store = Store {
        name: name.to_owned(),
        ships_from: fact.map_or(Region::UNKNOWN, |fact| fact.ships_from),
        handling_days: fact.and_then(|fact| fact.handling_days),
        e_waybill: false,
    };
    let at = stores.iter().position(|known| *known == store).unwrap_or_else(|| {
        stores.push(store);
        stores.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}
