//! Workbooks: their sheets as tables.
//!
//! `.xlsx` and `.xlsm` are streamed, never read as a dense range: one cell at the far end of a sheet would ask for
//! hundreds of gigabytes. A sheet of the plain sort is taken apart in stretches at the same time (`plain/`), any other
//! cell by cell by the general reader. The other kinds of workbook are in `whole.rs`.

use std::collections::HashSet;
use std::fmt;
use std::io::BufReader;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::container::Contents;
use super::feed::{Feed, Spot, cell};
use super::panic::caught;
use super::plain::{Frame, NotPlain, Plain, Strings, frame};
use super::source::{Bytes, Source};
use super::{Block, BlockResult, Head, Limits, ReadFault};

type Book = Xlsx<BufReader<Box<dyn Bytes>>>;

/// Bytes of text that opened workbooks may hold between two readings, all together. Opening a workbook
/// parses its shared strings, so one that is recognised and then read should be opened once; a thousand
/// that wait for their turn must not stay in memory.
const KEPT_AT_MOST: u64 = 128 << 20;
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
    kept: Mutex<Option<Kept<Book>>>,
    /// What its plain sheets are read with; nothing where it is not of that sort.
    frame: Option<Frame>,
    strings: Mutex<Option<Kept<Arc<Strings>>>>,
    merges: OnceLock<bool>,
    epoch_1904: OnceLock<bool>,
}

/// An opened workbook or its strings, and what they count for among all that are kept.
struct Kept<T> {
    /// Nothing once it is taken out.
    what: Option<T>,
    bytes: u64,
}

impl<T> Kept<T> {
    /// Keeps something if there is room.
    fn new(what: T, bytes: u64) -> Option<Kept<T>> {
        if KEPT.fetch_add(bytes, Ordering::Relaxed) + bytes > KEPT_AT_MOST {
            KEPT.fetch_sub(bytes, Ordering::Relaxed);
            return None;
        }
        Some(Kept { what: Some(what), bytes })
    }
}

impl<T> Drop for Kept<T> {
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
    /// Whether it is of the plain sort, as far as is known.
    plain: Arc<AtomicBool>,
}

/// The sheets of a workbook: those with cells, and why others are left out. Empty ones are passed over.
pub(super) type Sheets<T> = Vec<(String, Result<T, ReadFault>)>;

/// Opens an `.xlsx` file.
pub(super) fn open(source: &Source, contents: Contents, limits: &Limits) -> Result<Sheets<Sheet>, ReadFault> {
    contents.check_listings(source, limits)?;
    contents.check_strings(source, limits)?;
    contents.check_stretches(source, limits)?;
    let mut workbook = Workbook {
        source: source.clone(),
        contents,
        kept: Mutex::new(None),
        frame: None,
        strings: Mutex::new(None),
        merges: OnceLock::new(),
        epoch_1904: OnceLock::new(),
    };
    workbook.frame = frame(source, &workbook.contents).filter(|_| workbook.strings().is_ok());
    // The general reader parses all strings when it opens a workbook, so it does only where it is needed.
    let mut book = None;
    let (listed, epoch_1904) = match &workbook.frame {
        Some(frame) => (frame.sheets.clone(), frame.epoch_1904),
        None => {
            let book = book.insert(workbook.take()?);
            (book.sheets_metadata().to_vec(), book.has_1904_epoch())
        }
    };
    let _ = workbook.epoch_1904.set(epoch_1904);
    if listed.is_empty() {
        return Err(ReadFault::Damaged { why: "it lists no sheets".to_owned() });
    }
    let workbook = Arc::new(workbook);
    let mut sheets = Vec::new();
    let mut names = HashSet::new();
    for listed in listed {
        let name = listed.name.clone();
        let plain = Arc::new(AtomicBool::new(true));
        let sheet = Sheet { workbook: Arc::clone(&workbook), name: name.clone(), plain };
        let found = match left_out(&listed) {
            Some(fault) => Err(fault),
            None if !names.insert(name.clone()) => Err(ReadFault::DuplicateEntry),
            None => sheet.has_cells(&mut book),
        };
        match found {
            Ok(false) => {}
            Ok(true) => sheets.push((name, Ok(sheet))),
            Err(fault) => sheets.push((name, Err(fault))),
        }
    }
    if let Some(book) = book {
        workbook.put(book);
    }
    Ok(sheets)
}

