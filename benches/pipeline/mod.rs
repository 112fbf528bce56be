//! The stages of the pipeline as a library's user calls them.

use shipby::Audit;
use shipby::casebook::Casebook;
use shipby::normalise::{Ledger, LoadOptions, load};
use shipby::order::{FieldKind, Instant};
use shipby::read::{Found, Limits, Table, discover, open};
use shipby::rulebook::Book;
use std::path::Path;

/// The files of a folder.
pub fn files(folder: &Path) -> Vec<Found> {
    discover(&[folder.to_owned()]).expect("a folder of exports")
}

/// The tables of files.
pub fn tables(files: &[Found]) -> Vec<Table> {
    files.iter().flat_map(|found| open(found, &Limits::default())).flatten().collect()
}

/// Cuts all rows of a table and touches so many cells of each; how many rows there are.
pub fn split(table: &Table, cells: usize) -> u64 {
    let heads = table.heads(30).expect("heads");
    let head = heads.iter().max_by_key(|head| head.rows.iter().map(|(_, cells)| cells.len()).max());
    let Some(head) = head else { return 0 };
    let width = head.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let blocks = table.read(head.delimiter, width, &|_| {}, |block| {
        let mut filled = 0_u64;
        block.for_each(|row| {
            filled += (0..row.len().min(cells)).filter(|column| !row.cell(*column).is_empty()).count() as u64;
        });
        filled
    });
    let blocks = blocks.expect("a table that can be read");
    std::hint::black_box(blocks.iter().map(|block| block.value).sum::<u64>());
    blocks.iter().map(|block| u64::from(block.rows)).sum()
}

/// Everything up to orders.
pub fn orders(files: &[Found]) -> Ledger {
    let layouts = shipby::recognise::layouts(&[]).expect("the layouts");
    load(files, &LoadOptions { layouts, ..LoadOptions::default() }, &|_| {})
}

/// The judging.
pub fn judged(ledger: Ledger) -> Audit {
    let book = Book::built_in().expect("the rulebook");
    shipby::audit(ledger, book, Casebook::default(), as_of(), &|_| {}).expect("an audit")
}

/// The moment for which the orders are made.
fn as_of() -> Instant {
    let zone = chrono_tz::Tz::Asia__Shanghai;
    shipby::normalise::parse_local(super::orders_made::AS_OF, zone, FieldKind::Moment).expect("a time")
}
