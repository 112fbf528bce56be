//! Long tables: written row by row in constant memory, under the same headings on as many sheets as they need.

use super::styles::Styles;
use super::text::{fit, page_name};
use rust_xlsxwriter::{Format, Note, Workbook, Worksheet, XlsxError};
use std::sync::{Mutex, PoisonError};

/// Rows of a sheet below its headings.
pub const ROWS: u32 = 1_048_575;
/// Links of a sheet; Excel repairs a file with more than 65,530.
pub const LINKS: u32 = 65_000;

/// Makes sheets, from several threads, that belong to one workbook.
pub struct Factory {
    book: Mutex<Workbook>,
}

impl Factory {
    /// A factory of sheets for a workbook.
    pub fn new(book: Workbook) -> Factory {
        Factory { book: Mutex::new(book) }
    }

    /// A sheet whose rows go to a temporary file as they are written.
    pub fn sheet(&self, name: &str) -> Result<Worksheet, XlsxError> {
        let mut sheet =
            self.book.lock().unwrap_or_else(PoisonError::into_inner).new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        Ok(sheet)
    }

    /// The workbook.
    pub fn into_book(self) -> Workbook {
        self.book.into_inner().unwrap_or_else(PoisonError::into_inner)
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
    /// How it stands; widths count when a sheet is finished.
    pub look: Look,
    done: Vec<(Worksheet, u32)>,
    sheet: Worksheet,
    next: u32,
}

impl<'p> Pages<'p> {
    /// A table with its headings and no rows yet.
    pub fn new(factory: &'p Factory, styles: &'p Styles, look: Look) -> Result<Pages<'p>, XlsxError> {
        let sheet = open(factory, styles, &look, 0)?;
        Ok(Pages { factory, styles, look, done: Vec::new(), sheet, next: 1 })
    }

    /// The sheet and the number of the next row.
    pub fn row(&mut self) -> Result<(&mut Worksheet, u32), XlsxError> {
        if self.next > self.look.rows {
            let sheet = open(self.factory, self.styles, &self.look, self.done.len() + 1)?;
            self.done.push((std::mem::replace(&mut self.sheet, sheet), self.next - 1));
            self.next = 1;
        }
        self.next += 1;
        Ok((&mut self.sheet, self.next - 1))
    }

    /// Which sheet and row the last row went to.
    pub fn place(&self) -> (usize, u32) {
        (self.done.len(), self.next - 1)
    }

    /// The sheets, each with what `last` adds to it, given its last row.
    pub fn finish(
        mut self,
        last: impl Fn(&mut Worksheet, u32) -> Result<(), XlsxError>,
    ) -> Result<Vec<Worksheet>, XlsxError> {
        self.done.push((self.sheet, self.next - 1));
        let last_column = self.look.columns.len().saturating_sub(1) as u16;
        let mut sheets = Vec::with_capacity(self.done.len());
        for (mut sheet, row) in self.done {
            for (at, column) in self.look.columns.iter().enumerate() {
                sheet.set_column_width(at as u16, column.width)?;
            }
            sheet.autofilter(0, 0, row, last_column)?;
            last(&mut sheet, row)?;
            sheets.push(sheet);
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

/// Writes a text, always as text.
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
