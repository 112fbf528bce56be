//! What repeats from row to row is read once.

use rustc_hash::FxHashMap;

/// Cells known by their bytes; beyond so many a column does not repeat, and remembering it only costs.
const MOST: usize = 4096;

/// What the cells of a column mean, by their bytes. Only what depends on the bytes alone may be kept here.
pub struct Memo<T>(FxHashMap<Box<[u8]>, T>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo(FxHashMap::default())
    }
}

impl<T: Copy> Memo<T> {
    /// What `read` made of these bytes when they were first met. Cells that are not text have no bytes, and are read
    /// each time.
    pub fn get(&mut self, raw: &[u8], read: impl FnOnce() -> T) -> T {
        if raw.is_empty() {
            return read();
        }
        if let Some(known) = self.0.get(raw) {
            return *known;
        }
        let meaning = read();
        if self.0.len() < MOST {
            self.0.insert(raw.into(), meaning);
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
        assert_eq!(memo.0.len(), MOST);
        assert_eq!(memo.get(b"1", || 77), 1);
    }
}
