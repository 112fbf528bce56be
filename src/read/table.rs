//! Files opened as tables, and tables read as blocks of rows.

use std::path::Path;

use super::container::{Contents, examine};
use super::excel::{self, Sheet, Sheets};
use super::markup::{self, Markup};
use super::panic::caught;
use super::sniff::{Kind, sniff};
use super::source::Source;
use super::split::Rules;
use super::text::Text;
use super::whole::{self, WholeSheet};
use super::{Block, Encoding, Format, Found, Limits, ReadFault, archive, lake};

/// One table: a text file, or a worksheet. It can be read several times, from several threads.
#[derive(Debug)]
pub struct Table {
    /// The file as people know it: relative to its INPUT; a zip member as `a.zip/inner.csv`.
    pub file: String,
    /// The worksheet, for workbooks.
    pub sheet: Option<String>,
    /// What kind of file it is.
    pub format: Format,
    /// How its characters are written, for text.
    pub encoding: Option<Encoding>,
    pub(super) content: Content,
    pub(super) limits: Limits,
}

#[derive(Debug)]
pub(super) enum Content {
    Text(Text),
    Sheet(Sheet),
    Whole(WholeSheet),
    Markup(Markup),
}

/// A file, or a sheet of it, that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file as people know it, as in [`Table::file`].
    pub file: String,
    /// The worksheet, where only that is refused.
    pub sheet: Option<String>,
    /// What kind of file it is, as far as that could be told.
    pub format: Format,
    /// Why.
    pub fault: ReadFault,
}

/// The first rows of a table, for recognition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The delimiter these rows are cut at; nothing for workbooks.
    pub delimiter: Option<u8>,
    /// Rows that are not blank, with their numbers from 0 in the whole table.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// What came of a block, and how far the next one is from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockResult<R> {
    /// What was made of the rows.
    pub value: R,
    /// Rows of the block, blank ones too: what to add to the row numbers of the next block.
    pub rows: u32,
    /// Physical lines of the block, likewise; in workbooks the same as `rows`.
    pub lines: u32,
}

/// Opens one found file: an entry for each table in it, and one for everything in it that is not read,
/// with the reason. Never empty, never a panic.
///
/// A text file is one table; a workbook one for each visible worksheet that has cells. Hidden sheets and
/// chart sheets are entries that [`ReadFault::is_note`] tells from failures. `-` is standard input.
pub fn open(found: &Found, limits: &Limits) -> Vec<Result<Table, Refused>> {
    let source = if found.path == Path::new("-") {
        Source::spool(&mut std::io::stdin().lock(), u64::MAX - 1)
    } else {
        Source::path(&found.path)
    };
    match source {
        Ok(source) => open_source(&found.shown, &source, limits, true),
        Err(fault) => vec![Err(Refused::whole(&found.shown, Format::Unknown, fault))],
    }
}

/// Whether a file was written by this program.
pub fn is_own_report(path: &Path) -> bool {
    let found = Found { path: path.to_owned(), shown: String::new(), folder: None };
    matches!(open(&found, &Limits::default()).as_slice(), [Err(refused)] if refused.fault == ReadFault::OwnReport)
}

/// As [`open`], for a workbook that this program may have written: what staff typed into it is read back.
pub fn open_report(path: &Path, limits: &Limits) -> Vec<Result<Table, Refused>> {
    let found = Found { path: path.to_owned(), shown: path.display().to_string(), folder: None };
    let tables = open(&found, limits);
    let format = match tables.as_slice() {
        [Err(Refused { fault: ReadFault::OwnReport, format, .. })] if format.is_workbook() => *format,
        _ => return tables,
    };
    let sheets = || {
        let source = Source::path(path)?;
        excel::open(&source, caught(|| examine(&source, limits))?, limits)
    };
    match sheets() {
        Ok(sheets) => sheets
            .into_iter()
            .map(|(name, sheet)| Table::sheet(&found.shown, format, name, sheet.map(Content::Sheet), limits))
            .collect(),
        Err(fault) => vec![Err(Refused::whole(&found.shown, format, fault))],
    }
}

