//! What was counted of all verdicts. Any of it can be added to another.

use crate::assess::{Code, State};
use crate::order::{Field, Marketplace};
use crate::tally::period::{Counts, PeriodKey};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Totals of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreTotals {
    /// Orders.
    pub orders: u64,
    /// Orders at risk.
    pub at_risk: u64,
    /// Orders by risk, in the order of [`State::WORST_FIRST`].
    pub by_risk: [u64; State::WORST_FIRST.len()],
    /// Orders at risk whose leading deadline falls due within 12 hours.
    pub due_12h: u64,
    /// The same within 24 hours.
    pub due_24h: u64,
    /// Orders whose deadline was moved or taken away by proof.
    pub exempt_proved: u64,
    /// Orders with a claim under review or still to be filed.
    pub exempt_claimed: u64,
}

impl StoreTotals {
    /// Orders with this risk.
    pub fn with_risk(&self, state: State) -> u64 {
        State::WORST_FIRST.iter().position(|s| *s == state).map_or(0, |at| self.by_risk[at])
    }

    /// How bad it is: orders overdue, then at risk, then late.
    pub fn weight(&self) -> (u64, u64, u64) {
        (self.with_risk(State::Overdue), self.at_risk, self.with_risk(State::Late))
    }

    /// Adds another store's totals.
    pub fn add(&mut self, other: &StoreTotals) {
        self.orders += other.orders;
        self.at_risk += other.at_risk;
        for (mine, theirs) in self.by_risk.iter_mut().zip(other.by_risk) {
            *mine += theirs;
        }
        self.due_12h += other.due_12h;
        self.due_24h += other.due_24h;
        self.exempt_proved += other.exempt_proved;
        self.exempt_claimed += other.exempt_claimed;
    }
}

/// Stores that are shown by name; of more the worst stand first.
pub const FEW_STORES: usize = 20;

/// Findings that an input could not answer, by input, rule and field.
pub type Gaps = BTreeMap<(u32, Code, Field), u64>;

/// Everything counted over the findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Scores: marketplace, store, rule and period.
    pub periods: BTreeMap<(Marketplace, String, Code, PeriodKey), Counts>,
    /// Totals by marketplace and store.
    pub stores: BTreeMap<(Marketplace, String), StoreTotals>,
    /// How often a rule came to a state.
    pub fired: BTreeMap<(Code, State), u64>,
    /// Gaps in the coverage.
    pub gaps: Gaps,
    /// Deadlines of orders at risk by hour from the audit, 72 of them: what is due in the next three days.
    pub due_hours: BTreeMap<i64, u64>,
}

impl Tally {
    /// Adds another tally; the order of merging does not matter.
    pub fn merge(&mut self, other: Tally) {
        for (key, counts) in other.periods {
            self.periods.entry(key).or_default().add(&counts);
        }
        for (key, totals) in other.stores {
            self.stores.entry(key).or_default().add(&totals);
        }
        for (key, count) in other.fired {
            *self.fired.entry(key).or_default() += count;
        }
        for (key, count) in other.gaps {
            *self.gaps.entry(key).or_default() += count;
        }
        for (key, count) in other.due_hours {
            *self.due_hours.entry(key).or_default() += count;
        }
    }

    /// Totals over all stores.
    pub fn totals(&self) -> StoreTotals {
        let mut all = StoreTotals::default();
        for totals in self.stores.values() {
            all.add(totals);
        }
        all
    }

    /// The stores in the order in which people are shown them: by marketplace and name, and where they are more than
    /// [`FEW_STORES`], those first with most orders overdue, then at risk, then late.
    pub fn stores_shown(&self) -> Vec<(&(Marketplace, String), &StoreTotals)> {
        let mut stores: Vec<_> = self.stores.iter().collect();
        if stores.len() > FEW_STORES {
            stores.sort_by_key(|(_, totals)| Reverse(totals.weight()));
        }
        stores
    }

    /// Totals of a marketplace.
    pub fn of_marketplace(&self, marketplace: Marketplace) -> StoreTotals {
        let mut all = StoreTotals::default();
        for ((_, _), totals) in self.stores.iter().filter(|((m, _), _)| *m == marketplace) {
            all.add(totals);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW_STORES, StoreTotals, Tally};
    use crate::assess::{Code, State};
    use crate::order::Marketplace;
    use crate::tally::{Counts, PeriodKey};

    fn tally(met: u64, orders: u64) -> Tally {
        let week = PeriodKey::week_of("2026-11-09".parse().expect("a day"));
        let mut tally = Tally::default();
        let counts = Counts { met, late: 1, ..Counts::default() };
        tally.periods.insert((Marketplace::Jd, "A".to_owned(), Code("JD301"), week), counts);
        let totals = StoreTotals { orders, ..StoreTotals::default() };
        tally.stores.insert((Marketplace::Jd, "A".to_owned()), totals);
        tally.fired.insert((Code("JD002"), State::Met), met);
        tally
    }

    #[test]
    fn merging_is_counting_together_in_any_order() {
        let merged = |mut a: Tally, b: Tally| {
            a.merge(b);
            a
        };
        let (one, two) = (merged(tally(3, 5), tally(4, 7)), merged(tally(4, 7), tally(3, 5)));
        assert_eq!(one, two);
        assert_eq!(one.totals().orders, 12);
        assert_eq!(one.periods.values().next().map(|c| (c.met, c.late)), Some((7, 2)));
        assert_eq!(merged(one.clone(), Tally::default()), one);
    }

    #[test]
    fn of_many_stores_the_worst_stand_first() {
        let mut tally = Tally::default();
        let overdue = State::WORST_FIRST.iter().position(|state| *state == State::Overdue).expect("a state");
        for store in 0..FEW_STORES as u64 {
            let mut totals = StoreTotals { orders: 1, at_risk: store % 3, ..StoreTotals::default() };
            totals.by_risk[overdue] = u64::from(store == 7);
            tally.stores.insert((Marketplace::Jd, format!("{store:02}")), totals);
        }
        let shown = |tally: &Tally| -> Vec<String> {
            tally.stores_shown().into_iter().map(|((_, name), _)| name.clone()).collect()
        };
        assert!(shown(&tally).is_sorted());
        tally
            .stores
            .insert((Marketplace::Jd, "99".to_owned()), StoreTotals { at_risk: 2, ..StoreTotals::default() });
        let shown = shown(&tally);
        assert_eq!(shown.len(), FEW_STORES + 1);
        assert_eq!(shown[..4], ["07", "02", "05", "08"]);
        assert_eq!(shown[6..9], ["17", "99", "01"]);
    }
}
