//! The same work of a store together: whatever one person can do to all of its orders in one place.

use crate::assess::actions;
use crate::audit::Audit;
use crate::order::{Instant, Marketplace};
use crate::report::ahead::ahead;
use chrono_tz::Tz;
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
    /// The orders, the most urgent first.
    pub order_ids: Vec<&'a str>,
    /// When it loses its effect for the first of them.
    pub do_by: Option<Instant>,
    /// What must be at hand: words under `need.<name>`.
    pub needs: &'static [&'static str],
    /// The zone of the first order's days.
    pub zone: Tz,
}

/// By marketplace, store and what to do.
type Groups<'a> = BTreeMap<(Option<Marketplace>, &'a str, &'static str), Work<'a>>;

/// All work of an audit, what loses its effect first coming first.
pub fn work(audit: &Audit) -> Vec<Work<'_>> {
    let run = audit.context();
    let mut groups: Groups<'_> = BTreeMap::new();
    for shown in audit.shown.iter().filter(|shown| shown.at_risk) {
        let order = &audit.ledger.orders[shown.order as usize];
        let (input, store) = (audit.ledger.input(order), audit.ledger.store(order).name.as_str());
        let id = audit.ledger.order_id(order);
        let zone = input.clock.as_ref().map_or(Tz::Asia__Shanghai, |clock| clock.day_zone);
        for finding in &audit.verdict(shown.order).findings {
            for action in actions(run, order, finding) {
                let (code, needs, marketplace) = (action.code, action.needs, input.marketplace);
                let group = groups.entry((marketplace, store, code)).or_insert_with(|| Work {
                    code,
                    marketplace,
                    store,
                    order_ids: Vec::new(),
                    do_by: None,
                    needs,
                    zone,
                });
                group.do_by = [group.do_by, action.do_by].into_iter().flatten().min();
                if group.order_ids.last() != Some(&id) {
                    group.order_ids.push(id);
                }
            }
        }
    }
    vacation_mode(audit, &mut groups);
    let mut list: Vec<Work<'_>> = ahead(audit);
    list.extend(groups.into_values());
    list.sort_by_key(|work| (work.do_by.is_none(), work.do_by));
    list
}

/// A store of eBay that cannot keep up closes for a while (EBY206): advice on the store, which stands beside the work
/// of shipping its orders.
fn vacation_mode<'a>(audit: &'a Audit, groups: &mut Groups<'a>) {
    for period in audit.periods.iter().filter(|period| period.rule.0 == "EBY206") {
        let code = "ebay-vacation-mode";
        let (marketplace, store) = (Some(period.marketplace), period.store.as_str());
        let Some(ship) = groups.get(&(marketplace, store, "ebay-ship")) else { continue };
        let work = Work { code, do_by: None, needs: &[], ..ship.clone() };
        groups.insert((marketplace, store, code), work);
    }
}
