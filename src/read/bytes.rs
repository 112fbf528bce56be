//! Bytes looked at eight at a time, for runs too short for a vector search to pay.

/// `bytes[start..end]`, nothing where that does not exist.
pub(super) fn slice(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    bytes.get(start..end).unwrap_or_default()
}

/// The top bit of each byte of `word` that is `wanted`, and no other bit.
pub(super) const fn equal(word: u64, wanted: u8) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x7F; 8]);
    let other = word ^ u64::from_le_bytes([wanted; 8]);
    // Adding carries into the top bit of every byte that is not zero below it, and never further.
    !(((other & LOW) + LOW) | other | LOW)
}

/// The first `wanted` at or after `from`. Cells in quotes are mostly no longer than a few words, and a vector search
/// costs more to start than they take.
pub(super) fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    const WORDS: usize = 3;
    let mut at = from;
    for _ in 0..WORDS {
        let rest = bytes.get(at..)?;
        let Some(word) = rest.first_chunk() else {
            return rest.iter().position(|&byte| byte == wanted).map(|found| at + found);
        };
        match equal(u64::from_le_bytes(*word), wanted) {
            0 => at += word.len(),
            hits => return Some(at + hits.trailing_zeros() as usize / 8),
        }
    }
    memchr::memchr(wanted, bytes.get(at..)?).map(|found| at + found)
}

/// Finds every `wanted` in a line, eight bytes at a time: cells are so short that a search that starts anew
/// behind each delimiter spends its time on starting.
pub(super) fn each_byte(line: &[u8], wanted: u8, mut found: impl FnMut(usize)) {
    let (words, rest) = line.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let mut hits = equal(u64::from_le_bytes(*word), wanted);
        while hits != 0 {
            found(index * 8 + hits.trailing_zeros() as usize / 8);
            hits &= hits - 1;
        }
    }
    let behind = words.len() * 8;
    for (index, _) in rest.iter().enumerate().filter(|&(_, &byte)| byte == wanted) {
        found(behind + index);
    }
}
