//! Makes orders to measure with: `cargo run --profile fast --example generate -- 1000000 /tmp/orders`, or as those of 200
//! stores: `… -- 1000000 /tmp/orders 200`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

#[path = "orders/mod.rs"]
mod orders;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (count, folder, stores) = match arguments.as_slice() {
        [count, folder] => (count, folder, None),
        [count, folder, stores] => (count, folder, Some(stores)),
        _ => {
            eprintln!("usage: generate ORDERS FOLDER [STORES]");
            return ExitCode::from(2);
        }
    };
    let Ok(count) = count.parse() else {
        eprintln!("not a number of orders: {count}");
        return ExitCode::from(2);
    };
    let stores = match stores.map(|stores| stores.parse()).transpose() {
        Ok(stores) if stores != Some(0) => stores,
        _ => {
            eprintln!("not a number of stores");
            return ExitCode::from(2);
        }
    };
    let written = match stores {
        None => orders::write_all(Path::new(folder), count),
        Some(stores) => orders::write_stores(Path::new(folder), count, stores),
    };
    match written {
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
