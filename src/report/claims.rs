//! What exemptions are worth: which were needed, which were not, which end soon; and which facts of the casebook
//! help nobody.

use crate::assess::{Case, Finding, Relief, State, Verdict};
use crate::audit::Audit;
use crate::casebook::{Filing, FilingStatus, Notice, NoticeKind, When};
use crate::normalise::Input;
use crate::order::{Instant, Marketplace};
use chrono_tz::Tz;

/// What a claim does for a finding; first what asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// It holds the order back, and ends within the warning time.
    Expiring,
    /// It is under review.
    Pending,
    /// Nothing was filed, but it may still be.
    Claimable,
    /// Without it the order would be late.
    Used,
    /// It does not hold.
    Refused,
    /// It holds, and the order does not need it.
    Unused,
}

impl Use {
    /// A stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Use::Expiring => "expiring",
            Use::Pending => "pending",
            Use::Claimable => "claimable",
            Use::Used => "used",
            Use::Refused => "refused",
            Use::Unused => "unused",
        }
    }
}

/// What a claim on a finding of `verdict` does at `as_of`.
pub fn use_of(verdict: &Verdict, finding: &Finding, relief: Relief, as_of: Instant) -> Use {
    // Missed by the deadline as it stood before the exemptions.
    let missed = finding.base_due_at.is_some_and(|base| finding.done_at.unwrap_or(as_of) > base);
    let ends = |state| matches!(state, State::Urgent | State::Warning);
    match relief {
        Relief::Pending { .. } => Use::Pending,
        Relief::Claimable { .. } => Use::Claimable,
        Relief::Refused { .. } => Use::Refused,
        Relief::Void => Use::Used,
        Relief::Extend(to) if finding.due_at == Some(to) && ends(finding.state) => Use::Expiring,
        Relief::Waive if finding.unwaived.is_open() && ending(verdict).is_some() => Use::Expiring,
        // A later one decides where this one is not the date that holds.
        Relief::Extend(to) if missed && finding.due_at == Some(to) => Use::Used,
        Relief::Waive if missed => Use::Used,
        Relief::Extend(_) | Relief::Waive => Use::Unused,
    }
}

/// When the notice or filing that holds an order back ends, where that is soon.
pub fn ending(verdict: &Verdict) -> Option<Instant> {
    let found = verdict.findings.iter().find(|finding| finding.rule.code.0 == "GEN101");
    found.and_then(|finding| finding.advice.and_then(|advice| advice.until))
}

/// A notice or a filing of the casebook, and how many orders it covers.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The row.
    pub fact: Fact<'a>,
    /// Orders with a claim that it covers.
    pub orders: u64,
    /// When it ends; none where it has no end.
    pub ends: Option<Instant>,
    /// The zone of its marketplace's days.
    pub zone: Tz,
    /// What it does.
    pub state: Use,
}

/// A row of the casebook that can excuse orders.
#[derive(Clone, Copy, Debug)]
pub enum Fact<'a> {
    /// A platform's notice.
    Notice(&'a Notice),
    /// A filing.
    Filing(&'a Filing),
}

impl Fact<'_> {
    /// Whose it is.
    pub const fn marketplace(&self) -> Marketplace {
        match self {
            Fact::Notice(notice) => notice.marketplace,
            Fact::Filing(filing) => filing.marketplace,
        }
    }

    fn end(&self) -> Option<When> {
        match self {
            Fact::Notice(notice) => notice.off.to.or(notice.ordered.to).or(notice.paid.to),
            Fact::Filing(filing) => filing.window.to,
        }
    }

    fn covers(&self, case: &Case<'_>) -> bool {
        match self {
            Fact::Notice(notice) => notice.covers(&case.scene()),
            Fact::Filing(filing) => filing.covers(case.order_id(), &case.scene()),
        }
    }
}

/// Every notice and filing of the casebook in its order, with the orders of `audit` that it covers.
pub fn evidence(audit: &Audit) -> Vec<Evidence<'_>> {
    let casebook = &audit.casebook;
    let notices = casebook.all_notices().iter().filter(|it| it.kind != NoticeKind::AfterSales);
    let facts = notices.map(Fact::Notice).chain(casebook.all_filings().map(Fact::Filing));
    let mut list: Vec<Evidence<'_>> = facts
        .map(|fact| {
            let zone = zone_of(audit, fact.marketplace());
            let ends = fact.end().map(|end| end.end(zone));
            Evidence { fact, orders: 0, ends, zone, state: Use::Unused }
        })
        .collect();
    count(audit, &mut list);
    for it in &mut list {
        it.state = state(it, audit);
    }
    list
}

/// Counts the orders that each covers; only those with a claim can be covered.
fn count(audit: &Audit, list: &mut [Evidence<'_>]) {
    if list.is_empty() {
        return;
    }
    for number in &audit.claimed {
        let order = &audit.ledger.orders[*number as usize];
        let marketplace = audit.ledger.input(order).marketplace;
        let cases: Vec<Case<'_>> = audit
            .ledger
            .lines(order)
            .map(|line| Case::new(audit.context(), order, line, audit.ledger.parcels(order).next()))
            .collect();
        for it in list.iter_mut().filter(|it| Some(it.fact.marketplace()) == marketplace) {
            it.orders += u64::from(cases.iter().any(|case| it.fact.covers(case)));
        }
    }
}

fn state(it: &Evidence<'_>, audit: &Audit) -> Use {
    match it.fact {
        Fact::Filing(filing) => match filing.status {
            FilingStatus::Pending => return Use::Pending,
            FilingStatus::Draft => return Use::Claimable,
            FilingStatus::Rejected | FilingStatus::Cancelled => return Use::Refused,
            FilingStatus::Approved => {}
        },
        Fact::Notice(_) => {}
    }
    let ahead = audit.book.general.warning_days_rules.on(None).map(|entry| entry.value.0);
    let soon = |end: Instant| end >= audit.as_of && ahead.is_some_and(|ahead| end - audit.as_of <= ahead);
    match it.orders {
        0 => Use::Unused,
        _ if it.ends.is_some_and(soon) => Use::Expiring,
        _ => Use::Used,
    }
}

fn zone_of(audit: &Audit, marketplace: Marketplace) -> Tz {
    let input = audit.ledger.inputs.iter().find(|input| input.marketplace == Some(marketplace));
    input.map_or(Tz::Asia__Shanghai, Input::day_zone)
}
