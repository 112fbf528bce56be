//! The audit as JSON (`shipby.audit/1`) and as NDJSON: a contract, the same in every language.

use crate::assess::{Address, Context, Finding, Relief, Verdict, actions, filing_note, next_look, trail};
use crate::audit::Audit;
use crate::compare::{Key, OrderKey};
use crate::normalise::{Input, InputKind, Issue, Order};
use crate::order::Instant;
use crate::report::extras;
use crate::report::mask::mask_issue;
use crate::report::say::Speaker;
use crate::report::work::{Work, work};
use crate::tally::Period;
use crate::words::Language;
use chrono_tz::Tz;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The schema of the JSON object.
pub const SCHEMA: &str = "shipby.audit/1";

/// Orders written in one go by one thread.
const BLOCK: usize = 2048;

/// An order as a line of NDJSON.
#[derive(Serialize)]
struct OrderJson<'a> {
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

/// Writes every order as a line, in the order of the ledger.
///
/// # Errors
/// When writing fails.
pub fn write_ndjson(audit: &Audit, out: &mut dyn Write) -> io::Result<()> {
    let numbers: Vec<u32> = (0..audit.ledger.orders.len() as u32).collect();
    in_blocks(audit, &numbers, b'\n', false, &mut |block| out.write_all(block))
}

/// Orders as JSON, each with `end` behind it: made by all threads, handed on in order, a few blocks at a time, so
/// that memory does not grow with their number.
fn in_blocks(
    audit: &Audit,
    numbers: &[u32],
    end: u8,
    aged: bool,
    write: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    for round in numbers.chunks(BLOCK * 16) {
        let texts: Vec<Vec<u8>> =
            round.par_chunks(BLOCK).map(|block| orders_as_json(audit, block, end, aged)).collect();
        for text in texts {
            write(&text)?;
        }
    }
    Ok(())
}

/// Some orders as JSON, `end` behind each; `aged` says of trouble since when it is one.
fn orders_as_json(audit: &Audit, orders: &[u32], end: u8, aged: bool) -> Vec<u8> {
    let mut text = Vec::with_capacity(orders.len() * 800);
    for number in orders {
        let order = &audit.ledger.orders[*number as usize];
        let verdict = audit.verdict(*number);
        let mut json = order_json(audit.context(), order, &verdict);
        if aged {
            add_ages(audit, &verdict, &mut json);
        }
        // Writing to memory cannot fail, and the record has no map with keys that are no text.
        if serde_json::to_writer(&mut text, &json).is_ok() {
            text.push(end);
        }
    }
    text
}

/// Since when each trouble of an order is one: since this audit where no earlier one was given.
fn add_ages(audit: &Audit, verdict: &Verdict, json: &mut OrderJson<'_>) {
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

/// Some orders as lines of NDJSON, for [`extras`].
pub(super) fn order_lines(audit: &Audit, numbers: &[u32], take: &mut dyn FnMut(&[u8])) {
    // Handing on to memory cannot fail.
    let _ = in_blocks(audit, numbers, b'\n', false, &mut |block| {
        block.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).for_each(&mut *take);
        Ok(())
    });
}

/// Writes the whole audit as one object. `masked` hides personal data in data issues.
///
/// # Errors
/// When writing fails.
pub fn write_json(audit: &Audit, masked: bool, out: &mut dyn Write) -> io::Result<()> {
    let totals = audit.tally.totals();
    let by_risk: Map<String, Value> = crate::assess::State::WORST_FIRST
        .iter()
        .map(|state| (state.as_str().to_owned(), json!(totals.with_risk(*state))))
        .collect();
    write!(out, "{{\"schema\":\"{SCHEMA}\",\"as_of\":")?;
    serde_json::to_writer(&mut *out, &show(audit.as_of, Tz::Asia__Shanghai))?;
    let inputs: Vec<Value> = listed(audit).map(input_json).collect();
    field(out, "inputs", &inputs)?;
    field(out, "totals", &json!({"orders": totals.orders, "at_risk": totals.at_risk, "by_risk": by_risk}))?;
    let numbers: Vec<u32> = audit.shown.iter().map(|shown| shown.order).collect();
    orders(audit, "orders", &numbers, out)?;
    let periods: Vec<Value> = audit.periods.iter().map(|period| period_json(audit, period)).collect();
    field(out, "store_periods", &periods)?;
    field(out, "defects", &defects_json(audit))?;
    let works: Vec<Value> = work(audit).iter().map(work_json).collect();
    field(out, "actions", &works)?;
    field(out, "issues", &issues_json(audit, masked))?;
    orders(audit, "followed", &audit.past.followed, out)?;
    for (name, value) in extras::fields(audit) {
        field(out, name, &value)?;
    }
    out.write_all(b"}\n")
}

