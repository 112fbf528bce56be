//! The stores of the inputs: how many orders each has, and what its orders say of where and by which clock.

use crate::audit::Audit;
use crate::normalise::{Clock, Store};
use crate::order::{Marketplace, Region};
use std::collections::BTreeMap;

/// The store of a marketplace that has none in the inputs.
pub const DEFAULT: &str = "default";

/// A store as the inputs show it.
#[derive(Clone, Debug, Default)]
pub struct Shop {
    /// What the configuration says of it, with the place from which most of its orders ship where that says none.
    pub store: Store,
    /// Its orders.
    pub orders: u64,
    /// How its times are read.
    pub clock: Option<Clock>,
}

/// The stores, by marketplace and name.
#[derive(Clone, Debug, Default)]
pub struct Shops(pub BTreeMap<(Marketplace, String), Shop>);

/// What was counted of a store.
#[derive(Default)]
struct Seen {
    orders: u64,
    input: u32,
    places: BTreeMap<Region, u64>,
}

impl Shops {
    /// The stores of an audit's orders.
    pub fn of(audit: &Audit) -> Shops {
        let ledger = &audit.ledger;
        let mut counted: BTreeMap<(Marketplace, u16), Seen> = BTreeMap::new();
        for order in &ledger.orders {
            let Some(line) = ledger.lines(order).next() else { continue };
            let Some(marketplace) = ledger.inputs[line.batch.input as usize].marketplace else { continue };
            let seen = counted.entry((marketplace, order.store)).or_default();
            if seen.orders == 0 {
                seen.input = line.batch.input;
            }
            seen.orders += 1;
            if line.record.ship_from.is_known() {
                *seen.places.entry(line.record.ship_from).or_default() += 1;
            }
        }
        let mut shops: BTreeMap<(Marketplace, String), Shop> = BTreeMap::new();
        for ((marketplace, number), Seen { orders, input, places }) in counted {
            let store = ledger.stores[usize::from(number)].clone();
            let shop = shops.entry((marketplace, store.name.clone())).or_default();
            if shop.orders == 0 {
                shop.clock.clone_from(&ledger.inputs[input as usize].clock);
                shop.store = store;
            }
            shop.orders += orders;
            let most = places.into_iter().max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)));
            if let Some((place, _)) = most.filter(|_| !shop.store.ships_from.is_known()) {
                shop.store.ships_from = place;
            }
        }
        Shops(shops)
    }

    /// The stores of a marketplace with their orders; one called `default` where there is none.
    pub fn shares(&self, marketplace: Marketplace) -> Vec<(String, u64)> {
        let own = self.0.iter().filter(|((of, _), _)| *of == marketplace);
        let mut shares: Vec<(String, u64)> =
            own.map(|((_, name), shop)| (name.clone(), shop.orders)).collect();
        if shares.is_empty() {
            shares.push((DEFAULT.to_owned(), 1));
        }
        shares
    }

    /// A store; one of which nothing is known but its name where the inputs have no order of it.
    pub fn get(&self, marketplace: Marketplace, name: &str) -> Shop {
        let known = self.0.get(&(marketplace, name.to_owned())).cloned();
        known.unwrap_or_else(|| Shop {
            store: Store { name: name.to_owned(), ..Store::default() },
            ..Shop::default()
        })
    }
}
