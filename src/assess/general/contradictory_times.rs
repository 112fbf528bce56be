//! Steps that cannot have happened in this order, or that lie in the future.

use crate::assess::prelude::*;
use crate::normalise::Problem;
use crate::order::Stamp;

/// Two times of an order contradict each other, or one lies after the audit.
pub static RULE: Rule = Rule {
    code: Code("GEN002"),
    name: "contradictory-times",
    needs: &[Field::PaidAt, Field::ShippedAt, Field::PickedUpAt, Field::DeliveredAt],
    params: &[],
    logic: Logic::Check(check),
    note: true,
    examples: "
        paid_at           shipped_at        picked_up_at      delivered_at      as_of             | state
        2026-11-07 10:00  2026-11-07 10:00  2026-11-07 10:00  2026-11-07 10:00  2026-11-09 12:00  | nothing
        2026-11-07 10:00  2026-11-07 09:59  -                 -                 2026-11-09 12:00  | advice: contradictory-times
        2026-11-07 10:00  2026-11-08 10:00  2026-11-08 09:59  -                 2026-11-09 12:00  | advice: contradictory-times
        2026-11-07 10:00  2026-11-08 10:00  2026-11-08 11:00  2026-11-08 10:59  2026-11-09 12:00  | advice: contradictory-times
        2026-11-07 10:00  2026-11-09 12:01  -                 -                 2026-11-09 12:00  | advice: future-time
        -                 2026-11-08 10:00  -                 -                 2026-11-09 12:00  | nothing
        ?                 2026-11-08 10:00  ?                 ?                 2026-11-09 12:00  | nothing
    ",
};

/// Steps in the order in which they happen.
const STEPS: [Field; 4] = [Field::PaidAt, Field::ShippedAt, Field::PickedUpAt, Field::DeliveredAt];

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let (now, ordered, at) =
        (Stamp::at(case.as_of), case.stamp(Field::OrderedAt), STEPS.map(|f| case.stamp(f)));
    let ahead = |at: Stamp| at.is_known() && now.is_known() && at > now;
    let step = |number: usize| ahead(at[number]).then(|| STEPS[number]);
    let future = if ahead(ordered) { Some(Field::OrderedAt) } else { (0..STEPS.len()).find_map(step) };
    let problem = match future {
        Some(field) => Some(Problem::FutureTime(field)),
        None => (1..STEPS.len()).find_map(|number| match (STEPS[number - 1], at[number - 1], at[number]) {
            // A cash order is shipped before it is paid.
            (Field::PaidAt, ..) if case.is(crate::order::Flags::CASH_ON_DELIVERY) => None,
            (first, before, after) if before.is_known() && after.is_known() && after < before => {
                Some(Problem::ContradictoryTimes(STEPS[number], first))
            }
            _ => None,
        }),
    };
    Ok(problem.map(|problem| Advice { key: problem.code(), until: None, problem: Some(problem) }))
}
