//! The readers of `.xls`, `.xlsb` and `.ods`. They are not safe: call them through [`super::sheets`] only.

use std::io::{BufReader, Read, Seek};

use calamine::{DataRef, Dimensions, Range, Reader, Xls, XlsError, Xlsb, XlsbError};

use super::ods;
use crate::read::excel::{Sheets, left_out};
use crate::read::feed::{Spot, cell};
use crate::read::{Format, ReadFault};

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) cells: Vec<Spot<'static>>,
    pub(super) merged: Vec<Dimensions>,
    /// Whether the dates of its workbook count from 1904.
    pub(super) epoch_1904: bool,
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
faults!(XlsError, XlsbError);

/// Reads all sheets of a workbook of one of these kinds.
pub(super) fn parse(input: impl Read + Seek, format: Format) -> Result<Sheets<Content>, ReadFault> {
    let input = BufReader::with_capacity(1 << 16, input);
    match format {
        Format::Xls => xls(input),
        Format::Xlsb => xlsb(input),
        _ => ods::parse(input),
    }
}

fn xls(input: impl Read + Seek) -> Result<Sheets<Content>, ReadFault> {
    let mut book = Xls::new(input)?;
    let epoch = book.has_1904_epoch();
    let each = book.sheets_metadata().to_vec().into_iter().map(|sheet| {
        let content = left_out(&sheet).map_or_else(
            || {
                Ok(Content {
                    cells: spots(&book.worksheet_range(&sheet.name)?, epoch),
                    merged: book.merge_cells_by_sheet_name(&sheet.name)?,
                    epoch_1904: epoch,
                })
            },
            Err,
        );
        (sheet.name, content)
    });
    Ok(each.collect())
}

fn xlsb(input: impl Read + Seek) -> Result<Sheets<Content>, ReadFault> {
    let mut book = Xlsb::new(input)?;
    let epoch = book.has_1904_epoch();
    let each = book.sheets_metadata().to_vec().into_iter().map(|sheet| {
        let content = left_out(&sheet).map_or_else(|| xlsb_cells(&mut book, &sheet.name, epoch), Err);
        (sheet.name, content)
    });
    Ok(each.collect())
}

/// Streamed, as a dense range of these can ask for any amount of memory.
fn xlsb_cells<R: Read + Seek>(book: &mut Xlsb<R>, name: &str, epoch: bool) -> Result<Content, ReadFault> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut cells = Vec::new();
    while let Some(found) = reader.next_cell()? {
        let (row, column) = found.get_position();
        cells.push((row, column, cell(found.get_value(), epoch).into_owned()));
    }
    Ok(Content { cells, merged: Vec::new(), epoch_1904: epoch })
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
