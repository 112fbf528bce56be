//! Workbooks that can only be read as a whole: `.xls`, `.xlsb` and `.ods`.
//!
//! Their readers are not safe: broken files of these kinds can make them run out of memory, which nothing
//! in this process can stop. So everything that touches them goes through [`sheets`], which can move to a
//! process of its own without anything else noticing.

use std::fmt;
use std::io::BufReader;
use std::sync::Arc;

use calamine::{DataRef, Dimensions, Ods, OdsError, Range, Reader, Xls, XlsError, Xlsb, XlsbError};

use super::excel::{Sheets, left_out};
use super::feed::{Feed, Spot, cell};
use super::panic::caught;
use super::source::{Bytes, Source};
use super::{Block, BlockResult, Format, Head, Limits, ReadFault};

type Input = BufReader<Box<dyn Bytes>>;

/// A worksheet in memory: its cells that hold something, in order.
#[derive(Clone)]
pub(super) struct WholeSheet {
    cells: Arc<[Spot<'static>]>,
    merged: Arc<[Dimensions]>,
    bytes: u64,
}

impl fmt::Debug for WholeSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "WholeSheet({} cells)", self.cells.len())
    }
}

macro_rules! faults {
    ($($error:ident),*) => {$(
        impl From<$error> for ReadFault {
            fn from(error: $error) -> Self {
                match error {
                    $error::Password => ReadFault::Password,
                    error => ReadFault::Damaged { why: error.to_string() },
                }
            }
        }
    )*};
}
faults!(XlsError, XlsbError, OdsError);

/// Reads all sheets of a workbook.
pub(super) fn sheets(
    source: &Source,
    format: Format,
    limits: &Limits,
) -> Result<Sheets<WholeSheet>, ReadFault> {
    let bytes = source.len();
    if bytes > limits.whole {
        return Err(ReadFault::TooLarge { what: "the workbook".to_owned(), bytes, limit: limits.whole });
    }
    let found = caught(|| match format {
        Format::Xls => xls(source),
        Format::Xlsb => xlsb(source),
        _ => ods(source),
    })?;
    let filled = found.into_iter().filter(|(_, sheet)| !matches!(sheet, Ok((cells, _)) if cells.is_empty()));
    let sheet = |(mut cells, merged): Content| {
        // Columns and rows come in order from every honest program.
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        WholeSheet { cells: cells.into(), merged: merged.into(), bytes }
    };
    Ok(filled.map(|(name, content)| (name, content.map(sheet))).collect())
}

type Content = (Vec<Spot<'static>>, Vec<Dimensions>);

fn input(source: &Source) -> Result<Input, ReadFault> {
    Ok(BufReader::with_capacity(1 << 16, source.open()?))
}

fn xls(source: &Source) -> Result<Sheets<Content>, ReadFault> {
    let mut book = Xls::new(input(source)?)?;
    let epoch = book.has_1904_epoch();
    let each = book.sheets_metadata().to_vec().into_iter().map(|sheet| {
        let content = left_out(&sheet).map_or_else(
            || {
                Ok((
                    spots(&book.worksheet_range(&sheet.name)?, epoch),
                    book.merge_cells_by_sheet_name(&sheet.name)?,
                ))
            },
            Err,
        );
        (sheet.name, content)
    });
    Ok(each.collect())
}

fn ods(source: &Source) -> Result<Sheets<Content>, ReadFault> {
    let mut book: Ods<Input> = Ods::new(input(source)?)?;
    let each = book.sheets_metadata().to_vec().into_iter().map(|sheet| {
        let content = left_out(&sheet)
            .map_or_else(|| Ok((spots(&book.worksheet_range(&sheet.name)?, false), Vec::new())), Err);
        (sheet.name, content)
    });
    Ok(each.collect())
}

fn xlsb(source: &Source) -> Result<Sheets<Content>, ReadFault> {
    let mut book = Xlsb::new(input(source)?)?;
    let epoch = book.has_1904_epoch();
    let each = book.sheets_metadata().to_vec().into_iter().map(|sheet| {
        let content = left_out(&sheet).map_or_else(|| xlsb_cells(&mut book, &sheet.name, epoch), Err);
        (sheet.name, content)
    });
    Ok(each.collect())
}

/// Streamed, as a dense range of these can ask for any amount of memory.
fn xlsb_cells(book: &mut Xlsb<Input>, name: &str, epoch: bool) -> Result<Content, ReadFault> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut cells = Vec::new();
    while let Some(found) = reader.next_cell()? {
        let (row, column) = found.get_position();
        cells.push((row, column, cell(found.get_value(), epoch).into_owned()));
    }
    Ok((cells, Vec::new()))
}

fn spots(range: &Range<calamine::Data>, epoch: bool) -> Vec<Spot<'static>> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    range
        .used_cells()
        .map(|(row, column, value)| {
            let place = (first_row + row as u32, first_column + column as u32);
            (place.0, place.1, cell(&data_ref(value), epoch).into_owned())
        })
        .collect()
}

fn data_ref(value: &calamine::Data) -> DataRef<'_> {
    use calamine::Data;
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

impl WholeSheet {
    /// Bytes of the workbook.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    fn feed<'a>(&'a self) -> Feed<'a, impl FnMut() -> Result<Option<Spot<'a>>, ReadFault>> {
        let mut cells = self.cells.iter();
        let next = move || Ok(cells.next().map(|(row, column, cell)| (*row, *column, cell.borrow())));
        Feed::new(next, &self.merged)
    }

    pub(super) fn heads(&self, rows: usize, limits: &Limits) -> Result<Vec<Head>, ReadFault> {
        self.feed().head(rows, limits)
    }

    pub(super) fn read<R: Send>(
        &self,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        self.feed().read(each)
    }
}
