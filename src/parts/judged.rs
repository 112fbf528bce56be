//! What was judged, as tables for those who read a lake: orders, findings, stores, scores, issues.

use super::fault::PartFault;
use super::schema::{FINDINGS, ISSUES, ORDERS, SCORES, STORES};
use super::table::{GROUP, Rows, Table, Writer};
use crate::assess::{Finding, Relief, State, Verdict, actions, judge_into};
use crate::audit::Audit;
use crate::normalise::Order;
use crate::order::{Field, Marketplace};
use crate::report::mask::mask_issue;
use rayon::prelude::*;
use std::io::Write;
use std::path::PathBuf;

/// Orders whose rows are made in one go by one thread.
const BLOCK: usize = 4096;
/// Blocks that are made before any is written.
const ROUND: usize = 8;

/// Writes all tables; `open` begins one. Gives every table's name, place and rows.
pub(super) fn write<W: Write + Send>(
    audit: &Audit,
    mut open: impl FnMut(&Table) -> Result<(Writer<W>, PathBuf), PartFault>,
) -> Result<Vec<(&'static str, PathBuf, u64)>, PartFault> {
    let (mut orders, mut findings) = (open(&ORDERS)?, open(&FINDINGS)?);
    let numbers: Vec<u32> = (0..audit.ledger.orders.len() as u32).collect();
    write_orders(audit, &numbers, Some(&mut orders.0), &mut findings.0)?;
    let mut all =
        vec![(ORDERS.name, orders.1, orders.0.finish()?), (FINDINGS.name, findings.1, findings.0.finish()?)];
    for (table, rows) in [(STORES, stores(audit)), (SCORES, scores(audit)), (ISSUES, issues(audit))] {
        let (mut writer, path) = open(&table)?;
        writer.write(&rows)?;
        all.push((table.name, path, writer.finish()?));
    }
    Ok(all)
}

/// Writes every finding of an audit as one Parquet file of the table `findings`.
///
/// # Errors
/// When writing fails.
pub fn write_findings<W: Write + Send>(audit: &Audit, out: W) -> Result<u64, PartFault> {
    let mut writer = Writer::new(out, &FINDINGS, super::schema::SCHEMA)?;
    let numbers: Vec<u32> = (0..audit.ledger.orders.len() as u32).collect();
    write_orders(audit, &numbers, None::<&mut Writer<W>>, &mut writer)?;
    writer.finish()
}

fn write_orders<W: Write + Send, V: Write + Send>(
    audit: &Audit,
    numbers: &[u32],
    mut orders: Option<&mut Writer<W>>,
    findings: &mut Writer<V>,
) -> Result<(), PartFault> {
    let (mut of_orders, mut of_findings) = (Rows::of(&ORDERS), Rows::of(&FINDINGS));
    for round in numbers.chunks(BLOCK * ROUND) {
        let made: Vec<(Rows, Rows)> = round.par_chunks(BLOCK).map(|block| rows_of(audit, block)).collect();
        for (orders_made, findings_made) in made {
            of_orders.append(orders_made);
            of_findings.append(findings_made);
            if of_findings.len() >= GROUP {
                findings.write(&std::mem::replace(&mut of_findings, Rows::of(&FINDINGS)))?;
            }
            if let Some(orders) = orders.as_deref_mut()
                && of_orders.len() >= GROUP
            {
                orders.write(&std::mem::replace(&mut of_orders, Rows::of(&ORDERS)))?;
            }
        }
    }
    if let Some(orders) = orders {
        orders.write(&of_orders)?;
    }
    findings.write(&of_findings)
}

fn rows_of(audit: &Audit, block: &[u32]) -> (Rows, Rows) {
    let (mut orders, mut findings) = (Rows::of(&ORDERS), Rows::of(&FINDINGS));
    let mut verdict = Verdict::default();
    for number in block {
        let order = &audit.ledger.orders[*number as usize];
        judge_into(audit.context(), order, &mut verdict);
        put_order(audit, order, &verdict, &mut orders);
        for finding in &verdict.findings {
            put_finding(audit, order, finding, &mut findings);
        }
    }
    (orders, findings)
}

