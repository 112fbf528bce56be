//! `--annotate files`: a workbook an input file, beside the report, with the verdict in front of every row.

use super::annotated::{Annotated, Shared};
use super::desk::Desk;
use super::owners::Owners;
use super::{Annotate, ReportError, WorkbookOptions, book, pages, styles};
use crate::Audit;
use crate::read::{Found, Limits, ReadFault, open};
use crate::report::steady::save_book;
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Writes a workbook for every input file that holds a table that is known. `save` is given the number of the file,
/// counted from 1, what the file is called, and what fills a file that it opens. The inputs are opened again and
/// never changed. Gives back the inputs that could not be read a second time, and why.
///
/// # Errors
/// When a workbook cannot be made, or `save` fails.
pub fn write_annotated<E: From<ReportError>>(
    audit: &Audit,
    options: &WorkbookOptions,
    found: &[Found],
    limits: &Limits,
    progress: &(dyn Fn(u64) + Sync),
    mut save: impl FnMut(usize, &str, &dyn Fn(&mut File) -> io::Result<()>) -> Result<(), E>,
) -> Result<Vec<(u32, ReadFault)>, E> {
    let styles = styles::Styles::new(options.language);
    let mut not_again = Vec::new();
    let (mut number, mut written) = (0, 0);
    for file in found {
        let opened = open(file, limits);
        let first = number;
        number += opened.len() as u32;
        let inputs = audit.ledger.inputs.get(first as usize..number as usize).unwrap_or_default();
        if !inputs.iter().any(Desk::is_known) {
            continue;
        }
        let jobs =
            || opened.iter().enumerate().map(|(at, entry)| (first + at as u32, entry.as_ref())).collect();
        let write = || -> Result<_, ReportError> {
            let factory = pages::Factory::new(book(audit.as_of.timestamp(), options, &styles)?);
            let desk = Desk::new(audit, options, &styles, &factory, progress);
            let shared = Shared::new(&desk, Annotate::All, Owners::new(&audit.ledger));
            let mut all = Annotated::none(Annotate::All);
            all.add(&shared, jobs())?;
            all.inputs.sort_by_key(|of| of.input);
            Ok((factory, all))
        };
        // The writer of sheets panics where a temporary file takes no more.
        let (factory, all) =
            catch_unwind(AssertUnwindSafe(write)).unwrap_or(Err(ReportError::Stopped)).map_err(E::from)?;
        not_again.extend(all.not_again.iter().cloned());
        let mut book = factory.into_book();
        let sheets: Vec<_> = all.into_sheets().collect();
        if sheets.is_empty() {
            continue;
        }
        for sheet in sheets {
            book.push_worksheet(sheet);
        }
        written += 1;
        let book = std::sync::Mutex::new(book);
        let fill = |out: &mut File| {
            let mut book = book.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            catch_unwind(AssertUnwindSafe(|| save_book(&mut book, out)))
                .unwrap_or_else(|_| {
                    Err(rust_xlsxwriter::XlsxError::IoError(io::ErrorKind::StorageFull.into()))
                })
                .map_err(io::Error::other)
        };
        let name = Path::new(&file.shown).file_stem().unwrap_or_default().to_string_lossy();
        save(written, &name, &fill)?;
    }
    Ok(not_again)
}