/// Some orders as a list under a name.
fn orders(audit: &Audit, name: &str, numbers: &[u32], out: &mut dyn Write) -> io::Result<()> {
    write!(out, ",\"{name}\":[")?;
    let mut first = true;
    in_blocks(audit, numbers, b',', true, &mut |block| {
        // Every order has a comma behind it; the last one's goes, and blocks stand apart by one.
        out.write_all(if first { b"" } else { b"," })?;
        first = false;
        out.write_all(block.strip_suffix(b",").unwrap_or(block))
    })?;
    out.write_all(b"]")
}

/// Every defect of the casebook, in its order.
fn defects_json(audit: &Audit) -> Vec<Value> {
    let run = audit.context();
    let one = |judged: &crate::assess::JudgedDefect<'_>| {
        let (defect, verdict) = (judged.defect, judged.verdict);
        let zone = judged.order.map_or(Tz::Asia__Shanghai, |order| zone_of(audit.ledger.input(order)));
        let mut object = json!({
            "marketplace": defect.marketplace.as_str(),
            "store": judged.order.map_or("", |order| audit.ledger.store(order).name.as_str()),
            "order_id": defect.order_id, "kind": crate::casebook::Closed::as_str(defect.kind), "opened_at": defect.opened_at.show(zone),
            "verdict": verdict.verdict.as_str(), "rule": verdict.rule.map(|rule| rule.0),
        });
        if let (Some(map), Some(by)) = (object.as_object_mut(), verdict.appeal_by) {
            map.insert("appeal_by".to_owned(), json!(show(by, zone)));
        }
        object
    };
    crate::assess::defects(run).iter().map(one).collect()
}

/// The inputs to list: a sheet that was left out on purpose only where nothing else stands for its file.
fn listed(audit: &Audit) -> impl Iterator<Item = &Input> {
    let inputs = &audit.ledger.inputs;
    let alone = |input: &Input| inputs.iter().filter(|other| other.path == input.path).count() == 1;
    inputs.iter().filter(move |input| input.kind != InputKind::LeftOut || alone(input))
}

fn field(out: &mut dyn Write, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(out, ",\"{name}\":")?;
    Ok(serde_json::to_writer(out, value)?)
}

/// An instant as the contract writes it: RFC 3339 in a zone, to the second.
fn show(at: Instant, zone: Tz) -> String {
    at.with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

fn zone_of(input: &Input) -> Tz {
    input.clock.as_ref().map_or(Tz::Asia__Shanghai, |clock| clock.day_zone)
}

fn order_json<'a>(run: Context<'a>, order: &'a Order, verdict: &Verdict) -> OrderJson<'a> {
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
    let zone = zone_of(input);
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
fn path_of(code: &str) -> &'static str {
    Language::Chinese.words().entry(&format!("action.{code}.path"))
}

/// What to write to the buyer, who reads Chinese whatever the language.
fn reply_of(word: &str) -> &'static str {
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

fn input_json(input: &Input) -> Value {
    let mut object = json!({
        "path": input.path,
        "kind": if input.kind == InputKind::LeftOut { "unreadable" } else { input.kind.as_str() },
        "format": input.format,
        "rows": input.rows,
        "rows_in_orders": input.rows_in_orders,
        "orders": input.orders,
        "rejected": input.rejected,
        "skipped": input.skipped,
    });
    if let Some(map) = object.as_object_mut() {
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                map.insert(key.to_owned(), value);
            }
        };
        put("sheet", input.sheet.as_ref().map(|sheet| json!(sheet)));
        put("marketplace", input.marketplace.map(|m| json!(m.as_str())));
        put("store", (!input.store.is_empty()).then(|| json!(input.store)));
        put("encoding", input.encoding.map(|encoding| json!(encoding)));
        put("error", input.error.as_ref().map(|error| json!(error.message)));
    }
    object
}

