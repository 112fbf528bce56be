//! A parcel that stands still must not be confirmed as received by itself (source: 5.4).

use crate::assess::State;
use crate::assess::prelude::*;

/// The receipt of a stalled Douyin parcel is extended before it is confirmed by itself.
pub static RULE: Rule = Rule {
    code: Code("DY206"),
    name: "extend-receipt",
    needs: &[],
    params: &["douyin.auto-confirm", "douyin.auto-confirm-warning"],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        shipped_at        picked_up_at      last_trace_at     status     as_of                | state
        2026-11-01 10:00  2026-11-01 12:00  2026-11-05 10:00  shipped    2026-11-08 10:00     | advice: extend-receipt
        2026-11-01 10:00  2026-11-01 12:00  2026-11-05 10:00  shipped    2026-11-08 09:59:59  | nothing
        2026-11-01 10:00  2026-11-01 12:00  2026-11-05 10:00  shipped    2026-11-11 10:00:01  | nothing
        2026-11-01 10:00  2026-11-01 12:00  2026-11-08 09:00  shipped    2026-11-08 10:00     | nothing
        2026-11-01 10:00  2026-11-01 12:00  ?                 shipped    2026-11-08 10:00     | nothing
        2026-11-01 10:00  2026-11-01 12:00  2026-11-05 10:00  delivered  2026-11-08 10:00     | nothing
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    let shipped = case.at(Field::ShippedAt)?;
    let book = &case.book.douyin;
    let Some(confirmed) = case.after(&book.auto_confirm, shipped) else { return Ok(None) };
    let left = confirmed - case.as_of;
    let near = case.value(&book.auto_confirm_warning).is_some_and(|span| left <= span.0);
    if !near || case.as_of > confirmed {
        return Ok(None);
    }
    let stalled = matches!(case.obligation_state(Code("DY004")), Some(State::Overdue | State::Urgent));
    Ok(stalled.then_some(Advice { key: "extend-receipt", until: Some(confirmed), problem: None }))
}
