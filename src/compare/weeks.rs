//! On-time rates by week, which grow from audit to audit.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Weeks that are carried forward: two years.
const KEPT: usize = 104;

/// A store's week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// The marketplace.
    pub marketplace: String,
    /// The store.
    pub store: String,
    /// The ISO week, such as `2026-W45`; sorts as time goes.
    pub week: String,
    /// The rule whose deadlines are counted, or the platform's own score.
    pub rule: String,
    /// Done in time.
    pub met: u64,
    /// Late and overdue.
    pub failed: u64,
}

impl Week {
    /// The rate, 0 to 1; `None` when nothing was judged.
    pub fn rate(&self) -> Option<f64> {
        let judged = self.met + self.failed;
        (judged > 0).then(|| self.met as f64 / judged as f64)
    }
}

/// The weeks of earlier audits and of this one. Of a week that both know the fuller count stands, as an export of later days
/// holds only part of it; of equal ones the newer.
pub fn merge_weeks(earlier: &[Week], now: &[Week]) -> Vec<Week> {
    let mut all: BTreeMap<(&str, &str, &str), &Week> = BTreeMap::new();
    for week in earlier.iter().chain(now) {
        let key = (week.week.as_str(), week.marketplace.as_str(), week.store.as_str());
        let fuller = |known: &&Week| known.met + known.failed > week.met + week.failed;
        if !all.get(&key).is_some_and(fuller) {
            all.insert(key, week);
        }
    }
    let mut weeks: Vec<&str> = all.keys().map(|key| key.0).collect();
    weeks.dedup();
    let first = weeks.len().checked_sub(KEPT).map(|at| weeks[at].to_owned()).unwrap_or_default();
    all.into_values().filter(|week| week.week >= first).cloned().collect()
}
