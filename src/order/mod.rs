//! The vocabulary of the trade: what an order, a parcel and a cell reading are.
//!
//! No input or output and no policy live here, and nothing of ours is imported: every other room
//! speaks in these words.

mod arena;
mod field;
mod marketplace;
mod reading;
mod record;
mod records;
mod region;
mod status;
mod times;

pub use arena::{Arena, Text};
pub use field::{Field, FieldKind};
pub use marketplace::Marketplace;
pub use reading::{Instant, Reading, Stamp};
pub use record::{
    AfterSales, Flags, Line, LineHead, LineOf, OrderType, Parcel, ParcelHead, ParcelOf, Whereabouts,
};
pub use records::{Records, Timed};
pub use region::Region;
pub use status::{Stage, Status};
