//! What the sheets of a casebook look like: one declaration that the reader, the check of headings and the template
//! all use.

use super::word::Word;
use super::{agreement, calendar, card, defect, filing, listing, notice, region, report};
use crate::recognise::normalise_heading;

/// A sheet.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// Its English name, which is the contract.
    pub name: &'static str,
    /// Its Chinese name.
    pub heading: &'static str,
    /// Other names it may go by.
    pub also: &'static [&'static str],
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// Example rows for the template, with a cell for each column, in English.
    pub examples: &'static [&'static [&'static str]],
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its English name, which is the contract.
    pub name: &'static str,
    /// Its Chinese heading.
    pub heading: &'static str,
    /// Other headings it may have.
    pub also: &'static [&'static str],
    /// Whether a row must have a value here.
    pub required: bool,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands in the cells of a column.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// An id, every digit of which counts.
    Id,
    /// A marketplace.
    Marketplace,
    /// A region or a country.
    Region,
    /// Several of them.
    Regions,
    /// Several names.
    Names,
    /// A day, or a day with a time.
    When,
    /// A day.
    Day,
    /// One of a few words.
    Word(fn() -> Vec<Word>),
    /// Several of a few words.
    Words(fn() -> Vec<Word>),
    /// Yes or no.
    YesNo,
    /// A whole number.
    Count,
    /// A number.
    Number,
}

impl Column {
    /// A column in which every row must have a value.
    pub(super) const fn must(name: &'static str, heading: &'static str, kind: Kind) -> Column {
        Column { name, heading, also: &[], required: true, kind }
    }

    /// A column that may be empty, or not be there.
    pub(super) const fn may(name: &'static str, heading: &'static str, kind: Kind) -> Column {
        Column { name, heading, also: &[], required: false, kind }
    }

    /// The same with other headings it may have.
    pub(super) const fn or(self, also: &'static [&'static str]) -> Column {
        Column { also, ..self }
    }

    /// Whether a heading names this column; case, blanks, `_` and `-` do not matter.
    pub fn is(&self, heading: &str) -> bool {
        let heading = folded(heading);
        [self.name, self.heading].iter().chain(self.also).any(|name| folded(name) == heading)
    }
}

fn folded(heading: &str) -> String {
    normalise_heading(heading).replace(['_', '-'], "")
}

/// The column that marks a row as an example, which no sheet uses as a fact. The template writes it first on every
/// sheet; a cell that says y, 是, 示例 or EXAMPLE marks the row.
pub const EXAMPLE: Column = Column::may("example", "示例", Kind::YesNo);

/// The sheet of the template that explains the others and holds no facts.
pub const GUIDE: (&str, &str) = ("guide", "说明");

/// Every sheet, in the order of the template.
pub const SHEETS: [&Sheet; 9] = [
    &notice::SHEET,
    &region::SHEET,
    &filing::SHEET,
    &card::SHEET,
    &agreement::SHEET,
    &defect::SHEET,
    &report::SHEET,
    &calendar::SHEET,
    &listing::SHEET,
];

impl Sheet {
    /// The sheet of a name: English in plural or singular, or Chinese.
    pub fn named(name: &str) -> Option<&'static Sheet> {
        let name = name.trim().to_lowercase();
        SHEETS.into_iter().find(|sheet| {
            [sheet.name, sheet.heading].iter().chain(sheet.also).any(|known| *known == name)
                || sheet.name.strip_suffix('s') == Some(&name)
        })
    }

    /// Its own columns and the one that marks examples, which comes first.
    pub fn all_columns(&'static self) -> impl Iterator<Item = &'static Column> {
        std::iter::once(&EXAMPLE).chain(self.columns)
    }

    /// The column a heading names.
    pub fn column(&'static self, heading: &str) -> Option<&'static Column> {
        self.all_columns().find(|column| column.is(heading))
    }
}
