//! An audit as its JSON tells it, as far as a comparison asks.

use crate::assess::{State, registry};
use crate::compare::{Outcome, Presence, Remembered, Week};
use chrono::{DateTime, FixedOffset};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer};
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

/// The schema that is read.
const SCHEMA: &str = "shipby.audit/1";

#[derive(Deserialize)]
struct Schema {
    schema: Option<String>,
}

#[derive(Deserialize)]
struct File {
    schema: String,
    as_of: Moment,
    made_by: Option<MadeBy>,
    totals: Totals,
    orders: Vec<OrderLine>,
    #[serde(default)]
    followed: Vec<OrderLine>,
    #[serde(default)]
    present: Vec<PresentLine>,
    #[serde(default)]
    resolved: Vec<ResolvedLine>,
    #[serde(default)]
    store_periods: Vec<PeriodRate>,
    #[serde(default)]
    weeks: Vec<Week>,
}

#[derive(Deserialize)]
struct Totals {
    orders: u64,
    at_risk: u64,
    by_risk: FxHashMap<String, u64>,
}

/// An order, as it stands in the JSON and as a line of NDJSON.
#[derive(Deserialize)]
struct OrderLine {
    marketplace: String,
    store: String,
    order_id: String,
    findings: Vec<FindingLine>,
}

#[derive(Deserialize)]
struct FindingLine {
    rule: String,
    #[serde(deserialize_with = "state")]
    state: State,
    due_at: Option<Moment>,
    base_due_at: Option<Moment>,
    sub_order_id: Option<String>,
    #[serde(default)]
    exemptions: Vec<ClaimLine>,
    #[serde(default, deserialize_with = "facts")]
    trail: Vec<(String, String)>,
    first_seen: Option<Moment>,
    #[serde(default)]
    age: u32,
}

#[derive(Deserialize)]
struct ClaimLine {
    rule: String,
    effect: String,
}

#[derive(Deserialize)]
struct StepLine {
    step: String,
    value: String,
    from: String,
}

#[derive(Deserialize)]
struct PresentLine {
    marketplace: String,
    store: String,
    ids: String,
}

#[derive(Deserialize)]
struct ResolvedLine {
    marketplace: String,
    store: String,
    order_id: String,
    sub_order_id: Option<String>,
    rule: String,
    #[serde(deserialize_with = "state")]
    was: State,
    outcome: String,
    first_seen: Option<Moment>,
    age: u32,
    audits_ago: u32,
}

fn state<'de, D: Deserializer<'de>>(from: D) -> Result<State, D::Error> {
    let word = String::deserialize(from)?;
    let known = State::WORST_FIRST.into_iter().find(|state| state.as_str() == word);
    known.ok_or_else(|| serde::de::Error::custom(format!("unknown state {word}")))
}

/// Of a trail only what came out of a column: where it stood is left out, as rows move from week to week.
fn facts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, String)>, D::Error> {
    let steps = Vec::<StepLine>::deserialize(from)?;
    let facts = steps.into_iter().filter(|step| step.from.contains("column "));
    Ok(facts.map(|step| (step.step, step.value)).collect())
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

    /// Reads the JSON of an audit.
    ///
    /// # Errors
    /// When it is none, or of another schema, or too old to be compared.
    pub fn read(text: &str) -> Result<Snapshot, SnapshotError> {
        let text = text.trim_start_matches('\u{feff}');
        let file: File = match serde_json::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                return Err(match serde_json::from_str::<Schema>(text).ok().and_then(|found| found.schema) {
                    Some(schema) if schema != SCHEMA => SnapshotError::OtherSchema(schema),
                    _ => SnapshotError::NotAnAudit(error.to_string()),
                });
            }
        };
        if file.schema != SCHEMA {
            return Err(SnapshotError::OtherSchema(file.schema));
        }
        let mut snapshot = Snapshot::blank(file.as_of, file.made_by.ok_or(SnapshotError::TooOld)?);
        let overdue = file.totals.by_risk.get(State::Overdue.as_str()).copied().unwrap_or(0);
        snapshot.totals = [file.totals.orders, file.totals.at_risk, overdue];
        for order in file.orders.into_iter().chain(file.followed) {
            snapshot.take(order);
        }
        for line in file.present {
            snapshot.present.add_text(&line.marketplace, &line.store, &line.ids);
        }
        snapshot.resolved = file.resolved.into_iter().filter_map(remembered).collect();
        snapshot.periods = file.store_periods;
        snapshot.weeks = file.weeks;
        Ok(snapshot)
    }

    /// Takes an order as a line of NDJSON.
    ///
    /// # Errors
    /// When it is none.
    pub fn add_order(&mut self, line: &[u8]) -> Result<(), serde_json::Error> {
        self.take(serde_json::from_slice(line)?);
        Ok(())
    }

    fn take(&mut self, line: OrderLine) {
        let order =
            OrderKey { marketplace: line.marketplace, store: line.store, order_id: line.order_id };
        for finding in line.findings {
            let sub_order_id = finding.sub_order_id.unwrap_or_default();
            let key = Key { order: order.clone(), sub_order_id, rule: finding.rule };
            let claims = finding.exemptions.into_iter().map(|claim| (claim.rule, claim.effect)).collect();
            let standing = Standing {
                state: finding.state,
                due_at: finding.due_at,
                base_due_at: finding.base_due_at,
                facts: finding.trail,
                claims,
                first_seen: finding.first_seen,
                age: finding.age,
            };
            // Two parcels of one line are one key; the worse of them counts.
            match self.findings.get(&key) {
                Some(known) if known.state >= standing.state => {}
                _ => {
                    self.findings.insert(key, standing);
                }
            }
        }
        self.listed.insert(order);
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

    /// The stores that have a score, an order or a week.
    pub fn stores(&self) -> BTreeSet<Store> {
        let scored = self.periods.iter().map(|p| (p.marketplace.clone(), p.store.clone()));
        scored.chain(self.listed.iter().map(|o| (o.marketplace.clone(), o.store.clone()))).collect()
    }
}

fn remembered(line: ResolvedLine) -> Option<Remembered> {
    let order = OrderKey { marketplace: line.marketplace, store: line.store, order_id: line.order_id };
    Some(Remembered {
        key: Key { order, sub_order_id: line.sub_order_id.unwrap_or_default(), rule: line.rule },
        was: line.was,
        outcome: Outcome::parse(&line.outcome)?,
        first_seen: line.first_seen,
        age: line.age,
        audits_ago: line.audits_ago,
    })
}
