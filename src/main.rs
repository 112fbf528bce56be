//! The program: parse, resolve, run, exit status.

fn main() {}
