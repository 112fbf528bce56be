//! Data issues: what an input holds that cannot be used, and what that means. Nothing is passed over.

use crate::order::Field;

/// What is wrong with a cell, a row or an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Problem {
    /// A quote was opened and never closed.
    UnclosedQuote,
    /// Bytes that are no text in the file's encoding.
    Undecodable,
    /// Fewer or more cells than headings.
    Ragged,
    /// No order id.
    MissingId,
    /// An order id in which a spreadsheet has lost digits.
    DigitsLost,
    /// A time that cannot be read.
    UnreadableTime(Field),
    /// A status word that no layout knows.
    UnknownStatus,
    /// A time later than the moment of the audit.
    FutureTime(Field),
    /// Two times in an order in which they cannot happen.
    ContradictoryTimes(Field, Field),
    /// Status and times disagree.
    StatusMismatch(Field),
    /// The order stands in more than one export; this copy was not used.
    DuplicateOrder,
    /// A tracking or after-sales row that belongs to no order read.
    Unjoined,
    /// A tracking row that fits several orders.
    AmbiguousJoin,
    /// A number where a date was expected; it was converted.
    NumberAsTime(Field),
    /// Headings, and not a row below them.
    NoRows,
}

impl Problem {
    /// The stable word for JSON and for the sentences in `words`.
    pub const fn code(self) -> &'static str {
        match self {
            Problem::UnclosedQuote => "unclosed-quote",
            Problem::Undecodable => "undecodable",
            Problem::Ragged => "ragged",
            Problem::MissingId => "missing-order-id",
            Problem::DigitsLost => "digits-lost",
            Problem::UnreadableTime(_) => "unreadable-time",
            Problem::UnknownStatus => "unknown-status",
            Problem::FutureTime(_) => "future-time",
            Problem::ContradictoryTimes(..) => "contradictory-times",
            Problem::StatusMismatch(_) => "status-mismatch",
            Problem::DuplicateOrder => "duplicate-order",
            Problem::Unjoined => "unjoined",
            Problem::AmbiguousJoin => "ambiguous-join",
            Problem::NumberAsTime(_) => "number-as-time",
            Problem::NoRows => "no-rows",
        }
    }

    /// Whether the row was rejected: it is no part of any order.
    pub const fn rejects(self) -> bool {
        matches!(self, Problem::UnclosedQuote | Problem::MissingId | Problem::DigitsLost)
    }

    /// The field it is about, where it is about one.
    pub const fn field(self) -> Option<Field> {
        match self {
            Problem::UnreadableTime(field)
            | Problem::FutureTime(field)
            | Problem::ContradictoryTimes(field, _)
            | Problem::StatusMismatch(field)
            | Problem::NumberAsTime(field) => Some(field),
            Problem::MissingId | Problem::DigitsLost => Some(Field::OrderId),
            Problem::UnknownStatus => Some(Field::Status),
            _ => None,
        }
    }
}

/// A data issue, with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The input, as an index into the ledger's inputs.
    pub input: u32,
    /// Row in the input counted from 1; 0 when it is about the input as a whole.
    pub row: u32,
    /// Line of the file counted from 1, where it differs from the row; else 0.
    pub line: u32,
    /// The column, counted from 0, where it is about one cell.
    pub column: Option<u16>,
    /// The cell, or for a rejected row the whole row.
    pub value: String,
    /// What is wrong.
    pub problem: Problem,
}
