//! The workbook: made for a manager to open and an operator to work through.
//!
//! [`write_workbook`] makes one `.xlsx` of an audit: a summary, the orders at risk, an annotated sheet for each
//! input, the data issues, the rules and the run; a file a sheet. Rows of tables are made by several threads and do not
//! stay in memory: `report/rows`. The same audit and options give the same bytes,
//! however many threads there are. Nothing from an input is ever a formula, a link or a sheet's name.

mod actions;
mod annotated;
mod at_risk;
mod breakdown;
mod cells;
mod changes;
mod charts;
mod defects;
pub(in crate::report) mod desk;
mod exemptions;
mod files;
mod first;
mod front;
mod issues;
mod opening;
mod owners;
pub(in crate::report) mod pages;
mod paper;
mod periods;
mod rules;
mod run;
mod sheet_rows;
mod stores;
mod stream;
pub(in crate::report) mod styles;
mod summary;
pub(in crate::report) mod text;
mod trend;

#[cfg(test)]
mod tests;

use crate::Audit;
use crate::compare::{Changes, Week};
use crate::read::{Found, Limits, ReadFault, Table};
use crate::report::provenance::Provenance;
use crate::report::work::work;
use crate::words::Language;
use chrono_tz::Tz;
use pages::Sheet;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io::{Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use thiserror::Error;

/// Which rows stand on the annotated sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Annotate {
    /// Every row of all inputs up to [`AUTO_ROWS`] in total; beyond that as [`Annotate::Risk`].
    #[default]
    Auto,
    /// Every row.
    All,
    /// Rows of orders that are at risk or late.
    Risk,
    /// Every row, in files of their own beside the report: [`write_annotated`].
    Files,
    /// No annotated sheets.
    None,
}

/// Rows in total up to which [`Annotate::Auto`] lists all of them.
pub const AUTO_ROWS: u64 = 200_000;

/// How the workbook is written.
#[derive(Clone, Debug)]
pub struct WorkbookOptions {
    /// Its language.
    pub language: Language,
    /// Which rows stand on the annotated sheets.
    pub annotate: Annotate,
    /// Whether names, phones and addresses are hidden.
    pub mask: bool,
    /// The reader's zone: for the moment of the audit, and for times that belong to no order.
    pub zone: Tz,
    /// Where temporary files go; best the folder of the report. `None` is the system's.
    pub temporary: Option<PathBuf>,
    /// Whether it is the managers' short copy: no order, and no link to what is not there.
    pub(crate) share: bool,
    /// What the run was given, for the Run sheet.
    pub provenance: Provenance,
    /// Rows a sheet below its headings; tests make it small.
    pub(crate) rows: u32,
}

impl Default for WorkbookOptions {
    fn default() -> WorkbookOptions {
        WorkbookOptions {
            language: Language::default(),
            annotate: Annotate::Auto,
            mask: true,
            zone: Tz::Asia__Shanghai,
            temporary: None,
            share: false,
            provenance: Provenance::default(),
            rows: pages::ROWS,
        }
    }
}

/// Where the tables of the inputs are read a second time, for the annotated sheets.
#[derive(Clone, Copy)]
pub enum Sources<'s> {
    /// Nowhere: no annotated sheets.
    None,
    /// The files that the ledger was loaded from, the same list in the same order; they are opened again, a few
    /// at a time. What stood on standard input cannot be.
    Files {
        /// The files.
        found: &'s [Found],
        /// The limits they were loaded with.
        limits: Limits,
    },
    /// Tables that were kept open, each with the number of its input.
    Tables(&'s [(u32, Table)]),
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkbookSummary {
    /// The sheets, in their order.
    pub sheets: Vec<String>,
    /// Rows of the list of orders at risk.
    pub listed: u64,
    /// Rows on annotated sheets.
    pub annotated: u64,
    /// Which rows those are; never [`Annotate::Auto`].
    pub rows: Annotate,
    /// Inputs that could not be read a second time, and why; they have no annotated sheet.
    pub not_again: Vec<(u32, ReadFault)>,
}

pub use files::write_annotated;

/// Why no workbook was written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The writer refused; the message says what.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] XlsxError),
    /// Writing stopped half-way, as it does when the disk is full.
    #[error("the workbook could not be written; is the disk full?")]
    Stopped,
}

/// Cells of long tables that will be written, for a progress bar: what `progress` is told in all, but for a few, when
/// inputs have not changed.
pub fn planned_cells(audit: &Audit, options: &WorkbookOptions) -> u64 {
    let listed = audit.shown.len() * at_risk::CELLS + audit.issues.len() * issues::CELLS;
    let annotated = match annotated::settle(audit, options.annotate) {
        Annotate::All | Annotate::Files => annotated::cells_in_all(audit),
        Annotate::Risk => annotated::cells_at_risk(audit),
        _ => 0,
    };
    listed as u64 + annotated
}

