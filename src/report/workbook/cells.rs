//! A cell of an input, written as it stood.

use super::styles::Styles;
use super::text::fit;
use crate::read::Cell;
use crate::report::mask::{Private, mask};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// Writes a cell as it stood: text as text, a number as a number, a date as a date.
pub fn original(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    private: Private,
    issue: bool,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let text = |sheet: &mut Worksheet, text: &str| -> Result<(), XlsxError> {
        let masked = mask(text, private);
        if issue {
            sheet.write_string_with_format(row, column, fit(&masked), &styles.issue[5])?;
        } else {
            sheet.write_string(row, column, fit(&masked))?;
        }
        Ok(())
    };
    let number = |sheet: &mut Worksheet, number: f64, format: Option<usize>| -> Result<(), XlsxError> {
        let styled: Option<&Format> = match (format, issue) {
            (Some(at), true) => Some(&styles.issue[at]),
            (Some(at), false) => Some(&styles.input[at]),
            (None, true) => Some(&styles.issue[5]),
            (None, false) => None,
        };
        match styled {
            Some(format) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_number(row, column, number)?,
        };
        Ok(())
    };
    match cell {
        Cell::Empty if issue => {
            sheet.write_blank(row, column, &styles.issue[5])?;
            Ok(())
        }
        Cell::Empty => Ok(()),
        Cell::Text(value) => text(sheet, value),
        Cell::Error(word) => text(sheet, word),
        // A number that is somebody's is hidden like a text.
        Cell::Number(value) if private > Private::Text || !value.is_finite() => {
            text(sheet, &format!("{value}"))
        }
        Cell::Number(value) => {
            number(sheet, *value, (value.fract() == 0.0 && value.abs() >= 1e11).then_some(4))
        }
        Cell::Moment { serial, epoch_1904, duration } => {
            let days = if *epoch_1904 && !duration { serial + 1462.0 } else { *serial };
            number(sheet, days, moment_format(days, *duration))
        }
        Cell::Bool(truth) => {
            sheet.write_boolean(row, column, *truth)?;
            Ok(())
        }
    }
}

/// How a serial is shown; one that no calendar has stays a bare number.
fn moment_format(days: f64, duration: bool) -> Option<usize> {
    match days {
        _ if !(0.0..2_958_466.0).contains(&days) => None,
        _ if duration => Some(3),
        _ if days < 1.0 => Some(2),
        _ if days.fract() == 0.0 => Some(0),
        _ => Some(1),
    }
}
