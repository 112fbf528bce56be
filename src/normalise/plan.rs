//! Which column feeds which field of one recognised input, looked up once and not a row at a time.

use crate::normalise::moment::Clock;
use crate::order::{AfterSales, Field, Line, Parcel};
use crate::recognise::{Kind, Layout, Recognition, normalise_heading};
use std::sync::atomic::{AtomicU64, Ordering};

/// How the rows of one input become records.
#[derive(Clone, Debug)]
pub struct Plan<'l> {
    /// A number that no other plan of this run has.
    pub id: u64,
    /// The layout.
    pub layout: &'l Layout,
    /// How its times are read.
    pub clock: Clock,
    /// Row of the headings, counted from 1.
    pub heading_row: u32,
    /// The delimiter, for text.
    pub delimiter: Option<u8>,
    /// Whether rows are text, in which a row may be shorter than the headings by accident.
    pub is_text: bool,
    /// Whether the workbook's dates count from 1904.
    pub epoch_1904: bool,
    /// The headings.
    pub headings: Vec<String>,
    /// The headings in the spelling by which a repeated heading row is known.
    pub names: Vec<String>,
    /// Whether a heading, or a footer, begins with a digit.
    pub digit_heading: bool,
    /// Whether the first heading is letters with digits, as an id may be.
    pub id_heading: bool,
    columns: [u16; Field::ALL.len()],
    /// The times that such records hold and that have a column, in the order in which the records hold them, and
    /// which of those that they can hold each is.
    pub times: Vec<(u8, Field)>,
}

/// The number of the next plan.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// No column feeds the field.
const NO_COLUMN: u16 = u16::MAX;

impl<'l> Plan<'l> {
    /// The plan for a recognised table; `clock` carries the zones of the store.
    pub fn new(recognition: &Recognition<'l>, clock: Clock) -> Plan<'l> {
        let mut columns = [NO_COLUMN; Field::ALL.len()];
        for (at, column) in recognition.columns.iter().enumerate() {
            if let (Some(field), Ok(at)) = (column.field, u16::try_from(at)) {
                columns[field as usize] = at;
            }
        }
        let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let headings: Vec<String> = recognition.columns.iter().map(|c| c.heading.clone()).collect();
        let layout = recognition.layout;
        let footer =
            layout.footers.iter().map(String::as_str).chain(layout.seller_footer.as_deref()).any(digit);
        let times = match layout.kind {
            Kind::Orders => Line::time_fields(),
            Kind::Tracking => Parcel::time_fields(),
            Kind::AfterSales => AfterSales::time_fields(),
        };
        let has_column = |(_, field): &(u8, Field)| columns[*field as usize] != NO_COLUMN;
        let names: Vec<String> = headings.iter().map(|heading| normalise_heading(heading)).collect();
        Plan {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            digit_heading: footer || names.iter().any(|name| digit(name)),
            id_heading: names.first().is_some_and(|name| name.bytes().any(|byte| byte.is_ascii_digit())),
            layout: recognition.layout,
            clock,
            heading_row: recognition.heading_row,
            delimiter: recognition.delimiter,
            is_text: recognition.delimiter.is_some(),
            names,
            epoch_1904: false,
            headings,
            columns,
            times: (0..).zip(times.iter().copied()).filter(has_column).collect(),
        }
    }

    /// The column that feeds a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        match self.columns[field as usize] {
            NO_COLUMN => None,
            at => Some(usize::from(at)),
        }
    }
}

/// The plans of a table, each from its heading row on: more than one where files were put one under the other.
#[derive(Clone, Debug)]
pub struct Sections<'l>(Vec<Plan<'l>>);

impl<'l> Sections<'l> {
    /// A table of one heading row.
    pub fn of(plan: Plan<'l>) -> Sections<'l> {
        Sections(vec![plan])
    }

    /// Adds the section that begins with another heading row; rows are counted and times read as in the first.
    pub fn add(&mut self, found: &Recognition<'l>) {
        let mut plan = Plan::new(found, self.0[0].clock.clone());
        (plan.delimiter, plan.is_text) = (self.0[0].delimiter, self.0[0].is_text);
        plan.epoch_1904 = self.0[0].epoch_1904;
        self.0.push(plan);
    }

    /// Whether there is one heading row.
    pub fn is_one(&self) -> bool {
        self.0.len() == 1
    }

    /// The layout of the first.
    pub fn layout(&self) -> &'l Layout {
        self.0[0].layout
    }

    /// The plan for a row, counted from 1: that of the last heading row not after it.
    pub fn plan_for(&self, row: u32) -> &Plan<'l> {
        self.0.iter().rev().find(|plan| plan.heading_row <= row).unwrap_or(&self.0[0])
    }
}