/// Writes the workbook. `progress` is told of cells as they are written.
///
/// # Errors
/// When a temporary file or `out` cannot be written. What `out` holds then is no workbook.
pub fn write_workbook(
    audit: &Audit,
    options: &WorkbookOptions,
    sources: Sources<'_>,
    out: impl Write + Seek + Send,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<WorkbookSummary, ReportError> {
    // The writer of sheets panics where a temporary file takes no more.
    let written = catch_unwind(AssertUnwindSafe(|| write(audit, options, sources, out, progress)));
    written.unwrap_or(Err(ReportError::Stopped))
}

fn write(
    audit: &Audit,
    options: &WorkbookOptions,
    sources: Sources<'_>,
    out: impl Write + Seek + Send,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<WorkbookSummary, ReportError> {
    let styles = styles::Styles::new(options.language);
    let factory =
        pages::Factory::new(book(audit.as_of.timestamp(), options, &styles)?, options.temporary.as_deref())?;
    let desk = desk::Desk::new(audit, options, &styles, &factory, progress);
    // Side by side, as each has stretches that only one thread can do.
    let ((works, breakdown), orders) = rayon::join(
        || (work(audit), breakdown::write(&desk)),
        || -> Result<_, ReportError> {
            let annotated = annotated::write(&desk, sources)?;
            Ok((at_risk::write(&desk, &annotated)?, annotated))
        },
    );
    let (at_risk, annotated) = orders?;
    let breakdown = breakdown?;
    let desk = desk.with_works(works);
    let mut sheets = vec![summary::write(&desk, &annotated)?.into()];
    sheets.extend(at_risk);
    if let Some(changes) = &audit.past.changes {
        sheets.extend(changes::write(&desk.paper(), changes)?);
    }
    sheets.push(actions::write(&desk)?);
    sheets.extend(exemptions::write(&desk)?);
    sheets.push(periods::write(&desk)?);
    sheets.extend(trend::write(&desk.paper(), &audit.past.weeks, desk.today())?.into_iter().map(Sheet::from));
    sheets.extend(defects::write(&desk)?);
    sheets.push(breakdown.into());
    // The sheets of inputs stand between ours about orders and the data issues.
    let before = sheets.len();
    sheets.extend(issues::write(&desk, &annotated)?);
    sheets.push(rules::write(&desk)?);
    sheets.push(run::write(&desk, &annotated)?.into());
    let summary = annotated.summary(audit);
    sheets.splice(before..before, annotated.into_sheets());
    let sheets = factory.bind(sheets, out)?;
    Ok(WorkbookSummary { sheets, ..summary })
}

/// Writes the managers' short copy: the summary, the stores' weeks and the trend, without any order.
///
/// # Errors
/// As [`write_workbook`].
pub fn write_share(
    audit: &Audit,
    options: &WorkbookOptions,
    out: impl Write + Seek + Send,
) -> Result<Vec<String>, ReportError> {
    let options = WorkbookOptions { share: true, annotate: Annotate::None, ..options.clone() };
    let styles = styles::Styles::new(options.language);
    let written = catch_unwind(AssertUnwindSafe(|| {
        let factory = pages::Factory::new(
            book(audit.as_of.timestamp(), &options, &styles)?,
            options.temporary.as_deref(),
        )?;
        let desk = desk::Desk::new(audit, &options, &styles, &factory, &|_| {}).with_works(work(audit));
        let annotated = annotated::write(&desk, Sources::None)?;
        let mut sheets = vec![summary::write(&desk, &annotated)?.into(), periods::write(&desk)?];
        sheets.extend(
            trend::write(&desk.paper(), &audit.past.weeks, desk.today())?.into_iter().map(Sheet::from),
        );
        Ok(factory.bind(sheets, out)?)
    }));
    written.unwrap_or(Err(ReportError::Stopped))
}

/// Writes a workbook of what changed between two audits: the changes and the trend.
///
/// # Errors
/// As [`write_workbook`].
pub fn write_trend(
    changes: &Changes,
    weeks: &[Week],
    options: &WorkbookOptions,
    out: impl Write + Seek + Send,
) -> Result<Vec<String>, ReportError> {
    let styles = styles::Styles::new(options.language);
    let written = catch_unwind(AssertUnwindSafe(|| {
        let this = changes.moments[1];
        let factory =
            pages::Factory::new(book(this.timestamp(), options, &styles)?, options.temporary.as_deref())?;
        let words = options.language.words();
        let paper = paper::Paper { words, styles: &styles, factory: &factory, rows: pages::ROWS };
        let mut sheets = changes::write(&paper, changes)?;
        let trend = trend::write(&paper, weeks, this.with_timezone(&options.zone).date_naive())?;
        sheets.extend(trend.into_iter().map(Sheet::from));
        Ok(factory.bind(sheets, out)?)
    }));
    written.unwrap_or(Err(ReportError::Stopped))
}

/// An empty workbook: with the moment of the audit, in seconds of Unix time, as its time of creation, so that bytes do not depend on when
/// it is written.
pub(in crate::report) fn book(
    moment: i64,
    options: &WorkbookOptions,
    styles: &styles::Styles,
) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    if let Some(folder) = &options.temporary {
        book.set_tempdir(folder)?;
    }
    let created = ExcelDateTime::from_timestamp(moment)?;
    let words = options.language.words();
    let properties = DocProperties::new()
        .set_title(words.get("workbook.title"))
        .set_author(words.get("workbook.creator"))
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    // A third faster than the usual level, and a fifth larger.
    book.set_zip_compression_level(3);
    styles.register(&mut book);
    Ok(book)
}
