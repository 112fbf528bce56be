#![no_main]
#![allow(dead_code)] // the other targets use the rest

#[path = "../bodies.rs"]
mod bodies;

/// Whether the program has another process read it: its readers are not ours, and run out of memory.
fn read_elsewhere(bytes: &[u8]) -> bool {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
    bytes.starts_with(b"\xD0\xCF\x11\xE0")
        || bytes.starts_with(b"PAR1")
        || bytes.starts_with(b"PK") && has(b"workbook.bin")
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if !read_elsewhere(bytes) {
        bodies::sniff(bytes);
    }
});
