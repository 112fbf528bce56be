//! How much can be shipped: so many orders a day in the same hours, or a list of hours and days.

use super::plan::{Grid, HOURS, Shifts, spread};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What can be shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// So many orders a day, spread over the hours in which one works.
    Daily {
        /// Orders a day.
        orders: u64,
        /// The hours.
        shifts: Shifts,
    },
    /// So many orders in each hour of the plan, as a list has it.
    Listed(Vec<u64>),
}

impl Capacity {
    /// Orders that can be shipped in each hour.
    pub fn hours(&self, grid: &Grid) -> Vec<u64> {
        match self {
            Capacity::Daily { orders, shifts } => shifts.capacity(grid, *orders),
            Capacity::Listed(hours) => hours.clone(),
        }
    }

    /// The same for so many hundredths of it: a day's orders, or the running sum of a listed day, rounded down.
    pub fn percent(&self, grid: &Grid, percent: u64) -> Vec<u64> {
        match self {
            Capacity::Daily { orders, shifts } => shifts.capacity(grid, orders * percent / 100),
            Capacity::Listed(hours) => scaled(grid, hours, |_| percent * 10),
        }
    }

    /// So many orders a day instead, where there is one number for all days.
    #[must_use]
    pub fn with(&self, orders: u64) -> Capacity {
        match self {
            Capacity::Daily { shifts, .. } => Capacity::Daily { orders, shifts: shifts.clone() },
            Capacity::Listed(hours) => Capacity::Listed(hours.clone()),
        }
    }

    /// Orders a day, where there is one number for all days.
    pub const fn a_day(&self) -> Option<u64> {
        match self {
            Capacity::Daily { orders, .. } => Some(*orders),
            Capacity::Listed(_) => None,
        }
    }

    /// Whether one works in each hour. A listed hour of 0 is one in which nobody does.
    pub fn works(&self, grid: &Grid) -> Vec<bool> {
        match self {
            Capacity::Daily { shifts, .. } => (0..HOURS)
                .map(|hour| {
                    let (day, at) = grid.day(hour);
                    shifts.works(day, at)
                })
                .collect(),
            Capacity::Listed(hours) => {
                (0..HOURS as usize).map(|hour| hours.get(hour).is_some_and(|n| *n > 0)).collect()
            }
        }
    }
}

/// Capacity of hours by so many thousandths a day; what is left over of an hour goes to the next of its day.
pub fn scaled(grid: &Grid, hours: &[u64], mut share: impl FnMut(NaiveDate) -> u64) -> Vec<u64> {
    let mut today: Option<(NaiveDate, u64, u64)> = None;
    let mut of = |(hour, orders): (usize, &u64)| {
        let (day, _) = grid.day(hour as u32);
        let (thousandths, left) = match today {
            Some((of, thousandths, left)) if of == day => (thousandths, left),
            _ => (share(day), 0),
        };
        let whole = u128::from(*orders) * u128::from(thousandths) + u128::from(left);
        today = Some((day, thousandths, (whole % 1000) as u64));
        (whole / 1000) as u64
    };
    hours.iter().enumerate().map(&mut of).collect()
}

/// Orders a day in any hours: the working hours of each day share them evenly.
pub struct Roster {
    /// Whether one works in each hour of the plan.
    works: Vec<bool>,
    /// The hours of each day, as far as the plan has it.
    days: Vec<std::ops::Range<usize>>,
    /// The hours, where they are the same every day.
    fixed: Option<Shifts>,
    grid: Grid,
}

impl Roster {
    /// The working hours of a capacity.
    pub fn new(grid: &Grid, capacity: &Capacity) -> Roster {
        let mut days: BTreeMap<NaiveDate, std::ops::Range<usize>> = BTreeMap::new();
        for hour in 0..HOURS {
            let at = hour as usize;
            days.entry(grid.day(hour).0).and_modify(|range| range.end = at + 1).or_insert(at..at + 1);
        }
        let fixed = match capacity {
            Capacity::Daily { shifts, .. } => Some(shifts.clone()),
            Capacity::Listed(_) => None,
        };
        Roster { works: capacity.works(grid), days: days.into_values().collect(), fixed, grid: *grid }
    }

    /// How many working hours there are before each hour, and after the last.
    pub fn worked(&self) -> Vec<u64> {
        let mut all = vec![0];
        let mut sum = 0;
        for works in &self.works {
            sum += u64::from(*works);
            all.push(sum);
        }
        all
    }

    /// What each hour ships at so many orders a day.
    pub fn capacity(&self, orders: u64) -> Vec<u64> {
        match &self.fixed {
            Some(shifts) => shifts.capacity(&self.grid, orders),
            None => self.each_day(|weights| spread(orders, weights)),
        }
    }

    /// At least what each hour ships at so many orders a day, and never less for more: every hour's share rounded up.
    pub fn at_most(&self, orders: u64) -> Vec<u64> {
        match &self.fixed {
            Some(shifts) => {
                let share = orders.div_ceil(u64::from(shifts.hours.1.saturating_sub(shifts.hours.0)).max(1));
                self.works.iter().map(|works| if *works { share } else { 0 }).collect()
            }
            None => self.each_day(|weights| {
                let share = orders.div_ceil(weights.iter().sum::<u64>().max(1));
                weights.iter().map(|weight| weight * share).collect()
            }),
        }
    }

    fn each_day(&self, of: impl Fn(&[u64]) -> Vec<u64>) -> Vec<u64> {
        let weights: Vec<u64> = self.works.iter().map(|works| u64::from(*works)).collect();
        self.days.iter().flat_map(|range| of(&weights[range.clone()])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Capacity, Roster, scaled};
    use crate::scan::plan::{Grid, HOURS, Shifts};

    fn grid() -> Grid {
        Grid::new("2026-11-09T00:00:00+08:00".parse().expect("an instant"))
    }

    #[test]
    fn seven_tenths_of_a_day_are_rounded_down_once() {
        let daily = Capacity::Daily { orders: 101, shifts: Shifts::default() };
        assert_eq!(daily.percent(&grid(), 70)[..24].iter().sum::<u64>(), 70);
        let mut hours = vec![0; HOURS as usize];
        hours[8..18].fill(3);
        let less = Capacity::Listed(hours).percent(&grid(), 70);
        assert_eq!(less[..24].iter().sum::<u64>(), 21);
        assert_eq!(scaled(&grid(), &[1, 1, 1], |_| 500), [0, 1, 0]);
    }

    #[test]
    fn a_listed_day_shares_its_orders_over_its_own_hours() {
        let mut hours = vec![0; HOURS as usize];
        hours[8..12].fill(9);
        hours[24..48].fill(1);
        let roster = Roster::new(&grid(), &Capacity::Listed(hours));
        let capacity = roster.capacity(24);
        assert_eq!(capacity[8..12], [6, 6, 6, 6]);
        assert!(capacity[24..48].iter().all(|n| *n == 1));
        assert_eq!(capacity[48..].iter().sum::<u64>(), 0);
        assert_eq!(roster.at_most(23)[8], 6);
        assert_eq!(roster.worked()[HOURS as usize], 28);
    }
}
