//! Long tables: rows made in stretches by several threads, under the same headings on as many sheets as they need.

use super::styles::Styles;
use super::text::{fit, page_name};
use crate::report::rows::{self, Filled, Part, Row, Spool, Stretch};
use rayon::prelude::*;
use rust_xlsxwriter::{Format, Note, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Rows of a sheet below its headings.
pub const ROWS: u32 = 1_048_575;
/// Links of a sheet; Excel repairs a file with more than 65,530.
pub const LINKS: u32 = 65_000;

/// Rows that one thread makes in one go. Where they begin and end must not depend on threads.
const STRETCH: usize = 1024;

/// Makes sheets, from several threads, that belong to one workbook.
pub struct Factory {
    book: Mutex<Workbook>,
    spool: Spool,
}

/// A sheet: its frame, and its rows where those are not in it.
pub struct Sheet {
    frame: Worksheet,
    rows: Option<Filled>,
}

impl From<Worksheet> for Sheet {
    fn from(frame: Worksheet) -> Sheet {
        Sheet { frame, rows: None }
    }
}

#[cfg(test)]
impl Sheet {
    /// The same sheet, taken for whole as its frame is.
    pub fn whole(self) -> Sheet {
        Sheet { rows: None, ..self }
    }
}

impl Factory {
    /// A factory of sheets for a workbook; what it keeps meanwhile goes to a file in `temporary`.
    pub fn new(book: Workbook, temporary: Option<&Path>) -> Result<Factory, XlsxError> {
        Ok(Factory { book: Mutex::new(book), spool: Spool::new(temporary)? })
    }

    /// A sheet whose rows go to a temporary file as they are written.
    pub fn sheet(&self, name: &str) -> Result<Worksheet, XlsxError> {
        let mut sheet =
            self.book.lock().unwrap_or_else(PoisonError::into_inner).new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        Ok(sheet)
    }

    /// Where rows are kept until the workbook is bound.
    pub const fn spool(&self) -> &Spool {
        &self.spool
    }

    /// Binds sheets into the workbook and writes it; returns their names.
    pub fn bind(self, sheets: Vec<Sheet>, out: impl Write) -> Result<Vec<String>, XlsxError> {
        let mut book = self.book.into_inner().unwrap_or_else(PoisonError::into_inner);
        let names = sheets.iter().map(|sheet| sheet.frame.name()).collect();
        let mut filled = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            book.push_worksheet(sheet.frame);
            filled.push(sheet.rows);
        }
        rows::bind(&book.save_to_buffer()?, &filled, &self.spool, out)?;
        Ok(names)
    }
}

/// What kind of column it is, by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One of ours.
    Ours,
    /// One of ours that holds numbers.
    Number,
    /// One of an input.
    Input,
    /// One to fill in.
    FillIn,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its width in characters.
    pub width: f64,
    /// What kind it is.
    pub role: Role,
    /// A note on its heading.
    pub note: Option<String>,
}

impl Column {
    /// One of our columns.
    pub fn ours(title: &str, width: f64, role: Role) -> Column {
        Column { title: title.to_owned(), width, role, note: None }
    }
}

/// How a table stands on its sheets.
#[derive(Clone, Debug)]
pub struct Look {
    /// The first sheet's name.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Columns that stay in sight.
    pub frozen: u16,
    /// Pages side by side when printed; 0 for as many as it takes.
    pub pages_wide: u16,
    /// Rows a sheet; less than [`ROWS`] only in tests.
    pub rows: u32,
}

/// A table on as many sheets as it needs.
pub struct Pages<'p> {
    factory: &'p Factory,
    styles: &'p Styles,
    /// How it stands; widths count when its sheets are finished.
    pub look: Look,
    /// Is told of cells as they are written.
    progress: Option<&'p (dyn Fn(u64) + Sync)>,
    parts: Vec<Part>,
    rows: u64,
}

