//! The library in one page: read, judge, count, report; then the same by way of parts.
//!
//!     cargo run --example audit -- samples
//!
//! Nothing here reads the clock or the environment: the moment of the audit is given.
#![allow(clippy::print_stdout)]

use shipby::casebook::Casebook;
use shipby::normalise::{LoadOptions, assemble, load, read_files};
use shipby::order::{FieldKind, Instant};
use shipby::parts::{Basis, Draft, Manifest, PartFile, merge};
use shipby::read::{Found, discover};
use shipby::recognise::layouts;
use shipby::report::json::write_json;
use shipby::report::provenance::of_inputs;
use shipby::rulebook::Book;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let inputs: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let as_of =
        shipby::normalise::parse_local("2026-11-09 12:00", chrono_tz::Asia::Shanghai, FieldKind::Moment)
            .ok_or("no time")?;

    // Read: files to orders. A file that cannot be read is an input with an error, and stops no other.
    let found = discover(&inputs)?;
    let options = LoadOptions { layouts: layouts(&[])?, ..LoadOptions::default() };
    let ledger = load(&found, &options, &|_bytes| {});
    for input in ledger.inputs.iter().filter(|input| input.error.is_some()) {
        println!("not read: {}", input.path);
    }

    // Assess and tally: every order judged once, every rate counted.
    let audit = shipby::audit(ledger, Book::built_in()?, Casebook::default(), as_of, &|_orders| {})?;
    let totals = audit.tally.totals();
    println!("{} orders, {} at risk, {} scores", totals.orders, totals.at_risk, audit.periods.len());
    for shown in audit.shown.iter().take(3) {
        let order = &audit.ledger.orders[shown.order as usize];
        let verdict = audit.verdict(shown.order);
        let rule = verdict.leading().map_or("", |finding| finding.rule.code.0);
        println!("{} {}: {}", audit.ledger.order_id(order), rule, shown.risk.as_str());
    }

    // Report.
    let mut one = Vec::new();
    write_json(&audit, true, &mut one)?;

    // The same by way of parts: one a file, as workers would write them, and merged.
    let folder = tempfile::tempdir()?;
    for file in &found {
        part(file, &options, as_of, folder.path())?;
    }
    let merged = merge(&[folder.path().to_owned()], &|_parts| {})?;
    let audit = shipby::audit(merged.ledger, Book::built_in()?, Casebook::default(), as_of, &|_orders| {})?;
    let mut two = Vec::new();
    write_json(&audit, true, &mut two)?;
    println!(
        "{} parts merged: {}",
        merged.parts.0,
        if one == two { "the same JSON" } else { "another JSON" }
    );
    Ok(())
}

/// What one worker does with one file.
fn part(file: &Found, options: &LoadOptions, as_of: Instant, folder: &Path) -> Result<(), Box<dyn Error>> {
    let found = std::slice::from_ref(file);
    let book = Book::built_in()?;
    let basis = Basis { as_of, rulebook: book.hash.clone(), casebook: None, settings: String::new() };
    let files = of_inputs(found).into_iter().map(|(shown, sha256)| PartFile {
        shown,
        path: file.path.display().to_string(),
        sha256,
    });
    let mut draft = Draft::begin(folder, Manifest::new(basis, &[], Vec::new(), files.collect())?)?;
    let tables = read_files(found, options, &|_bytes| {});
    draft.records(&tables)?;
    let ledger = assemble(tables.into_iter().flatten(), &[]);
    draft.judged(&shipby::audit(ledger, book, Casebook::default(), as_of, &|_orders| {})?)?;
    draft.finish()?;
    Ok(())
}
