//! Counts of a store in a day, a week or a month.

use crate::assess::Code;
use crate::order::Marketplace;
use crate::tally::totals::Tally;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;
use std::fmt;

/// A day, an ISO week (Monday to Sunday) or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKey {
    /// A day.
    Day(NaiveDate),
    /// The week that begins on this Monday.
    Week(NaiveDate),
    /// The month that begins on this day.
    Month(NaiveDate),
}

impl PeriodKey {
    /// The week of a day.
    pub fn week_of(day: NaiveDate) -> PeriodKey {
        let back = Days::new(u64::from(day.weekday().num_days_from_monday()));
        PeriodKey::Week(day.checked_sub_days(back).unwrap_or(day))
    }

    /// The month of a day.
    pub fn month_of(day: NaiveDate) -> PeriodKey {
        PeriodKey::Month(day.with_day(1).unwrap_or(day))
    }

    /// Its first day.
    pub const fn first_day(self) -> NaiveDate {
        match self {
            PeriodKey::Day(day) | PeriodKey::Week(day) | PeriodKey::Month(day) => day,
        }
    }
}

impl fmt::Display for PeriodKey {
    /// `2026-03-06`, `2026-W10`, `2026-03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PeriodKey::Day(day) => write!(f, "{day}"),
            PeriodKey::Week(day) => write!(f, "{}-W{:02}", day.iso_week().year(), day.iso_week().week()),
            PeriodKey::Month(day) => write!(f, "{}-{:02}", day.year(), day.month()),
        }
    }
}

/// What was judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Done in time.
    pub met: u64,
    /// Done too late, or ended too late.
    pub late: u64,
    /// Not done and past due.
    pub overdue: u64,
    /// Not done and not yet due.
    pub open: u64,
    /// Orders with a breach, one each (JD points).
    pub delayed: u64,
}

impl Counts {
    /// Breaches: late and overdue.
    pub const fn failed(&self) -> u64 {
        self.late + self.overdue
    }

    /// Adds another count.
    pub const fn add(&mut self, other: &Counts) {
        self.met += other.met;
        self.late += other.late;
        self.overdue += other.overdue;
        self.open += other.open;
        self.delayed += other.delayed;
    }
}

/// A store's score in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The marketplace.
    pub marketplace: Marketplace,
    /// The store.
    pub store: String,
    /// The rule.
    pub rule: Code,
    /// The period.
    pub period: PeriodKey,
    /// Its first day.
    pub first_day: NaiveDate,
    /// The counts behind the rate.
    pub counts: Counts,
    /// Points deducted, where the platform deducts any.
    pub points: Option<u64>,
    /// How many more may fail before the threshold breaks.
    pub headroom: Option<u64>,
    /// The rate that must be reached, in percent.
    pub threshold: Option<u32>,
}

impl Period {
    /// The rate, 0 to 1; `None` when nothing was judged.
    pub fn rate(&self) -> Option<f64> {
        let judged = self.counts.met + self.counts.failed();
        (judged > 0).then(|| self.counts.met as f64 / judged as f64)
    }

    /// Whether the threshold is broken; in integers, so that no rounding decides.
    pub fn broken(&self) -> bool {
        let judged = self.counts.met + self.counts.failed();
        self.threshold.is_some_and(|threshold| self.counts.met * 100 < u64::from(threshold) * judged)
    }
}

/// Periods of each store.
pub fn by_store<'p>(
    periods: impl IntoIterator<Item = &'p Period>,
) -> BTreeMap<(Marketplace, &'p str), Vec<&'p Period>> {
    let mut stores: BTreeMap<_, Vec<&Period>> = BTreeMap::new();
    for period in periods {
        stores.entry((period.marketplace, period.store.as_str())).or_default().push(period);
    }
    stores
}

/// The counts of a rule as periods, without points; by marketplace, store and time.
pub fn rates(tally: &Tally, rule: Code) -> Vec<Period> {
    tally
        .periods
        .iter()
        .filter(|((_, _, code, _), _)| *code == rule)
        .map(|((marketplace, store, code, period), counts)| Period {
            marketplace: *marketplace,
            store: store.clone(),
            rule: *code,
            period: *period,
            first_day: period.first_day(),
            counts: *counts,
            points: None,
            headroom: None,
            threshold: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::PeriodKey;

    #[test]
    fn periods_are_named_as_the_contract_says() {
        let day = "2026-03-06".parse().expect("a day");
        assert_eq!(PeriodKey::Day(day).to_string(), "2026-03-06");
        assert_eq!(PeriodKey::week_of(day).to_string(), "2026-W10");
        assert_eq!(PeriodKey::month_of(day).to_string(), "2026-03");
        // The last days of 2026 and the first of 2027 are one week, that of Thursday's year.
        let new_year = "2027-01-01".parse().expect("a day");
        assert_eq!(PeriodKey::week_of(new_year).to_string(), "2026-W53");
    }
}
