//! Room 6: the audit to files.

pub mod claims;
mod explain;
pub mod json;
pub mod mask;
pub mod provenance;
pub mod say;
mod terminal;
pub mod work;
pub mod workbook;
mod write;

pub use explain::{SourceRow, explain};
pub use say::fault_said;
pub use terminal::{inputs, not_read, printable, summary};
pub use write::{WriteError, write_aside, write_file};
