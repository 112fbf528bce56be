//! What is printed. Control and direction characters of an input are shown, never obeyed.
//!
//! Whoever listens may go, as `head` does when it has seen enough: the run goes on then, for the files that it was
//! asked for.

use crate::cli::Failure;
use crate::report::{printable, write_file};
use std::io::Write;
use std::path::Path;

/// Prints what was asked for.
pub fn out(text: &str) -> Result<(), Failure> {
    let text = printable(text);
    write_file(Path::new("-"), |out| out.write_all(text.as_bytes()))?;
    Ok(())
}

/// Prints a remark. There is nobody to tell where that fails.
pub fn err(text: &str) {
    let _ = std::io::stderr().write_all(printable(text).as_bytes());
}

/// Says what is wrong.
pub fn complain(what: &str) {
    err(&format!("shipby: {what}\n"));
}
