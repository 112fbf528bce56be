//! What of a casebook could not be used, and why.

use crate::read::ReadFault;
use thiserror::Error;

/// A row of the casebook that could not be used, or a heading that no sheet knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasebookIssue {
    /// The sheet, or the file.
    pub sheet: String,
    /// The row, counted from 1; 0 when it is about the sheet as a whole.
    pub row: u32,
    /// The column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong: a stable word.
    pub problem: &'static str,
    /// What is not used for it.
    pub loss: Loss,
}

/// What an issue costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loss {
    /// The cell, or a part of it: it reads as empty and the row is used.
    Cell,
    /// The row.
    Row,
    /// The column.
    Column,
    /// The sheet.
    Sheet,
}

impl Loss {
    /// The stable word for machine output and for the sentences in `words`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Loss::Cell => "cell",
            Loss::Row => "row",
            Loss::Column => "column",
            Loss::Sheet => "sheet",
        }
    }
}

/// Why a sheet came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SheetFault {
    /// It cannot be read.
    #[error(transparent)]
    Unread(#[from] ReadFault),
    /// No sheet of a casebook has this name.
    #[error("no sheet of a casebook has this name; `shipby template casebook.xlsx` shows those there are")]
    UnknownSheet,
    /// It has no row of headings.
    #[error("no heading of this sheet is known; `shipby template casebook.xlsx` shows those there are")]
    NoHeadings,
}

impl SheetFault {
    /// A stable word for machine output.
    pub const fn code(&self) -> &'static str {
        match self {
            SheetFault::Unread(fault) => fault.code(),
            SheetFault::UnknownSheet => "unknown-sheet",
            SheetFault::NoHeadings => "no-headings",
        }
    }
}

/// A sheet, or a file, of which nothing was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedSheet {
    /// The sheet; for a file that cannot be opened its name.
    pub sheet: String,
    /// Why.
    pub why: SheetFault,
}
