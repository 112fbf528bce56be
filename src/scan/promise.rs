//! By when an order that is only expected must ship: asked of the rules themselves, with an order made up for every
//! store and hour, so that built-in windows and the casebook count for it as for any other.

use super::backlog::ship_rule;
use super::plan::{Grid, ZONE};
use super::shops::Shop;
use crate::assess::{Code, Context, State, judge};
use crate::audit::Audit;
use crate::normalise::{At, Batch, Clock, Input, InputKind, Ledger, Order, Span};
use crate::order::{Arena, Field, Instant, Line, Marketplace, Stage, Stamp, Status};
use crate::recognise::{Kind, TimeStyle};
use crate::tally::PeriodKey;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// What a marketplace asks of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// By when it ships; none where that is waived or nobody can tell.
    pub due: Option<Instant>,
    /// Whether nobody can tell.
    pub untold: bool,
    /// JD: the Monday of the week in which its pickup falls due.
    pub week: Option<NaiveDate>,
}

/// What each of these hours' orders of a store are promised: an order is placed and paid as its hour begins.
pub fn promises(
    audit: &Audit,
    grid: &Grid,
    marketplace: Marketplace,
    shop: &Shop,
    hours: &[u32],
) -> Vec<Promise> {
    let clock = shop.clock.clone().unwrap_or_else(|| clock_of(marketplace));
    let ledger = invented(audit, grid, marketplace, shop, &clock, hours);
    let one = |(order, hour): (&Order, &u32)| {
        // It is judged in the moment it is placed: nothing of it is due yet.
        let as_of = grid.begin(*hour);
        let run = Context { ledger: &ledger, book: &audit.book, casebook: &audit.casebook, as_of };
        let verdict = judge(run, order);
        let of = |code| verdict.findings.iter().find(|finding| finding.rule.code == code);
        let shipping = of(ship_rule(marketplace));
        let due = shipping.filter(|finding| finding.state.is_open()).and_then(|finding| finding.due_at);
        let waived = shipping.is_some_and(|finding| matches!(finding.state, State::Waived | State::Void));
        let pickup = of(Code("JD002")).filter(|finding| finding.state.is_open());
        let week = pickup
            .and_then(|finding| finding.due_at)
            .map(|due| PeriodKey::week_of(due.with_timezone(&clock.day_zone).date_naive()).first_day());
        Promise { due, untold: due.is_none() && !waived, week }
    };
    ledger.orders.iter().zip(hours).map(one).collect()
}

/// The zones of a marketplace of which nothing was read.
fn clock_of(marketplace: Marketplace) -> Clock {
    let (export_zone, day_zone) = match marketplace {
        Marketplace::Ebay => (Tz::America__Los_Angeles, Tz::America__Los_Angeles),
        Marketplace::Alibaba => (ZONE, Tz::America__Los_Angeles),
        _ => (ZONE, ZONE),
    };
    Clock {
        export_zone,
        day_zone,
        styles: vec![TimeStyle::YearFirst],
        months: BTreeMap::new(),
        whole_days: false,
    }
}

/// A ledger with one order an hour.
fn invented(
    audit: &Audit,
    grid: &Grid,
    marketplace: Marketplace,
    shop: &Shop,
    clock: &Clock,
    hours: &[u32],
) -> Ledger {
    let mut arena = Arena::default();
    let order_id = arena.keep("expected");
    let line = |hour: &u32| {
        let at = grid.begin(*hour);
        let status = Status::of(Stage::AwaitingShipment);
        let mut line = Line { row: 2, order_id, status, ..Line::default() };
        for field in [Field::OrderedAt, Field::PaidAt, Field::GroupedAt] {
            line.set_time(field, Stamp::at(at));
        }
        if marketplace == Marketplace::Alibaba
            && let Some(due) = agreed(audit, clock, at)
        {
            line.set_time(Field::ShipBy, Stamp::at(due));
        }
        line
    };
    let input = Input {
        kind: InputKind::Known(Kind::Orders),
        marketplace: Some(marketplace),
        clock: Some(clock.clone()),
        ..Input::blank("expected")
    };
    let places = 0..hours.len() as u32;
    Ledger {
        inputs: vec![input],
        stores: vec![shop.store.clone()],
        batches: vec![Batch { arena, lines: hours.iter().map(line).collect(), ..Batch::default() }],
        orders: places
            .clone()
            .map(|start| Order { lines: Span { start, len: 1 }, ..Order::default() })
            .collect(),
        lines: places.map(|index| At { batch: 0, index }).collect(),
        ..Ledger::default()
    }
}

/// The ship date that buyer and seller would agree on at Alibaba.com.
fn agreed(audit: &Audit, clock: &Clock, at: Instant) -> Option<Instant> {
    let day = at.with_timezone(&clock.export_zone).date_naive();
    let days = audit.book.scan.alibaba_ship_days.on(Some(day))?.value;
    let last = day.checked_add_days(Days::new(u64::from(days)))?;
    crate::normalise::end_of_day(clock.day_zone, last)
}
