//! Hours and whole numbers: how orders and capacity are spread over time.

use crate::order::Instant;
use chrono::{Duration, NaiveDate, Timelike};
use chrono_tz::Tz;

/// Hours of a plan: sixty days.
pub const HOURS: u32 = 60 * 24;

/// The zone of a plan's days.
pub const ZONE: Tz = Tz::Asia__Shanghai;

/// The hours of a plan, counted from its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// When hour 0 begins: the moment of the plan, rounded up to the full hour.
    pub start: Instant,
    /// The moment of the plan.
    pub as_of: Instant,
}

impl Grid {
    /// The hours from a moment on.
    pub fn new(as_of: Instant) -> Grid {
        let over = as_of.timestamp().rem_euclid(3600);
        let start = if over == 0 { as_of } else { as_of + Duration::seconds(3600 - over) };
        Grid { start, as_of }
    }

    /// When an hour begins.
    pub fn begin(&self, hour: u32) -> Instant {
        self.start + Duration::hours(i64::from(hour))
    }

    /// The day of an hour, and which of its 24 hours it is.
    pub fn day(&self, hour: u32) -> (NaiveDate, u32) {
        let local = self.begin(hour).with_timezone(&ZONE);
        (local.date_naive(), local.hour())
    }

    /// The hour in which an instant lies; none before the first or after the last.
    pub fn hour_of(&self, at: Instant) -> Option<u32> {
        let hours = (at - self.start).num_seconds().div_euclid(3600);
        u32::try_from(hours).ok().filter(|hour| *hour < HOURS)
    }

    /// The last hour at whose end something due at `due` is on time: that ends not later. None where even the first
    /// hour ends too late.
    pub fn last_hour(&self, due: Instant) -> Option<u32> {
        let hours = (due - self.start).num_seconds().div_euclid(3600) - 1;
        u32::try_from(hours).ok().map(|hour| hour.min(HOURS))
    }
}

/// Spreads a whole number by weights: hour `k` gets `floor(n * W(k+1)) - floor(n * W(k))`, `W` the running share, so
/// that no order is lost or made. Without any weight nobody gets anything.
pub fn spread(orders: u64, weights: &[u64]) -> Vec<u64> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    let (mut running, mut given) = (0u128, 0u64);
    let share = |weight: &u64| {
        running += u128::from(*weight);
        let upto = u128::from(orders).saturating_mul(running).checked_div(total).unwrap_or(0) as u64;
        let part = upto - given;
        given = upto;
        part
    };
    weights.iter().map(share).collect()
}

/// The hours of a day in which one works, and the days on which nobody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shifts {
    /// First hour of the day, and the one after the last.
    pub hours: (u32, u32),
    /// Days off.
    pub days_off: Vec<NaiveDate>,
}

impl Default for Shifts {
    fn default() -> Shifts {
        Shifts { hours: (0, 24), days_off: Vec::new() }
    }
}

impl Shifts {
    /// Whether one works in an hour.
    pub fn works(&self, day: NaiveDate, hour: u32) -> bool {
        (self.hours.0..self.hours.1).contains(&hour) && !self.days_off.contains(&day)
    }

    /// What is shipped of `orders` a day in each hour of a plan.
    pub fn capacity(&self, grid: &Grid, orders: u64) -> Vec<u64> {
        let weights: Vec<u64> =
            (0..24).map(|hour| u64::from((self.hours.0..self.hours.1).contains(&hour))).collect();
        let day = spread(orders, &weights);
        let of = |hour| {
            let (date, at) = grid.day(hour);
            if self.works(date, at) { day[at as usize] } else { 0 }
        };
        (0..HOURS).map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Grid, Shifts, spread};
    use proptest::prelude::*;

    fn at(text: &str) -> crate::order::Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_first_hour_is_the_next_full_one_and_its_end_decides() {
        let grid = Grid::new(at("2026-11-09T11:20:00+08:00"));
        assert_eq!(grid.start, at("2026-11-09T12:00:00+08:00"));
        assert_eq!(Grid::new(grid.start).start, grid.start);
        assert_eq!(grid.last_hour(at("2026-11-09T12:59:59+08:00")), None);
        assert_eq!(grid.last_hour(at("2026-11-09T13:00:00+08:00")), Some(0));
        assert_eq!(grid.last_hour(at("2026-11-09T13:59:59+08:00")), Some(0));
        assert_eq!(grid.hour_of(at("2026-11-09T12:59:59+08:00")), Some(0));
        assert_eq!(grid.hour_of(at("2026-11-09T11:59:59+08:00")), None);
    }

    #[test]
    fn a_day_of_twelve_hours_ships_ten_orders_as_the_running_share_rises() {
        let grid = Grid::new(at("2026-11-09T00:00:00+08:00"));
        let shifts = Shifts { hours: (8, 20), days_off: vec!["2026-11-10".parse().expect("a day")] };
        let hours = shifts.capacity(&grid, 10);
        assert_eq!(hours[..24], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
        assert_eq!(hours[24..48].iter().sum::<u64>(), 0);
        assert_eq!(hours[48..72].iter().sum::<u64>(), 10);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_made(orders in 0u64..1_000_000, weights in proptest::collection::vec(0u64..9, 1..50)) {
            let parts = spread(orders, &weights);
            let whole = if weights.iter().all(|weight| *weight == 0) { 0 } else { orders };
            prop_assert_eq!(parts.iter().sum::<u64>(), whole);
            prop_assert!(parts.iter().zip(&weights).all(|(part, weight)| *weight > 0 || *part == 0));
        }
    }
}
