//! What the casebook says of a Douyin order: notices, closed places, filings. Several rules ask the same.

use crate::assess::{Case, Done, Obligation, Relief};
use crate::casebook::{Casebook, Filing, FilingKind, Miss, Notice, NoticeKind, RegionState, Risk, When};
use crate::order::{Instant, Marketplace, Region};
use crate::rulebook::Span;

/// The states about the city of a place at an instant.
pub fn states<'b>(
    case: &Case<'b>,
    place: Region,
    at: Instant,
) -> impl Iterator<Item = &'b RegionState> + use<'b> {
    let (casebook, zone): (&'b Casebook, _) = (case.run.casebook, case.day_zone());
    let about = place.is_known().then(|| casebook.regions_about(place));
    about.into_iter().flatten().filter(move |s| s.touches_city_of(place) && s.window.contains(at, zone))
}

/// How long shipping from a city is extended at an instant: by its highest risk, else by the largest number of
/// couriers that stand still.
pub fn extension<'p>(case: &Case<'p>, city: Region, at: Instant) -> Option<(&'p str, Span)> {
    let book = &case.book.douyin;
    let risk = states(case, city, at).map(|state| state.risk).max()?;
    let suspended = states(case, city, at).map(|state| state.couriers_suspended).max().unwrap_or(0);
    let many = *case.value(&book.suspended_many)?;
    let param = match (risk, suspended) {
        (Risk::Medium | Risk::High, _) => &book.risk_extension,
        (Risk::Low, 0) => return None,
        (Risk::Low, count) if count > many => &book.suspended_many_extension,
        (Risk::Low, _) => &book.suspended_few_extension,
    };
    case.value(param).map(|span| (param.name.as_str(), *span))
}

/// Whether one of these states is in force now and serious enough to hold parcels back.
pub fn any_in_force<'b>(case: &Case<'_>, mut states: impl Iterator<Item = &'b RegionState>) -> bool {
    let zone = case.day_zone();
    states.any(|state| {
        (state.risk > Risk::Low || state.couriers_suspended > 0) && state.window.contains(case.as_of, zone)
    })
}

/// Whether a place was affected before now.
pub fn was_affected(case: &Case<'_>, place: Region) -> bool {
    place.is_known()
        && case.run.casebook.regions_about(place).any(|state| {
            state.touches_city_of(place)
                && state.reopens_at(case.day_zone()).is_some_and(|at| at <= case.as_of)
        })
}

/// The notices of Douyin about shipping.
pub fn shipping_notices<'b>(case: &Case<'b>) -> impl Iterator<Item = &'b Notice> + use<'b> {
    case.run.casebook.notices(Marketplace::Douyin).filter(|notice| notice.kind != NoticeKind::AfterSales)
}

/// Whether a notice covers the order.
pub fn fit(case: &Case<'_>, notice: &Notice) -> Result<(), Miss> {
    let scene = case.scene();
    let fit = notice.fit(&scene);
    // A place unknown matters only where the window would take the order in.
    let outside = |window: &crate::casebook::Window, at: Option<Instant>| {
        at.is_some_and(|at| !window.contains(at, scene.day_zone))
    };
    let missed = outside(&notice.ordered, scene.ordered_at) || outside(&notice.paid, scene.paid_at);
    if fit == Err(Miss::PlaceUnknown) && missed { Err(Miss::Window) } else { fit }
}

/// Whether a notice names how long it extends.
pub fn names_days(notice: &Notice) -> bool {
    notice.extend_days.is_some() || notice.extend_business_days.is_some() || notice.extend_to.is_some()
}

/// The filings about shipping this order, with whether each covers it.
pub fn filings<'b>(case: &Case<'b>) -> impl Iterator<Item = (&'b Filing, Result<(), Miss>)> + use<'b> {
    let casebook: &'b Casebook = case.run.casebook;
    // Mostly there is no filing at all, and then nothing of the order needs to be known.
    let about = casebook.has_filings().then(|| (case.scene(), case.order_id()));
    about.into_iter().flat_map(move |(scene, id)| {
        let shipping = casebook
            .filings_about(Marketplace::Douyin, id)
            .filter(|filing| filing.kind != FilingKind::MaliciousOrder);
        shipping.map(move |filing| {
            let outside = scene.ordered_at.is_some_and(|at| !filing.window.contains(at, scene.day_zone));
            let fit = filing.fit(id, &scene);
            (filing, if fit == Err(Miss::PlaceUnknown) && outside { Err(Miss::Window) } else { fit })
        })
    })
}

/// The word for a miss that the finding names: one that a person can mend. The others mean that the fact is not
/// about this order at all.
pub const fn mendable(miss: Miss) -> Option<&'static str> {
    match miss {
        Miss::PlaceUnknown => Some("place-unknown"),
        Miss::TimeUnknown => Some("time-unknown"),
        Miss::OptedOut => Some("opted-out"),
        _ => None,
    }
}

/// A claim that would hold if something were known; one that nobody needs, since all was done in time, is not
/// worth telling.
pub fn refused(obligation: &Obligation, why: &'static str) -> Option<Relief> {
    let in_time = matches!(obligation.done, Done::At(at) if at <= obligation.base_due_at);
    (!in_time).then_some(Relief::Refused { why })
}

/// The last second of a date of the casebook, or its instant.
pub fn end(case: &Case<'_>, when: When) -> Instant {
    when.end(case.day_zone())
}
