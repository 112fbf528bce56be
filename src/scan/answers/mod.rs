//! What a scan says beside the figures: places, filings, presales, and what to do on which day.

mod calendar;
mod filings;
mod places;
mod presale;

pub use calendar::{Facts, Task, Today, calendar};
pub use filings::{Paper, PaperKind, papers};
pub use places::{Restriction, Spot, spots};
pub use presale::{Presale, presales};
