//! The plan by day and store.

use super::demand::Board;
use super::model::{Outcome, simulate};
use super::plan::{Grid, HOURS, ZONE};
use crate::order::Marketplace;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A store on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Expected orders that come in.
    pub arriving: u64,
    /// Orders that fall due on this day; those late already are not among them.
    pub due: u64,
    /// Orders that ship.
    pub shipped: u64,
    /// Orders that wait as the day ends.
    pub waiting: u64,
    /// Orders that fall due on this day and are not on time; those late already are not among them.
    pub late: u64,
}

/// A line of the days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day, Asia/Shanghai.
    pub date: NaiveDate,
    /// The marketplace.
    pub marketplace: Marketplace,
    /// The store.
    pub store: String,
    /// Its figures.
    pub figures: Figures,
}

/// A day of all stores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The day, Asia/Shanghai.
    pub date: NaiveDate,
    /// Orders that could be shipped.
    pub capacity: u64,
    /// The figures of all stores.
    pub figures: Figures,
}

/// Runs the plan and counts by day and store.
pub fn by_day(grid: &Grid, board: &Board, hours: &[u64], last: NaiveDate) -> (Outcome, Vec<Day>, Vec<Load>) {
    let mut days: BTreeMap<(NaiveDate, usize), Figures> = BTreeMap::new();
    // Cells of one store stand one after the other.
    let mut stores: Vec<(Marketplace, &str)> = Vec::new();
    let of_cell: Vec<usize> = board
        .cells
        .iter()
        .map(|cell| {
            let store = (cell.marketplace, cell.store.as_str());
            if stores.last() != Some(&store) {
                stores.push(store);
            }
            stores.len() - 1
        })
        .collect();
    let mut capacity: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    let outcome = simulate(&board.demand, hours, |hour, here, waiting| {
        let (day, _) = grid.day(hour);
        *capacity.entry(day).or_default() += hours.get(hour as usize).copied().unwrap_or(0);
        let mut left = vec![0; stores.len()];
        for (at, cell) in board.cells.iter().enumerate() {
            let figures = days.entry((day, of_cell[at])).or_default();
            figures.arriving += if cell.expected { here[at].arriving } else { 0 };
            figures.shipped += here[at].shipped;
            left[of_cell[at]] += waiting[at];
            if cell.already_late {
                continue;
            }
            // A last hour ends within the hour before the deadline, so that this lies on the day of its end; what has
            // no last hour any more is due in the very hour in which it comes, or was before the plan began.
            figures.late += here[at].hopeless;
            let missed = here[at].late - here[at].hopeless;
            if missed > 0 {
                days.entry((grid.day(hour + 1).0, of_cell[at])).or_default().late += missed;
            }
        }
        for (store, left) in left.into_iter().enumerate() {
            days.entry((day, store)).or_default().waiting = left;
        }
    });
    let (mut dues, mut last) = (BTreeMap::<(NaiveDate, usize), u64>::new(), last);
    let first = grid.day(0).0;
    for (due, group, count) in board.demand.dues().filter(|(due, _, _)| *due <= grid.begin(HOURS)) {
        let cell = &board.cells[group as usize];
        if !cell.already_late {
            let day = due.with_timezone(&ZONE).date_naive().max(first);
            *dues.entry((day, of_cell[group as usize])).or_default() += count;
            last = if cell.expected { last.max(day) } else { last };
        }
    }
    // Whole days up to the last on which something ships or an expected order falls due. After that only the days on
    // which orders of the backlog fall due have a line.
    last = last.max(grid.day(outcome.hours.saturating_sub(1)).0);
    for hour in outcome.hours..HOURS {
        let (day, _) = grid.day(hour);
        let goes_on = day <= last;
        if goes_on || dues.range((day, 0)..=(day, usize::MAX)).next().is_some() {
            *capacity.entry(day).or_default() += hours.get(hour as usize).copied().unwrap_or(0);
        }
        for store in (0..stores.len()).filter(|_| goes_on) {
            days.entry((day, store)).or_default();
        }
    }
    for (at, count) in dues {
        days.entry(at).or_default().due += count;
    }
    let day = |((date, store), figures): (&(NaiveDate, usize), &Figures)| Day {
        date: *date,
        marketplace: stores[*store].0,
        store: stores[*store].1.to_owned(),
        figures: figures.clone(),
    };
    let mut loads: BTreeMap<NaiveDate, Figures> =
        capacity.keys().map(|date| (*date, Figures::default())).collect();
    for ((date, _), figures) in &days {
        let sum = loads.entry(*date).or_default();
        sum.arriving += figures.arriving;
        sum.due += figures.due;
        sum.shipped += figures.shipped;
        sum.waiting += figures.waiting;
        sum.late += figures.late;
    }
    let load = |(date, figures): (NaiveDate, Figures)| Load {
        date,
        capacity: capacity.get(&date).copied().unwrap_or(0),
        figures,
    };
    let loads = loads.into_iter().map(load).collect();
    (outcome, days.iter().map(day).collect(), loads)
}
