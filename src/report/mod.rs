//! Room 6: the audit to files.

pub mod json;
mod terminal;
mod write;

pub use terminal::{inputs, printable, summary};
pub use write::{WriteError, write_aside, write_file};
