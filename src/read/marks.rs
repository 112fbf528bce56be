//! The bytes that split text, found sixty-four at a time.

use wide::u8x16;

/// Bytes of a group: one bit of a word each.
const SIZE: usize = 64;
const LANE: usize = 16;

/// Walks over the delimiters and line ends outside of quotes. Cells are so short that a search of its own for each
/// would spend its time on starting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    delimiter: u8,
    /// Where the group at hand starts.
    base: usize,
    /// Its marks that were not handed out yet, the first one lowest.
    left: u64,
    /// Its line ends, handed out or not.
    ends: u64,
    /// All bits where the group ends within quotes, else none.
    inside: u64,
    /// Whether a cell may begin with the first byte of the next group.
    edge: bool,
    /// Whether anything in the group is not as it should be: a quote that neither begins nor ends a cell, or a line end
    /// within quotes.
    odd: bool,
}

impl Marks {
    /// Walks over `bytes` from `at` on, where a record starts.
    pub(super) fn new(bytes: &[u8], at: usize, delimiter: u8) -> Marks {
        let mut marks = Marks { delimiter, base: 0, left: 0, ends: 0, inside: 0, edge: true, odd: false };
        marks.seek(bytes, at);
        marks
    }

    /// Goes on from `at`, where a record starts.
    pub(super) fn seek(&mut self, bytes: &[u8], at: usize) {
        (self.inside, self.edge) = (0, true);
        self.base = at - at % SIZE;
        self.turn(bytes, at % SIZE);
    }

    /// Finds the end of a line in which each quote stands where it should, and hands out the marks up to it, the line end
    /// too: a group at a time, by where it starts. Nothing where a closer look is needed; then it stands where it stood.
    #[inline]
    pub(super) fn line(&mut self, bytes: &[u8], mut take: impl FnMut(usize, u64)) -> Option<usize> {
        let mut walk = *self;
        loop {
            let Group { base, left, ends } = walk.at_hand()?;
            if ends != 0 {
                let end = ends.trailing_zeros();
                let here = left & (u64::MAX >> (63 - end));
                take(base, here);
                walk.left ^= here;
                *self = walk;
                return Some(base | end as usize);
            }
            take(base, left);
            if !walk.advance(bytes) {
                walk.at_hand()?;
                *self = walk;
                return Some(bytes.len());
            }
        }
    }

    /// The group at hand; nothing where a closer look is needed.
    #[inline]
    fn at_hand(&self) -> Option<Group> {
        (!self.odd).then_some(Group { base: self.base, left: self.left, ends: self.left & self.ends })
    }

    /// Steps over a mark at `at`, the first that is left.
    pub(super) fn skip(&mut self, bytes: &[u8], at: usize) {
        if self.left == 0 {
            self.seek(bytes, at + 1);
        } else {
            self.left &= self.left - 1;
        }
    }

    /// Turns to the next group; whether there is one. Without one a closer look is needed where quotes are open.
    fn advance(&mut self, bytes: &[u8]) -> bool {
        self.left = 0;
        self.odd |= self.inside != 0 && self.base + SIZE >= bytes.len();
        if self.base + SIZE >= bytes.len() {
            return false;
        }
        self.base += SIZE;
        self.turn(bytes, 0);
        true
    }

    /// Finds the marks of the group at hand, from its byte `skip` on.
    #[inline(never)]
    fn turn(&mut self, bytes: &[u8], skip: usize) {
        let rest = bytes.get(self.base..).unwrap_or_default();
        let found = rest.first_chunk::<SIZE>().map_or_else(
            || {
                // No mark is a zero.
                let mut group = [0; SIZE];
                group.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
                self.kinds(&group)
            },
            |group| self.kinds(group),
        );
        let from = u64::MAX << skip;
        let (quotes, ends, edges) = (found.quotes & from, found.ends & from, found.edges & from);
        (self.left, self.ends, self.odd) = (edges, ends, false);
        let edge = std::mem::replace(&mut self.edge, edges >> (SIZE - 1) == 1);
        if quotes | self.inside == 0 {
            return;
        }
        // Each quote turns what follows into the other; the quote that opens counts as within.
        let inside = parity(quotes) ^ self.inside;
        let begins = edges << 1 | u64::from(edge) << skip;
        let stops = match rest.get(SIZE) {
            Some(byte) => edges >> 1 | u64::from(self.is_edge(*byte)) << (SIZE - 1),
            // Nothing follows the last byte.
            None => edges >> 1 | 1_u64 << (rest.len().clamp(1, SIZE) - 1),
        };
        let (opening, closing) = (quotes & inside, quotes & !inside);
        self.odd = (opening & !begins) | (closing & !stops) | (ends & inside) != 0;
        self.left &= !inside;
        self.inside = 0_u64.wrapping_sub(inside >> (SIZE - 1));
    }

