//! Clocks that run from one trace of a parcel to the next: the same on several marketplaces.

use crate::assess::case::Case;
use crate::assess::rule::{Done, Gap, Judged, Obligation};
use crate::order::{Field, Reading};
use crate::rulebook::{Param, Span};

/// A new trace within a time of the last one, from pickup until delivery. Of several traces only the last gap
/// is known, and judged: so the obligation is open, or there is none.
pub fn next_trace(case: &Case<'_>, param: &Param<Span>) -> Judged<Obligation> {
    let delivered = case.reading(Field::DeliveredAt).known().is_some_and(|at| at <= case.as_of);
    if delivered || case.status().says_delivered() {
        return Err(Gap::NotBegun);
    }
    let picked_up = match case.reading(Field::PickedUpAt) {
        Reading::NoColumn => None,
        _ => Some(case.at(Field::PickedUpAt)?),
    };
    // Before any other trace the pickup scan is the last one.
    let last = match (case.reading(Field::LastTraceAt), picked_up) {
        (Reading::Blank | Reading::NoRow, Some(picked_up)) => picked_up,
        _ => case.at(Field::LastTraceAt)?,
    };
    case.within(param, picked_up.map_or(last, |picked_up| picked_up.max(last)), Done::NotYet)
}

/// Whether and when a parcel moved on after its pickup scan. Without a column for the first transit trace
/// the last trace tells, as far as it can: one in time proves it, a later one leaves open when the first was.
pub fn moved_on(case: &Case<'_>, param: &Param<Span>, picked_up: crate::order::Instant) -> Done {
    if case.reading(Field::FirstTransitAt) != Reading::NoColumn {
        return case.done(Field::FirstTransitAt);
    }
    match case.reading(Field::LastTraceAt) {
        Reading::Known(last) if last > picked_up && last <= case.as_of => {
            let in_time = case.after(param, picked_up).is_some_and(|due| last <= due);
            case.note_time(Field::LastTraceAt, Field::LastTraceAt, last);
            if in_time { Done::At(last) } else { Done::Unclear(Field::FirstTransitAt) }
        }
        Reading::NoColumn => case.done(Field::FirstTransitAt),
        Reading::Unreadable => Done::Unclear(Field::LastTraceAt),
        _ if case.says_done(Field::FirstTransitAt) => Done::Unclear(Field::FirstTransitAt),
        _ => Done::NotYet,
    }
}
