//! Room 3: rows to orders and faults.
//!
//! A recognised table is read block by block ([`rows`](self)): cells are cleaned, times become instants by zone,
//! status words become stages, places become codes. Then lines of one order meet, copies of one order become
//! one, and tracking and after-sales rows are joined. Nothing disappears: every row is part of an order, or
//! rejected with an issue, or skipped and counted.

mod clean;
mod gather;
mod ids;
mod issue;
mod join;
mod ledger;
mod load;
mod merge;
mod moment;
mod plan;
pub mod region;
mod rows;
mod status;

pub use clean::{bad_phone, is_masked, says_nothing, text as cell_text, yes_no};
pub use gather::StoreFacts;
pub use ids::{Id, id as cell_id};
pub use issue::{Issue, Problem};
pub use join::split_waybills;
pub use ledger::{At, Batch, Blocks, In, Input, InputError, InputKind, Ledger, Order, Span, Store};
pub use load::{LoadOptions, Loaded, StoreRule, assemble, export_time, load, read_files};
pub use moment::{Clock, Written, day_in, end_of_day, parse_local, show_serial, start_of_day};
pub use rows::Part as Block;

/// A cell as text, whatever it holds, without what exports put around it.
pub fn clean_cell(cell: &crate::read::Cell<'_>) -> String {
    clean::text(cell).into_owned()
}
