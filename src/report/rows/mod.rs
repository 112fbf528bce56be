//! The rows of long sheets: made as text, packed and put into a workbook, by as many threads as there are.
//!
//! The library that writes workbooks makes the frame of every sheet: headings, widths, panes, filters, notes, choices,
//! page setup. The rows below the headings are made here, a [`Stretch`] at a time; each is packed where it is made and
//! spooled to a temporary file. [`bind`] then puts a sheet together: the frame up to its rows, the rows in order, the
//! links among them, the rest of the frame.
//!
//! What a cell may be: a text that is written out, a number, a truth value, or empty; never a formula, never a link to
//! anything outside the workbook. Where stretches begin depends on the rows only, so the same rows give the same
//! bytes whatever the threads. Files of more than 4 GiB are written as ZIP64.

mod bind;
mod container;
mod row;
mod spool;
mod stretch;

#[cfg(test)]
mod tests;

pub(super) use bind::{Filled, bind};
pub(super) use row::Row;
pub(super) use spool::Spool;
pub(super) use stretch::{Part, Stretch};
