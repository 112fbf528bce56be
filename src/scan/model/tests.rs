//! The plan against a search over all matchings.

use super::{Demand, Lot, Outcome, simulate};
use crate::scan::plan::Grid;
use proptest::prelude::*;

fn grid() -> Grid {
    Grid::new("2026-11-09T00:00:00+08:00".parse().expect("an instant"))
}

/// An order that comes in hour `arrives` and is on time up to the end of hour `last`; a last hour of -1 is past.
fn order(arrives: u32, last: Option<i64>, group: u32, count: u64) -> Lot {
    let due = last.map(|last| grid().start + chrono::Duration::hours(last + 1));
    Lot { due, arrives, since: i64::from(arrives), group, count }
}

fn run(lots: Vec<Lot>, capacity: &[u64]) -> Outcome {
    simulate(&Demand::new(&grid(), lots, 3), capacity, |_, _, _| {})
}

/// Finds a place for an order, moving others where that helps.
fn place(
    order: usize,
    orders: &[&Lot],
    places: &[u32],
    taken: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    let start = grid().start;
    for at in 0..places.len() {
        let end = start + chrono::Duration::hours(i64::from(places[at]) + 1);
        let fits = places[at] >= orders[order].arrives && orders[order].due.is_some_and(|due| end <= due);
        if fits && !seen[at] {
            seen[at] = true;
            if taken[at].is_none_or(|other| place(other, orders, places, taken, seen)) {
                taken[at] = Some(order);
                return true;
            }
        }
    }
    false
}

/// The most orders that can be on time: a matching of orders to places in hours, by augmenting paths.
fn most_on_time(lots: &[Lot], capacity: &[u64]) -> u64 {
    let mut places: Vec<u32> = Vec::new();
    for (hour, count) in capacity.iter().enumerate() {
        places.extend(std::iter::repeat_n(hour as u32, *count as usize));
    }
    let orders: Vec<&Lot> =
        lots.iter().flat_map(|lot| std::iter::repeat_n(lot, lot.count as usize)).collect();
    let mut taken: Vec<Option<usize>> = vec![None; places.len()];
    let count = (0..orders.len())
        .filter(|order| place(*order, &orders, &places, &mut taken, &mut vec![false; places.len()]))
        .count();
    count as u64
}

fn lots() -> impl Strategy<Value = Vec<Lot>> {
    let one = (0u32..6, proptest::option::weighted(0.9, -1i64..8), 0u32..3, 1u64..4);
    proptest::collection::vec(one.prop_map(|(at, last, group, n)| order(at, last, group, n)), 0..8)
}

#[test]
fn the_earliest_deadline_ships_first_and_what_cannot_be_saved_waits() {
    // Three a hour; five due after two hours, two past, one without a deadline.
    let lots = vec![order(0, Some(1), 0, 5), order(0, Some(-1), 1, 2), order(0, None, 2, 1)];
    let mut hours = Vec::new();
    let demand = Demand::new(&grid(), lots, 3);
    let outcome = simulate(&demand, &[3; 10], |_, here, _| hours.push(here.to_vec()));
    let shipped: Vec<Vec<u64>> = hours.iter().map(|h| h.iter().map(|c| c.shipped).collect()).collect();
    assert_eq!(shipped, [[3, 0, 0], [2, 1, 0], [0, 1, 1]]);
    assert_eq!(outcome.groups.iter().map(|c| c.late).collect::<Vec<_>>(), [0, 2, 0]);
    assert_eq!((outcome.hours, outcome.waiting), (3, vec![0, 0, 0]));
}

#[test]
fn an_order_may_ship_in_the_hour_in_which_it_arrives_and_not_before() {
    assert_eq!(run(vec![order(2, Some(2), 0, 2)], &[9, 9, 1, 9]).late(), 1);
    assert_eq!(run(vec![order(2, Some(2), 0, 1)], &[9, 9, 1]).late(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_plan_has_fewer_late_orders(lots in lots(), capacity in proptest::collection::vec(0u64..4, 8)) {
        let with_due: u64 = lots.iter().filter(|lot| lot.due.is_some()).map(|lot| lot.count).sum();
        let outcome = run(lots.clone(), &capacity);
        prop_assert_eq!(outcome.late(), with_due - most_on_time(&lots, &capacity));
    }

    #[test]
    fn every_hour_adds_up(lots in lots(), capacity in proptest::collection::vec(0u64..4, 8)) {
        let demand = Demand::new(&grid(), lots, 3);
        let (mut came, mut shipped) = ([0u64; 3], [0u64; 3]);
        let mut right = true;
        simulate(&demand, &capacity, |hour, here, waiting| {
            let all: u64 = here.iter().map(|counts| counts.shipped).sum();
            right &= all <= capacity.get(hour as usize).copied().unwrap_or(0);
            for (group, counts) in here.iter().enumerate() {
                came[group] += counts.arriving;
                shipped[group] += counts.shipped;
                right &= came[group] == shipped[group] + waiting[group];
            }
        });
        prop_assert!(right);
        prop_assert_eq!(came.iter().sum::<u64>(), demand.orders());
    }

    #[test]
    fn more_hands_and_fewer_orders_never_make_more_late(
        lots in lots(),
        capacity in proptest::collection::vec(0u64..4, 8),
        hour in 0usize..8,
        gone in 0usize..8,
    ) {
        let before = run(lots.clone(), &capacity).late();
        let mut more = capacity.clone();
        more[hour] += 1;
        prop_assert!(run(lots.clone(), &more).late() <= before);
        let mut fewer = lots;
        if let Some(lot) = fewer.get_mut(gone) {
            lot.count -= 1;
        }
        prop_assert!(run(fewer, &capacity).late() <= before);
    }
}
