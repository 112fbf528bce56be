//! Makes orders to measure with: `cargo run --profile fast --example generate -- 1000000 /tmp/orders`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

#[path = "orders/mod.rs"]
mod orders;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, folder] = arguments.as_slice() else {
        eprintln!("usage: generate ORDERS FOLDER");
        return ExitCode::from(2);
    };
    let Ok(count) = count.parse() else {
        eprintln!("not a number of orders: {count}");
        return ExitCode::from(2);
    };
    match orders::write_all(Path::new(folder), count) {
        Ok(()) => {
            println!("{count} orders in {folder}; judge them with --as-of \"{}\"", orders::AS_OF);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
