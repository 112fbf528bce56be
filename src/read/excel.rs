//! Workbooks: their sheets as tables.
//!
//! `.xlsx` and `.xlsm` are streamed cell by cell, never as a dense range: one cell at the far end of a sheet
//! would ask for hundreds of gigabytes. The other kinds are in `whole.rs`.

use std::collections::HashSet;
use std::fmt;
use std::io::BufReader;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::container::Contents;
use super::feed::{Feed, Spot, cell};
use super::panic::caught;
use super::source::{Bytes, Source};
use super::survey::{Watch, survey};
use super::{Block, BlockResult, Head, Limits, ReadFault};

type Book = Xlsx<BufReader<Box<dyn Bytes>>>;

/// Bytes of text that opened workbooks may hold between two readings, all together. Opening a workbook
/// parses its shared strings, so one that is recognised and then read should be opened once; a thousand
/// that wait for their turn must not stay in memory.
const KEPT_AT_MOST: u64 = 128 << 20;
/// Cells between two looks at the time.
const WATCHED: u32 = 1 << 10;
static KEPT: AtomicU64 = AtomicU64::new(0);

impl From<XlsxError> for ReadFault {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => ReadFault::Password,
            XlsxError::NotAWorksheet(kind) if kind.contains("chart") => {
                ReadFault::NotAWorksheet { kind: "chart" }
            }
            XlsxError::NotAWorksheet(kind) if kind.contains("dialog") => {
                ReadFault::NotAWorksheet { kind: "dialog" }
            }
            error => ReadFault::Damaged { why: error.to_string() },
        }
    }
}

/// Why a sheet is left out on purpose, if it is.
pub(super) fn left_out(sheet: &calamine::Sheet) -> Option<ReadFault> {
    let kind = match sheet.typ {
        SheetType::WorkSheet if sheet.visible == SheetVisible::Visible => return None,
        SheetType::WorkSheet => return Some(ReadFault::HiddenSheet),
        SheetType::ChartSheet => "chart",
        SheetType::DialogSheet => "dialog",
        SheetType::MacroSheet | SheetType::Vba => "macro",
    };
    Some(ReadFault::NotAWorksheet { kind })
}

/// An `.xlsx` file that its sheets are read from.
pub(super) struct Workbook {
    source: Source,
    contents: Contents,
    kept: Mutex<Option<Kept>>,
    /// Whether any of its sheets may have merged cells.
    merges: bool,
    limits: Limits,
    epoch_1904: OnceLock<bool>,
}

/// An opened workbook, and what it counts for among all that are kept.
struct Kept {
    /// Nothing once it is taken out.
    book: Option<Book>,
    bytes: u64,
}

impl Kept {
    fn book(mut self) -> Option<Book> {
        self.book.take()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        KEPT.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

impl fmt::Debug for Workbook {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Workbook").field("source", &self.source).finish_non_exhaustive()
    }
}

/// A worksheet of an `.xlsx` file.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    workbook: Arc<Workbook>,
    pub(super) name: String,
}

/// The sheets of a workbook: those with cells, and why others are left out. Empty ones are passed over.
pub(super) type Sheets<T> = Vec<(String, Result<T, ReadFault>)>;

/// Opens an `.xlsx` file.
pub(super) fn open(source: &Source, contents: Contents, limits: &Limits) -> Result<Sheets<Sheet>, ReadFault> {
    contents.check_listings(source, limits)?;
    contents.check_strings(source, limits)?;
    let watch = Watch::new(source, limits);
    let merges = survey(&contents, source, limits, &watch)?;
    let workbook = Arc::new(Workbook {
        source: source.clone(),
        contents,
        kept: Mutex::new(None),
        merges,
        limits: *limits,
        epoch_1904: OnceLock::new(),
    });
    let mut book = workbook.take()?;
    let _ = workbook.epoch_1904.set(book.has_1904_epoch());
    if book.sheets_metadata().is_empty() {
        return Err(ReadFault::Damaged { why: "it lists no sheets".to_owned() });
    }
    let mut sheets = Vec::new();
    let mut names = HashSet::new();
    for sheet in book.sheets_metadata().to_vec() {
        let found = match left_out(&sheet) {
            Some(fault) => Err(fault),
            None if !names.insert(sheet.name.clone()) => Err(ReadFault::DuplicateEntry),
            None => caught(|| has_cells(&mut book, &sheet.name, &watch)),
        };
        match found {
            Ok(false) => {}
            Ok(true) => {
                let name = sheet.name;
                sheets.push((name.clone(), Ok(Sheet { workbook: Arc::clone(&workbook), name })));
            }
            Err(fault) => sheets.push((sheet.name, Err(fault))),
        }
    }
    workbook.put(book);
    Ok(sheets)
}

