//! The audit: every order judged once, counted, and the ones to look at put in order.

use crate::assess::{Advice, Context, Logic, State, Verdict, judge, judge_into, registry};
use crate::casebook::{Casebook, CasebookIssue};
use crate::compare::Past;
use crate::normalise::{Issue, Ledger};
use crate::order::Instant;
use crate::rulebook::Book;
use crate::tally::{Collector, Period, Tally};
use rayon::prelude::*;
use thiserror::Error;

/// Orders judged in one go by one thread.
const BLOCK: usize = 8192;

/// Everything an audit found. Findings of single orders are made when they are shown: [`Audit::verdict`].
#[derive(Debug)]
pub struct Audit {
    /// The orders.
    pub ledger: Ledger,
    /// The policy numbers.
    pub book: Book,
    /// The facts that no export holds.
    pub casebook: Casebook,
    /// The moment of the audit.
    pub as_of: Instant,
    /// The risk of every order.
    pub risks: Vec<State>,
    /// The orders that are at risk or late, the most urgent first.
    pub shown: Vec<Shown>,
    /// The orders on which an exemption found a claim, holding or not.
    pub claimed: Vec<u32>,
    /// What was counted.
    pub tally: Tally,
    /// Scores by store and period, in the order of the rules.
    pub periods: Vec<Period>,
    /// Data issues of inputs and orders, by input and row.
    pub issues: Vec<Issue>,
    /// What could not be used of the casebook.
    pub casebook_issues: Vec<CasebookIssue>,
    /// What is known from earlier audits.
    pub past: Past,
}

/// An order that is at risk or late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The order, an index into the ledger.
    pub order: u32,
    /// Its risk.
    pub risk: State,
    /// Whether it is at risk; else it is a closed breach.
    pub at_risk: bool,
    /// When its leading deadline falls due.
    pub due_at: Option<Instant>,
}

/// Why an audit cannot be trusted.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum AuditError {
    /// Rows were lost or counted twice: an error of the program, never of the input.
    #[error(
        "internal error: the rows of {path} do not add up: {rows} read, {in_orders} in orders, {rejected} rejected, \
         {skipped} skipped; no report was written, please send us the headings of this file"
    )]
    Conservation {
        /// The input.
        path: String,
        /// Rows read.
        rows: u32,
        /// Rows in orders.
        in_orders: u32,
        /// Rows rejected.
        rejected: u32,
        /// Rows skipped.
        skipped: u32,
    },
}

/// Judges all orders of a ledger.
///
/// # Errors
/// When the rows of an input do not add up.
pub fn audit(
    ledger: Ledger,
    book: Book,
    casebook: Casebook,
    as_of: Instant,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Audit, AuditError> {
    conserve(&ledger)?;
    let run = Context { ledger: &ledger, book: &book, casebook: &casebook, as_of };
    let blocks: Vec<Judged> = ledger
        .orders
        .par_chunks(BLOCK)
        .enumerate()
        .map(|(number, orders)| {
            let judged = judge_block(run, number * BLOCK, orders);
            progress(orders.len() as u64);
            judged
        })
        .collect();
    let mut risks = Vec::with_capacity(ledger.orders.len());
    let (mut shown, mut claimed) = (Vec::new(), Vec::new());
    let (mut tally, mut issues) = (Tally::default(), ledger.issues.clone());
    for block in blocks {
        risks.extend(block.risks);
        shown.extend(block.shown);
        claimed.extend(block.claimed);
        tally.merge(block.tally);
        issues.extend(block.issues);
    }
    shown.par_sort_by_key(|s| (std::cmp::Reverse(s.risk), s.due_at.is_none(), s.due_at, s.order));
    issues.par_sort_by_key(|issue| (issue.input, issue.row, issue.column, issue.problem));
    let scores = registry::all().filter_map(|rule| match rule.logic {
        Logic::Score(score) => Some(score(&tally, &book)),
        _ => None,
    });
    let periods = scores.flatten().collect();
    let casebook_issues = Vec::new();
    Ok(Audit {
        ledger,
        book,
        casebook,
        as_of,
        risks,
        shown,
        claimed,
        tally,
        periods,
        issues,
        casebook_issues,
        past: Past::default(),
    })
}

impl Audit {
    /// What the rules are asked with.
    pub fn context(&self) -> Context<'_> {
        Context { ledger: &self.ledger, book: &self.book, casebook: &self.casebook, as_of: self.as_of }
    }

    /// What all rules say of an order.
    pub fn verdict(&self, order: u32) -> Verdict {
        judge(self.context(), &self.ledger.orders[order as usize])
    }

    /// How many orders are at risk.
    pub fn at_risk(&self) -> u64 {
        self.tally.totals().at_risk
    }
}

