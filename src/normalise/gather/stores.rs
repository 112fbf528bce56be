//! Which store a line is of.

use crate::normalise::ledger::{Ledger, Store};
use crate::order::{LineHead, Marketplace, Region};

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

/// Finds the store of a line: its own column, a footer below it, else the input's.
pub(super) struct StoreNames<'s> {
    pub(super) sellers: &'s [Vec<(u32, String)>],
    pub(super) facts: &'s [StoreFacts],
    pub(super) last: Option<(u32, String, u16)>,
}

impl StoreNames<'_> {
    pub(super) fn store(&mut self, ledger: &mut Ledger, input: u32, batch: usize, line: &LineHead) -> u16 {
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
