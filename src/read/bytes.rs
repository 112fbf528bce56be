//! Bytes of text: stretches of them, and eight looked at together.

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

/// The first `wanted` at or after `from`.
pub(super) fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    memchr::memchr(wanted, bytes.get(from..)?).map(|found| from + found)
}
