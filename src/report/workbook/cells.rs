//! A cell of an input, written as it stood.

use super::styles::Styles;
use super::text::fit;
use crate::read::Cell;
use crate::report::mask::{Private, mask};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Where a cell goes, and what is known of it.
pub struct Spot<'s> {
    /// The sheet.
    pub sheet: &'s mut Worksheet,
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u16,
    /// What its column holds, as far as privacy is concerned.
    pub private: Private,
    /// Whether something is wrong with it.
    pub issue: bool,
    /// The formats.
    pub styles: &'s Styles,
}

impl Spot<'_> {
    /// Writes text as text, a number as a number, a date as a date.
    pub fn write(mut self, cell: &Cell<'_>) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty if self.issue => {
                self.sheet.write_blank(self.row, self.column, &self.styles.issue_text)?;
            }
            Cell::Empty => {}
            Cell::Text(value) => self.text(value)?,
            Cell::Error(word) => self.text(word)?,
            // A number that is somebody's is hidden like a text.
            Cell::Number(value) if self.private > Private::Text || !value.is_finite() => {
                self.text(&format!("{value}"))?;
            }
            Cell::Number(value) => {
                let long = value.fract() == 0.0 && value.abs() >= 1e11;
                self.number(*value, long.then_some(4))?;
            }
            Cell::Moment { serial, epoch_1904, duration } => {
                let days = if *epoch_1904 && !duration { serial + 1462.0 } else { *serial };
                self.number(days, shown_as(days, *duration))?;
            }
            Cell::Bool(truth) => {
                self.sheet.write_boolean(self.row, self.column, *truth)?;
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        let masked = mask(text, self.private);
        if self.issue {
            let format = &self.styles.issue_text;
            self.sheet.write_string_with_format(self.row, self.column, fit(&masked), format)?;
        } else {
            self.sheet.write_string(self.row, self.column, fit(&masked))?;
        }
        Ok(())
    }

    fn number(&mut self, number: f64, format: Option<usize>) -> Result<(), XlsxError> {
        let format = match (format, self.issue) {
            (Some(at), true) => Some(&self.styles.issue[at]),
            (Some(at), false) => Some(&self.styles.input[at]),
            (None, true) => Some(&self.styles.issue_text),
            (None, false) => None,
        };
        match format {
            Some(format) => self.sheet.write_number_with_format(self.row, self.column, number, format)?,
            None => self.sheet.write_number(self.row, self.column, number)?,
        };
        Ok(())
    }
}

/// How a serial is shown, by the place of its format; one that no calendar has stays a bare number.
fn shown_as(days: f64, duration: bool) -> Option<usize> {
    match days {
        _ if !(0.0..2_958_466.0).contains(&days) => None,
        _ if duration => Some(3),
        _ if days < 1.0 => Some(2),
        _ if days.fract() == 0.0 => Some(0),
        _ => Some(1),
    }
}
