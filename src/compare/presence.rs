//! Which orders an audit had before it, in twelve characters an order.
//!
//! The JSON lists only orders at risk or late. Of an order that is not listed, a later comparison must tell whether it
//! came to a good end or was in no export at all; so the JSON carries a fingerprint of every order.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 12;

/// 48 bits of the SHA-256 of an order's id: of a million orders and ten thousand questions about others, one in
/// thirty thousand comparisons takes one order for another.
pub fn fingerprint(order_id: &str) -> u64 {
    let hash = Sha256::digest(order_id.as_bytes());
    hash.iter().take(DIGITS / 2).fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// The fingerprints of all orders, by marketplace and store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    stores: BTreeMap<(String, String), Vec<u64>>,
}

impl Presence {
    /// The orders of a store; their order and repetitions do not matter.
    pub fn add(&mut self, marketplace: &str, store: &str, mut orders: Vec<u64>) {
        let all = self.stores.entry((marketplace.to_owned(), store.to_owned())).or_default();
        all.append(&mut orders);
        all.sort_unstable();
        all.dedup();
    }

    /// Whether nothing was written down.
    pub fn is_empty(&self) -> bool {
        self.stores.is_empty()
    }

    /// Marketplace and store of all orders.
    pub fn stores(&self) -> impl Iterator<Item = &(String, String)> {
        self.stores.keys()
    }

    /// Whether an order was in the inputs.
    pub fn has(&self, marketplace: &str, store: &str, order_id: &str) -> bool {
        let key = (marketplace.to_owned(), store.to_owned());
        self.stores.get(&key).is_some_and(|all| all.binary_search(&fingerprint(order_id)).is_ok())
    }

    /// Marketplace, store, orders and their fingerprints in hexadecimal.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &str, usize, String)> {
        self.stores.iter().map(|((marketplace, store), all)| {
            let mut text = String::with_capacity(all.len() * DIGITS);
            for print in all {
                let _ = write!(text, "{print:012x}");
            }
            (marketplace.as_str(), store.as_str(), all.len(), text)
        })
    }

    /// Reads what [`Presence::lines`] wrote; digits that are none are left out.
    pub fn add_text(&mut self, marketplace: &str, store: &str, text: &str) {
        let prints = text.as_bytes().chunks_exact(DIGITS);
        let read = |chunk| std::str::from_utf8(chunk).ok().and_then(|t| u64::from_str_radix(t, 16).ok());
        self.add(marketplace, store, prints.filter_map(read).collect());
    }
}
