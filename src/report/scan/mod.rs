//! The promotion scan to files: JSON, the terminal.

mod json;
mod say;
mod terminal;

pub use json::write_scan_json;
pub use terminal::scan_summary;
