//! The scan as a workbook: the answer on the first page, a table an answer behind it.

mod basis;
mod front;
mod sheets;
mod table;

use crate::audit::Audit;
use crate::report::scan::say::Teller;
use crate::report::workbook::pages::{Factory, Sheet};
use crate::report::workbook::styles::Styles;
use crate::report::workbook::text::sheet_name;
use crate::report::workbook::{ReportError, WorkbookOptions, book};
use crate::scan::Scan;
use std::io::{Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What every sheet is written with.
pub(super) struct Desk<'d> {
    /// The audit behind the scan.
    pub audit: &'d Audit,
    /// The scan.
    pub scan: &'d Scan,
    /// Says things.
    pub teller: Teller<'d>,
    /// The formats of the report.
    pub styles: &'d Styles,
    /// Makes sheets.
    pub factory: &'d Factory,
}

impl Desk<'_> {
    /// A text under `scan` with values put in.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.teller.say(key, values)
    }

    /// The name of one of our sheets.
    pub fn sheet(&self, key: &str) -> String {
        sheet_name(&self.say(&format!("sheet.{key}"), &[]))
    }
}

/// Writes the workbook of a scan; returns the names of its sheets. The same scan gives the same bytes.
///
/// # Errors
/// When a temporary file or `out` cannot be written. What `out` holds then is no workbook.
pub fn write_scan_workbook(
    audit: &Audit,
    scan: &Scan,
    options: &WorkbookOptions,
    out: impl Write + Seek + Send,
) -> Result<Vec<String>, ReportError> {
    // The writer of sheets panics where a temporary file takes no more.
    let written = catch_unwind(AssertUnwindSafe(|| {
        let styles = Styles::new(options.language);
        let factory =
            Factory::new(book(scan.as_of().timestamp(), options, &styles)?, options.temporary.as_deref())?;
        let teller = Teller::new(scan, options.language);
        let desk = Desk { audit, scan, teller, styles: &styles, factory: &factory };
        let mut sheets: Vec<Sheet> = vec![front::write(&desk)?.into()];
        for write in sheets::ALL {
            sheets.extend(write(&desk)?);
        }
        Ok(factory.bind(sheets, out)?)
    }));
    written.unwrap_or(Err(ReportError::Stopped))
}
