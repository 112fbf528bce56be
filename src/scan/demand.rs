//! All orders of a plan as lots: the backlog and what is expected, told apart by what is counted of them later.

use super::model::{Demand, Lot};
use super::plan::Grid;
use crate::order::{Instant, Marketplace};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Orders that are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Their marketplace.
    pub marketplace: Marketplace,
    /// Their store.
    pub store: String,
    /// Whether they are expected; else they are there already.
    pub expected: bool,
    /// Whether they were late before the plan began.
    pub already_late: bool,
    /// JD: the Monday of the week in which the pickup falls due, where that is still open.
    pub week: Option<NaiveDate>,
    /// JD: whether the week counts them as delayed already.
    pub delayed: bool,
}

/// One lot before the cells are known.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is counted with.
    pub cell: Cell,
    /// By when it must be shipped.
    pub due: Option<Instant>,
    /// The hour from which it may be.
    pub arrives: u32,
    /// When it was placed.
    pub since: Instant,
    /// How many orders.
    pub count: u64,
}

/// The demand of a plan, with what its groups stand for.
#[derive(Clone, Debug)]
pub struct Board {
    /// The cells; a lot's group is the place of its cell.
    pub cells: Vec<Cell>,
    /// The lots.
    pub demand: Demand,
    /// Places of the lots of expected orders, by store and hour: in which order whole numbers are shared out.
    in_time: Vec<u32>,
}

impl Board {
    /// Puts drafts in order; alike ones keep theirs.
    pub fn new(grid: &Grid, drafts: &[Draft]) -> Board {
        let cells: BTreeSet<Cell> = drafts.iter().map(|draft| draft.cell.clone()).collect();
        let cells: Vec<Cell> = cells.into_iter().collect();
        let place = |cell: &Cell| cells.binary_search(cell).unwrap_or_default() as u32;
        let lot = |draft: &Draft| Lot {
            due: draft.due,
            arrives: draft.arrives,
            since: draft.since.timestamp(),
            group: place(&draft.cell),
            count: draft.count,
        };
        let demand = Demand::new(grid, drafts.iter().map(lot).collect(), cells.len());
        let lots: Vec<Lot> = demand.lots().map(|(lot, _)| *lot).collect();
        let mut in_time: Vec<u32> =
            (0..lots.len() as u32).filter(|at| cells[lots[*at as usize].group as usize].expected).collect();
        in_time.sort_by_key(|at| {
            let lot = &lots[*at as usize];
            let cell = &cells[lot.group as usize];
            (cell.marketplace, &cell.store, lot.arrives, *at)
        });
        Board { cells, demand, in_time }
    }

    /// The same with other numbers of expected orders: `share` says of a lot how many thousandths of it come. What is
    /// left over of a store's orders in one hour goes to its next, so that none is lost over the hours.
    #[must_use]
    pub fn scaled(&self, mut share: impl FnMut(&Cell, u32) -> u64) -> Demand {
        let lots: Vec<Lot> = self.demand.lots().map(|(lot, _)| *lot).collect();
        let mut counts: Vec<u64> = lots.iter().map(|lot| lot.count).collect();
        let mut running: Option<(&Cell, u64)> = None;
        for at in &self.in_time {
            let lot = &lots[*at as usize];
            let cell = &self.cells[lot.group as usize];
            let left = match running {
                Some((of, left)) if (of.marketplace, &of.store) == (cell.marketplace, &cell.store) => left,
                _ => 0,
            };
            let whole = lot.count * share(cell, lot.arrives) + left;
            counts[*at as usize] = whole / 1000;
            running = Some((cell, whole % 1000));
        }
        self.demand.with_counts(|at, _| counts[at])
    }

    /// Orders of the cells for which something holds.
    pub fn orders(&self, of: impl Fn(&Cell) -> bool) -> u64 {
        let counted = self.demand.lots().filter(|(lot, _)| of(&self.cells[lot.group as usize]));
        counted.map(|(lot, _)| lot.count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Board, Cell, Draft};
    use crate::order::Marketplace;
    use crate::scan::plan::Grid;

    #[test]
    fn half_as_many_again_loses_no_order_over_the_hours() {
        let grid = Grid::new("2026-11-09T00:00:00+08:00".parse().expect("an instant"));
        let draft = |store: &str, expected, hour, count| Draft {
            cell: Cell {
                marketplace: Marketplace::Jd,
                store: store.to_owned(),
                expected,
                already_late: false,
                week: None,
                delayed: false,
            },
            due: Some(grid.begin(hour + 24)),
            arrives: hour,
            since: grid.begin(hour),
            count,
        };
        let drafts = (0..7)
            .map(|hour| draft("A", true, hour, 1))
            .chain([draft("A", false, 0, 5), draft("B", true, 3, 3)]);
        let board = Board::new(&grid, &drafts.collect::<Vec<Draft>>());
        let of = |demand: &crate::scan::model::Demand, store: &str, expected| -> Vec<u64> {
            let mut all: Vec<(u32, u64)> = demand
                .lots()
                .filter(|(lot, _)| {
                    let cell = &board.cells[lot.group as usize];
                    cell.store == store && cell.expected == expected
                })
                .map(|(lot, _)| (lot.arrives, lot.count))
                .collect();
            all.sort_unstable();
            all.into_iter().map(|(_, count)| count).collect()
        };
        let more = board.scaled(|_, _| 1500);
        assert_eq!(of(&more, "A", true), [1, 2, 1, 2, 1, 2, 1]);
        assert_eq!((of(&more, "A", false), of(&more, "B", true)), (vec![5], vec![4]));
        assert_eq!(board.orders(|cell| cell.expected), 10);
    }
}
