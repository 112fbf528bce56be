//! Steps that cannot have happened in this order, or that lie in the future.

use crate::assess::prelude::*;
use crate::normalise::Problem;

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
    let at = |field: Field| case.reading(field).known();
    let future = [Field::OrderedAt].iter().chain(&STEPS).find(|f| at(**f).is_some_and(|t| t > case.as_of));
    let problem = match future {
        Some(field) => Some(Problem::FutureTime(*field)),
        None => STEPS.windows(2).find_map(|pair| match (at(pair[0]), at(pair[1])) {
            // A cash order is shipped before it is paid.
            _ if pair[0] == Field::PaidAt && case.is(crate::order::Flags::CASH_ON_DELIVERY) => None,
            (Some(before), Some(after)) if after < before => {
                Some(Problem::ContradictoryTimes(pair[1], pair[0]))
            }
            _ => None,
        }),
    };
    Ok(problem.map(|problem| Advice { key: problem.code(), until: None, problem: Some(problem) }))
}
