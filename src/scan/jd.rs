//! JD's weeks at the end of a plan: what the inputs have judged already, and what the plan says of the rest.

use super::demand::Board;
use super::model::Outcome;
use crate::assess::{Code, Logic, registry};
use crate::audit::Audit;
use crate::order::Marketplace;
use crate::tally::{Counts, Period, PeriodKey, Tally};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The score of JD's weeks.
const WEEKLY: Code = Code("JD301");

/// A JD store at the end of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct JdStore {
    /// The store.
    pub store: String,
    /// Its weeks, from the one of the scan on.
    pub weeks: Vec<Period>,
}

impl JdStore {
    /// Whether a week ends below the rate that JD asks for.
    pub fn below(&self) -> bool {
        self.weeks.iter().any(Period::broken)
    }

    /// The lowest rate of its weeks; none where nothing is judged in any.
    pub fn rate(&self) -> Option<f64> {
        self.weeks.iter().filter_map(Period::rate).min_by(f64::total_cmp)
    }

    /// The points of all its weeks.
    pub fn points(&self) -> u64 {
        self.weeks.iter().filter_map(|week| week.points).sum()
    }
}

/// What the weeks of the inputs hold before the plan begins.
pub struct Weeks<'a> {
    audit: &'a Audit,
    /// By store and Monday.
    before: BTreeMap<(String, NaiveDate), Counts>,
}

impl<'a> Weeks<'a> {
    /// The weeks from that of the audit on. Of orders that are open and shipped already the pickup is taken for
    /// granted; those that are not shipped are the plan's.
    pub fn new(audit: &'a Audit, board: &Board) -> Weeks<'a> {
        let today = audit.as_of.with_timezone(&super::ZONE).date_naive();
        let this = PeriodKey::week_of(today).first_day();
        let mut before: BTreeMap<(String, NaiveDate), Counts> = BTreeMap::new();
        for ((marketplace, store, rule, period), counts) in &audit.tally.periods {
            let PeriodKey::Week(week) = period else { continue };
            if *marketplace == Marketplace::Jd && *rule == WEEKLY && *week >= this {
                before.entry((store.clone(), *week)).or_default().add(counts);
            }
        }
        for ((store, week), counts) in &mut before {
            let waiting = board.orders(|cell| {
                !cell.expected
                    && cell.marketplace == Marketplace::Jd
                    && &cell.store == store
                    && cell.week == Some(*week)
            });
            counts.met += counts.open.saturating_sub(waiting);
            counts.open = 0;
        }
        Weeks { audit, before }
    }

    /// The weeks as they stand, from that of the audit on.
    pub fn now(&self) -> Vec<Period> {
        let today = self.audit.as_of.with_timezone(&super::ZONE).date_naive();
        let this = PeriodKey::week_of(today).first_day();
        let own =
            |it: &&Period| it.rule == WEEKLY && it.marketplace == Marketplace::Jd && it.first_day >= this;
        self.audit.periods.iter().filter(own).cloned().collect()
    }

    /// Every JD store after a plan: JD301 itself, over what is judged and what the plan says. An order that the plan
    /// ships on time is picked up on time; any other is not.
    pub fn after(&self, board: &Board, outcome: &Outcome) -> Vec<JdStore> {
        let mut weeks = self.before.clone();
        let mut stores: BTreeSet<String> = weeks.keys().map(|(store, _)| store.clone()).collect();
        for (cell, counts) in board.cells.iter().zip(&outcome.groups) {
            if cell.marketplace != Marketplace::Jd {
                continue;
            }
            stores.insert(cell.store.clone());
            let Some(week) = cell.week else { continue };
            let at = weeks.entry((cell.store.clone(), week)).or_default();
            at.met += counts.arriving - counts.late;
            at.late += counts.late;
            at.delayed += if cell.delayed { 0 } else { counts.late };
        }
        let mut tally = Tally::default();
        for ((store, week), counts) in weeks {
            tally.periods.insert((Marketplace::Jd, store, WEEKLY, PeriodKey::Week(week)), counts);
        }
        let periods = match registry::find(WEEKLY.0).map(|rule| rule.logic) {
            Some(Logic::Score(score)) => score(&tally, &self.audit.book),
            _ => Vec::new(),
        };
        let of = |store: String| {
            let weeks = periods.iter().filter(|period| period.store == store).cloned().collect();
            JdStore { store, weeks }
        };
        stores.into_iter().map(of).collect()
    }
}
