//! Room 5: findings to rates, points, headroom and totals. Every tally can be merged with another, so blocks,
//! files and machines can be counted apart.

mod collect;
mod period;

pub use collect::{Collector, Gaps, StoreTotals, Tally};
pub use period::{Counts, Period, PeriodKey, rates};
