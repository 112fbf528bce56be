//! The audit as JSON (`shipby.audit/1`) and as NDJSON: a contract, the same in every language.

mod order;

use crate::assess::{Address, next_look};
use crate::audit::Audit;
use crate::normalise::{Input, InputKind, Issue};
use crate::order::Instant;
use crate::report::extras;
use crate::report::mask::mask_issue;
use crate::report::say::Speaker;
use crate::report::work::{Work, work};
use crate::tally::Period;
use crate::words::Language;
use chrono_tz::Tz;
use order::{add_ages, order_json, path_of, reply_of};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The schema of the JSON object.
pub const SCHEMA: &str = "shipby.audit/1";

/// Orders written in one go by one thread.
const BLOCK: usize = 2048;

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
        let zone = judged.order.map_or(Tz::Asia__Shanghai, |order| audit.ledger.input(order).day_zone());
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

/// The inputs to list: a sheet that was left out on purpose only where nothing else stands for its file, once.
fn listed(audit: &Audit) -> impl Iterator<Item = &Input> {
    let inputs = &audit.ledger.inputs;
    let stands_for = |input: &Input| {
        let mut all = inputs.iter().filter(|other| other.path == input.path);
        let first = all.clone().next().is_some_and(|first| std::ptr::eq(first, input));
        first && all.all(|other| other.kind == InputKind::LeftOut)
    };
    inputs.iter().filter(move |input| input.kind != InputKind::LeftOut || stands_for(input))
}

fn field(out: &mut dyn Write, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(out, ",\"{name}\":")?;
    Ok(serde_json::to_writer(out, value)?)
}

/// An instant as the contract writes it: RFC 3339 in a zone, to the second.
fn show(at: Instant, zone: Tz) -> String {
    at.with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
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
