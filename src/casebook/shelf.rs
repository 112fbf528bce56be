//! Rows of one kind, kept in their order and found by a key without looking at the others.

use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// Rows, and where those of a key stand.
#[derive(Clone, Debug)]
pub(super) struct Shelf<K, T> {
    rows: Vec<T>,
    places: FxHashMap<K, Vec<u32>>,
}

// Not derived: that would ask for a default of `K` and `T`.
impl<K, T> Default for Shelf<K, T> {
    fn default() -> Self {
        Shelf { rows: Vec::new(), places: FxHashMap::default() }
    }
}

impl<K: Eq + Hash, T> Shelf<K, T> {
    /// Adds a row under one or more keys.
    pub fn add(&mut self, keys: impl IntoIterator<Item = K>, row: T) {
        let place = self.rows.len() as u32;
        for key in keys {
            self.places.entry(key).or_default().push(place);
        }
        self.rows.push(row);
    }

    /// The rows of a key, in their order.
    pub fn of<'s, Q: Eq + Hash + ?Sized>(&'s self, key: &Q) -> impl Iterator<Item = &'s T> + use<'s, K, T, Q>
    where
        K: Borrow<Q>,
    {
        // A key need not be hashed to find nothing among nothing.
        let found = if self.rows.is_empty() { None } else { self.places.get(key) };
        let places = found.map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.rows.get(*place as usize))
    }

    /// Every row.
    pub fn all(&self) -> &[T] {
        &self.rows
    }
}