impl Workbook {
    /// The opened workbook, from the last reading if it was kept.
    fn take(&self) -> Result<Book, ReadFault> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        match kept.and_then(|mut kept| kept.what.take()) {
            Some(book) => Ok(book),
            None => caught(|| Ok(Xlsx::new(BufReader::with_capacity(1 << 16, self.source.open()?))?)),
        }
    }

    /// Keeps an opened workbook for the next reading if there is room.
    fn put(&self, book: Book) {
        let kept = Kept::new(book, self.contents.strings());
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = kept;
    }

    /// The shared strings, from the last reading if they were kept.
    fn strings(&self) -> Result<Arc<Strings>, NotPlain> {
        let mut kept = self.strings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(strings) = kept.as_ref().and_then(|kept| kept.what.as_ref()) {
            return Ok(Arc::clone(strings));
        }
        let strings = Arc::new(caught(|| Ok(Strings::of(&self.source, &self.contents)))??);
        *kept = Kept::new(Arc::clone(&strings), strings.bytes());
        Ok(strings)
    }

    fn may_have_merges(&self) -> Result<bool, ReadFault> {
        if let Some(&known) = self.merges.get() {
            return Ok(known);
        }
        let found = self.contents.may_have_merges(&self.source)?;
        Ok(*self.merges.get_or_init(|| found))
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
        if !self.workbook.may_have_merges()? {
            return Ok(Vec::new());
        }
        caught(|| Ok(book.merge_cells_by_sheet_name(&self.name)?))
    }

    /// Reads it as a sheet of the plain sort; nothing where it is not, which is then known.
    fn plainly<T>(&self, read: impl FnOnce(Plain<'_>) -> Result<T, NotPlain>) -> Option<T> {
        let frame = self.workbook.frame.as_ref().filter(|_| self.plain.load(Ordering::Relaxed))?;
        let source = &self.workbook.source;
        let read =
            self.workbook.strings().and_then(|strings| read(Plain { source, frame, strings: &strings }));
        self.plain.fetch_and(read.is_ok(), Ordering::Relaxed);
        read.ok()
    }

    /// Whether it has cells; `book` is the workbook opened by the general reader, once that is needed.
    fn has_cells(&self, book: &mut Option<Book>) -> Result<bool, ReadFault> {
        if let Some(found) = self.plainly(|plain| plain.has_cells(&self.name)) {
            return Ok(found);
        }
        let book = match book {
            Some(book) => book,
            None => book.insert(self.workbook.take()?),
        };
        caught(|| {
            let mut cells = book.worksheet_cells_reader(&self.name)?;
            while let Some(found) = cells.next_cell()? {
                if !cell(found.get_value(), false).is_empty() {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    pub(super) fn heads(&self, rows: usize, limits: &Limits) -> Result<Vec<Head>, ReadFault> {
        if let Some(heads) = self.plainly(|plain| plain.heads(&self.name, rows, limits)) {
            return Ok(heads);
        }
        let mut book = self.workbook.take()?;
        let heads = Feed::new(cells(&mut book, &self.name)?, &[]).head(rows, limits)?;
        self.workbook.put(book);
        Ok(heads)
    }

    pub(super) fn read<R: Send>(
        &self,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        // Other sheets of the workbook may be to come.
        let more = Arc::strong_count(&self.workbook) > 1;
        if let Some(blocks) = self.plainly(|plain| plain.read(&self.name, each)) {
            if !more {
                self.workbook.strings.lock().unwrap_or_else(PoisonError::into_inner).take();
            }
            return Ok(blocks);
        }
        let mut book = self.workbook.take()?;
        let merged = self.merged(&mut book)?;
        let blocks = Feed::new(cells(&mut book, &self.name)?, &merged).read(each)?;
        if more {
            self.workbook.put(book);
        }
        Ok(blocks)
    }
}

/// The cells of a sheet, in the order of the file.
fn cells<'a>(
    book: &'a mut Book,
    name: &str,
) -> Result<impl FnMut() -> Result<Option<Spot<'a>>, ReadFault> + use<'a>, ReadFault> {
    let epoch_1904 = book.has_1904_epoch();
    let mut reader = caught(|| Ok(book.worksheet_cells_reader(name)?))?;
    Ok(move || {
        let next = reader.next_cell()?;
        Ok(next.map(|found| {
            let (row, column) = found.get_position();
            (row, column, cell(found.get_value(), epoch_1904))
        }))
    })
}
