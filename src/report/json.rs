//! The audit as JSON (`shipby.audit/1`) and as NDJSON: a contract, the same in every language.

use crate::assess::{Context, Finding, Relief, Verdict, actions, trail};
use crate::audit::Audit;
use crate::normalise::{Input, InputKind, Issue, Order};
use crate::order::Instant;
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
}

/// Writes every order as a line, in the order of the ledger.
///
/// # Errors
/// When writing fails.
pub fn write_ndjson(audit: &Audit, out: &mut dyn Write) -> io::Result<()> {
    let numbers: Vec<u32> = (0..audit.ledger.orders.len() as u32).collect();
    in_blocks(audit, &numbers, b'\n', &mut |block| out.write_all(block))
}

/// Orders as JSON, each with `end` behind it: made by all threads, handed on in order, a few blocks at a time, so
/// that memory does not grow with their number.
fn in_blocks(
    audit: &Audit,
    numbers: &[u32],
    end: u8,
    write: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    for round in numbers.chunks(BLOCK * 16) {
        let texts: Vec<Vec<u8>> =
            round.par_chunks(BLOCK).map(|block| orders_as_json(audit, block, end)).collect();
        for text in texts {
            write(&text)?;
        }
    }
    Ok(())
}

fn orders_as_json(audit: &Audit, orders: &[u32], end: u8) -> Vec<u8> {
    let mut text = Vec::with_capacity(orders.len() * 800);
    for number in orders {
        let order = &audit.ledger.orders[*number as usize];
        let verdict = audit.verdict(*number);
        // Writing to memory cannot fail, and the record has no map with keys that are no text.
        if serde_json::to_writer(&mut text, &order_json(audit.context(), order, &verdict)).is_ok() {
            text.push(end);
        }
    }
    text
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
    out.write_all(b",\"orders\":[")?;
    let numbers: Vec<u32> = audit.shown.iter().map(|shown| shown.order).collect();
    let mut first = true;
    in_blocks(audit, &numbers, b',', &mut |block| {
        // Every order has a comma behind it; the last one's goes, and blocks stand apart by one.
        out.write_all(if first { b"" } else { b"," })?;
        first = false;
        out.write_all(block.strip_suffix(b",").unwrap_or(block))
    })?;
    out.write_all(b"]")?;
    let periods: Vec<Value> = audit.periods.iter().map(period_json).collect();
    field(out, "store_periods", &periods)?;
    field(out, "defects", &defects_json(audit))?;
    let works: Vec<Value> = work(audit).iter().map(work_json).collect();
    field(out, "actions", &works)?;
    field(out, "issues", &issues_json(audit, masked))?;
    out.write_all(b"}\n")
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
        exemptions: finding
            .exemptions
            .iter()
            .map(|(code, relief)| relief_json(code.0, *relief, zone))
            .collect(),
        trail: trail(run, order, finding)
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
            })
            .collect(),
    }
}

/// The path in the back end, as the platform prints it whatever the language.
fn path_of(code: &str) -> &'static str {
    Language::Chinese.words().entry(&format!("action.{code}.path"))
}

fn relief_json(rule: &str, relief: Relief, zone: Tz) -> Value {
    match relief {
        Relief::Extend(to) => json!({"rule": rule, "effect": "extended", "to": show(to, zone)}),
        Relief::Void => json!({"rule": rule, "effect": "void"}),
        Relief::Waive => json!({"rule": rule, "effect": "waived"}),
        Relief::Pending { until } => json!({"rule": rule, "effect": "pending", "until": show(until, zone)}),
        Relief::Claimable { file_by, with } => {
            json!({"rule": rule, "effect": "claimable", "file_by": file_by.map(|at| show(at, zone)), "with": with})
        }
        Relief::Refused { why } => json!({"rule": rule, "effect": "refused", "why": why}),
    }
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

fn period_json(period: &Period) -> Value {
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
    }
    object
}

fn work_json(work: &Work<'_>) -> Value {
    json!({
        "code": work.code,
        "marketplace": work.marketplace.map_or("", crate::order::Marketplace::as_str),
        "store": work.store,
        "order_ids": work.order_ids,
        "do_by": work.do_by.map(|at| show(at, work.zone)),
        "path": path_of(work.code),
        "needs": work.needs,
    })
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
