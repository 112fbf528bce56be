//! The workbook, read back.

mod back;
mod blocks;
mod claims;
mod safe;

use super::{Sources, WorkbookOptions, WorkbookSummary, write_workbook};
use crate::casebook::{self, Casebook};
use crate::normalise::{LoadOptions, load};
use crate::order::Instant;
use crate::read::{Found, Limits, discover};
use crate::recognise::layouts;
use crate::rulebook::Book;
use crate::{Audit, audit};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// The moment that the samples are made for.
pub const AS_OF: &str = "2026-11-09T12:00:00+08:00";

pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The audit of some inputs, and the files it was loaded from.
pub fn audited(inputs: &[PathBuf], casebook: Option<&str>) -> (Audit, Vec<Found>) {
    audited_within(inputs, casebook, Limits::default())
}

/// As [`audited`], read within other limits.
pub fn audited_within(inputs: &[PathBuf], casebook: Option<&str>, limits: Limits) -> (Audit, Vec<Found>) {
    let found = discover(inputs).expect("inputs");
    let layouts = layouts(&[]).expect("layouts");
    let options = LoadOptions { layouts, limits, ..LoadOptions::default() };
    let ledger = load(&found, &options, &|_| {});
    let book = Book::built_in().expect("the rulebook");
    let (casebook, issues) = match casebook {
        None => (Casebook::default(), Vec::new()),
        Some(path) => casebook::load(&repository(path))
            .map(|loaded| (loaded.casebook, loaded.issues))
            .expect("the casebook"),
    };
    let as_of: Instant = AS_OF.parse().expect("an instant");
    let mut audit = audit(ledger, book, casebook, as_of, &|_| {}).expect("rows that add up");
    audit.casebook_issues = issues;
    (audit, found)
}

/// The workbook of an audit as bytes.
pub fn written(audit: &Audit, found: &[Found], options: &WorkbookOptions) -> (Vec<u8>, WorkbookSummary) {
    let mut out = Cursor::new(Vec::new());
    let sources = Sources::Files { found, limits: Limits::default() };
    let summary = write_workbook(audit, options, sources, &mut out, &|_| {}).expect("a workbook");
    (out.into_inner(), summary)
}
