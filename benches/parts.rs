//! Times of the parts of a run on a folder, once: `cargo run --profile fast --example parts -- split FOLDER`.
//!
//! `split` only cuts the bytes into cells: the floor below which no reader gets. `load` makes orders of them, `judge`
//! judges those too. `plain` takes a report instead of a folder and writes its cells as plain as can be: the floor of
//! writing. Seconds of each part go to standard output, for `benches/end_to_end/run.py`.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used)]

#[path = "orders/mod.rs"]
#[allow(dead_code)]
mod orders_made;
mod pipeline;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [part, folder] = arguments.as_slice() else {
        eprintln!("usage: parts split|load|judge FOLDER, or parts plain REPORT");
        return ExitCode::from(2);
    };
    if part == "plain" {
        let (seconds, cells) = pipeline::plain(std::fs::read(folder).expect("a report"));
        println!("plain {seconds:.3} {cells}");
        return ExitCode::SUCCESS;
    }
    let start = Instant::now();
    let files = pipeline::files(Path::new(folder));
    match part.as_str() {
        "split" => {
            let rows: u64 = pipeline::tables(&files).iter().map(|table| pipeline::split(table, 0)).sum();
            println!("split {:.3} {rows}", start.elapsed().as_secs_f64());
        }
        "load" | "judge" => {
            let ledger = pipeline::orders(&files);
            println!("load {:.3} {}", start.elapsed().as_secs_f64(), ledger.orders.len());
            if part == "judge" {
                let start = Instant::now();
                let audit = pipeline::judged(ledger);
                println!("judge {:.3} {}", start.elapsed().as_secs_f64(), audit.shown.len());
            }
        }
        other => {
            eprintln!("no part {other}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
