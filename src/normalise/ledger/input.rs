//! What was read: a sheet or a file.

use crate::normalise::moment::Clock;
use crate::order::{Field, Instant, Marketplace};
use crate::recognise::{Column, Kind};
use chrono_tz::Tz;
use std::sync::OnceLock;

/// Every field has a bit of its own in [`Input::fields`].
const _: () = assert!(Field::ALL.len() <= 128);

/// What an input turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// A table that a layout fits.
    Known(Kind),
    /// A table that no layout fits.
    Unrecognised,
    /// A file that could not be read.
    Unreadable,
    /// A sheet that is left out on purpose: hidden, or a chart.
    LeftOut,
}

impl InputKind {
    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            InputKind::Known(kind) => kind.as_str(),
            InputKind::Unrecognised => "unrecognised",
            InputKind::Unreadable => "unreadable",
            InputKind::LeftOut => "left-out",
        }
    }
}

/// Why an input gave no rows: a stable word and the details, which `words` turns into a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// The stable word.
    pub code: &'static str,
    /// What, where and what to do, in English.
    pub message: String,
    /// A figure, a limit, or the words of a reader or of the system; may be empty.
    pub detail: String,
    /// The line or row it is about, counted from 1.
    pub line: Option<u64>,
    /// For a table of no known kind: the layout that comes nearest.
    pub nearest: Option<String>,
    /// For a table of no known kind: the headings the nearest layout misses.
    pub missing: Vec<String>,
    /// For a table of no known kind: what looks like its headings.
    pub headings: Vec<String>,
}

/// The blocks of rows that a table was read in.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    /// As [`crate::read::Table::window`].
    pub window: usize,
    /// Of each: its rows, and those of them that hold anything.
    pub rows: Vec<(u32, u32)>,
}

/// A sheet or file that was read, or that could not be.
#[derive(Clone, Debug)]
pub struct Input {
    /// Path relative to its INPUT.
    pub path: String,
    /// The sheet, for workbooks.
    pub sheet: Option<String>,
    /// First folder below INPUT on the way to the file.
    pub folder: Option<String>,
    /// What it is.
    pub kind: InputKind,
    /// The marketplace, where the layout or the user says it.
    pub marketplace: Option<Marketplace>,
    /// The store of its rows, unless a row or footer says another.
    pub store: String,
    /// The store was given on the command line, so rows and footers do not change it.
    pub forced: bool,
    /// The `[[store]]` of the configuration whose files it is among.
    pub rule: Option<u32>,
    /// The container: csv, xlsx …
    pub format: &'static str,
    /// The encoding, for text.
    pub encoding: Option<&'static str>,
    /// The delimiter, for text.
    pub delimiter: Option<u8>,
    /// Row of the headings, counted from 1.
    pub heading_row: u32,
    /// The columns in their order.
    pub columns: Vec<Column>,
    /// The layout's id.
    pub layout: Option<String>,
    /// How its times are read.
    pub clock: Option<Clock>,
    /// A table of waybills without order ids: the courier's own record.
    pub courier: bool,
    /// When it was exported: the time in the file's name, else the latest instant in it.
    pub exported_at: Option<Instant>,
    /// Rows read.
    pub rows: u32,
    /// The blocks it was read in, where they are known.
    pub blocks: Blocks,
    /// Rows that became part of an order.
    pub rows_in_orders: u32,
    /// Orders that have a row here.
    pub orders: u32,
    /// Rows rejected, each with an issue.
    pub rejected: u32,
    /// Rows skipped: blank, preamble, totals; of tracking files also those that joined nothing.
    pub skipped: u32,
    /// Why it gave nothing.
    pub error: Option<InputError>,
    /// Tracking inputs joined to it.
    pub tracking: Vec<u32>,
    /// The fields that have a column, one bit each; filled when first asked for, as rules ask a million times.
    pub fields: OnceLock<u128>,
}

impl Input {
    /// An input of which nothing is known yet but its path.
    pub fn blank(path: &str) -> Input {
        Input {
            path: path.to_owned(),
            sheet: None,
            folder: None,
            kind: InputKind::Unreadable,
            marketplace: None,
            store: String::new(),
            forced: false,
            rule: None,
            format: "unknown",
            encoding: None,
            delimiter: None,
            heading_row: 0,
            columns: Vec::new(),
            layout: None,
            clock: None,
            courier: false,
            exported_at: None,
            rows: 0,
            blocks: Blocks::default(),
            rows_in_orders: 0,
            orders: 0,
            rejected: 0,
            skipped: 0,
            error: None,
            tracking: Vec::new(),
            fields: OnceLock::new(),
        }
    }

    /// The heading of the column that feeds a field.
    pub fn heading(&self, field: Field) -> Option<&str> {
        self.columns.iter().find(|c| c.field == Some(field)).map(|c| c.heading.as_str())
    }

    /// Whether a column feeds a field. Columns are not to change once this was asked.
    pub fn has(&self, field: Field) -> bool {
        let fields = self.fields.get_or_init(|| {
            self.columns
                .iter()
                .filter_map(|column| column.field)
                .fold(0, |all, field| all | 1 << field as u32)
        });
        fields & 1 << field as u32 != 0
    }

    /// The zone in which its days end; Asia/Shanghai where nothing is known of its times.
    pub fn day_zone(&self) -> Tz {
        self.clock.as_ref().map_or(Tz::Asia__Shanghai, |clock| clock.day_zone)
    }

    /// Whether the user named the store, before whatever the file says.
    pub const fn store_forced(&self) -> bool {
        self.forced
    }

    /// Whether rows read = rows in orders + rejected + skipped.
    pub const fn adds_up(&self) -> bool {
        self.rows == self.rows_in_orders + self.rejected + self.skipped
    }
}