fn has_cells(book: &mut Book, name: &str, watch: &Watch) -> Result<bool, ReadFault> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut passed = 0_u32;
    while let Some(found) = cells.next_cell()? {
        if !cell(found.get_value(), false).is_empty() {
            return Ok(true);
        }
        passed = passed.wrapping_add(1);
        if passed.is_multiple_of(WATCHED) {
            watch.check()?;
        }
    }
    Ok(false)
}

impl Workbook {
    /// The opened workbook, from the last reading if it was kept.
    fn take(&self) -> Result<Book, ReadFault> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        match kept.and_then(Kept::book) {
            Some(book) => Ok(book),
            None => caught(|| Ok(Xlsx::new(BufReader::with_capacity(1 << 16, self.source.open()?))?)),
        }
    }

    /// Keeps an opened workbook for the next reading if there is room.
    fn put(&self, book: Book) {
        let bytes = self.contents.strings();
        if KEPT.fetch_add(bytes, Ordering::Relaxed) + bytes > KEPT_AT_MOST {
            KEPT.fetch_sub(bytes, Ordering::Relaxed);
            return;
        }
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Kept { book: Some(book), bytes });
    }

    fn watch(&self) -> Watch {
        Watch::new(&self.source, &self.limits)
    }
}

impl Sheet {
    /// Bytes of the workbook.
    pub(super) fn bytes(&self) -> u64 {
        self.workbook.source.len()
    }

    /// Whether its dates count from 1904.
    pub(super) fn epoch_1904(&self) -> bool {
        self.workbook.epoch_1904.get() == Some(&true)
    }

    fn merged(&self, book: &mut Book) -> Result<Vec<Dimensions>, ReadFault> {
        if !self.workbook.merges {
            return Ok(Vec::new());
        }
        caught(|| Ok(book.merge_cells_by_sheet_name(&self.name)?))
    }

    pub(super) fn heads(&self, rows: usize, limits: &Limits) -> Result<Vec<Head>, ReadFault> {
        let mut book = self.workbook.take()?;
        let heads = Feed::new(cells(&mut book, &self.name, self.workbook.watch())?, &[], limits)
            .head(rows, limits)?;
        self.workbook.put(book);
        Ok(heads)
    }

    pub(super) fn read<R: Send>(
        &self,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        let mut book = self.workbook.take()?;
        let merged = self.merged(&mut book)?;
        let blocks =
            Feed::new(cells(&mut book, &self.name, self.workbook.watch())?, &merged, &self.workbook.limits)
                .read(each)?;
        // Other sheets of the workbook may be to come.
        if Arc::strong_count(&self.workbook) > 1 {
            self.workbook.put(book);
        }
        Ok(blocks)
    }
}

/// The cells of a sheet, in the order of the file.
fn cells<'a>(
    book: &'a mut Book,
    name: &str,
    watch: Watch,
) -> Result<impl FnMut() -> Result<Option<Spot<'a>>, ReadFault> + use<'a>, ReadFault> {
    let epoch_1904 = book.has_1904_epoch();
    let mut reader = caught(|| Ok(book.worksheet_cells_reader(name)?))?;
    let mut passed = 0_u32;
    Ok(move || {
        passed = passed.wrapping_add(1);
        if passed.is_multiple_of(WATCHED) {
            watch.check()?;
        }
        let next = reader.next_cell()?;
        Ok(next.map(|found| {
            let (row, column) = found.get_position();
            (row, column, cell(found.get_value(), epoch_1904))
        }))
    })
}
