//! The program: parse, resolve, run, exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    shipby::cli::run()
}
