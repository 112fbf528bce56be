//! What every sheet is written with.

use super::WorkbookOptions;
use super::pages::{Column, Factory, Look, ROWS, Role};
use super::paper::Paper;
use super::styles::Styles;
use super::text::{elide, sheet_name};
use crate::Audit;
use crate::casebook::Closed;
use crate::normalise::{Input, InputKind};
use crate::order::Instant;
pub use crate::report::listing::hours;
use crate::report::rows::Row;
use crate::report::say::Speaker;
use crate::report::work::Work;
use crate::words::{Language, Words};
use chrono_tz::Tz;

/// Columns that a file's name takes in short.
const NAME: usize = 30;
/// Columns that hold numbers, by the keys of their headings.
const NUMBERS: [&str; 8] =
    ["hours-left", "row", "rows", "in-orders", "orders", "rejected", "skipped", "input"];

/// The audit, the words, the formats and the maker of sheets.
pub struct Desk<'d> {
    /// The audit.
    pub audit: &'d Audit,
    /// How the workbook is written.
    pub options: &'d WorkbookOptions,
    /// The formats.
    pub styles: &'d Styles,
    /// Makes sheets.
    pub factory: &'d Factory,
    /// Says things.
    pub speaker: Speaker<'d>,
    /// The words.
    pub words: &'static Words,
    /// Is told of cells as they are written.
    pub progress: &'d (dyn Fn(u64) + Sync),
    /// All work, in its order; none where nothing is made of it.
    pub works: Vec<Work<'d>>,
}

impl<'d> Desk<'d> {
    /// Lays everything out.
    pub fn new(
        audit: &'d Audit,
        options: &'d WorkbookOptions,
        styles: &'d Styles,
        factory: &'d Factory,
        progress: &'d (dyn Fn(u64) + Sync),
    ) -> Desk<'d> {
        let speaker = Speaker::new(options.language, audit.context(), options.zone);
        let words = options.language.words();
        Desk { audit, options, styles, factory, speaker, words, progress, works: Vec::new() }
    }

    /// The same desk with all work laid out.
    #[must_use]
    pub fn with_works(self, works: Vec<Work<'d>>) -> Desk<'d> {
        Desk { works, ..self }
    }

    /// What is needed for sheets that are not about one audit.
    pub fn paper(&self) -> Paper<'d> {
        Paper { words: self.words, styles: self.styles, factory: self.factory, rows: self.rows() }
    }

    /// The day of the audit for its reader.
    pub fn today(&self) -> chrono::NaiveDate {
        self.audit.as_of.with_timezone(&self.options.zone).date_naive()
    }

    /// A text of the workbook with values put in.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.say(&format!("workbook.{key}"), values)
    }

    /// A column with the heading under a key.
    pub fn column(&self, key: &str, width: f64) -> Column {
        let role = if NUMBERS.contains(&key) { Role::Number } else { Role::Ours };
        Column::ours(&self.say(&format!("column.{key}"), &[]), width, role)
    }

    /// How a table of ours stands on its sheet.
    pub fn look(&self, sheet: &str, columns: Vec<Column>, frozen: u16) -> Look {
        let name = self.sheet_name(sheet);
        Look { name, columns, frozen, pages_wide: 1, rows: self.rows() }
    }

    /// The name of one of our sheets.
    pub fn sheet_name(&self, sheet: &str) -> String {
        sheet_name(&self.say(&format!("sheet.{sheet}"), &[]))
    }

    /// Rows a sheet.
    pub fn rows(&self) -> u32 {
        self.options.rows.clamp(1, ROWS)
    }

    /// The name of an input's annotated sheet: its number and our words for what it is.
    pub fn annotated_name(&self, number: u32, input: &Input) -> String {
        let marketplace = match input.marketplace {
            Some(marketplace) => self.speaker.marketplace(Some(marketplace)),
            None => self.say("sheet.any-marketplace", &[]),
        };
        let kind = self.speaker.known("kind", input.kind.as_str());
        let n = (number + 1).to_string();
        sheet_name(&self.say("sheet.annotated", &[("n", &n), ("marketplace", &marketplace), ("kind", &kind)]))
    }

    /// Whether an input is a table that is known.
    pub fn is_known(input: &Input) -> bool {
        matches!(input.kind, InputKind::Known(_))
    }

    /// A word of the casebook in the language of the report.
    pub fn said(&self, value: impl Closed) -> &'static str {
        value.word().map_or("", |word| match self.options.language {
            Language::Chinese => word.zh,
            Language::English => word.en,
        })
    }

    /// An instant, its zone and the hours to it, in three columns from `column` on; nothing where there is none.
    pub fn moment(&self, row: &mut Row<'_>, column: u16, at: Option<Instant>, zone: Tz) {
        let Some(at) = at else { return };
        row.number(column, serial(at, zone), &self.styles.moment);
        row.text(column + 1, &self.speaker.zone(zone), &self.styles.text);
        let left = hours((at - self.audit.as_of).num_seconds());
        row.number(column + 2, left, &self.styles.hours);
    }

    /// Where a row stands, for people; in short without folders and the middle of long names.
    pub fn place(&self, input: &Input, row: u32, in_short: bool) -> String {
        let file = input.path.as_str();
        let file =
            if in_short { elide(file.rsplit('/').next().unwrap_or(file), NAME) } else { file.to_owned() };
        let row = row.to_string();
        match &input.sheet {
            None => self.say("source.row", &[("row", &row), ("file", &file)]),
            Some(sheet) => self.say("source.sheet-row", &[("row", &row), ("file", &file), ("sheet", sheet)]),
        }
    }
}

/// An instant as a spreadsheet counts it, in local time.
pub fn serial(at: Instant, zone: Tz) -> f64 {
    let local = at.with_timezone(&zone).naive_local();
    // 1899-12-30 is 25,569 days before 1970.
    local.and_utc().timestamp() as f64 / 86_400.0 + 25_569.0
}