fn put_order(audit: &Audit, order: &Order, verdict: &Verdict, rows: &mut Rows) {
    let ledger = &audit.ledger;
    let input = ledger.input(order);
    let leading = verdict.leading();
    rows.text(input.marketplace.map_or("", Marketplace::as_str)).text(&ledger.store(order).name);
    rows.text(ledger.order_id(order)).text(&input.path).text(input.sheet.as_deref().unwrap_or_default());
    rows.int(ledger.lines(order).next().map_or(0, |line| line.record.row));
    rows.text(ledger.status(order).as_str()).text(verdict.shown_risk().as_str());
    rows.bool(verdict.at_risk).bool(order.duplicate);
    rows.text(leading.map_or("", |finding| finding.rule.code.0));
    rows.time(leading.and_then(|finding| finding.due_at));
}

fn put_finding(audit: &Audit, order: &Order, finding: &Finding, rows: &mut Rows) {
    let ledger = &audit.ledger;
    let input = ledger.input(order);
    let line = ledger.lines(order).nth(finding.line as usize);
    let sub = line.map_or("", |line| line.batch.arena.get(line.record.sub_order_id));
    rows.text(input.marketplace.map_or("", Marketplace::as_str)).text(&ledger.store(order).name);
    rows.text(ledger.order_id(order)).text(if finding.names_line { sub } else { "" });
    rows.text(&input.path).text(input.sheet.as_deref().unwrap_or_default());
    rows.int(ledger.lines(order).next().map_or(0, |line| line.record.row));
    rows.text(finding.rule.code.0).text(finding.state.as_str()).bool(finding.is_risk());
    rows.time(finding.due_at).time(finding.base_due_at).time(finding.rule_due_at);
    rows.text(finding.base_due_at.map_or("", |_| finding.clock.as_str())).time(finding.done_at);
    rows.text(finding.gap.map_or("", Field::as_str)).text(finding.advice.map_or("", |advice| advice.key));
    let claims: Vec<String> =
        finding.exemptions.iter().map(|(code, relief)| format!("{}:{}", code.0, effect(*relief))).collect();
    rows.text(&claims.join(" "));
    let todo: Vec<&str> =
        actions(audit.context(), order, finding).into_iter().map(|action| action.code).collect();
    rows.text(&todo.join(" "));
}

/// The words of the JSON contract.
const fn effect(relief: Relief) -> &'static str {
    match relief {
        Relief::Extend(_) => "extended",
        Relief::Waive | Relief::Void => "waived",
        Relief::Pending { .. } => "pending",
        Relief::Claimable { .. } => "claimable",
        Relief::Refused { .. } => "refused",
    }
}

fn stores(audit: &Audit) -> Rows {
    let mut rows = Rows::of(&STORES);
    for ((marketplace, store), totals) in &audit.tally.stores {
        rows.text(marketplace.as_str()).text(store).long(totals.orders).long(totals.at_risk);
        for state in [State::Overdue, State::Urgent, State::Warning, State::Late] {
            rows.long(totals.with_risk(state));
        }
        rows.long(totals.due_12h).long(totals.due_24h);
        rows.long(totals.exempt_proved).long(totals.exempt_claimed);
    }
    rows
}

fn scores(audit: &Audit) -> Rows {
    let mut rows = Rows::of(&SCORES);
    for ((marketplace, store, rule, period), counts) in &audit.tally.periods {
        rows.text(marketplace.as_str()).text(store).text(rule.0).text(&period.to_string());
        rows.long(counts.met).long(counts.late).long(counts.overdue).long(counts.open).long(counts.delayed);
    }
    rows
}

fn issues(audit: &Audit) -> Rows {
    let mut rows = Rows::of(&ISSUES);
    for issue in &audit.issues {
        let input = &audit.ledger.inputs[issue.input as usize];
        let heading = issue.column.and_then(|at| input.columns.get(usize::from(at)));
        rows.text(&input.path).text(input.sheet.as_deref().unwrap_or_default()).int(issue.row);
        rows.text(heading.map_or("", |column| column.heading.as_str()));
        rows.text(&mask_issue(issue, &input.columns)).text(issue.problem.code());
    }
    rows
}
