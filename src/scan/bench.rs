//! The plan a little otherwise: more orders, less capacity, more hands from some day on.

use super::capacity::{Capacity, Roster};
use super::days::Load;
use super::demand::Board;
use super::jd::{JdStore, Weeks};
use super::least::{least, none_late};
use super::model::{Demand, Outcome, simulate};
use super::plan::{Grid, HOURS};
use crate::audit::Audit;
use crate::rulebook::{Param, Percent};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Lots that may be looked at for an answer that nobody waits for.
const EFFORT: u64 = 400_000;

/// A plan that is a little otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name in the JSON.
    pub name: &'static str,
    /// Orders that are late, without those late already.
    pub late: u64,
    /// JD's stores.
    pub jd: Vec<JdStore>,
}

/// What the cases are run with.
pub struct Bench<'b> {
    /// The audit.
    pub audit: &'b Audit,
    /// The hours.
    pub grid: Grid,
    /// What can be shipped.
    pub capacity: &'b Capacity,
    /// The orders.
    pub board: &'b Board,
    /// The orders of the case of more orders.
    pub more: &'b Board,
    /// JD before the plan.
    pub weeks: &'b Weeks<'b>,
}

impl Bench<'_> {
    /// As planned, more orders, less capacity, both.
    pub fn cases(&self, hours: &[u64], planned: &Outcome) -> Vec<Case> {
        let scan = &self.audit.book.scan;
        let less = self.capacity.percent(&self.grid, 100 - percent(&scan.case_capacity));
        let run = |demand: &Demand, hours: &[u64]| simulate(demand, hours, |_, _, _| {});
        let case = |name, board: &Board, outcome: &Outcome| Case {
            name,
            late: late(board, outcome),
            jd: self.weeks.after(board, outcome),
        };
        vec![
            case("as-planned", self.board, planned),
            case("more-orders", self.more, &run(&self.more.demand, hours)),
            case("less-capacity", self.board, &run(&self.board.demand, &less)),
            case("both", self.more, &run(&self.more.demand, &less)),
        ]
    }

    /// Orders a day of which, after what the case of less capacity takes, enough is left for the case of more orders.
    pub fn need_of_all(&self, roster: &Roster) -> u64 {
        let scan = &self.audit.book.scan;
        let need = none_late(&self.grid, &self.more.demand, roster);
        (need * 100).div_ceil((100 - percent(&scan.case_capacity)).max(1))
    }

    /// Late orders at so many times the capacity that no promotion should need more.
    pub fn twice(&self) -> u64 {
        let times = self.audit.book.scan.stop_capacity.on(None).map_or(1, |entry| u64::from(entry.value));
        let hours = self.capacity.percent(&self.grid, 100 * times);
        late(self.board, &simulate(&self.board.demand, &hours, |_, _, _| {}))
    }

    /// More orders a day than could ever be of use: all of them in every hour.
    pub fn most(&self) -> u64 {
        self.board.demand.orders().max(1) * u64::from(HOURS)
    }

    /// How many numbers below an edge are tried one by one; fewer where a plan takes long.
    fn tries(&self) -> u64 {
        let lots = self.board.demand.lots().count() as u64;
        (EFFORT / lots.max(1)).clamp(16, 1000)
    }

    /// Orders a day with which each JD store keeps its rate; none where no number does.
    pub fn least_of_jd(&self, roster: &Roster, stores: &[JdStore]) -> Vec<(String, Option<u64>)> {
        let holds = |store: &str, orders: u64| {
            let outcome = simulate(&self.board.demand, &roster.capacity(orders), |_, _, _| {});
            let after = self.weeks.after(self.board, &outcome);
            after.iter().filter(|it| it.store == store).all(|it| !it.below())
        };
        // What all hands in the world cannot do, no search will find.
        let most = self.most();
        let of = |store: &JdStore| {
            let possible = holds(&store.store, most);
            let found = possible.then(|| least(|orders| holds(&store.store, orders))).flatten();
            // Who is late among equals is not the store's to choose: fewer hands may just spare its orders.
            let below = found.map(|found| found.saturating_sub(self.tries())..found);
            let lower = below.and_then(|mut below| below.find(|orders| holds(&store.store, *orders)));
            (store.store.clone(), lower.or(found))
        };
        stores.iter().map(of).collect()
    }
}

/// The hundredths that a parameter stands for.
pub fn percent(param: &Param<Percent>) -> u64 {
    param.on(None).map_or(0, |entry| u64::from(entry.value.0))
}

/// Late orders of a run, without those that were late before.
pub fn late(board: &Board, outcome: &Outcome) -> u64 {
    let fresh = board.cells.iter().zip(&outcome.groups).filter(|(cell, _)| !cell.already_late);
    fresh.map(|(_, counts)| counts.late).sum()
}

/// The last day from whose first hour on unlimited hands, in the hours in which one works, would still make fewer
/// orders late.
pub fn last_help(
    grid: &Grid,
    board: &Board,
    hours: &[u64],
    unlimited: &[u64],
    loads: &[Load],
) -> Option<NaiveDate> {
    let run = |hours: &[u64]| late(board, &simulate(&board.demand, hours, |_, _, _| {}));
    let planned = run(hours);
    let mut without_end = hours.to_vec();
    let mut hour = hours.len();
    let days: BTreeSet<NaiveDate> = loads.iter().map(|load| load.date).collect();
    for day in days.into_iter().rev() {
        while hour > 0 && grid.day(hour as u32 - 1).0 >= day {
            hour -= 1;
            without_end[hour] = unlimited[hour];
        }
        if run(&without_end) < planned {
            return Some(day);
        }
    }
    None
}
