//! All orders of a run, with their parcels and cases, and what was read to get them.

use crate::normalise::issue::Issue;
use crate::normalise::moment::Clock;
use crate::order::{
    AfterSales, Arena, Field, Instant, Line, Marketplace, Parcel, Reading, Region, Status, Text,
};
use crate::recognise::{Column, Kind};

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
            rows_in_orders: 0,
            orders: 0,
            rejected: 0,
            skipped: 0,
            error: None,
            tracking: Vec::new(),
        }
    }

    /// The heading of the column that feeds a field.
    pub fn heading(&self, field: Field) -> Option<&str> {
        self.columns.iter().find(|c| c.field == Some(field)).map(|c| c.heading.as_str())
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

/// A store, with what the configuration says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    /// Its name.
    pub name: String,
    /// Where it ships from, when the export does not say.
    pub ships_from: Region,
    /// eBay handling days, where the export has no Ship By Date.
    pub handling_days: Option<u32>,
    /// A Pinduoduo parcel of the store went on an electronic waybill of its own.
    pub e_waybill: bool,
}

/// Records of one block of rows with their texts.
#[derive(Debug, Default)]
pub struct Batch {
    /// The input they come from.
    pub input: u32,
    /// Their texts.
    pub arena: Arena,
    /// Lines of orders.
    pub lines: Vec<Line>,
    /// Parcels.
    pub parcels: Vec<Parcel>,
    /// After-sales cases.
    pub after_sales: Vec<AfterSales>,
}

/// A record in a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// The batch.
    pub batch: u32,
    /// The record in it.
    pub index: u32,
}

/// A run of records in one of the ledger's lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub start: u32,
    /// How many.
    pub len: u32,
}

impl Span {
    /// As indices.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// One order: its lines, parcels and cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Its store, an index into the ledger's stores.
    pub store: u16,
    /// It stood in more than one export.
    pub duplicate: bool,
    /// Its lines.
    pub lines: Span,
    /// Its parcels.
    pub parcels: Span,
    /// Its after-sales cases.
    pub after_sales: Span,
}

/// Everything that was read, brought to orders.
#[derive(Debug, Default)]
pub struct Ledger {
    /// What was read, in file order.
    pub inputs: Vec<Input>,
    /// The stores.
    pub stores: Vec<Store>,
    /// The records.
    pub batches: Vec<Batch>,
    /// The orders, in the order of their first rows.
    pub orders: Vec<Order>,
    /// Lines by order.
    pub lines: Vec<At>,
    /// Parcels by order.
    pub parcels: Vec<At>,
    /// Cases by order.
    pub after_sales: Vec<At>,
    /// What could not be used, by input and row.
    pub issues: Vec<Issue>,
}

/// A record together with the batch that holds its texts.
#[derive(Clone, Copy, Debug)]
pub struct In<'l, T> {
    /// The batch.
    pub batch: &'l Batch,
    /// The record.
    pub record: &'l T,
}

impl<T> In<'_, T> {
    /// A text of this record.
    pub fn text(&self, text: Text) -> &str {
        self.batch.arena.get(text)
    }
}

impl Ledger {
    /// The lines of an order; at least one.
    pub fn lines(&self, order: &Order) -> impl ExactSizeIterator<Item = In<'_, Line>> {
        self.lines[order.lines.range()].iter().map(|at| {
            let batch = &self.batches[at.batch as usize];
            In { batch, record: &batch.lines[at.index as usize] }
        })
    }

    /// The parcels of an order.
    pub fn parcels(&self, order: &Order) -> impl ExactSizeIterator<Item = In<'_, Parcel>> {
        self.parcels[order.parcels.range()].iter().map(|at| {
            let batch = &self.batches[at.batch as usize];
            In { batch, record: &batch.parcels[at.index as usize] }
        })
    }

    /// The after-sales cases of an order.
    pub fn after_sales(&self, order: &Order) -> impl ExactSizeIterator<Item = In<'_, AfterSales>> {
        self.after_sales[order.after_sales.range()].iter().map(|at| {
            let batch = &self.batches[at.batch as usize];
            In { batch, record: &batch.after_sales[at.index as usize] }
        })
    }

    /// The status of an order: what its lines share, or that of the one that is least far.
    pub fn status(&self, order: &Order) -> Status {
        let all = self.lines(order).map(|line| line.record.status);
        all.reduce(Status::combine).unwrap_or_default()
    }

    /// The id of an order.
    pub fn order_id(&self, order: &Order) -> &str {
        self.lines(order).next().map_or("", |line| line.batch.arena.get(line.record.order_id))
    }

    /// The input an order's first line comes from.
    pub fn input(&self, order: &Order) -> &Input {
        &self.inputs[self.lines(order).next().map_or(0, |line| line.batch.input as usize)]
    }

    /// The store of an order.
    pub fn store(&self, order: &Order) -> &Store {
        &self.stores[usize::from(order.store)]
    }

    /// The time of a parcel, where a tracking file that has no row for it is told from one without the column.
    pub fn parcel_time(&self, input: &Input, parcel: Option<&Parcel>, field: Field) -> Reading<Instant> {
        let own = parcel.map_or(Reading::NoColumn, |parcel| parcel.time(field).reading());
        if own != Reading::NoColumn {
            return own;
        }
        let covered = input.tracking.iter().any(|t| self.inputs[*t as usize].heading(field).is_some());
        if covered { Reading::NoRow } else { Reading::NoColumn }
    }
}
