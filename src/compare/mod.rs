//! Two audits, as read from their JSON: what changed between them.
//!
//! Findings are told apart by marketplace, store, order, sub-order and rule, never by row numbers. What is compared is
//! trouble: findings that put their order at risk. A breach that is closed ([`State::Late`]) is no trouble any more,
//! but how trouble ended. See [`Kind`] for the words, [`Cause`] for changes that nobody at the store made, and
//! `docs/comparing.md` for what can be known from which file.
//!
//! [`State::Late`]: crate::assess::State::Late

mod change;
mod file;
mod kind;
mod past;
mod presence;
mod snapshot;
#[cfg(test)]
mod tests;
mod weeks;

pub use change::{Age, Change, Changes, Remembered, compare};
pub use kind::{Cause, Kind, Outcome};
pub use past::{Carried, Lost, NoteKey, Notes, Past};
pub use presence::{Presence, fingerprint};
pub use snapshot::{Key, MadeBy, Moment, OrderKey, PeriodRate, Snapshot, SnapshotError, Standing, Store};
pub use weeks::{Week, merge_weeks};
