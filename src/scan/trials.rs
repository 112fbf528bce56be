//! Many runs of a plan with other numbers of orders and hands: how often it holds.
//!
//! Every run draws from a stream of its own, so that the number of threads does not show in the results.

use super::capacity::scaled;
use super::demand::Board;
use super::jd::Weeks;
use super::model::simulate;
use super::plan::Grid;
use crate::order::Marketplace;
use crate::rulebook::{Param, Percent, Scan as Numbers};
use chrono::NaiveDate;
use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many runs, and which numbers they draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// Runs.
    pub n: u32,
    /// Another seed, other numbers.
    pub seed: u64,
}

/// What the runs came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trials {
    /// Runs, and the seed.
    pub draws: Draws,
    /// Runs in which no order was late that is not lost already.
    pub none_late: u32,
    /// Runs in which each JD store kept its rate.
    pub jd: Vec<(String, u32)>,
}

/// One run: whether none is late, and of each JD store whether it keeps its rate.
type Run = (bool, Vec<bool>);

/// Runs a plan many times. `lost` orders are late whatever is done.
pub fn trials(
    grid: &Grid,
    board: &Board,
    hours: &[u64],
    weeks: &Weeks<'_>,
    numbers: &Numbers,
    lost: u64,
    draws: Draws,
) -> Trials {
    let stores: Vec<String> = weeks
        .after(board, &simulate(&board.demand, hours, |_, _, _| {}))
        .into_iter()
        .map(|it| it.store)
        .collect();
    let run = |number: u32| {
        let mut dice = Dice { rng: Pcg64::new(u128::from(draws.seed), u128::from(number)) };
        let demand = orders(grid, board, numbers, &mut dice);
        let spread = percent(&numbers.noise_capacity);
        let capacity = scaled(grid, hours, |_| dice.around(spread));
        let outcome = simulate(&demand, &capacity, |_, _, _| {});
        let late = outcome.groups.iter().zip(&board.cells).filter(|(_, cell)| !cell.already_late);
        let late: u64 = late.map(|(counts, _)| counts.late).sum();
        let kept: Vec<bool> = weeks.after(board, &outcome).iter().map(|store| !store.below()).collect();
        (late <= lost, kept)
    };
    let runs: Vec<Run> = (0..draws.n).into_par_iter().map(run).collect();
    let count = |of: &dyn Fn(&Run) -> bool| runs.iter().filter(|run| of(run)).count() as u32;
    Trials {
        draws,
        none_late: count(&|(none, _)| *none),
        jd: stores
            .into_iter()
            .enumerate()
            .map(|(at, store)| (store, count(&|(_, kept)| kept.get(at).copied().unwrap_or(true))))
            .collect(),
    }
}

/// The orders of one run: a store's whole forecast is off by one number, each of its days by another.
fn orders(grid: &Grid, board: &Board, numbers: &Numbers, dice: &mut Dice) -> super::model::Demand {
    let (whole, daily) = (percent(&numbers.noise_forecast), percent(&numbers.noise_day));
    let mut forecast: BTreeMap<(Marketplace, String), u64> = BTreeMap::new();
    let mut days: BTreeMap<(Marketplace, String, NaiveDate), u64> = BTreeMap::new();
    board.scaled(|cell, hour| {
        let store = (cell.marketplace, cell.store.clone());
        let day = (cell.marketplace, cell.store.clone(), grid.day(hour).0);
        let of_store = *forecast.entry(store).or_insert_with(|| dice.around(whole));
        let of_day = *days.entry(day).or_insert_with(|| dice.around(daily));
        of_store * of_day / 1000
    })
}

fn percent(param: &Param<Percent>) -> u64 {
    param.on(None).map_or(0, |entry| u64::from(entry.value.0))
}

/// Whole numbers by chance.
struct Dice {
    rng: Pcg64,
}

impl Dice {
    /// Thousandths around 1000, off by up to so many hundredths either way, all alike.
    fn around(&mut self, percent: u64) -> u64 {
        let wide = u64::from(u32::MAX).min(percent * 20 + 1);
        // The upper half of a product is fair enough: wide is far below 2^32.
        1000 - percent * 10 + ((u64::from(self.rng.next_u32()) * wide) >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;
    use rand_pcg::Pcg64;

    #[test]
    fn noise_stays_within_its_bounds_and_reaches_them() {
        let mut dice = Dice { rng: Pcg64::new(1, 1) };
        let all: Vec<u64> = (0..20_000).map(|_| dice.around(20)).collect();
        assert_eq!((all.iter().min(), all.iter().max()), (Some(&800), Some(&1200)));
        let mean = all.iter().sum::<u64>() / 20_000;
        assert!((995..=1005).contains(&mean), "{mean}");
        assert_eq!(dice.around(0), 1000);
    }
}
