//! The JSON of an audit and its lines of orders, as a comparison reads them.

use crate::assess::State;
use crate::compare::{
    Key, MadeBy, Moment, OrderKey, Outcome, PeriodRate, Remembered, Snapshot, SnapshotError, Standing, Week,
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer};

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

impl Snapshot {
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
        let order = OrderKey { marketplace: line.marketplace, store: line.store, order_id: line.order_id };
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