    fn is_edge(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\n' | b'\r')
    }

    #[inline]
    fn kinds(&self, group: &[u8; SIZE]) -> Kinds {
        let (delimiter, quote) = (u8x16::splat(self.delimiter), u8x16::splat(b'"'));
        let (feed, carriage) = (u8x16::splat(b'\n'), u8x16::splat(b'\r'));
        let (mut quotes, mut ends, mut edges) = (0, 0, 0);
        for (at, lane) in group.as_chunks::<LANE>().0.iter().enumerate() {
            let lane = u8x16::from(*lane);
            let end = lane.simd_eq(feed) | lane.simd_eq(carriage);
            let edge = end | lane.simd_eq(delimiter);
            quotes |= u64::from(lane.simd_eq(quote).to_bitmask()) << (at * LANE);
            ends |= u64::from(end.to_bitmask()) << (at * LANE);
            edges |= u64::from(edge.to_bitmask()) << (at * LANE);
        }
        Kinds { quotes, ends, edges }
    }
}

/// The marks of a group that were not handed out yet, a bit each.
struct Group {
    /// Where it starts, a multiple of its size.
    base: usize,
    left: u64,
    /// Those of them that are line ends.
    ends: u64,
}

/// Where quotes, line ends, and line ends or delimiters stand in a group, a bit each.
struct Kinds {
    quotes: u64,
    ends: u64,
    edges: u64,
}

/// For each bit whether an odd number of bits is set up to it.
const fn parity(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

#[cfg(test)]
mod tests {
    use super::{Group, Marks};
    use proptest::prelude::*;

    /// The marks of a record as a reader finds them who takes a byte at a time; nothing where something is odd.
    fn slowly(bytes: &[u8]) -> Option<Vec<usize>> {
        let (mut marks, mut within) = (Vec::new(), false);
        let is_edge = |byte: Option<&u8>| matches!(byte, None | Some(b',' | b'\n' | b'\r'));
        for (at, byte) in bytes.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            match byte {
                b'"' if within && !is_edge(bytes.get(at + 1)) => return None,
                b'"' if !within && !is_edge(before) => return None,
                b'"' => within = !within,
                b'\n' | b'\r' if within => return None,
                byte if is_edge(Some(byte)) && !within => marks.push(at),
                _ => {}
            }
        }
        (!within).then_some(marks)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn marks_are_found_where_they_are(
            pieces in prop::collection::vec(
                prop_oneof![
                    20 => Just("abcdefgh"), 4 => Just(","), 8 => Just("\"a,b\","), 4 => Just("\"\","), 2 => Just("\r\n"),
                    1 => Just("\n"), 1 => Just("x\n"),
                ],
                0..40,
            ),
            stray in prop::option::weighted(0.2, (0_usize..300, prop_oneof![Just('"'), Just('\n')])),
            from in 0_usize..100,
        ) {
            let mut text: String = pieces.concat();
            if let Some((at, stray)) = stray {
                text.insert(at.min(text.len()), stray);
            }
            let filled = "z".repeat(from) + &text;
            let bytes = filled.as_bytes();
            let mut marks = Marks::new(bytes, from, b',');
            let mut found = Vec::new();
            let mut more = true;
            while let Some(Group { base, left, .. }) = marks.at_hand().filter(|_| more) {
                found.extend((0..64).filter(|bit| left >> bit & 1 == 1).map(|bit| base + bit - from));
                more = marks.advance(bytes);
            }
            prop_assert_eq!(marks.at_hand().map(|_| found), slowly(text.as_bytes()));
        }
    }
}
