//! Room 5: findings to rates, points, headroom and totals. Every tally can be merged with another, so blocks,
//! files and machines can be counted apart.

mod collect;
mod period;
mod totals;

pub use collect::Collector;
pub use period::{Counts, Period, PeriodKey, by_store, rates};
pub use totals::{FEW_STORES, Gaps, StoreTotals, Tally};
