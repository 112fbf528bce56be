//! The vocabulary of the trade: what an order, a parcel and a cell reading are.
//!
//! No input or output and no policy live here, and nothing of ours is imported: every other room
//! speaks in these words.

mod field;
mod marketplace;
mod reading;
mod record;
mod region;
mod status;

pub use field::{Field, FieldKind};
pub use marketplace::Marketplace;
pub use reading::{Instant, Reading, Stamp};
pub use record::{AfterSales, Arena, Flags, Line, OrderType, Parcel, Text, Whereabouts};
pub use region::Region;
pub use status::{Stage, Status};
