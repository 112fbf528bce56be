//! The vocabulary of the trade: what an order, a parcel and a cell reading are.
//!
//! No input or output and no policy live here, and nothing of ours is imported: every other room
//! speaks in these words.

mod after_sales;
mod arena;
mod field;
mod line;
mod marketplace;
mod parcel;
mod reading;
mod records;
mod region;
mod status;
mod times;

pub use after_sales::AfterSales;
pub use arena::{Arena, Text};
pub use field::{Field, FieldKind};
pub use line::{Flags, Line, LineHead, LineOf, OrderType};
pub use marketplace::Marketplace;
pub use parcel::{Parcel, ParcelHead, ParcelOf, Whereabouts};
pub use reading::{Instant, Reading, Stamp};
pub use records::{Records, Timed};
pub use region::Region;
pub use status::{Stage, Status};
