//! The plan: hour by hour, what ships first and what is late. Orders are counted in lots, never one by one.

use super::plan::{Grid, HOURS};
use crate::order::Instant;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Orders that are alike for the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// By when they must be shipped; none where nobody asks.
    pub due: Option<Instant>,
    /// The hour from which they may be shipped.
    pub arrives: u32,
    /// When they were placed, in seconds of Unix time: the oldest goes first where no deadline decides.
    pub since: i64,
    /// Their store, an index that goes up with marketplace and store.
    pub group: u32,
    /// How many.
    pub count: u64,
}

/// Lots in the order in which they ship: by deadline, marketplace and store; those without a deadline last.
#[derive(Clone, Debug)]
pub struct Demand {
    lots: Vec<Lot>,
    /// The last hour in which a lot ships on time; none where it cannot.
    last: Vec<Option<u32>>,
    /// Places of the lots that arrive later than the first hour, by that hour.
    later: Vec<u32>,
    /// Places of the lots that are there from the beginning.
    there: Vec<u32>,
    groups: usize,
}

/// What became of the orders of one store in one hour, or in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Orders that came in.
    pub arriving: u64,
    /// Orders shipped.
    pub shipped: u64,
    /// Orders whose last hour passed without them.
    pub late: u64,
    /// Those of them whose last hour had passed before they came.
    pub hopeless: u64,
}

/// What a plan came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// By store, over all hours.
    pub groups: Vec<Counts>,
    /// Orders still waiting after the last hour, by store.
    pub waiting: Vec<u64>,
    /// Hours until nothing was left to ship, or all.
    pub hours: u32,
}

impl Outcome {
    /// Orders that are not on time.
    pub fn late(&self) -> u64 {
        self.groups.iter().map(|counts| counts.late).sum()
    }
}

impl Demand {
    /// Puts lots in order. `groups` is how many stores there are; lots of more than one order with the same key may
    /// stand apart.
    pub fn new(grid: &Grid, mut lots: Vec<Lot>, groups: usize) -> Demand {
        lots.retain(|lot| lot.count > 0);
        // Stable, so that orders that are alike ship in the order in which they were given.
        lots.sort_by_key(|lot| (lot.due.is_none(), lot.due, lot.group));
        let last = lots.iter().map(|lot| lot.due.and_then(|due| grid.last_hour(due))).collect();
        let places = 0..lots.len() as u32;
        let (there, mut later): (Vec<u32>, Vec<u32>) = places.partition(|at| lots[*at as usize].arrives == 0);
        later.sort_by_key(|at| (lots[*at as usize].arrives, *at));
        Demand { lots, last, later, there, groups }
    }

    /// The lots, in the order in which they ship.
    pub fn lots(&self) -> impl Iterator<Item = (&Lot, Option<u32>)> {
        self.lots.iter().zip(self.last.iter().copied())
    }

    /// Orders that fall due: when, of which store, how many.
    pub fn dues(&self) -> impl Iterator<Item = (Instant, u32, u64)> {
        self.lots.iter().filter_map(|lot| lot.due.map(|due| (due, lot.group, lot.count)))
    }

    /// By what a lot stands in line where no deadline decides.
    fn age(&self, at: u32) -> Reverse<(i64, u32, u32)> {
        let lot = &self.lots[at as usize];
        Reverse((lot.since, lot.group, at))
    }

    /// How many orders there are.
    pub fn orders(&self) -> u64 {
        self.lots.iter().map(|lot| lot.count).sum()
    }

    /// The same lots in other numbers.
    #[must_use]
    pub fn with_counts(&self, counts: impl Fn(usize, &Lot) -> u64) -> Demand {
        let mut other = self.clone();
        for (at, lot) in other.lots.iter_mut().enumerate() {
            lot.count = counts(at, lot);
        }
        other
    }
}

/// Ships hour by hour what `capacity` allows: first, by the earliest deadline, what can still be on time; then what has
/// no deadline or has missed it, the oldest first. `each` is told what happened in an hour, store by store, and what is
/// waiting after it.
pub fn simulate(demand: &Demand, capacity: &[u64], mut each: impl FnMut(u32, &[Counts], &[u64])) -> Outcome {
    let mut hall = Hall::new(demand);
    let mut outcome = Outcome { groups: vec![Counts::default(); demand.groups], ..Outcome::default() };
    let mut here = vec![Counts::default(); demand.groups];
    for hour in 0..HOURS {
        here.fill(Counts::default());
        hall.arrive(hour, &mut here);
        let mut left = capacity.get(hour as usize).copied().unwrap_or(0);
        hall.ship_in_time(&mut left, &mut here);
        hall.ship_late(&mut left, &mut here);
        hall.expire(hour, &mut here);
        for (total, counts) in outcome.groups.iter_mut().zip(&here) {
            total.arriving += counts.arriving;
            total.shipped += counts.shipped;
            total.late += counts.late;
            total.hopeless += counts.hopeless;
        }
        each(hour, &here, &hall.waiting);
        outcome.hours = hour + 1;
        if hall.is_empty() {
            break;
        }
    }
    // What the last hour leaves behind and is due within the plan has been counted as its hour passed.
    outcome.waiting = hall.waiting;
    outcome
}

