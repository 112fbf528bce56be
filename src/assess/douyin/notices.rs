//! Which of Douyin's shipping notices cover an order, and how far they move its deadline.

use super::facts;
use crate::assess::{Case, Obligation, Step};
use crate::casebook::{Miss, Notice};
use crate::normalise::region::Place;
use crate::normalise::{end_of_day, start_of_day};
use crate::order::{Instant, Region};
use crate::rulebook::{Area, OrderWindow, WindowDue};
use chrono::Duration;

/// What all notices together say of an order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cover {
    /// A notice of the casebook covers it.
    pub by_casebook: bool,
    /// A built-in window covers it.
    pub by_window: bool,
    /// One of them names how long it extends.
    pub names_days: bool,
    /// The latest deadline they give.
    pub due: Option<Instant>,
    /// Why one that is about this order does not cover it.
    pub miss: Option<Miss>,
}

impl Cover {
    /// Whether any notice covers the order.
    pub const fn holds(&self) -> bool {
        self.by_casebook || self.by_window
    }
}

/// What the notices say of an order with this obligation.
pub fn cover(case: &Case<'_>, obligation: &Obligation) -> Cover {
    let mut cover = Cover::default();
    for notice in facts::shipping_notices(case) {
        match facts::fit(case, notice) {
            Ok(()) => {
                cover.by_casebook = true;
                cover.names_days |= facts::names_days(notice);
                cover.due = cover.due.max(moved(case, notice, obligation.base_due_at));
                note(case, notice);
            }
            Err(miss) if facts::mendable(miss).is_some() => {
                // Having opted out is a fact; what is merely unknown is told where nothing else is.
                if cover.miss != Some(Miss::OptedOut) {
                    cover.miss = Some(miss);
                }
            }
            Err(_) => {}
        }
    }
    if let Some(window) = built_in(case) {
        cover.by_window = true;
        cover.names_days = true;
        cover.due = cover.due.max(window_due(case, window, obligation.starts_at));
    }
    cover
}

/// Days are added to the deadline as it stands; beside days a date counts where it is later.
fn moved(case: &Case<'_>, notice: &Notice, base: Instant) -> Option<Instant> {
    let by_days = notice.extend_days.and_then(|days| base.checked_add_signed(Duration::days(days.into())));
    let by_business_days = notice.extend_business_days.and_then(|days| {
        let first = base.with_timezone(&case.day_zone()).date_naive();
        let last = case.book.calendar.add_business_days(Area::Cn, first, days);
        base.checked_add_signed(last - first)
    });
    let to = notice.extend_to.map(|to| facts::end(case, to));
    by_days.max(by_business_days).max(to)
}

/// The built-in window that covers the order, unless the casebook has a notice for the same.
fn built_in<'p>(case: &Case<'p>) -> Option<&'p OrderWindow> {
    let param = &case.book.douyin.holiday_windows;
    let day = case.day()?;
    let windows = param.entries.iter().flat_map(|entry| &entry.value);
    let window = windows.into_iter().find(|w| w.first <= day && day <= w.last)?;
    if facts::shipping_notices(case).any(|notice| replaces(case, notice, window)) {
        return None;
    }
    case.note(|| Step {
        step: param.name.clone(),
        value: window.to_string(),
        from: format!("rulebook {}", param.name),
    });
    Some(window)
}

/// Whether a notice is for the same as a built-in window: everywhere, this store, and the same time.
fn replaces(case: &Case<'_>, notice: &Notice, window: &OrderWindow) -> bool {
    let zone = case.day_zone();
    let everywhere = notice.region.is_none_or(|region| region == Place::China(Region::MAINLAND));
    let store = notice.store.as_deref().map(|name| name.trim().to_lowercase());
    let own = store.is_none_or(|name| name == case.store.name.trim().to_lowercase());
    let before = start_of_day(zone, window.first).map(|at| at - Duration::seconds(1));
    let Some((before, end)) = before.zip(end_of_day(zone, window.last)) else { return false };
    let same_time = |stretch: &crate::casebook::Window| stretch.overlaps(before, end, zone);
    everywhere && own && notice.service.is_none() && same_time(&notice.ordered) && same_time(&notice.paid)
}

fn window_due(case: &Case<'_>, window: &OrderWindow, paid: Option<Instant>) -> Option<Instant> {
    match window.due {
        WindowDue::On(day) => case.end_of(day),
        WindowDue::AfterPayment(span) => paid.and_then(|paid| paid.checked_add_signed(span.0)),
    }
}

fn note(case: &Case<'_>, notice: &Notice) {
    case.note(|| Step {
        step: "notice".to_owned(),
        value: notice.reference.clone().unwrap_or_default(),
        from: format!("casebook notices row {}", notice.row),
    });
}
