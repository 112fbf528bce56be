//! One order as JSON, with its findings, their exemptions, trails and actions.

use super::show;
use crate::assess::{Context, Finding, Relief, Verdict, actions, filing_note, trail};
use crate::audit::Audit;
use crate::compare::{Key, OrderKey};
use crate::normalise::{Input, Order};
use crate::order::Instant;
use crate::report::extras;
use crate::words::Language;
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Value, json};

/// An order as a line of NDJSON.
#[derive(Serialize)]
pub struct OrderJson<'a> {
    marketplace: &'a str,
    store: &'a str,
    order_id: &'a str,
    sub_order_id: Option<&'a str>,
    source: SourceJson<'a>,
    status: &'static str,
    risk: &'static str,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    rule: &'static str,
    state: &'static str,
    due_at: Option<String>,
    base_due_at: Option<String>,
    clock: Option<&'static str>,
    rule_due_at: Option<String>,
    sub_order_id: Option<&'a str>,
    done_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<u32>,
    exemptions: Vec<Value>,
    trail: Vec<StepJson>,
    actions: Vec<ActionJson>,
}

#[derive(Serialize)]
struct StepJson {
    step: String,
    value: String,
    from: String,
}

#[derive(Serialize)]
struct ActionJson {
    code: &'static str,
    do_by: Option<String>,
    path: &'static str,
    needs: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<&'static str>,
}

/// Since when each trouble of an order is one: since this audit where no earlier one was given.
pub fn add_ages(audit: &Audit, verdict: &Verdict, json: &mut OrderJson<'_>) {
    let ages = audit.past.changes.as_ref().map(|changes| &changes.ages);
    let order = OrderKey {
        marketplace: json.marketplace.to_owned(),
        store: json.store.to_owned(),
        order_id: json.order_id.to_owned(),
    };
    for (_, line) in verdict.findings.iter().zip(&mut json.findings).filter(|(f, _)| f.is_risk()) {
        let sub_order_id = line.sub_order_id.unwrap_or_default().to_owned();
        let key = Key { order: order.clone(), sub_order_id, rule: line.rule.to_owned() };
        let known = ages.and_then(|ages| ages.get(&key));
        line.age = Some(known.map_or(1, |age| age.audits));
        let now = || show(audit.as_of, Tz::Asia__Shanghai);
        line.first_seen = Some(known.map_or_else(now, |age| extras::moment(age.first_seen)));
    }
}

/// An order as JSON, without ages.
pub fn order_json<'a>(run: Context<'a>, order: &'a Order, verdict: &Verdict) -> OrderJson<'a> {
    let ledger = run.ledger;
    let input = ledger.input(order);
    let (mut order_id, mut sub_order_id, mut row, mut lines) = ("", "", 0, 0);
    for line in ledger.lines(order) {
        if lines == 0 {
            order_id = line.batch.arena.get(line.record.order_id);
            sub_order_id = line.batch.arena.get(line.record.sub_order_id);
            row = line.record.row;
        }
        lines += 1;
    }
    OrderJson {
        marketplace: input.marketplace.map_or("", crate::order::Marketplace::as_str),
        store: &ledger.store(order).name,
        order_id,
        sub_order_id: (lines == 1 && !sub_order_id.is_empty()).then_some(sub_order_id),
        source: SourceJson { file: &input.path, sheet: input.sheet.as_deref(), row },
        status: ledger.status(order).as_str(),
        risk: verdict.shown_risk().as_str(),
        findings: verdict.findings.iter().map(|f| finding_json(run, order, input, f)).collect(),
    }
}

fn finding_json<'a>(run: Context<'a>, order: &'a Order, input: &Input, finding: &Finding) -> FindingJson<'a> {
    let zone = input.day_zone();
    let instant = |at: Option<Instant>| at.map(|at| show(at, zone));
    let line = run.ledger.lines(order).nth(finding.line as usize);
    let sub = line.map_or("", |line| line.batch.arena.get(line.record.sub_order_id));
    let steps = trail(run, order, finding);
    FindingJson {
        rule: finding.rule.code.0,
        state: finding.state.as_str(),
        due_at: instant(finding.due_at),
        base_due_at: instant(finding.base_due_at),
        clock: finding.base_due_at.map(|_| finding.clock.as_str()),
        rule_due_at: instant(finding.rule_due_at),
        sub_order_id: (finding.names_line && !sub.is_empty()).then_some(sub),
        done_at: instant(finding.done_at),
        field: finding.gap.map(crate::order::Field::as_str),
        advice: finding.advice.map(|advice| advice.key),
        first_seen: None,
        age: None,
        exemptions: finding
            .exemptions
            .iter()
            .map(|(code, relief)| noted(relief_json(code.0, *relief, zone), filing_note(*code, &steps)))
            .collect(),
        trail: steps
            .into_iter()
            .map(|step| StepJson { step: step.step, value: step.value, from: step.from })
            .collect(),
        actions: actions(run, order, finding)
            .into_iter()
            .map(|action| ActionJson {
                code: action.code,
                do_by: instant(action.do_by),
                path: path_of(action.code),
                needs: action.needs,
                reply: action.reply.map(reply_of),
            })
            .collect(),
    }
}

/// The path in the back end, as the platform prints it whatever the language.
pub fn path_of(code: &str) -> &'static str {
    Language::Chinese.words().entry(&format!("action.{code}.path"))
}

/// What to write to the buyer, who reads Chinese whatever the language.
pub fn reply_of(word: &str) -> &'static str {
    Language::Chinese.words().entry(&format!("reply.{word}"))
}

fn relief_json(rule: &str, relief: Relief, zone: Tz) -> Value {
    match relief {
        Relief::Extend(to) => json!({"rule": rule, "effect": "extended", "to": show(to, zone)}),
        // The schema knows five effects; that the obligation ended altogether is told by the state.
        Relief::Waive | Relief::Void => json!({"rule": rule, "effect": "waived"}),
        Relief::Pending { until } => json!({"rule": rule, "effect": "pending", "until": show(until, zone)}),
        Relief::Claimable { file_by, with } => {
            json!({"rule": rule, "effect": "claimable", "file_by": file_by.map(|at| show(at, zone)), "with": with})
        }
        Relief::Refused { why } => json!({"rule": rule, "effect": "refused", "why": why}),
    }
}

/// A claim with what is to be noted of it.
fn noted(mut claim: Value, note: Option<&'static str>) -> Value {
    if let (Some(note), Some(map)) = (note, claim.as_object_mut()) {
        map.insert("note".to_owned(), json!(note));
    }
    claim
}
