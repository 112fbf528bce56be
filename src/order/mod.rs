//! The vocabulary of the trade: what an order, a parcel and a cell reading are.
//!
//! No input or output and no policy live here, and nothing of ours is imported: every other room
//! speaks in these words.

mod region;

pub use region::Region;