/// What is waiting to be shipped.
struct Hall<'d> {
    demand: &'d Demand,
    left: Vec<u64>,
    waiting: Vec<u64>,
    /// The next of the lots that were there from the beginning and may still be on time.
    next_there: usize,
    next_later: usize,
    /// Lots that came later and may still be on time, the earliest deadline first.
    in_time: BinaryHeap<Reverse<u32>>,
    /// Lots without a deadline or past it, the oldest first, then by store.
    late: BinaryHeap<Reverse<(i64, u32, u32)>>,
}

impl<'d> Hall<'d> {
    fn new(demand: &'d Demand) -> Hall<'d> {
        Hall {
            demand,
            left: demand.lots.iter().map(|lot| lot.count).collect(),
            waiting: vec![0; demand.groups],
            next_there: 0,
            next_later: 0,
            in_time: BinaryHeap::new(),
            late: BinaryHeap::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.next_later == self.demand.later.len() && self.waiting.iter().all(|waiting| *waiting == 0)
    }

    fn arrive(&mut self, hour: u32, here: &mut [Counts]) {
        let demand = self.demand;
        if hour == 0 {
            for at in &demand.there {
                self.welcome(*at, here);
            }
            // They stand in the order of their deadlines already; those that cannot be on time wait with the late.
            let hopeless = demand.there.iter().filter(|at| demand.last[**at as usize].is_none());
            self.late.extend(hopeless.map(|at| demand.age(*at)));
        }
        while let Some(at) = demand.later.get(self.next_later).copied() {
            if demand.lots[at as usize].arrives > hour {
                break;
            }
            self.next_later += 1;
            self.welcome(at, here);
            match demand.last[at as usize] {
                Some(last) if last >= hour => self.in_time.push(Reverse(at)),
                _ => self.late.push(demand.age(at)),
            }
        }
    }

    fn welcome(&mut self, at: u32, here: &mut [Counts]) {
        let lot = &self.demand.lots[at as usize];
        let group = lot.group as usize;
        here[group].arriving += lot.count;
        self.waiting[group] += lot.count;
        // What is past its last hour when it comes is late at once.
        let hopeless =
            lot.due.is_some() && self.demand.last[at as usize].is_none_or(|last| last < lot.arrives);
        if hopeless {
            here[group].late += lot.count;
            here[group].hopeless += lot.count;
        }
    }

    /// The lot with the earliest deadline that may still be on time.
    fn first(&mut self) -> Option<u32> {
        let demand = self.demand;
        while let Some(at) = demand.there.get(self.next_there) {
            if self.left[*at as usize] > 0 && demand.last[*at as usize].is_some() {
                break;
            }
            self.next_there += 1;
        }
        while self.in_time.peek().is_some_and(|Reverse(at)| self.left[*at as usize] == 0) {
            self.in_time.pop();
        }
        let there = demand.there.get(self.next_there).copied();
        let came = self.in_time.peek().map(|Reverse(at)| *at);
        [there, came].into_iter().flatten().min()
    }

    fn ship_in_time(&mut self, capacity: &mut u64, here: &mut [Counts]) {
        while *capacity > 0
            && let Some(at) = self.first()
        {
            self.ship(at, capacity, here);
        }
    }

    fn ship_late(&mut self, capacity: &mut u64, here: &mut [Counts]) {
        while *capacity > 0
            && let Some(Reverse((_, _, at))) = self.late.peek().copied()
        {
            self.ship(at, capacity, here);
            if self.left[at as usize] == 0 {
                self.late.pop();
            }
        }
    }

    fn ship(&mut self, at: u32, capacity: &mut u64, here: &mut [Counts]) {
        let group = self.demand.lots[at as usize].group as usize;
        let count = self.left[at as usize].min(*capacity);
        self.left[at as usize] -= count;
        *capacity -= count;
        here[group].shipped += count;
        self.waiting[group] -= count;
    }

    /// What had its last hour and was not shipped is late from now on.
    fn expire(&mut self, hour: u32, here: &mut [Counts]) {
        let demand = self.demand;
        while let Some(at) = self.first() {
            let (lot, left) = (&demand.lots[at as usize], self.left[at as usize]);
            if demand.last[at as usize].is_some_and(|last| last > hour) {
                break;
            }
            here[lot.group as usize].late += left;
            self.late.push(demand.age(at));
            if demand.there.get(self.next_there) == Some(&at) {
                self.next_there += 1;
            } else {
                self.in_time.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests;
