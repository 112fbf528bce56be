//! A layout: what one kind of export looks like, as data.

mod file;
mod lake;

use crate::order::{Field, Marketplace, OrderType, Stage};
use chrono_tz::Tz;
pub use file::LayoutError;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What the rows of an input are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Orders, or lines of orders.
    Orders,
    /// After-sales cases.
    AfterSales,
    /// Parcels and their traces.
    Tracking,
}

impl Kind {
    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Orders => "orders",
            Kind::AfterSales => "after-sales",
            Kind::Tracking => "tracking",
        }
    }
}

/// A way in which exports write a date; a layout lists those that its platform uses, and no other is
/// guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeStyle {
    /// `2026-09-22 00:54:03`, `2026/9/22 0:54`, `2026年9月22日`, RFC 3339 with an offset.
    YearFirst,
    /// `Sep-18-26`, `Jun-24-2026`, `Oct 5, 2026`, `Oct-02-26 01:53:00`.
    MonthNameFirst,
    /// `26-May-26`, `10-Dez-25`, `05-oct.-26`.
    DayMonthName,
    /// `06/24/2026`, American.
    MonthDayYear,
    /// `24.06.2026`, German.
    DayDotMonth,
}

/// What a status word or a prefix of it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// How far the order has come.
    Stage(Stage),
    /// The platform holds it; how far it has come is said elsewhere, or not at all.
    Held,
}

/// The parent row of a split order, which is not an order itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SplitParent {
    /// The status begins with this.
    pub status: String,
    /// The seller's remark contains this.
    pub remark: String,
}

/// What one kind of export looks like: which headings feed which fields, what its words mean, how it writes
/// times and in which zone.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The layout's id, such as `pinduoduo-orders`.
    pub id: String,
    /// The marketplace; `None` for files of any.
    pub marketplace: Option<Marketplace>,
    /// What its rows are.
    pub kind: Kind,
    /// Headings read `中文(English)` and either part names the column.
    pub bilingual: bool,
    /// Groups of headings of each of which at least one must be there.
    pub must: Vec<Vec<String>>,
    /// Headings of which at least one must be there.
    pub any: Vec<String>,
    /// Headings of which none may be there: they tell another platform's file.
    pub reject: Vec<String>,
    /// Zone of times written without an offset.
    pub export_zone: Tz,
    /// Zone that says where a day ends.
    pub day_zone: Tz,
    /// How it writes times.
    pub times: Vec<TimeStyle>,
    /// Month names beside the English ones, in small letters.
    pub months: BTreeMap<String, u32>,
    /// Texts that mark a footer row.
    pub footers: Vec<String>,
    /// The text before the seller's id in a footer.
    pub seller_footer: Option<String>,
    /// A summary row comes before the items of an order of several.
    pub summary_rows: bool,
    /// A spreadsheet date without a fraction is a day and not its midnight.
    pub whole_days: bool,
    /// Rows after the first of an order may leave the order's own cells empty.
    pub rows_share_cells: bool,
    /// The status is told by the times, where there is no status column.
    pub status_from_times: bool,
    /// Sub-orders of one row are joined by this.
    pub joined_sub_orders: Option<String>,
    /// How the parent of a split order is told.
    pub split_parent: Option<SplitParent>,
    /// Status words, in the spelling of [`normalise_word`](crate::recognise::normalise_word).
    pub status: HashMap<String, Word>,
    /// Prefixes of status words.
    pub status_prefix: Vec<(String, Word)>,
    /// What an order type contains, and what it then means.
    pub order_type: Vec<(String, OrderType)>,
    /// What a payment method contains when it is cash on delivery.
    pub cash_on_delivery: Vec<String>,
    /// After-sales words that mean refunded.
    pub refunded: Vec<String>,
    /// What a mark contains when the platform has deferred the deadline.
    pub deferred: Vec<String>,
    /// What a mark contains when the platform has waived penalties.
    pub exempted: Vec<String>,
    /// What a cancel reason contains when it was out of stock.
    pub stockout: Vec<String>,
    /// What a cancel reason contains when the buyer asked for it.
    pub buyer_wish: Vec<String>,
    /// What a cancel reason contains when nothing was cancelled.
    pub not_cancelled: Vec<String>,
    columns: BTreeMap<Field, Vec<String>>,
    other: Vec<String>,
    names: HashMap<String, (Option<Field>, usize)>,
}

impl Layout {
    /// What a normalised heading is to this layout: unknown, known but not needed, or a field with the rank
    /// of the heading among those of the field (lower is better).
    pub fn heading(&self, normalised: &str) -> Option<(Option<Field>, usize)> {
        self.names.get(normalised).copied()
    }

    /// The headings under which a field is known, the preferred first.
    pub fn headings_of(&self, field: Field) -> &[String] {
        self.columns.get(&field).map_or(&[], Vec::as_slice)
    }
}
