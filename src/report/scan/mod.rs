//! The promotion scan to files: workbook, JSON, the terminal.

mod json;
mod say;
mod terminal;
mod workbook;

pub use json::write_scan_json;
pub use terminal::scan_summary;
pub use workbook::write_scan_workbook;
