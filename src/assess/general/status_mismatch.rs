//! A status that its own times belie: the times are believed.

use crate::assess::prelude::*;
use crate::normalise::Problem;
use crate::order::Stage;

/// Status and times disagree.
pub static RULE: Rule = Rule {
    code: Code("GEN003"),
    name: "status-mismatch",
    needs: &[Field::Status, Field::PaidAt, Field::ShippedAt, Field::DeliveredAt],
    params: &[],
    logic: Logic::Check(check),
    note: true,
    examples: "
        paid_at           shipped_at        delivered_at      status             as_of             | state
        2026-11-07 10:00  2026-11-08 10:00  -                 shipped            2026-11-09 12:00  | nothing
        2026-11-07 10:00  2026-11-08 10:00  -                 awaiting-shipment  2026-11-09 12:00  | advice: status-mismatch
        2026-11-07 10:00  -                 -                 unpaid             2026-11-09 12:00  | advice: status-mismatch
        2026-11-07 10:00  -                 2026-11-09 10:00  awaiting-shipment  2026-11-09 12:00  | advice: status-mismatch
        2026-11-07 10:00  2026-11-08 10:00  -                 cancelled          2026-11-09 12:00  | nothing
        2026-11-07 10:00  2026-11-09 13:00  -                 awaiting-shipment  2026-11-09 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let told = case.line.record.status.stage;
    let known = |field| case.reading(field).known().is_some_and(|at| at <= case.as_of);
    let waiting = matches!(told, Stage::Unpaid | Stage::New | Stage::AwaitingShipment);
    let field = [Field::DeliveredAt, Field::ShippedAt]
        .into_iter()
        .find(|field| waiting && known(*field))
        .or((told == Stage::Unpaid && known(Field::PaidAt)).then_some(Field::PaidAt));
    Ok(field.map(Problem::StatusMismatch).map(|problem| Advice {
        key: problem.code(),
        until: None,
        problem: Some(problem),
    }))
}