impl<'p> Pages<'p> {
    /// A table with its headings and no rows yet.
    pub fn new(factory: &'p Factory, styles: &'p Styles, look: Look) -> Pages<'p> {
        Pages { factory, styles, look, progress: None, parts: Vec::new(), rows: 0 }
    }

    /// The same table, which tells of its cells as they are written.
    #[must_use]
    pub fn telling(self, progress: &'p (dyn Fn(u64) + Sync)) -> Pages<'p> {
        Pages { progress: Some(progress), ..self }
    }

    /// Adds a row an item, by as many threads as there are. Every thread has a scratch of its own.
    pub fn fill<T: Sync, S: Default>(
        &mut self,
        items: &[T],
        write: impl Fn(&mut S, &mut Row<'_>, &T) + Sync,
    ) -> Result<(), XlsxError> {
        let (spool, rows, first) = (self.factory.spool(), self.look.rows, self.rows);
        let (columns, progress) = (self.look.columns.len() as u64, self.progress);
        let made: io::Result<Vec<Vec<Part>>> = items
            .par_chunks(STRETCH)
            .enumerate()
            .map(|(at, items)| {
                let mut stretch = Stretch::new(spool, rows, first + (at * STRETCH) as u64);
                let mut scratch = S::default();
                for item in items {
                    stretch.row(|row| write(&mut scratch, row, item))?;
                }
                if let Some(progress) = progress {
                    progress(items.len() as u64 * columns);
                }
                stretch.finish()
            })
            .collect();
        self.add(items.len() as u64, made?);
        Ok(())
    }

    /// Adds a single row.
    pub fn row(&mut self, write: impl FnOnce(&mut Row<'_>)) -> Result<(), XlsxError> {
        let mut stretch = Stretch::new(self.factory.spool(), self.look.rows, self.rows);
        stretch.row(write)?;
        let made = stretch.finish()?;
        self.add(1, vec![made]);
        Ok(())
    }

    /// Adds rows that were made already, stretch by stretch.
    pub fn add(&mut self, rows: u64, made: Vec<Vec<Part>>) {
        self.rows += rows;
        self.parts.extend(made.into_iter().flatten());
    }

    /// The sheets, each with what `last` adds to its frame, given its last row.
    pub fn finish(
        self,
        last: impl Fn(&mut Worksheet, u32) -> Result<(), XlsxError>,
    ) -> Result<Vec<Sheet>, XlsxError> {
        let a_sheet = u64::from(self.look.rows.max(1));
        let headed = self.look.columns.len() as u16;
        let mut sheets = Vec::new();
        for page in 0..self.rows.div_ceil(a_sheet).max(1) {
            let row = (self.rows - page * a_sheet).min(a_sheet) as u32;
            let mut frame = open(self.factory, self.styles, &self.look, page as usize)?;
            for (at, column) in self.look.columns.iter().enumerate() {
                frame.set_column_width(at as u16, column.width)?;
            }
            frame.autofilter(0, 0, row, headed.saturating_sub(1))?;
            last(&mut frame, row)?;
            let parts = self.parts.iter().filter(|part| part.page as u64 == page).copied().collect();
            sheets.push(Sheet { frame, rows: Some(Filled { parts, last: row, headed }) });
        }
        Ok(sheets)
    }
}

fn open(factory: &Factory, styles: &Styles, look: &Look, page: usize) -> Result<Worksheet, XlsxError> {
    let mut sheet = factory.sheet(&page_name(&look.name, page))?;
    sheet.set_freeze_panes(1, look.frozen)?.set_landscape().set_paper_size(9);
    match look.pages_wide {
        0 => sheet.set_print_scale(70),
        pages => sheet.set_print_fit_to_pages(pages, 0),
    };
    sheet.set_repeat_rows(0, 0)?;
    if look.pages_wide != 1 && look.frozen > 0 {
        sheet.set_repeat_columns(0, look.frozen - 1)?;
    }
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.2, 0.2).set_footer("&L&A&R&P / &N");
    sheet.set_row_height(0, 32)?;
    for (at, column) in look.columns.iter().enumerate() {
        if column.role == Role::Input {
            sheet.set_column_format(at as u16, &styles.plain)?;
        }
        let format = match column.role {
            Role::Ours => &styles.head,
            Role::Number => &styles.head_centre,
            Role::Input => &styles.head_input,
            Role::FillIn => &styles.head_fill,
        };
        put(&mut sheet, 0, at as u16, &column.title, format)?;
        if let Some(note) = &column.note {
            let height = 24 + 18 * super::text::lines(note, 30.0) as u32;
            let note =
                Note::new(fit(note).into_owned()).add_author_prefix(false).set_width(240).set_height(height);
            sheet.insert_note(0, at as u16, &note)?;
        }
    }
    Ok(sheet)
}

/// Writes a text into a frame, always as text.
pub fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, fit(text), format)?;
    Ok(())
}
