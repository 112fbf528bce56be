//! What repeats from row to row is read once.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Cells known by their bytes; beyond so many a column does not repeat, and remembering it only costs.
const MOST: usize = 4096;

/// Cells that were met lately.
const NEAR: usize = 128;

/// What the cells of a column mean, by their bytes. Only what depends on the bytes alone may be kept here.
pub struct Memo<T> {
    known: Vec<(Box<[u8]>, T)>,
    places: HashTable<u16>,
    /// Where cells stand among the known, by a few of their bytes: most columns hold a handful of words, for which
    /// hashing costs more than comparing.
    near: [u16; NEAR],
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo { known: Vec::new(), places: HashTable::new(), near: [u16::MAX; NEAR] }
    }
}

impl<T: Copy> Memo<T> {
    /// What `read` made of these bytes when they were first met. Cells that are not text have no bytes, and are read
    /// each time.
    pub fn get(&mut self, raw: &[u8], read: impl FnOnce() -> T) -> T {
        let Some(last) = raw.last() else { return read() };
        let middle = usize::from(raw[raw.len() / 2]);
        let near = (raw.len() * 5 + usize::from(*last) + middle * 7) % NEAR;
        if let Some((key, meaning)) = self.known.get(usize::from(self.near[near]))
            && **key == *raw
        {
            return *meaning;
        }
        let hash = FxBuildHasher.hash_one(raw);
        if let Some(at) = self.places.find(hash, |at| *self.known[usize::from(*at)].0 == *raw) {
            self.near[near] = *at;
            return self.known[usize::from(*at)].1;
        }
        let meaning = read();
        if self.known.len() < MOST {
            let at = self.known.len() as u16;
            self.known.push((raw.into(), meaning));
            self.places
                .insert_unique(hash, at, |at| FxBuildHasher.hash_one(&*self.known[usize::from(*at)].0));
            self.near[near] = at;
        }
        meaning
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Memo};

    #[test]
    fn a_cell_is_read_once_and_one_without_bytes_each_time() {
        let (mut memo, mut reads) = (Memo::default(), 0);
        for raw in ["a", "b", "a", "", ""] {
            let read = || {
                reads += 1;
                raw.len()
            };
            assert_eq!(memo.get(raw.as_bytes(), read), raw.len());
        }
        assert_eq!(reads, 4);
    }

    #[test]
    fn a_column_that_never_repeats_is_not_remembered_for_ever() {
        let mut memo = Memo::default();
        for n in 0..3 * MOST {
            assert_eq!(memo.get(n.to_string().as_bytes(), || n), n);
        }
        assert_eq!(memo.known.len(), MOST);
        assert_eq!(memo.get(b"1", || 77), 1);
    }
}
