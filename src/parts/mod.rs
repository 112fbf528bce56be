//! Room: what one worker found, as Parquet, and the report of many workers.
//!
//! A part is a folder of tables with a manifest. It holds what was read, from which [`merge`] makes the ledger that one
//! run over all files would have made, and what was judged, for those who read a lake. See `docs/parts.md`.

mod facts;
mod fault;
mod judged;
mod manifest;
mod merge;
mod read;
mod records;
pub mod schema;
mod table;
mod words;
mod write;

pub use fault::PartFault;
pub use judged::write_findings;
pub use manifest::{Basis, Manifest, PartFile, TableEntry};
pub use merge::{Merged, merge};
pub use read::{Part, find_parts};
pub use table::{Column, Kind, Table};
pub use write::Draft;