/// As [`open`], for bytes that are at hand and go by the name `file`.
pub fn open_bytes(file: &str, bytes: &[u8], limits: &Limits) -> Vec<Result<Table, Refused>> {
    open_source(file, &Source::Memory(bytes.into()), limits, true)
}

/// Opens bytes that go by the name `file`. Archives are opened where `archives` says so: not inside one.
pub(super) fn open_source(
    file: &str,
    source: &Source,
    limits: &Limits,
    archives: bool,
) -> Vec<Result<Table, Refused>> {
    let refuse = |format, fault| vec![Err(Refused::whole(file, format, fault))];
    let sheets = |format, found: Result<Sheets<Content>, ReadFault>| match found {
        Ok(found) if found.is_empty() => refuse(format, ReadFault::Empty),
        Ok(found) => {
            found.into_iter().map(|(name, sheet)| Table::sheet(file, format, name, sheet, limits)).collect()
        }
        Err(fault) => refuse(format, fault),
    };
    match sniff(source) {
        Ok(Kind::Text) => match Text::new(source.clone(), limits) {
            Ok(text) => vec![Ok(Table::text(file, text, limits))],
            Err(fault) => refuse(Format::Csv, fault),
        },
        Ok(Kind::Html) => sheets(Format::Html, written(source, Format::Html, limits)),
        Ok(Kind::Xml2003) => sheets(Format::Xml2003, written(source, Format::Xml2003, limits)),
        Ok(Kind::Parquet) => match caught(|| lake::tables(source, limits)) {
            Ok(tables) => tables
                .into_iter()
                .map(|(name, source)| match Text::new(source, limits) {
                    Ok(text) => {
                        let table = Table::text(file, text, limits);
                        Ok(Table { sheet: name, format: Format::Parquet, encoding: None, ..table })
                    }
                    Err(fault) => {
                        Err(Refused { sheet: name, ..Refused::whole(file, Format::Parquet, fault) })
                    }
                })
                .collect(),
            Err(fault) => refuse(Format::Parquet, fault),
        },
        Ok(Kind::Compound) => sheets(Format::Xls, whole(source, Format::Xls, limits)),
        Ok(Kind::Encrypted) => refuse(Format::Xlsx, ReadFault::Password),
        Ok(Kind::Zip) => match caught(|| examine(source, limits)) {
            Ok(contents) => match contents.format() {
                Format::Zip if archives => archive::open(file, source, &contents, limits),
                Format::Zip => refuse(Format::Zip, ReadFault::NestedArchive),
                format @ (Format::Xlsx | Format::Xlsm) => sheets(format, streamed(source, contents, limits)),
                format => sheets(format, whole(source, format, limits)),
            },
            Err(fault) => refuse(Format::Zip, fault),
        },
        Err(fault) => refuse(Format::Unknown, fault),
    }
}

fn streamed(source: &Source, contents: Contents, limits: &Limits) -> Result<Sheets<Content>, ReadFault> {
    if contents.is_own(source).unwrap_or(false) {
        return Err(ReadFault::OwnReport);
    }
    let sheets = excel::open(source, contents, limits)?;
    Ok(sheets.into_iter().map(|(name, sheet)| (name, sheet.map(Content::Sheet))).collect())
}

fn written(source: &Source, format: Format, limits: &Limits) -> Result<Sheets<Content>, ReadFault> {
    let sheets = markup::open(source, format, limits)?;
    Ok(sheets.into_iter().map(|(name, sheet)| (name, sheet.map(Content::Markup))).collect())
}

fn whole(source: &Source, format: Format, limits: &Limits) -> Result<Sheets<Content>, ReadFault> {
    let sheets = whole::sheets(source, format, limits)?;
    Ok(sheets.into_iter().map(|(name, sheet)| (name, sheet.map(Content::Whole))).collect())
}

impl Refused {
    pub(super) fn whole(file: &str, format: Format, fault: ReadFault) -> Refused {
        Refused { file: file.to_owned(), sheet: None, format, fault }
    }
}

