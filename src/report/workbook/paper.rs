//! What a sheet needs that is not about one audit: words, formats and a maker of sheets.

use super::pages::Factory;
use super::styles::Styles;
use super::text::sheet_name;
use crate::words::Words;

/// Words, formats and the maker of sheets.
pub struct Paper<'p> {
    /// The words.
    pub words: &'static Words,
    /// The formats.
    pub styles: &'p Styles,
    /// Makes sheets.
    pub factory: &'p Factory,
    /// Rows a sheet.
    pub rows: u32,
}

impl Paper<'_> {
    /// A text of the workbook with values put in.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.say(&format!("workbook.{key}"), values)
    }

    /// The name of one of our sheets.
    pub fn sheet_name(&self, sheet: &str) -> String {
        sheet_name(&self.say(&format!("sheet.{sheet}"), &[]))
    }
}
