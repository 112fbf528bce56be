//! The same work of a store together: whatever one person can do to all of its orders in one place. Filings of
//! Douyin go in batches of few addresses, letters to buyers by what they say.

use crate::assess::{Action, Address, FilingOrder, actions, douyin_filing, filing_batches, filing_rank};
use crate::audit::Audit;
use crate::normalise::Order;
use crate::order::{Instant, Marketplace};
use crate::report::ahead::ahead;
use chrono_tz::Tz;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// One thing to do, and the orders to do it for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work<'a> {
    /// What to do: words under `action.<code>`.
    pub code: &'static str,
    /// The marketplace.
    pub marketplace: Option<Marketplace>,
    /// The store.
    pub store: &'a str,
    /// The orders, the most urgent first; those of a filing by address.
    pub order_ids: Vec<&'a str>,
    /// When it loses its effect for the first of them.
    pub do_by: Option<Instant>,
    /// What must be at hand: words under `need.<name>`.
    pub needs: &'static [&'static str],
    /// The zone of the first order's days.
    pub zone: Tz,
    /// The addresses that a filing names; none elsewhere.
    pub addresses: Vec<Address<'a>>,
    /// Why it is filed: words under `filing`; none elsewhere.
    pub reason: Option<&'static str>,
    /// What to write to the buyers: a word under `reply`.
    pub reply: Option<&'static str>,
}

/// Work that one person does in one go: marketplace, store, code and what it says.
type Key<'a> = (Option<Marketplace>, &'a str, &'static str, Option<&'static str>);

/// The code of the work that goes in batches.
const FILE: &str = "douyin-file";

/// Orders whose work is found together.
const A_TIME: usize = 4096;

/// All work of an audit, what loses its effect first coming first.
pub fn work(audit: &Audit) -> Vec<Work<'_>> {
    let run = audit.context();
    let mut groups: BTreeMap<Key<'_>, Work<'_>> = BTreeMap::new();
    let mut filings = Filings::default();
    // Each order is judged once more, which is most of the work; what comes of it is large, so a few at a time.
    for some in audit.shown.chunks(A_TIME) {
        let told = some.par_iter().filter(|shown| shown.at_risk).map(|shown| {
            let order = &audit.ledger.orders[shown.order as usize];
            let findings = audit.verdict(shown.order).findings;
            let of = |finding| actions(run, order, finding).into_iter().map(move |action| (finding, action));
            let tasks = findings.iter().flat_map(of).map(|(finding, action)| {
                let filing = (action.code == FILE).then(|| douyin_filing(run, order, finding));
                (single(audit, order, &action), filing)
            });
            (audit.ledger.order_id(order), tasks.collect())
        });
        let told: Vec<(&str, Vec<_>)> = told.collect();
        for (id, tasks) in told {
            for (one, filing) in tasks {
                match filing {
                    Some((reason, address)) => filings.add(one, reason, address, id),
                    None => group(&mut groups, &one, id),
                }
            }
        }
    }
    vacation_mode(audit, &mut groups);
    let mut list: Vec<Work<'_>> = ahead(audit);
    list.extend(groups.into_values());
    let most = run.book.douyin.filing_addresses.on(None).map_or(1, |entry| entry.value);
    list.extend(filings.batches(most));
    list.sort_by_key(|work| (work.do_by.is_none(), work.do_by));
    list
}

/// Puts an order to the work of one action.
fn group<'a>(groups: &mut BTreeMap<Key<'a>, Work<'a>>, one: &Work<'a>, id: &'a str) {
    let group = groups
        .entry((one.marketplace, one.store, one.code, one.reply))
        .or_insert_with(|| Work { do_by: None, ..one.clone() });
    group.do_by = [group.do_by, one.do_by].into_iter().flatten().min();
    if group.order_ids.last() != Some(&id) {
        group.order_ids.push(id);
    }
}

/// A store of eBay that cannot keep up closes for a while (EBY206): advice on the store, which stands beside the work
/// of shipping its orders.
fn vacation_mode<'a>(audit: &'a Audit, groups: &mut BTreeMap<Key<'a>, Work<'a>>) {
    for period in audit.periods.iter().filter(|period| period.rule.0 == "EBY206") {
        let code = "ebay-vacation-mode";
        let (marketplace, store) = (Some(period.marketplace), period.store.as_str());
        let Some(ship) = groups.get(&(marketplace, store, "ebay-ship", None)) else { continue };
        let work = Work { code, do_by: None, needs: &[], ..ship.clone() };
        groups.insert((marketplace, store, code, None), work);
    }
}

/// The work of one action on one order, without the order.
fn single<'a>(audit: &'a Audit, order: &Order, action: &Action) -> Work<'a> {
    let input = audit.ledger.input(order);
    Work {
        code: action.code,
        marketplace: input.marketplace,
        store: audit.ledger.store(order).name.as_str(),
        order_ids: Vec::new(),
        do_by: action.do_by,
        needs: action.needs,
        zone: input.day_zone(),
        addresses: Vec::new(),
        reason: None,
        reply: action.reply,
    }
}

/// The orders to be filed.
#[derive(Default)]
struct Filings<'a> {
    orders: Vec<FilingOrder<'a>>,
    /// Where an order stands in `orders`, by store and id, and what its filing takes.
    known: FxHashMap<(&'a str, &'a str), (usize, Work<'a>)>,
}

impl<'a> Filings<'a> {
    /// An order is filed once, for the best of its reasons.
    fn add(&mut self, one: Work<'a>, reason: &'static str, address: Address<'a>, id: &'a str) {
        let order = FilingOrder { store: one.store, reason, address, order_id: id };
        if let Some((at, known)) = self.known.get_mut(&(one.store, id)) {
            if filing_rank(reason) < filing_rank(self.orders[*at].reason) {
                self.orders[*at] = order;
                known.needs = one.needs;
            }
            known.do_by = [known.do_by, one.do_by].into_iter().flatten().min();
        } else {
            self.known.insert((one.store, id), (self.orders.len(), one));
            self.orders.push(order);
        }
    }

    /// The filings, of at most `most` addresses each.
    fn batches(&self, most: u32) -> impl Iterator<Item = Work<'a>> {
        filing_batches(&self.orders, most).into_iter().filter_map(|batch| {
            let of = |id: &&'a str| self.known.get(&(batch.store, *id)).map(|(_, work)| work);
            let first = batch.order_ids.first().and_then(of)?;
            let do_by = batch.order_ids.iter().filter_map(of).filter_map(|work| work.do_by).min();
            let addresses =
                batch.addresses.iter().copied().filter(|address| !address.name().is_empty()).collect();
            let reason = Some(batch.reason);
            Some(Work { do_by, addresses, reason, order_ids: batch.order_ids, ..first.clone() })
        })
    }
}
