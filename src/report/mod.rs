//! Room 6: the audit to files.

pub mod mask;
pub mod say;
pub mod workbook;
