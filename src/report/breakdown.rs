//! Where trouble gathers: orders by carrier, by destination, and by how long they are overdue.

use crate::assess::State;
use crate::audit::Audit;
use crate::normalise::region;
use crate::order::{Instant, Marketplace, Region};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Orders that have something in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The marketplace, where the group is of one.
    pub marketplace: Option<Marketplace>,
    /// What they have in common; empty where it is not known.
    pub name: String,
    /// Orders.
    pub orders: u64,
    /// Orders at risk.
    pub at_risk: u64,
    /// Open breaches.
    pub overdue: u64,
    /// Closed breaches.
    pub late: u64,
}

impl Group {
    /// The share of its orders that broke a deadline, 0 to 1.
    pub fn breached(&self) -> f64 {
        if self.orders == 0 { 0.0 } else { (self.overdue + self.late) as f64 / self.orders as f64 }
    }

    fn add(&mut self, risk: State, at_risk: bool) {
        self.orders += 1;
        self.at_risk += u64::from(at_risk);
        self.overdue += u64::from(risk == State::Overdue);
        self.late += u64::from(risk == State::Late);
    }

    fn add_all(&mut self, others: &Group) {
        self.orders += others.orders;
        self.at_risk += others.at_risk;
        self.overdue += others.overdue;
        self.late += others.late;
    }
}

/// Upper ends of the spans of [`overdue_for`], in hours; the last span has none.
pub const SPANS: [i64; 5] = [12, 24, 48, 72, 168];

/// Orders by marketplace and carrier, those with most breaches first.
pub fn by_carrier(audit: &Audit) -> Vec<Group> {
    grouped(audit, |audit, order| {
        let (ledger, order) = (&audit.ledger, &audit.ledger.orders[order]);
        let tracked =
            ledger.parcels(order).next().map_or("", |parcel| parcel.batch.arena.get(parcel.record.carrier));
        let own = || ledger.lines(order).next().map_or("", |line| line.batch.arena.get(line.record.carrier));
        let name = if tracked.is_empty() { own() } else { tracked };
        (ledger.input(order).marketplace, name.trim())
    })
}

/// Orders by the province to which they go, those with most breaches first.
pub fn by_destination(audit: &Audit) -> Vec<Group> {
    grouped(audit, |audit, order| {
        let ledger = &audit.ledger;
        let place = ledger.lines(&ledger.orders[order]).next().map(|line| line.record.ship_to);
        let known = place.filter(|place| place.is_known()).map(Region::province);
        (None, known.map_or("", region::last_name))
    })
}

/// Overdue orders by how long: within each of [`SPANS`], then beyond.
pub fn overdue_for(audit: &Audit) -> [u64; SPANS.len() + 1] {
    let mut counts = [0; SPANS.len() + 1];
    for shown in audit.shown.iter().filter(|shown| shown.risk == State::Overdue) {
        let hours = |due: Instant| (audit.as_of - due).num_hours();
        let at = shown.due_at.map(hours).and_then(|hours| SPANS.iter().position(|end| hours < *end));
        counts[at.unwrap_or(SPANS.len())] += 1;
    }
    counts
}

/// Groups by marketplace and name, which stand in their keys only.
type Groups<'a> = FxHashMap<(Option<Marketplace>, &'a str), Group>;

fn grouped<'a>(
    audit: &'a Audit,
    key: impl Fn(&'a Audit, usize) -> (Option<Marketplace>, &'a str) + Sync,
) -> Vec<Group> {
    let mut at_risk = vec![false; audit.ledger.orders.len()];
    for shown in &audit.shown {
        at_risk[shown.order as usize] = shown.at_risk;
    }
    let of = |mut groups: Groups<'a>, (order, risk): (usize, &State)| {
        let (marketplace, name) = key(audit, order);
        groups.entry((marketplace, name)).or_default().add(*risk, at_risk[order]);
        groups
    };
    let both = |mut some: Groups<'a>, others: Groups<'a>| {
        for (key, group) in others {
            some.entry(key).or_default().add_all(&group);
        }
        some
    };
    let groups = audit.risks.par_iter().enumerate().fold(Groups::default, of).reduce(Groups::default, both);
    let named = groups.into_iter().map(|((marketplace, name), group)| Group {
        marketplace,
        name: name.to_owned(),
        ..group
    });
    let mut groups: Vec<Group> = named.collect();
    groups.sort_by(|a, b| {
        let rank = |g: &Group| std::cmp::Reverse((g.overdue + g.late, g.at_risk, g.orders));
        rank(a).cmp(&rank(b)).then_with(|| (a.marketplace, &a.name).cmp(&(b.marketplace, &b.name)))
    });
    groups
}