impl Table {
    fn text(file: &str, text: Text, limits: &Limits) -> Table {
        Table {
            file: file.to_owned(),
            sheet: None,
            format: Format::Csv,
            encoding: Some(text.encoding),
            content: Content::Text(text),
            limits: *limits,
        }
    }

    fn sheet(
        file: &str,
        format: Format,
        name: String,
        content: Result<Content, ReadFault>,
        limits: &Limits,
    ) -> Result<Table, Refused> {
        // The table of a web page has no name.
        let (file, sheet) = (file.to_owned(), Some(name).filter(|_| format != Format::Html));
        match content {
            Ok(content) => {
                let encoding = match &content {
                    Content::Markup(markup) => Some(markup.encoding),
                    _ => None,
                };
                Ok(Table { file, sheet, format, encoding, content, limits: *limits })
            }
            Err(fault) => Err(Refused { file, sheet, format, fault }),
        }
    }

    /// Bytes of the file, or of the zip member, that the table is in: what [`Table::read`] tells of in
    /// all when it is done.
    pub fn bytes(&self) -> u64 {
        match &self.content {
            Content::Text(text) => text.source.len(),
            Content::Sheet(sheet) => sheet.bytes(),
            Content::Whole(sheet) => sheet.bytes(),
            Content::Markup(sheet) => sheet.bytes(),
        }
    }

    /// Bytes of a window of text. Where that is the same, the table is cut into the same blocks every time.
    pub const fn window(&self) -> usize {
        self.limits.window
    }

    /// Whether the dates of the workbook count from 1904-01-01; so do numbers that are not shown as dates.
    pub fn epoch_1904(&self) -> bool {
        match &self.content {
            Content::Sheet(sheet) => sheet.epoch_1904(),
            Content::Whole(sheet) => sheet.epoch_1904(),
            Content::Text(_) | Content::Markup(_) => false,
        }
    }

    /// The first `rows` rows that are not blank: for text once for each delimiter it may be cut at (`,`,
    /// TAB and `;`), for a worksheet once.
    ///
    /// # Errors
    ///
    /// Where the file can no longer be read, or its sheet is broken.
    pub fn heads(&self, rows: usize) -> Result<Vec<Head>, ReadFault> {
        match &self.content {
            Content::Text(text) => text.heads(rows, &self.limits),
            Content::Sheet(sheet) => sheet.heads(rows, &self.limits),
            Content::Whole(sheet) => sheet.heads(rows, &self.limits),
            Content::Markup(sheet) => sheet.heads(rows),
        }
    }

    /// Reads all rows, from the first, the heading too. Blocks of rows are handed to `each` in parallel;
    /// what it makes of them comes back in the order of the file.
    ///
    /// `delimiter` is that of the chosen [`Head`]. `width` is the number of heading columns: a quoted cell
    /// over several lines is believed only in a record of just so many cells. `progress` is told of bytes
    /// as they are read, [`Table::bytes`] in all. `each` may be called again for the same rows, where
    /// reading in parallel turns out not to be safe; what it returned before is dropped then.
    ///
    /// # Errors
    ///
    /// Where the file can no longer be read, its sheet is broken or a limit is met. Nothing is kept of the
    /// table then.
    pub fn read<R: Send>(
        &self,
        delimiter: Option<u8>,
        width: usize,
        progress: &(dyn Fn(u64) + Sync),
        each: impl Fn(&mut Block<'_>) -> R + Sync,
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        if width > self.limits.columns {
            return Err(ReadFault::TooManyColumns { columns: width, limit: self.limits.columns });
        }
        let blocks = match &self.content {
            Content::Text(text) => {
                let rules = Rules { delimiter: delimiter.unwrap_or(b','), width, limits: self.limits };
                return text.read(rules, progress, &each);
            }
            Content::Sheet(sheet) => sheet.read(&each)?,
            Content::Whole(sheet) => sheet.read(&each)?,
            Content::Markup(sheet) => sheet.read(&each)?,
        };
        progress(self.bytes());
        Ok(blocks)
    }
}
