//! A SpeedPAK parcel may stand still at the hub; its carrier knows more than the trace.

use crate::assess::ebay::defects::is_speedpak;
use crate::assess::prelude::*;
use crate::assess::rule::Done;

/// A SpeedPAK parcel shows no scan for days after the hub.
pub static RULE: Rule = Rule {
    code: Code("EBY205"),
    name: "speedpak-stalled",
    needs: &[Field::ShippingService, Field::LastTraceAt, Field::DeliveredAt],
    params: &["ebay.speedpak-stalled"],
    logic: Logic::Check(check),
    note: false,
    examples: "
        service            last_trace_at     delivered_at      status     as_of             | state
        SpeedPAK Standard  2020-01-20 12:00  -                 shipped    2020-01-27 12:00  | advice: speedpak-stalled
        SpeedPAK Standard  2020-01-20 12:00  -                 shipped    2020-01-27 11:59  | nothing
        SpeedPAK Standard  -                 -                 shipped    2020-01-27 12:00  | nothing
        SpeedPAK Standard  ?                 ?                 shipped    2020-01-27 12:00  | nothing
        Economy Shipping   2020-01-20 12:00  -                 shipped    2020-01-27 12:00  | nothing
        SpeedPAK Standard  2020-01-20 12:00  2020-01-21 12:00  delivered  2020-01-27 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let delivered = || matches!(case.done(Field::DeliveredAt), Done::At(_));
    let over = case.status().says_delivered() || case.status().ended_unshipped();
    if over || !is_speedpak(case) || delivered() {
        return Ok(None);
    }
    let scans = [Field::PickedUpAt, Field::FirstTransitAt, Field::LastTraceAt];
    let known = scans.into_iter().filter_map(|field| case.reading(field).known());
    let Some(last) = known.filter(|at| *at <= case.as_of).max() else { return Ok(None) };
    let stalled = case.after(&case.book.ebay.speedpak_stalled, last).is_some_and(|due| case.as_of >= due);
    Ok(stalled.then_some(Advice { key: "speedpak-stalled", until: None, problem: None }))
}
