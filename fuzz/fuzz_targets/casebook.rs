#![no_main]
#![allow(dead_code)] // the other targets use the rest

#[path = "../bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::casebook(bytes));
