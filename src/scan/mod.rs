//! Before a promotion: what happens if so many orders come and so many can be shipped.

mod least;
mod model;
mod plan;

pub use least::{least, none_late};
pub use model::{Counts, Demand, Lot, Outcome, simulate};
pub use plan::{Grid, HOURS, Shifts, ZONE, spread};
