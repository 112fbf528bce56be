//! Work that belongs to a store and not to one order: what keeps a JD week above its rate, and filings to hand in
//! before an outage begins.

use super::work::Work;
use crate::assess::{Code, State};
use crate::audit::Audit;
use crate::casebook::{FilingKind, FilingStatus};
use crate::order::{Instant, Marketplace};
use crate::tally::{Period, PeriodKey};
use chrono_tz::Tz;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// By store and week: how many orders may still be lost, and the open ones with their due instants.
type Weeks<'a> = FxHashMap<(&'a str, PeriodKey), (u64, Vec<(Instant, u32)>)>;

/// All of it, the JD weeks first.
pub fn ahead(audit: &Audit) -> Vec<Work<'_>> {
    let mut list = save_weeks(audit);
    list.extend(advance_filings(audit));
    list
}

/// The orders whose loss breaks the weekly rate. A week may lose as many as its headroom; in the order in which they
/// fall due these go first, and every one behind them counts. A week that is lost already, or cannot be, has none.
fn save_weeks(audit: &Audit) -> Vec<Work<'_>> {
    let mut weeks: Weeks<'_> = FxHashMap::default();
    for period in audit.periods.iter().filter(|period| period.rule == Code("JD301")) {
        if let Some(spare) = spare(period) {
            weeks.insert((&period.store, period.period), (spare, Vec::new()));
        }
    }
    if weeks.is_empty() {
        return Vec::new();
    }
    let open = |number: u32| {
        let order = &audit.ledger.orders[number as usize];
        let input = audit.ledger.input(order);
        let store = audit.ledger.store(order).name.as_str();
        let wanted =
            input.marketplace == Some(Marketplace::Jd) && weeks.keys().any(|(name, _)| *name == store);
        // Only an order with something open can have an open pickup.
        if !wanted || audit.risks[number as usize] < State::OnTrack {
            return None;
        }
        let verdict = audit.verdict(number);
        let pickup = verdict.findings.iter().find(|finding| finding.rule.code == Code("JD002"))?;
        let due = pickup.due_at.filter(|_| pickup.state.is_open() && pickup.state != State::Overdue)?;
        let zone = input.day_zone();
        Some((store, PeriodKey::week_of(due.with_timezone(&zone).date_naive()), due, number))
    };
    let found: Vec<_> = (0..audit.ledger.orders.len() as u32).into_par_iter().filter_map(open).collect();
    for (store, week, due, number) in found {
        if let Some((_, orders)) = weeks.get_mut(&(store, week)) {
            orders.push((due, number));
        }
    }
    let mut weeks: Vec<_> = weeks.into_iter().collect();
    weeks.sort_by_key(|(key, _)| *key);
    weeks.into_iter().filter_map(|((store, _), (spare, orders))| week(audit, store, spare, orders)).collect()
}

/// How many open orders a week may still lose; nothing where it is lost already, or cannot be.
fn spare(period: &Period) -> Option<u64> {
    let (counts, spare) = (period.counts, period.headroom?);
    let least = u64::from(period.threshold?);
    let all = counts.met + counts.failed() + counts.open;
    let lost = (counts.met + counts.open) * 100 < least * all;
    (!lost && counts.open > spare).then_some(spare)
}

fn week<'a>(
    audit: &'a Audit,
    store: &'a str,
    spare: u64,
    mut orders: Vec<(Instant, u32)>,
) -> Option<Work<'a>> {
    orders.sort_unstable();
    let orders = orders.get(spare as usize..)?;
    let (do_by, first) = *orders.first()?;
    let of = |number: u32| &audit.ledger.orders[number as usize];
    Some(Work {
        code: "jd-save-week",
        marketplace: Some(Marketplace::Jd),
        store,
        order_ids: orders.iter().map(|(_, number)| audit.ledger.order_id(of(*number))).collect(),
        do_by: Some(do_by),
        needs: &[],
        zone: zone(audit, first),
        addresses: Vec::new(),
        reason: None,
        reply: None,
    })
}

fn zone(audit: &Audit, number: u32) -> Tz {
    let input = audit.ledger.input(&audit.ledger.orders[number as usize]);
    input.day_zone()
}

/// Advance filings that are still drafts, and until when each can be handed in for its outage.
fn advance_filings(audit: &Audit) -> Vec<Work<'_>> {
    let zone = Tz::Asia__Shanghai;
    let Some(before) = audit.book.jd.advance_last_day.on(None).map(|entry| entry.value.0) else {
        return Vec::new();
    };
    let drafts = audit.casebook.all_filings().filter(|filing| {
        filing.marketplace == Marketplace::Jd
            && filing.kind == FilingKind::Advance
            && filing.status == FilingStatus::Draft
    });
    let work = drafts.filter_map(|filing| {
        let last = filing.window.from?.start(zone).checked_sub_signed(before)?;
        (audit.as_of <= last).then(|| Work {
            code: "jd-advance-filing",
            marketplace: Some(Marketplace::Jd),
            store: filing.store.as_deref().unwrap_or_default(),
            order_ids: filing.order_ids.iter().map(String::as_str).collect(),
            do_by: Some(last),
            needs: &["outage-window"],
            zone,
            addresses: Vec::new(),
            reason: None,
            reply: None,
        })
    });
    work.collect()
}
