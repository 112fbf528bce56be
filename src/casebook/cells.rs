//! One row of a casebook, read cell by cell into what the cells mean.

use super::calendar::area_code;
use super::when::{When, Window};
use super::word::Closed;
use crate::normalise::region::{self, Place};
use crate::normalise::{Id, cell_id, yes_no};
use crate::order::Marketplace;
use crate::read::Cell;
use std::borrow::Cow;

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The column, by its English name.
    pub column: &'static str,
    /// What stands there.
    pub value: String,
    /// What is wrong: a stable word.
    pub problem: &'static str,
}

/// The cells of a row by column name; an empty cell is `""`.
pub(super) struct Cells<'c, 'f> {
    cell: &'f dyn Fn(&str) -> &'c str,
    /// Cells that cannot be read in a row that holds without them.
    pub doubts: Vec<Fault>,
}

/// A cell read: nothing when it is empty.
type Read<T> = Result<Option<T>, Fault>;

impl<'c, 'f> Cells<'c, 'f> {
    pub fn new(cell: &'f dyn Fn(&str) -> &'c str) -> Cells<'c, 'f> {
        Cells { cell, doubts: Vec::new() }
    }

    fn get(&self, column: &str) -> &'c str {
        (self.cell)(column).trim()
    }

    fn fault<T>(&self, column: &'static str, problem: &'static str) -> Result<T, Fault> {
        Err(Fault { column, value: self.get(column).to_owned(), problem })
    }

    fn read<T>(
        &self,
        column: &'static str,
        problem: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Read<T> {
        match self.get(column) {
            "" => Ok(None),
            text => parse(text).map_or_else(|| self.fault(column, problem), |value| Ok(Some(value))),
        }
    }

    /// A value that must be there.
    pub fn must<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&Self, &'static str) -> Read<T>,
    ) -> Result<T, Fault> {
        read(self, column)?.map_or_else(|| self.fault(column, "missing-value"), Ok)
    }

    /// A value that can only weaken the row by not being there: what cannot be read is told and reads as empty.
    pub fn doubtful<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&Self, &'static str) -> Read<T>,
    ) -> Option<T> {
        read(self, column).unwrap_or_else(|fault| {
            self.doubts.push(fault);
            None
        })
    }

    pub fn text(&self, column: &'static str) -> Option<String> {
        Some(self.get(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Several texts in one cell, apart by `;` `,` `、` or a line end.
    pub fn list(&self, column: &'static str) -> Vec<&'c str> {
        let parts = self.get(column).split([';', '；', ',', '，', '、', '\n', '\r']);
        parts.map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    pub fn names(&self, column: &'static str) -> Vec<String> {
        self.list(column).into_iter().map(str::to_owned).collect()
    }

    pub fn id(&self, column: &'static str) -> Read<String> {
        match cell_id(&Cell::Text(Cow::Borrowed(self.get(column)))) {
            Id::None => Ok(None),
            Id::Text(id) => Ok(Some(id.into_owned())),
            Id::DigitsLost(_) => self.fault(column, "digits-lost"),
        }
    }

    /// Several ids in one cell.
    pub fn ids(&self, column: &'static str) -> Result<Vec<String>, Fault> {
        // The whole cell first: only it shows that a spreadsheet has lost digits.
        let whole = self.id(column)?;
        let several = self.names(column);
        Ok(if several.len() > 1 { several } else { whole.into_iter().collect() })
    }

    pub fn marketplace(&self, column: &'static str) -> Read<Marketplace> {
        self.read(column, "unknown-word", Marketplace::parse)
    }

    pub fn word<T: Closed>(&self, column: &'static str) -> Read<T> {
        self.read(column, "unknown-word", T::parse)
    }

    /// Several words; those that are not known are told and left out.
    pub fn words<T: Closed>(&mut self, column: &'static str) -> Vec<T> {
        let (known, unknown) = self.each(column, "unknown-word", T::parse);
        self.doubts.extend(unknown);
        known
    }

    pub fn yes(&self, column: &'static str) -> Read<bool> {
        self.read(column, "unknown-word", yes_no)
    }

    pub fn when(&self, column: &'static str) -> Read<When> {
        self.read(column, "unreadable-value", When::parse)
    }

    /// A window by the columns of its ends.
    pub fn window(&self, from: &'static str, to: &'static str) -> Result<Window, Fault> {
        let window = Window { from: self.when(from)?, to: self.when(to)? };
        if window.is_backwards() { self.fault(to, "ends-before-it-begins") } else { Ok(window) }
    }

    pub fn region(&self, column: &'static str) -> Read<Place> {
        self.read(column, "unknown-region", region::parse)
    }

    /// A country or territory that has a calendar of its own.
    pub fn area(&self, column: &'static str) -> Read<&'static str> {
        self.read(column, "unknown-region", |text| region::parse(text).and_then(area_code))
    }

    /// Several regions; those that are not known are told and left out, but one must be left: a row without any
    /// would hold everywhere.
    pub fn regions(&mut self, column: &'static str) -> Result<Vec<Place>, Fault> {
        let (known, mut unknown) = self.each(column, "unknown-region", region::parse);
        match unknown.pop() {
            Some(fault) if known.is_empty() => Err(fault),
            last => {
                self.doubts.extend(unknown.into_iter().chain(last));
                Ok(known)
            }
        }
    }

    pub fn count(&self, column: &'static str) -> Read<u32> {
        self.read(column, "unreadable-value", |text| text.strip_suffix(".0").unwrap_or(text).parse().ok())
    }

    /// A number, with or without a currency sign and thousands apart by commas.
    pub fn number(&self, column: &'static str) -> Read<f64> {
        self.read(column, "unreadable-value", |text| {
            let digits = text.trim_start_matches(['¥', '￥', '$', '€', '£', ' ']).replace(',', "");
            digits.parse().ok().filter(|number: &f64| number.is_finite())
        })
    }

    fn each<T>(
        &self,
        column: &'static str,
        problem: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> (Vec<T>, Vec<Fault>) {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for part in self.list(column) {
            match parse(part) {
                Some(value) => known.push(value),
                None => unknown.push(Fault { column, value: part.to_owned(), problem }),
            }
        }
        (known, unknown)
    }
}
