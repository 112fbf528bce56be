//! A cell of an input, written as it stood.

use std::borrow::Cow;

use super::styles::{Style, Styles};
use crate::read::Cell;
use crate::report::mask::{Private, mask};
use crate::report::rows::Row;

/// Where a cell goes, and what is known of it.
pub struct Spot<'s> {
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
    pub fn write(&self, row: &mut Row<'_>, cell: &Cell<'_>) {
        match cell {
            Cell::Empty if self.issue => row.blank(self.column, &self.styles.issue_text),
            Cell::Empty => {}
            Cell::Text(value) => self.text(row, value),
            Cell::Error(word) => self.text(row, word),
            // A number that is somebody's is hidden like a text.
            Cell::Number(value)
                if self.private > Private::Word || !value.is_finite() || self.may_be_phone(*value) =>
            {
                self.text(row, &format!("{value}"));
            }
            Cell::Number(value) => {
                let long = value.fract() == 0.0 && value.abs() >= 1e11;
                row.number(self.column, *value, self.style(long.then_some(4)));
            }
            Cell::Moment { serial, epoch_1904, duration } => {
                let days = if *epoch_1904 && !duration { serial + 1462.0 } else { *serial };
                row.number(self.column, days, self.style(shown_as(days, *duration)));
            }
            Cell::Bool(truth) => row.truth(self.column, *truth, &self.styles.plain),
        }
    }

    /// Whether a number that is nobody's by its column reads like a phone or identity number.
    fn may_be_phone(&self, value: f64) -> bool {
        let long = self.private != Private::No && value.fract() == 0.0 && value >= 1e10;
        long && matches!(mask(&format!("{value}"), self.private), Cow::Owned(_))
    }

    fn text(&self, row: &mut Row<'_>, text: &str) {
        if !text.is_empty() || self.issue {
            row.text(self.column, &mask(text, self.private), self.style(None));
        }
    }

    fn style(&self, format: Option<usize>) -> &Style {
        match (format, self.issue) {
            (Some(at), true) => &self.styles.issue[at],
            (Some(at), false) => &self.styles.input[at],
            (None, true) => &self.styles.issue_text,
            (None, false) => &self.styles.plain,
        }
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
