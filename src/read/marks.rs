//! The bytes that split text, found sixty-four at a time.

use wide::u8x16;

/// Bytes of a group: one bit of a word each.
const GROUP: usize = 64;
const LANE: usize = 16;

/// Walks from one delimiter, quote or line end of a block to the next. Cells are so short that a search of its own
/// for each would spend its time on starting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    delimiter: u8,
    /// Where the group at hand starts.
    base: usize,
    /// Its marks that were not handed out yet, the first one lowest.
    left: u64,
}

impl Marks {
    /// Walks over `bytes` from `at` on.
    pub(super) fn new(bytes: &[u8], at: usize, delimiter: u8) -> Marks {
        let mut marks = Marks { delimiter, base: 0, left: 0 };
        marks.seek(bytes, at);
        marks
    }

    /// Goes on from `at`.
    pub(super) fn seek(&mut self, bytes: &[u8], at: usize) {
        self.base = at - at % GROUP;
        self.left = self.group(bytes) & (u64::MAX << (at % GROUP));
    }

    /// The next mark, or the end of `bytes`.
    #[inline(always)]
    pub(super) fn next(&mut self, bytes: &[u8]) -> usize {
        if self.left == 0 && !self.refill(bytes) {
            return bytes.len();
        }
        // The base is a multiple of the size of a group.
        let at = self.base | self.left.trailing_zeros() as usize;
        self.left &= self.left.wrapping_sub(1);
        at
    }

    /// Turns to the next group that has a mark; whether there is one.
    #[inline(never)]
    fn refill(&mut self, bytes: &[u8]) -> bool {
        while self.left == 0 && self.base + GROUP < bytes.len() {
            self.base += GROUP;
            self.left = self.group(bytes);
        }
        self.left != 0
    }

    /// The marks of the group at hand.
    fn group(&self, bytes: &[u8]) -> u64 {
        let rest = bytes.get(self.base..).unwrap_or_default();
        if let Some(group) = rest.first_chunk::<GROUP>() {
            return self.marks(group);
        }
        // No mark is a zero.
        let mut group = [0; GROUP];
        group.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
        self.marks(&group)
    }

    #[inline]
    fn marks(&self, group: &[u8; GROUP]) -> u64 {
        let (delimiter, quote) = (u8x16::splat(self.delimiter), u8x16::splat(b'"'));
        let (feed, carriage) = (u8x16::splat(b'\n'), u8x16::splat(b'\r'));
        let mut marks = 0;
        for (at, lane) in group.as_chunks::<LANE>().0.iter().enumerate() {
            let lane = u8x16::from(*lane);
            let hits = (lane.simd_eq(delimiter) | lane.simd_eq(quote))
                | (lane.simd_eq(feed) | lane.simd_eq(carriage));
            marks |= u64::from(hits.to_bitmask()) << (at * LANE);
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_found_where_they_are(
            bytes in prop::collection::vec(
                prop_oneof![1 => Just(b','), 1 => Just(b'"'), 1 => Just(b'\n'), 1 => Just(b'\r'), 8 => any::<u8>()],
                0..300,
            ),
            from in 0_usize..300,
        ) {
            let from = from.min(bytes.len());
            let mut marks = Marks::new(&bytes, from, b',');
            let found: Vec<usize> = std::iter::from_fn(|| Some(marks.next(&bytes))).take_while(|at| *at < bytes.len()).collect();
            let is = |at: &usize| matches!(bytes[*at], b',' | b'"' | b'\n' | b'\r');
            prop_assert_eq!(found, (from..bytes.len()).filter(is).collect::<Vec<_>>());
            prop_assert_eq!(marks.next(&bytes), bytes.len());
        }
    }
}