fn period_json(audit: &Audit, period: &Period) -> Value {
    let counts = period.counts;
    let mut object = json!({
        "marketplace": period.marketplace.as_str(),
        "store": period.store,
        "rule": period.rule.0,
        "period": period.period.to_string(),
        "met": counts.met,
        "failed": counts.failed(),
        "open": counts.open,
        "rate": period.rate(),
    });
    if let Some(map) = object.as_object_mut() {
        if let Some(points) = period.points {
            map.insert("points".to_owned(), json!(points));
        }
        if let Some(headroom) = period.headroom {
            map.insert("headroom".to_owned(), json!(headroom));
        }
        if let Some(at) = next_look(period, &audit.book, audit.as_of) {
            map.insert("next_look".to_owned(), json!(show(at, Tz::Asia__Shanghai)));
        }
    }
    object
}

fn work_json(work: &Work<'_>) -> Value {
    let mut object = json!({
        "code": work.code,
        "marketplace": work.marketplace.map_or("", crate::order::Marketplace::as_str),
        "store": work.store,
        "order_ids": work.order_ids,
        "do_by": work.do_by.map(|at| show(at, work.zone)),
        "path": path_of(work.code),
        "needs": work.needs,
    });
    if let (Some(map), Some(reason)) = (object.as_object_mut(), work.reason) {
        let addresses: Vec<String> = work.addresses.iter().map(Address::name).collect();
        map.insert("addresses".to_owned(), json!(addresses));
        map.insert("reason".to_owned(), json!(reason));
    }
    if let (Some(map), Some(reply)) = (object.as_object_mut(), work.reply) {
        map.insert("reply".to_owned(), json!(reply_of(reply)));
    }
    object
}

/// The value of an issue as it may be shown: a cell by what its column holds, a row cell by cell.
fn value_of(issue: &Issue, input: &Input, masked: bool) -> String {
    if !masked {
        return issue.value.clone();
    }
    mask_issue(issue, &input.columns)
}

fn issues_json(audit: &Audit, masked: bool) -> Vec<Value> {
    let speaker = Speaker::new(Language::English, audit.context(), Tz::Asia__Shanghai);
    let mut list: Vec<Value> = audit
        .issues
        .iter()
        .map(|issue| {
            let input = &audit.ledger.inputs[issue.input as usize];
            let heading =
                issue.column.and_then(|at| input.columns.get(usize::from(at))).map(|c| c.heading.as_str());
            let code = issue.problem.code();
            json!({
                "file": input.path, "sheet": input.sheet, "row": issue.row, "column": heading,
                "value": value_of(issue, input, masked), "problem": code, "effect": speaker.problem(issue.problem).1,
            })
        })
        .collect();
    list.extend(audit.casebook_issues.iter().map(|issue| {
        json!({
            "file": "casebook", "sheet": issue.sheet, "row": issue.row, "column": issue.column,
            "value": issue.value, "problem": issue.problem,
            "effect": speaker.known("casebook-problem", &format!("effect-{}", issue.loss.as_str())),
        })
    }));
    list.extend(audit.tally.gaps.iter().map(|((input, rule, field), count)| {
        let input = &audit.ledger.inputs[*input as usize];
        let (title, name, n) = (speaker.title(*rule), speaker.field(*field), count.to_string());
        let values = [("rule", rule.0), ("title", title.as_str()), ("field", &name), ("n", &n)];
        json!({
            "file": input.path, "sheet": input.sheet, "row": 0, "column": field.as_str(), "value": rule.0,
            "problem": "coverage-gap", "effect": speaker.say("terminal.gap", &values),
        })
    }));
    list
}
