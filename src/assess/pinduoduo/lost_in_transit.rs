//! A parcel without news is asked after at once; a lost one is sent again or refunded, as the buyer wants it.

use crate::assess::facts::presses;
use crate::assess::prelude::*;
use crate::casebook::ReportKind;

/// A Pinduoduo parcel that stalls, or is reported lost, is asked after.
pub static RULE: Rule = Rule {
    code: Code("PDD202"),
    name: "lost-in-transit",
    needs: &[Field::PickedUpAt, Field::LastTraceAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        picked_up_at      last_trace_at     delivered_at      e_waybill  status     report.kind  report.reported_at  as_of             | state
        2026-11-06 10:00  2026-11-07 10:00  -                 -          shipped    -            -                   2026-11-08 10:00  | advice: parcel-stalled
        2026-11-06 10:00  2026-11-07 10:00  -                 -          shipped    -            -                   2026-11-08 09:59  | nothing
        2026-11-06 10:00  2026-11-07 10:00  -                 yes        shipped    -            -                   2026-11-09 10:01  | advice: parcel-stalled
        2026-11-06 10:00  2026-11-08 09:00  -                 -          shipped    lost         2026-11-08 09:30    2026-11-08 10:00  | advice: parcel-lost
        2026-11-06 10:00  2026-11-08 09:00  2026-11-08 09:40  -          delivered  lost         2026-11-08 09:30    2026-11-08 10:00  | nothing
        2026-11-06 10:00  ?                 -                 -          shipped    -            -                   2026-11-09 10:01  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    if case.report(&[ReportKind::Lost]).is_some() && !case.arrived() {
        return Ok(Some(Advice::of("parcel-lost", None)));
    }
    let Some(trace) = case.finding("PDD003").filter(|f| presses(f.unwaived)) else { return Ok(None) };
    Ok(Some(Advice::of("parcel-stalled", trace.due_at.filter(|due| *due >= case.as_of))))
}
