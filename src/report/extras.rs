//! What the JSON of an audit carries beside the contract, so that the next audit can be compared with it; and what this
//! audit knows from the last one.

use crate::assess::{Code, State, Verdict, judge_into};
use crate::audit::Audit;
use crate::compare::{
    Carried, Changes, MadeBy, Moment, Notes, OrderKey, Past, Presence, Remembered, Snapshot, Week, compare,
    fingerprint, merge_weeks,
};
use crate::order::Marketplace;
use crate::report::changes::changes_json;
use crate::report::json::order_lines;
use crate::tally::PeriodKey;
use chrono_tz::Tz;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

/// A moment as the contract writes it.
pub fn moment(at: Moment) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// The moment of an audit.
fn now(audit: &Audit) -> Moment {
    audit.as_of.with_timezone(&Tz::Asia__Shanghai).fixed_offset()
}

/// What an audit knows from the last one and from what staff typed into its report.
pub fn past(
    audit: &Audit,
    casebook_hash: Option<String>,
    last: Option<&Snapshot>,
    notes: Option<Notes>,
) -> Past {
    let mut past = Past { casebook_hash, weeks: weeks(audit), ..Past::default() };
    if let Some(last) = last {
        past.weeks = merge_weeks(&last.weeks, &past.weeks);
        past.followed = followed(audit, last);
        let this = snapshot(audit, past.casebook_hash.clone(), &past.followed);
        past.changes = Some(compare(last, &this));
    }
    if let Some(notes) = notes {
        past.carried = Carried::settle(notes, &rows(audit));
    }
    past
}

/// The rows of the list of orders at risk: the rule that leads each.
fn rows(audit: &Audit) -> FxHashMap<(String, String, String), Vec<String>> {
    let mut rows: FxHashMap<(String, String, String), Vec<String>> = FxHashMap::default();
    let mut verdict = Verdict::default();
    for shown in &audit.shown {
        let order = &audit.ledger.orders[shown.order as usize];
        judge_into(audit.context(), order, &mut verdict);
        let key = order_key(audit, shown.order);
        let rule = verdict.leading().map_or("", |finding| finding.rule.code.0).to_owned();
        rows.entry((key.marketplace, key.store, key.order_id)).or_default().push(rule);
    }
    rows
}

fn order_key(audit: &Audit, number: u32) -> OrderKey {
    let order = &audit.ledger.orders[number as usize];
    OrderKey {
        marketplace: audit.ledger.input(order).marketplace.map_or("", Marketplace::as_str).to_owned(),
        store: audit.ledger.store(order).name.clone(),
        order_id: audit.ledger.order_id(order).to_owned(),
    }
}

/// The orders that were trouble in the last audit, are in these inputs, and are not listed now.
fn followed(audit: &Audit, last: &Snapshot) -> Vec<u32> {
    let trouble = last.findings.iter().filter(|(key, standing)| standing.is_trouble(&key.rule));
    let wanted: FxHashSet<&OrderKey> = trouble.map(|(key, _)| &key.order).collect();
    let listed: FxHashSet<u32> = audit.shown.iter().map(|shown| shown.order).collect();
    let numbers = 0..audit.ledger.orders.len() as u32;
    numbers
        .into_par_iter()
        .filter(|number| !listed.contains(number) && wanted.contains(&order_key(audit, *number)))
        .collect()
}

/// This audit as a later one will read it: through the same lines of JSON, so that both say the same.
fn snapshot(audit: &Audit, casebook: Option<String>, followed: &[u32]) -> Snapshot {
    let made_by =
        MadeBy { version: env!("CARGO_PKG_VERSION").to_owned(), rulebook: audit.book.hash.clone(), casebook };
    let mut snapshot = Snapshot::blank(now(audit), made_by);
    let totals = audit.tally.totals();
    snapshot.totals = [totals.orders, totals.at_risk, totals.with_risk(State::Overdue)];
    let numbers: Vec<u32> =
        audit.shown.iter().map(|shown| shown.order).chain(followed.iter().copied()).collect();
    order_lines(audit, &numbers, &mut |line| {
        // What this program wrote it can read; a test holds the two together.
        let _ = snapshot.add_order(line);
    });
    snapshot.present = presence(audit);
    snapshot
}

/// Every order that was read.
fn presence(audit: &Audit) -> Presence {
    let ledger = &audit.ledger;
    let prints: Vec<(Option<Marketplace>, u16, u64)> = ledger
        .orders
        .par_iter()
        .map(|order| (ledger.input(order).marketplace, order.store, fingerprint(ledger.order_id(order))))
        .collect();
    let mut stores: FxHashMap<(Option<Marketplace>, u16), Vec<u64>> = FxHashMap::default();
    for (marketplace, store, print) in prints {
        stores.entry((marketplace, store)).or_default().push(print);
    }
    let mut presence = Presence::default();
    for ((marketplace, store), prints) in stores {
        let name = &ledger.stores[usize::from(store)].name;
        presence.add(marketplace.map_or("", Marketplace::as_str), name, prints);
    }
    presence
}

/// The weeks of this audit: the platform's own weekly score where it has one, else the ship deadlines that fell due.
fn weeks(audit: &Audit) -> Vec<Week> {
    let weekly = audit.tally.periods.iter().filter_map(|((marketplace, store, rule, period), counts)| {
        let Code(rule) = *rule;
        matches!(period, PeriodKey::Week(_)).then(|| Week {
            marketplace: marketplace.as_str().to_owned(),
            store: store.clone(),
            week: period.to_string(),
            rule: rule.to_owned(),
            met: counts.met,
            failed: counts.failed(),
        })
    });
    merge_weeks(&[], &weekly.filter(|week| week.rate().is_some()).collect::<Vec<_>>())
}

/// The keys beside the contract.
pub fn fields(audit: &Audit) -> Vec<(&'static str, Value)> {
    let made_by = json!({
        "version": env!("CARGO_PKG_VERSION"), "rulebook": audit.book.hash, "casebook": audit.past.casebook_hash,
    });
    let presence = presence(audit);
    let present: Vec<Value> = presence
        .lines()
        .map(|(marketplace, store, orders, ids)| {
            json!({"marketplace": marketplace, "store": store, "orders": orders, "ids": ids})
        })
        .collect();
    // An audit that was made without the command line has not looked at its weeks.
    let weeks = if audit.past.weeks.is_empty() { weeks(audit) } else { audit.past.weeks.clone() };
    let mut fields = vec![("made_by", made_by), ("present", json!(present)), ("weeks", json!(weeks))];
    if let Some(changes) = &audit.past.changes {
        fields.push(("changes", changes_json(changes)));
        fields.push(("resolved", resolved(changes)));
    }
    fields
}

fn resolved(changes: &Changes) -> Value {
    let one = |known: &Remembered| {
        json!({
            "marketplace": known.key.order.marketplace, "store": known.key.order.store,
            "order_id": known.key.order.order_id,
            "sub_order_id": (!known.key.sub_order_id.is_empty()).then_some(&known.key.sub_order_id),
            "rule": known.key.rule, "was": known.was.as_str(), "outcome": known.outcome.as_str(),
            "first_seen": known.first_seen.map(moment), "age": known.age, "audits_ago": known.audits_ago,
        })
    };
    changes.resolved.iter().map(one).collect()
}
