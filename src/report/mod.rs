//! Room 6: the audit to files.

mod ahead;
pub mod breakdown;
mod carry;
mod changes;
pub mod claims;
mod csv;
mod explain;
pub mod extras;
#[cfg(test)]
mod full;
pub mod json;
mod listing;
pub mod mask;
pub mod provenance;
mod rows;
pub mod say;
mod scan;
mod steady;
mod terminal;
pub mod work;
pub mod workbook;
mod write;

pub use carry::{CarryError, read_notes};
pub use changes::{changes_json, changes_text, compared};
pub use csv::{CsvOptions, write_csv};
pub use explain::{SourceRow, explain};
pub use say::fault_said;
pub use scan::{scan_summary, write_scan_json, write_scan_workbook};
pub(crate) use steady::save_book;
pub use terminal::{inputs, not_read, printable, summary};
pub use write::{WriteError, write_aside, write_file};
