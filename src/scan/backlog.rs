//! What is still to be done: every order that is still to be shipped, with the ship deadline that it was judged by,
//! and every other deadline that is open.

use crate::assess::{Code, Finding, Relief, State, Verdict, judge_into};
use crate::audit::Audit;
use crate::normalise::Order;
use crate::order::{Field, Instant, Marketplace, Stage};
use crate::tally::PeriodKey;
use chrono::NaiveDate;
use rayon::prelude::*;

/// Orders judged in one go by one thread.
const BLOCK: usize = 8192;

/// The rule that says by when an order ships.
pub const fn ship_rule(marketplace: Marketplace) -> Code {
    Code(match marketplace {
        Marketplace::Alibaba => "ALI001",
        Marketplace::Jd => "JD001",
        Marketplace::Ebay => "EBY001",
        Marketplace::Douyin => "DY001",
        Marketplace::Pinduoduo => "PDD001",
        Marketplace::Other(_) => "GEN004",
    })
}

/// An order that is still to be shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The order, an index into the ledger.
    pub order: u32,
    /// Its marketplace.
    pub marketplace: Marketplace,
    /// Its store.
    pub store: String,
    /// By when it must be shipped; none where that was waived or is not known.
    pub due: Option<Instant>,
    /// Whether it has no deadline because nobody can tell it.
    pub untold: bool,
    /// When it was placed.
    pub since: Instant,
    /// JD: the Monday of the week of its pickup, where that is still open.
    pub week: Option<NaiveDate>,
    /// JD: whether its week counts it as delayed already.
    pub delayed: bool,
}

/// A deadline that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The order, an index into the ledger.
    pub order: u32,
    /// Its line, where the order is judged line by line.
    pub line: Option<u32>,
    /// The rule.
    pub rule: Code,
    /// By when.
    pub due: Instant,
    /// Its state.
    pub state: State,
    /// Whether an exemption moved it.
    pub moved: bool,
}

/// What is still to be done.
#[derive(Clone, Debug, Default)]
pub struct Backlog {
    /// Orders to be shipped, by id within their store.
    pub open: Vec<Open>,
    /// Open deadlines, the first due first.
    pub pending: Vec<Pending>,
}

/// The backlog of an audit; deadlines up to `until`.
pub fn backlog(audit: &Audit, until: Instant) -> Backlog {
    let numbers: Vec<u32> = (0..audit.ledger.orders.len() as u32).collect();
    let blocks: Vec<Backlog> = numbers
        .par_chunks(BLOCK)
        .map(|block| {
            let (mut backlog, mut verdict) = (Backlog::default(), Verdict::default());
            for number in block {
                look(audit, *number, until, &mut verdict, &mut backlog);
            }
            backlog
        })
        .collect();
    let mut all = Backlog::default();
    for block in blocks {
        all.open.extend(block.open);
        all.pending.extend(block.pending);
    }
    let id = |order: u32| audit.ledger.order_id(&audit.ledger.orders[order as usize]);
    all.open
        .sort_by(|a, b| (a.marketplace, &a.store, id(a.order)).cmp(&(b.marketplace, &b.store, id(b.order))));
    all.pending.sort_by_key(|pending| (pending.due, pending.order, pending.rule, pending.line));
    all
}

fn look(audit: &Audit, number: u32, until: Instant, verdict: &mut Verdict, backlog: &mut Backlog) {
    // What is done, met or ended in every respect has nothing open.
    if matches!(audit.risks[number as usize], State::Void | State::Met) {
        return;
    }
    let order = &audit.ledger.orders[number as usize];
    let Some(marketplace) = audit.ledger.input(order).marketplace else { return };
    judge_into(audit.context(), order, verdict);
    for finding in verdict.findings.iter().filter(|finding| finding.state.is_open()) {
        if let Some(due) = finding.due_at.filter(|due| *due <= until) {
            let line = finding.names_line.then_some(finding.line);
            let moved = finding.exemptions.iter().any(|(_, relief)| matches!(relief, Relief::Extend(_)));
            let (rule, state) = (finding.rule.code, finding.state);
            backlog.pending.push(Pending { order: number, line, rule, due, state, moved });
        }
    }
    backlog.open.extend(open(audit, number, order, marketplace, verdict));
}

/// The order as one still to be shipped, if it is: its lines are one parcel here, due when the first of them is.
fn open(
    audit: &Audit,
    number: u32,
    order: &Order,
    marketplace: Marketplace,
    verdict: &Verdict,
) -> Option<Open> {
    let rule = ship_rule(marketplace);
    let ours = || verdict.findings.iter().filter(move |finding| finding.rule.code == rule);
    let waits = ours().any(|finding| finding.unwaived.is_open());
    let untold = !waits && ours().any(|finding| untold(audit, order, finding));
    if !waits && !untold {
        return None;
    }
    let due = ours().filter(|finding| finding.state.is_open()).filter_map(|finding| finding.due_at).min();
    let lines = audit.ledger.lines(order);
    let placed = lines.filter_map(|line| {
        let time = |field| line.time(field).known();
        time(Field::OrderedAt).or_else(|| time(Field::GroupedAt)).or_else(|| time(Field::PaidAt))
    });
    let since = placed.min().or(due).unwrap_or(audit.as_of);
    let pickup = verdict.findings.iter().find(|finding| finding.rule.code == Code("JD002"));
    let zone = audit.ledger.input(order).day_zone();
    let week = pickup
        .filter(|finding| finding.state.is_open() && finding.state != State::Overdue)
        .and_then(|finding| finding.due_at)
        .map(|due| PeriodKey::week_of(due.with_timezone(&zone).date_naive()).first_day());
    let delayed = week.is_some() && ours().any(|finding| finding.state == State::Overdue);
    let store = audit.ledger.store(order).name.clone();
    Some(Open { order: number, marketplace, store, due, untold, since, week, delayed })
}

/// Whether a finding stands for an order that waits to be shipped although nobody can tell by when.
fn untold(audit: &Audit, order: &Order, finding: &Finding) -> bool {
    let waiting = matches!(
        audit.ledger.status(order).stage,
        Stage::AwaitingShipment | Stage::Shipping | Stage::PartlyShipped
    );
    let shipped = || audit.ledger.lines(order).all(|line| line.time(Field::ShippedAt).is_known());
    matches!(finding.state, State::NotAssessed | State::Unverifiable) && waiting && !shipped()
}
