//! Times of single stages on made orders: `cargo bench`, or one of them with `cargo bench -- judge`.
//!
//! All that a stage needs from those before it is done beforehand and not timed.

#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "orders/mod.rs"]
#[allow(dead_code)]
mod orders_made;
#[allow(dead_code)]
mod pipeline;

use chrono::Days;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use shipby::Audit;
use shipby::normalise::Ledger;
use shipby::order::Marketplace;
use shipby::read::Found;
use shipby::report::workbook::{Sources, WorkbookOptions, write_workbook};
use shipby::scan::{Capacity, Draws, Expected, Plan, Shifts, Span, Spell, scan};
use std::io::Cursor;
use std::sync::LazyLock;

/// Orders to measure with: enough for several windows of every file. A test only shows that the stages still work.
const ORDERS: u64 = if cfg!(debug_assertions) { 2_000 } else { 200_000 };

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    orders_made::write_all(folder.path(), ORDERS).expect("orders to measure with");
    folder
});

fn main() {
    divan::main();
}

/// Files of one kind, and their bytes.
fn files(tracking: bool) -> (Vec<Found>, u64) {
    let all = pipeline::files(FOLDER.path()).into_iter();
    let is_tracking =
        |found: &Found| ["tracking.csv", "logistics.csv"].iter().any(|end| found.shown.ends_with(end));
    let files: Vec<Found> = all.filter(|found| tracking || !is_tracking(found)).collect();
    let bytes = files.iter().filter_map(|found| found.path.metadata().ok()).map(|meta| meta.len()).sum();
    (files, bytes)
}

/// Bytes to rows, no cell looked at.
#[divan::bench(sample_count = 10)]
fn split(bencher: Bencher<'_, '_>) {
    let (files, bytes) = files(false);
    let tables = pipeline::tables(&files);
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| tables.iter().map(|table| pipeline::split(table, 0)).sum::<u64>());
}

/// Bytes to cells, all of them decoded.
#[divan::bench(sample_count = 10)]
fn decode(bencher: Bencher<'_, '_>) {
    let (files, bytes) = files(false);
    let tables = pipeline::tables(&files);
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| tables.iter().map(|table| pipeline::split(table, usize::MAX)).sum::<u64>());
}

/// Order exports to orders.
#[divan::bench(sample_count = 10)]
fn normalise(bencher: Bencher<'_, '_>) {
    let (files, _) = files(false);
    bencher.counter(ItemsCount::new(ORDERS)).bench(|| pipeline::orders(&files));
}

/// The same with tracking files joined: what it takes longer is the reading of these, and the join.
#[divan::bench(sample_count = 10)]
fn normalise_and_join(bencher: Bencher<'_, '_>) {
    let (files, _) = files(true);
    bencher.counter(ItemsCount::new(ORDERS)).bench(|| pipeline::orders(&files));
}

/// Orders to findings.
#[divan::bench(sample_count = 10)]
fn judge(bencher: Bencher<'_, '_>) {
    let (files, _) = files(true);
    bencher
        .counter(ItemsCount::new(ORDERS))
        .with_inputs(|| pipeline::orders(&files))
        .bench_values(pipeline::judged);
}

/// Every row of all inputs with its verdict, beside the same cells written plain: prints how many times as long it takes.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn write_annotated(bencher: Bencher<'_, '_>) {
    let (files, _) = files(false);
    let audit = pipeline::judged(pipeline::orders(&files));
    let write = || {
        let mut out = Cursor::new(Vec::new());
        pipeline::annotated(&audit, &files, &mut out);
        out.into_inner()
    };
    let start = std::time::Instant::now();
    let report = write();
    let (took, (plain, cells)) = (start.elapsed().as_secs_f64(), pipeline::plain(report));
    println!("{cells} cells: {took:.2} s, {:.2} times plain writing", took / plain.max(1e-9));
    bencher.counter(ItemsCount::new(cells)).bench(write);
}

/// Findings to a workbook without annotated sheets.
#[divan::bench(sample_count = 3)]
fn write(bencher: Bencher<'_, '_>) {
    let (files, _) = files(true);
    let audit = pipeline::judged(pipeline::orders(&files));
    bencher.counter(ItemsCount::new(audit.shown.len())).bench(|| {
        let options = WorkbookOptions::default();
        write_workbook(&audit, &options, Sources::None, Cursor::new(Vec::new()), &|_| {}).expect("a workbook")
    });
}

/// A promotion of so many orders over fourteen days, with hands for most of them.
fn promotion(orders: u64, draws: Option<u32>) -> (Audit, Plan) {
    let audit = pipeline::judged(Ledger::default());
    let from = audit.as_of.date_naive() + Days::new(1);
    let of = |(marketplace, share)| Expected {
        marketplace,
        store: None,
        spell: Spell::Window,
        orders: orders * share / 10,
    };
    let plan = Plan {
        span: Span { from, to: from + Days::new(13) },
        expected: [(Marketplace::Jd, 4), (Marketplace::Douyin, 3), (Marketplace::Pinduoduo, 3)]
            .map(of)
            .to_vec(),
        capacity: Capacity::Daily {
            orders: orders / 15,
            shifts: Shifts { hours: (8, 22), days_off: Vec::new() },
        },
        open: false,
        draws: draws.map(|n| Draws { n, seed: 1 }),
    };
    (audit, plan)
}

/// A promotion, all its cases and the least capacities.
#[divan::bench(args = [50_000, 1_000_000], sample_count = 10)]
fn promotion_once(bencher: Bencher<'_, '_>, orders: u64) {
    let (audit, plan) = promotion(orders, None);
    bencher.counter(ItemsCount::new(orders)).bench(|| scan(&audit, &plan).totals);
}

/// The same with runs by chance: how many times that of one run they take shows beside it.
#[divan::bench(args = [1, 1_000], sample_count = 5)]
fn promotion_trials(bencher: Bencher<'_, '_>, n: u32) {
    let (audit, plan) = promotion(50_000, Some(n));
    bencher.counter(ItemsCount::new(n)).bench(|| scan(&audit, &plan).totals);
}