/// Rows read = rows in orders + rejected + skipped, for every input.
fn conserve(ledger: &Ledger) -> Result<(), AuditError> {
    match ledger.inputs.iter().find(|input| !input.adds_up()) {
        None => Ok(()),
        Some(input) => Err(AuditError::Conservation {
            path: input.path.clone(),
            rows: input.rows,
            in_orders: input.rows_in_orders,
            rejected: input.rejected,
            skipped: input.skipped,
        }),
    }
}

/// What judging a block of orders gave.
struct Judged {
    risks: Vec<State>,
    shown: Vec<Shown>,
    claimed: Vec<u32>,
    tally: Tally,
    issues: Vec<Issue>,
}

fn judge_block(run: Context<'_>, first: usize, orders: &[crate::normalise::Order]) -> Judged {
    let mut verdict = Verdict::default();
    let mut collector = Collector::default();
    let mut risks = Vec::with_capacity(orders.len());
    let (mut shown, mut claimed, mut issues) = (Vec::new(), Vec::new(), Vec::new());
    for (at, order) in orders.iter().enumerate() {
        judge_into(run, order, &mut verdict);
        collector.add(run, order, &verdict);
        let risk = verdict.shown_risk();
        risks.push(risk);
        if verdict.at_risk || verdict.findings.iter().any(|f| f.state == State::Late) {
            let due_at = verdict.leading().and_then(|finding| finding.due_at);
            let order = (first + at) as u32;
            shown.push(Shown { order, risk, at_risk: verdict.at_risk, due_at });
        }
        if verdict.findings.iter().any(|f| !f.exemptions.is_empty()) {
            claimed.push((first + at) as u32);
        }
        issues.extend(issues_of(run, order, &verdict));
    }
    Judged { risks, shown, claimed, tally: collector.finish(run), issues }
}

/// The data issues that judging an order found: times that contradict each other or the status.
fn issues_of<'v>(
    run: Context<'v>,
    order: &'v crate::normalise::Order,
    verdict: &'v Verdict,
) -> impl Iterator<Item = Issue> + 'v {
    verdict.findings.iter().filter_map(move |finding| {
        let Some(Advice { problem: Some(problem), .. }) = finding.advice else { return None };
        let line = run.ledger.lines(order).nth(finding.line as usize)?;
        let input = line.batch.input;
        let field = problem.field()?;
        let columns = &run.ledger.inputs[input as usize].columns;
        let column =
            columns.iter().position(|c| c.field == Some(field)).and_then(|at| u16::try_from(at).ok());
        let known = line.time(field).known().or_else(|| {
            finding
                .parcel
                .and_then(|at| run.ledger.parcels(order).nth(at as usize))
                .and_then(|parcel| parcel.time(field).known())
        });
        let zone = run.ledger.inputs[input as usize].clock.as_ref().map(|clock| clock.export_zone);
        let value = match (known, zone) {
            (Some(at), Some(zone)) => at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string(),
            _ => String::new(),
        };
        Some(Issue { input, row: line.record.row, line: 0, column, value, problem })
    })
}
