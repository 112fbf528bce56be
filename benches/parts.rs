//! Times of the parts of a run on a folder, once: `cargo run --profile fast --example parts -- split FOLDER`.
//!
//! `split` only cuts the bytes into cells: the floor below which no reader gets. `load` makes orders of them, `judge`
//! judges those too. `plain` takes a report instead of a folder and writes its cells as plain as can be: the floor of
//! writing. `annotated` writes the report of a folder with every row annotated, and says what only that took. Seconds of
//! each part go to standard output, for `benches/end_to_end/run.py`.

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
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["plain", report] => plain(report),
        ["annotated", folder, report] => annotated(folder, report),
        [part @ ("split" | "load" | "judge"), folder] => of_run(part, folder),
        _ => {
            eprintln!(
                "usage: parts split|load|judge FOLDER, parts plain REPORT, or parts annotated FOLDER REPORT"
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn plain(report: &str) {
    let (seconds, cells) = pipeline::plain(std::fs::read(report).expect("a report"));
    println!("plain {seconds:.3} {cells}");
}

fn annotated(folder: &str, report: &str) {
    let files = pipeline::files(Path::new(folder));
    let audit = pipeline::judged(pipeline::orders(&files));
    let ((before, memory), start) = (pipeline::used(), Instant::now());
    pipeline::annotated(&audit, &files, std::fs::File::create(report).expect("a report"));
    let (wall, (after, _)) = (start.elapsed().as_secs_f64(), pipeline::used());
    // Memory before it, so that the peak of the process tells what writing adds.
    println!("annotated {wall:.3} {:.3} {memory:.1}", after - before);
}

fn of_run(part: &str, folder: &str) {
    let start = Instant::now();
    let files = pipeline::files(Path::new(folder));
    if part == "split" {
        let rows: u64 = pipeline::tables(&files).iter().map(|table| pipeline::split(table, 0)).sum();
        println!("split {:.3} {rows}", start.elapsed().as_secs_f64());
        return;
    }
    let ledger = pipeline::orders(&files);
    println!("load {:.3} {}", start.elapsed().as_secs_f64(), ledger.orders.len());
    if part == "judge" {
        let start = Instant::now();
        let audit = pipeline::judged(ledger);
        println!("judge {:.3} {}", start.elapsed().as_secs_f64(), audit.shown.len());
    }
}
