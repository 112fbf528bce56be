//! The least capacity a day with which all goes well.
//!
//! More a day is nearly always better, but not quite: a day's orders are spread over its hours in whole numbers, and
//! one more a day may come an hour earlier, when an order that it would have saved is not there yet. So a bound is
//! found first, and every number from it on is tried.

use super::capacity::Roster;
use super::model::{Demand, Lot, simulate};
use super::plan::{Grid, HOURS};
use std::collections::BTreeMap;

/// The most that is tried; far more than anybody ships in a day.
const MOST: u64 = 1 << 40;

/// The least capacity a day, in the same hours, with which no order is late that any capacity could save: neither those
/// due before the first hour ends nor those whose time falls into hours in which nobody works.
pub fn none_late(grid: &Grid, demand: &Demand, roster: &Roster) -> u64 {
    let cells = cells(demand, &roster.worked());
    let lots = cells.iter().map(|((arrives, last), count)| Lot {
        due: Some(grid.begin(last + 1)),
        arrives: *arrives,
        since: 0,
        group: 0,
        count: *count,
    });
    let demand = Demand::new(grid, lots.collect(), 1);
    let late = |capacity: Vec<u64>| simulate(&demand, &capacity, |_, _, _| {}).late();
    // Hours rounded up ship no less than the plan's, and never less for more a day: what they cannot do, it cannot.
    let mut found = least(|orders| late(roster.at_most(orders)) == 0).unwrap_or(MOST);
    while found < MOST && late(roster.capacity(found)) > 0 {
        found += 1;
    }
    found
}

/// The least capacity a day for which `holds`, which must be so for all larger ones but for the whole numbers of single
/// hours; none where it never is. One less does not hold.
pub fn least(holds: impl Fn(u64) -> bool) -> Option<u64> {
    if holds(0) {
        return Some(0);
    }
    let mut not = 0;
    let mut enough = 1;
    while !holds(enough) {
        not = enough;
        enough *= 2;
        if enough > MOST {
            return None;
        }
    }
    while enough - not > 1 {
        let middle = not + (enough - not) / 2;
        if holds(middle) {
            enough = middle;
        } else {
            not = middle;
        }
    }
    Some(enough)
}

/// Orders that can be saved, by the first and the last hour in which they may ship.
fn cells(demand: &Demand, worked: &[u64]) -> BTreeMap<(u32, u32), u64> {
    let mut cells = BTreeMap::new();
    for (lot, last) in demand.lots() {
        let Some(last) = last.filter(|last| *last < HOURS && *last >= lot.arrives) else { continue };
        if worked[last as usize + 1] > worked[lot.arrives as usize] {
            *cells.entry((lot.arrives, last)).or_default() += lot.count;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::{least, none_late};
    use crate::scan::capacity::{Capacity, Roster};
    use crate::scan::model::{Demand, Lot, simulate};
    use crate::scan::plan::{Grid, Shifts};
    use proptest::prelude::*;

    fn grid() -> Grid {
        Grid::new("2026-11-09T00:00:00+08:00".parse().expect("an instant"))
    }

    fn roster(shifts: &Shifts) -> Roster {
        Roster::new(&grid(), &Capacity::Daily { orders: 0, shifts: shifts.clone() })
    }

    fn lots() -> impl Strategy<Value = Vec<Lot>> {
        let one = (0u32..30, 0u32..60, 1u64..20).prop_map(|(arrives, span, count)| Lot {
            due: Some(grid().begin(arrives + span + 1)),
            arrives,
            since: 0,
            group: 0,
            count,
        });
        proptest::collection::vec(one, 1..12)
    }

    #[test]
    fn twenty_four_orders_of_one_day_take_twenty_four_a_day() {
        let lot = |arrives, last: u32, count| Lot {
            due: Some(grid().begin(last + 1)),
            arrives,
            since: 0,
            group: 0,
            count,
        };
        let of = |lots| none_late(&grid(), &Demand::new(&grid(), lots, 1), &roster(&Shifts::default()));
        assert_eq!(of(vec![lot(0, 23, 24)]), 24);
        assert_eq!(of(vec![lot(0, 47, 24)]), 12);
        assert_eq!(of(vec![lot(0, 11, 12)]), 24);
        assert_eq!(of(Vec::new()), 0);
        // One order in the first hour needs all of the first hour: 24 a day give it one.
        assert_eq!(of(vec![lot(0, 0, 1)]), 24);
    }

    #[test]
    fn what_falls_into_hours_without_hands_is_no_reason_for_more() {
        let lot = Lot { due: Some(grid().begin(6)), arrives: 0, since: 0, group: 0, count: 5 };
        let shifts = Shifts { hours: (8, 20), days_off: Vec::new() };
        assert_eq!(none_late(&grid(), &Demand::new(&grid(), vec![lot], 1), &roster(&shifts)), 0);
    }

    #[test]
    fn the_search_finds_the_edge_or_says_that_there_is_none() {
        assert_eq!(least(|n| n >= 37), Some(37));
        assert_eq!(least(|_| true), Some(0));
        assert_eq!(least(|_| false), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_number_below_the_least_will_do(lots in lots()) {
            let demand = Demand::new(&grid(), lots, 1);
            let shifts = Shifts { hours: (6, 22), days_off: Vec::new() };
            let found = none_late(&grid(), &demand, &roster(&shifts));
            let late = |n| simulate(&demand, &shifts.capacity(&grid(), n), |_, _, _| {}).late();
            let beyond = late(1_000_000);
            prop_assert_eq!(late(found), beyond);
            for less in found.saturating_sub(40)..found {
                prop_assert!(late(less) > beyond, "{} is enough, {} was found", less, found);
            }
        }
    }
}
