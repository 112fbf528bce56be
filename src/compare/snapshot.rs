//! An audit as its JSON tells it, as far as a comparison asks.

use crate::assess::{State, registry};
use crate::compare::{Presence, Remembered, Week};
use chrono::{DateTime, FixedOffset};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeSet;
use thiserror::Error;

/// An instant with the offset in which it is shown.
pub type Moment = DateTime<FixedOffset>;

/// A marketplace's id and a store.
pub type Store = (String, String);

/// What tells findings apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The order.
    pub order: OrderKey,
    /// The sub-order, where the finding is about one line; else empty.
    pub sub_order_id: String,
    /// The rule's code.
    pub rule: String,
}

/// What tells orders apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderKey {
    /// The marketplace's id.
    pub marketplace: String,
    /// The store.
    pub store: String,
    /// The order's id.
    pub order_id: String,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its state.
    pub state: State,
    /// When it falls due.
    pub due_at: Option<Moment>,
    /// The same without exemptions.
    pub base_due_at: Option<Moment>,
    /// The times of the export that it was reckoned from, by field.
    pub facts: Vec<(String, String)>,
    /// The exemptions that found a claim, with their effect.
    pub claims: Vec<(String, String)>,
    /// The first audit in which it was trouble.
    pub first_seen: Option<Moment>,
    /// Audits in which it was trouble, this one included.
    pub age: u32,
}

/// With what an audit was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct MadeBy {
    /// The program's version.
    pub version: String,
    /// The hash of the rulebook.
    pub rulebook: String,
    /// The hash of the casebook, if there was one.
    pub casebook: Option<String>,
}

/// A score of a store, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PeriodRate {
    /// The marketplace's id.
    pub marketplace: String,
    /// The store.
    pub store: String,
    /// The score's code.
    pub rule: String,
    /// The period: a day, a week or a month.
    pub period: String,
    /// The rate, 0 to 1.
    pub rate: Option<f64>,
}

/// An audit.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its moment.
    pub as_of: Moment,
    /// With what it was made.
    pub made_by: MadeBy,
    /// Orders, orders at risk, orders overdue.
    pub totals: [u64; 3],
    /// The findings of all orders it lists.
    pub findings: FxHashMap<Key, Standing>,
    /// The orders it lists, at risk or not.
    pub listed: BTreeSet<OrderKey>,
    /// All orders it had before it.
    pub present: Presence,
    /// What was resolved lately.
    pub resolved: Vec<Remembered>,
    /// Scores.
    pub periods: Vec<PeriodRate>,
    /// Rates by week.
    pub weeks: Vec<Week>,
}

/// Why a file is not taken as an audit.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SnapshotError {
    /// It is no JSON, or not that of an audit.
    #[error("no audit as JSON: {0}")]
    NotAnAudit(String),
    /// It is of another schema.
    #[error("its schema is {0}")]
    OtherSchema(String),
    /// It was written before audits could be compared.
    #[error("it does not say what it was made with")]
    TooOld,
}

impl Standing {
    /// Whether it puts its order at risk; a rule of notes never does.
    pub fn is_trouble(&self, rule: &str) -> bool {
        self.state.is_risk() && !registry::find(rule).is_some_and(|rule| rule.note)
    }
}

impl Snapshot {
    /// An audit of which nothing is known but its moment.
    pub fn blank(as_of: Moment, made_by: MadeBy) -> Snapshot {
        Snapshot {
            as_of,
            made_by,
            totals: [0; 3],
            findings: FxHashMap::default(),
            listed: BTreeSet::new(),
            present: Presence::default(),
            resolved: Vec::new(),
            periods: Vec::new(),
            weeks: Vec::new(),
        }
    }

    /// Whether an order was in the inputs; `None` where the file does not tell.
    pub fn has(&self, order: &OrderKey) -> Option<bool> {
        if self.listed.contains(order) {
            return Some(true);
        }
        let known = !self.present.is_empty();
        known.then(|| self.present.has(&order.marketplace, &order.store, &order.order_id))
    }

    /// The rate of a store to show: of the newest period with a rate, days only where there is nothing longer. A
    /// pressure of the moment (EBY206) is no on-time rate.
    pub fn rate_of(&self, store: &Store) -> Option<&PeriodRate> {
        let own = self.periods.iter().filter(|p| p.marketplace == store.0 && p.store == store.1);
        let own = own.filter(|period| period.rule != "EBY206" && period.rate.is_some());
        // `2026-11-09` is a day, `2026-W46` a week, `2026-11` a month.
        own.max_by_key(|period| (period.period.len() != 10, period.period.as_str()))
    }

    /// The stores that have a score or an order.
    pub fn stores(&self) -> BTreeSet<Store> {
        let scored = self.periods.iter().map(|p| (p.marketplace.clone(), p.store.clone()));
        let listed = self.listed.iter().map(|o| (o.marketplace.clone(), o.store.clone()));
        scored.chain(listed).chain(self.present.stores().cloned()).collect()
    }
}
