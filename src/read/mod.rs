//! Bytes to rows: files are found, told by their content, and read as blocks of rows.
//!
//! [`discover`] turns INPUTs into files, [`open`] a file into tables, [`Table::heads`] shows the first rows
//! for recognition, and [`Table::read`] hands out all rows, in parallel, with cells that are decoded only
//! when asked for. Whatever cannot be read is a [`ReadFault`] beside the tables that can.
//!
//! ```no_run
//! # fn main() -> Result<(), shipby::read::ReadFault> {
//! use shipby::read::{Limits, discover, open};
//!
//! for found in discover(&["exports".into()])? {
//!     for table in open(&found, &Limits::default()).into_iter().flatten() {
//!         let heads = table.heads(30)?;
//!         let Some(head) = heads.first() else { continue };
//!         let width = head.rows.first().map_or(0, |(_, cells)| cells.len());
//!         let blocks = table.read(head.delimiter, width, &|_bytes| {}, |block| {
//!             let mut filled = 0;
//!             block.for_each(|row| filled += usize::from(!row.cell(0).is_empty()));
//!             filled
//!         })?;
//!         let filled: usize = blocks.iter().map(|block| block.value).sum();
//!         println!("{}: {filled} rows with a first cell", table.file);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod archive;
mod bytes;
mod cells;
mod container;
mod encoding;
mod excel;
mod fault;
mod feed;
mod format;
mod lake;
mod limits;
mod marks;
mod markup;
mod panic;
mod rows;
mod scan;
mod sheet;
mod sniff;
mod source;
mod split;
mod survey;
mod table;
mod text;
mod walk;
mod whole;
mod window;

pub use fault::ReadFault;
pub use format::{Encoding, Format};
pub use limits::Limits;
pub use rows::{Block, Cell, Row, Trouble};
pub use table::{BlockResult, Head, Refused, Table, is_own_report, open, open_bytes, open_report};
pub use walk::{Found, below, discover};
pub use whole::{READ_COMMAND, isolate, serve};

#[cfg(test)]
mod tests;
