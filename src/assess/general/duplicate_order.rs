//! The same order in two exports must count once.

use crate::assess::prelude::*;

/// The order stands in more than one export; the newest one was used.
pub static RULE: Rule = Rule {
    code: Code("GEN001"),
    name: "duplicate-order",
    needs: &[],
    params: &[],
    logic: Logic::Check(check),
    note: true,
    examples: "
        paid_at           status             copies  as_of             | state
        2026-11-07 10:00  awaiting-shipment  1       2026-11-09 12:00  | nothing
        2026-11-07 10:00  awaiting-shipment  2       2026-11-09 12:00  | advice: duplicate-order
        2026-11-07 10:00  completed          3       2026-11-09 12:00  | advice: duplicate-order
        -                 unpaid             2       2026-11-09 12:00  | advice: duplicate-order
        !                 awaiting-shipment  1       2026-11-09 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    Ok(case.order.duplicate.then_some(Advice { key: "duplicate-order", until: None, problem: None }))
}
