//! What changed between two audits, for the terminal and as JSON.

use crate::assess::State;
use crate::compare::{Change, Changes, Kind, Snapshot, Store};
use crate::report::extras::moment;
use crate::words::{Language, Words};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// New findings that the terminal names.
const WORST: usize = 5;

/// The changes as JSON: counts by kind, and every finding.
pub fn changes_json(changes: &Changes) -> Value {
    let counts: serde_json::Map<String, Value> =
        Kind::ALL.iter().map(|kind| (kind.as_str().to_owned(), json!(changes.count(*kind)))).collect();
    let [last, this] = changes.moments;
    let totals = |[orders, at_risk, overdue]: [u64; 3]| json!({"orders": orders, "at_risk": at_risk, "overdue": overdue});
    json!({
        "since": moment(last), "as_of": moment(this),
        "rulebook_changed": changes.rulebook_changed, "casebook_changed": changes.casebook_changed,
        "totals": {"since": totals(changes.totals[0]), "now": totals(changes.totals[1])},
        "counts": counts,
        "findings": changes.list.iter().map(change_json).collect::<Vec<_>>(),
    })
}

fn change_json(change: &Change) -> Value {
    let order = &change.key.order;
    json!({
        "kind": change.kind.as_str(), "marketplace": order.marketplace, "store": order.store,
        "order_id": order.order_id,
        "sub_order_id": (!change.key.sub_order_id.is_empty()).then_some(&change.key.sub_order_id),
        "rule": change.key.rule, "was": change.was.map(State::as_str), "state": change.now.map(State::as_str),
        "outcome": change.outcome.map(crate::compare::Outcome::as_str), "due_at": change.due_at.map(moment),
        "due_before": change.due_before.map(moment), "first_seen": moment(change.age.first_seen),
        "age": change.age.audits,
    })
}

/// The text under a section, or the bare word where there is none.
pub fn named(words: &Words, section: &str, word: &str) -> String {
    match words.entry(&format!("{section}.{word}")) {
        "" => word.to_owned(),
        text => text.to_owned(),
    }
}

/// The title of a rule, or its code.
pub fn title(words: &Words, rule: &str) -> String {
    match words.entry(&format!("rule.{rule}.title")) {
        "" => rule.to_owned(),
        text => text.to_owned(),
    }
}

/// What changed in one line: every kind that occurs, with its number.
pub fn counts_line(changes: &Changes, words: &Words) -> String {
    let mut parts = Vec::new();
    for kind in Kind::ALL {
        let n = changes.count(kind).to_string();
        if n == "0" && !matches!(kind, Kind::New | Kind::Resolved) {
            continue;
        }
        let oldest = changes.oldest().to_string();
        let key = format!("changes.count.{}", kind.as_str().replace('_', "-"));
        parts.push(words.say(&key, &[("n", &n), ("oldest", &oldest)]));
    }
    parts.join(words.get("changes.join"))
}

/// What changed since the last audit, in a few lines.
pub fn changes_text(changes: &Changes, language: Language) -> String {
    let words = language.words();
    let mut text = String::new();
    let [last, this] = changes.moments.map(|at| at.format("%Y-%m-%d %H:%M").to_string());
    let _ = writeln!(text, "{}", words.say("changes.since", &[("last", &last), ("this", &this)]));
    let [before, now] = changes.totals.map(|totals| totals.map(|n| n.to_string()));
    let values = [
        ("orders_before", before[0].as_str()),
        ("orders", &now[0]),
        ("risk_before", &before[1]),
        ("risk", &now[1]),
        ("overdue_before", &before[2]),
        ("overdue", &now[2]),
    ];
    let _ = writeln!(text, "  {}", words.say("changes.totals", &values));
    let counts = counts_line(changes, words);
    let _ = writeln!(text, "  {}", words.say("changes.findings", &[("counts", &counts)]));
    if changes.strangers {
        let _ = writeln!(text, "  {}", words.get("changes.strangers-note"));
    }
    if changes.rulebook_changed {
        let _ = writeln!(text, "  {}", words.get("changes.rulebook-note"));
    }
    text
}

/// Two audits side by side: what changed, the rates of every store, the worst of what is new.
pub fn compared(last: &Snapshot, this: &Snapshot, changes: &Changes, language: Language) -> String {
    let words = language.words();
    let mut text = changes_text(changes, language);
    let stores: BTreeSet<Store> = last.stores().union(&this.stores()).cloned().collect();
    let heads = ["store", "last", "this"].map(|key| words.get(&format!("changes.column.{key}")).to_owned());
    let mut rows = vec![heads];
    for store in stores {
        let rate = |of: &Snapshot| {
            let shown =
                of.rate_of(&store).and_then(|p| Some(format!("{:.1}% ({})", p.rate? * 100.0, p.period)));
            shown.unwrap_or_else(|| "–".to_owned())
        };
        let name = format!("{} · {}", named(words, "marketplace", &store.0), store.1);
        rows.push([name, rate(last), rate(this)]);
    }
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    for row in rows.iter().filter(|_| rows.len() > 1) {
        let pad = |at: usize| " ".repeat(widths[at] - row[at].width());
        let _ = writeln!(text, "  {}{}  {}{}  {}{}", row[0], pad(0), pad(1), row[1], pad(2), row[2]);
    }
    let new: Vec<&Change> = changes.of(Kind::New).take(WORST).collect();
    if !new.is_empty() {
        let _ = writeln!(text, "{}", words.get("changes.worst-new"));
    }
    for change in new {
        let order = &change.key.order;
        let state = change.now.map(|state| named(words, "state", state.as_str())).unwrap_or_default();
        let due = change.due_at.map(|at| at.format("%Y-%m-%d %H:%M %:z").to_string()).unwrap_or_default();
        let place = format!("{} · {}", named(words, "marketplace", &order.marketplace), order.store);
        let title = title(words, &change.key.rule);
        let line = format!("  {state}  {}  {place}  {} {title}  {due}", order.order_id, change.key.rule);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
