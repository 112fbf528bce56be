//! 自动处理截止时间: an after-sales case that the seller leaves alone is decided by the system.

use super::cases;
use crate::assess::prelude::*;
use crate::assess::{Done, Step};
use crate::normalise::In;
use crate::order::{AfterSales, Instant, Reading};
use std::cmp::Reverse;

/// A Douyin after-sales case is handled before the system decides it.
pub static RULE: Rule = Rule {
    code: Code("DY005"),
    name: "after-sales-handling",
    needs: &[Field::AutoProcessAt, Field::AgreedAt, Field::RefundedAt, Field::CancelledAt],
    params: &[],
    logic: Logic::Deadline(Deadline { unit: Unit::Hours, begins_with_order: false, judge: obligation }),
    note: false,
    examples: "
        status   case.state      case.auto_process_at  case.agreed_at       case.refunded_at  case.cancelled_at  as_of                | state
        shipped  待退货          2026-11-09 10:00      2026-11-09 10:00     -                 -                  2026-11-09 12:00     | met
        shipped  待退货          2026-11-09 10:00      2026-11-09 10:00:01  -                 -                  2026-11-09 12:00     | late by 1s
        shipped  售后待处理      2026-11-09 10:00      -                    -                 -                  2026-11-09 10:00     | urgent, 0m left
        shipped  售后待处理      2026-11-09 10:00      -                    -                 -                  2026-11-09 10:00:01  | overdue by 1s
        shipped  退款成功        2026-11-09 10:00      -                    2026-11-08 10:00  -                  2026-11-09 12:00     | met
        shipped  售后关闭        2026-11-09 10:00      -                    -                 2026-11-08 10:00   2026-11-09 12:00     | met
        shipped  售后关闭        2026-11-09 10:00      -                    -                 -                  2026-11-09 12:00     | unverifiable: agreed-at
        shipped  售后关闭        2026-11-10 10:00      -                    -                 -                  2026-11-09 12:00     | nothing
        shipped  售后待处理      -                     -                    -                 -                  2026-11-09 12:00     | unverifiable: auto-process-at
        shipped  售后待处理      ?                     -                    -                 -                  2026-11-09 12:00     | not assessed: auto-process-at
        shipped  售后待处理      2026-11-09 10:00      !                    -                 -                  2026-11-09 12:00     | unverifiable: agreed-at
        shipped  -               -                     -                    -                 -                  2026-11-09 12:00     | nothing
    ",
};

/// The case that stands worst; an order without a case has nothing to do.
fn obligation(case: &Case<'_>) -> Judged<Obligation> {
    let all = case.after_sales().map(|c| (of_case(case, c), c)).filter(|(o, _)| *o != Err(Gap::NotBegun));
    let Some((worst, c)) = all.max_by_key(|(judged, _)| standing(*judged, case.as_of)) else {
        return Err(Gap::NotBegun);
    };
    if let Ok(obligation) = worst {
        note(case, c, Field::AutoProcessAt, obligation.base_due_at);
        if let Done::At(at) = obligation.done {
            note(case, c, Field::AgreedAt, at);
        }
    }
    worst
}

fn of_case(case: &Case<'_>, c: In<'_, AfterSales>) -> Judged<Obligation> {
    let done = handled(case, c);
    let time = |field| c.time(field).reading();
    match time(Field::AutoProcessAt) {
        // Settled by its words before its end: whenever that was, it was in time.
        Reading::Known(due) if matches!(done, Done::Unclear(_)) && cases::settled(c) && case.as_of <= due => {
            Err(Gap::NotBegun)
        }
        Reading::Known(due) => Ok(case.by(due, Clock::Platform, time(Field::AskedAt).known(), done)),
        _ if matches!(done, Done::At(_)) || cases::settled(c) => Err(Gap::NotBegun),
        Reading::Unreadable => Err(Gap::Unclear(Field::AutoProcessAt)),
        Reading::NoColumn => Err(Gap::NoColumn(Field::AutoProcessAt)),
        // A case that waits for the buyer has no end for the seller.
        _ if cases::waits_for_seller(c) => Err(Gap::Unclear(Field::AutoProcessAt)),
        _ => Err(Gap::NotBegun),
    }
}

/// Whether and when the seller handled a case; without times the state's words decide.
fn handled(case: &Case<'_>, c: In<'_, AfterSales>) -> Done {
    let fields = [Field::AgreedAt, Field::RefundedAt, Field::CancelledAt, Field::CompletedAt];
    let readings = fields.map(|field| (field, c.time(field).reading()));
    let known = readings.iter().filter_map(|(_, reading)| reading.known()).filter(|at| *at <= case.as_of);
    if let Some(at) = known.min() {
        return Done::At(at);
    }
    let unreadable = readings.iter().find(|(_, reading)| *reading == Reading::Unreadable);
    match unreadable {
        Some((field, _)) => Done::Unclear(*field),
        None if cases::settled(c) => Done::Unclear(Field::AgreedAt),
        None => Done::NotYet,
    }
}

/// How bad a case stands, the worst last; of equal ones the one due first.
fn standing(judged: Judged<Obligation>, as_of: Instant) -> (u8, Option<Reverse<Instant>>) {
    let Ok(obligation) = judged else {
        return (if matches!(judged, Err(Gap::NoColumn(_))) { 0 } else { 2 }, None);
    };
    let due = obligation.base_due_at;
    let rank = match obligation.done {
        Done::NotYet if as_of > due => 5,
        Done::At(at) if at > due => 4,
        Done::NotYet => 3,
        Done::At(_) => 1,
        Done::NoColumn(_) | Done::Unclear(_) => 2,
    };
    (rank, Some(Reverse(due)))
}

fn note(case: &Case<'_>, c: In<'_, AfterSales>, field: Field, at: Instant) {
    case.note(|| Step {
        step: field.as_str().to_owned(),
        value: case.show(at),
        from: format!("{} row {}", case.run.ledger.inputs[c.batch.input as usize].path, c.record.row),
    });
}

#[cfg(test)]
mod tests {
    use super::standing;
    use crate::assess::{Clock, Code, Done, Gap, Obligation};
    use crate::order::{Field, Instant};
    use chrono::{DateTime, Duration};

    #[test]
    fn of_several_cases_the_one_that_stands_worst_decides() {
        let as_of: Instant = DateTime::UNIX_EPOCH + Duration::days(20_000);
        let case = |hours: i64, done| Obligation {
            rule: Code(""),
            starts_at: None,
            base_due_at: as_of + Duration::hours(hours),
            due_at: as_of + Duration::hours(hours),
            clock: Clock::Platform,
            rule_due_at: None,
            done,
        };
        let best_first = [
            Err(Gap::NoColumn(Field::AutoProcessAt)),
            Ok(case(-5, Done::At(as_of - Duration::hours(5)))),
            Err(Gap::Unclear(Field::AutoProcessAt)),
            Ok(case(9, Done::NotYet)),
            Ok(case(1, Done::NotYet)),
            Ok(case(-5, Done::At(as_of))),
            Ok(case(-1, Done::NotYet)),
            Ok(case(-2, Done::NotYet)),
        ];
        let worse = |pair: &[_]| standing(pair[0], as_of) < standing(pair[1], as_of);
        assert!(best_first.windows(2).all(worse));
    }
}
