//! A delay card is the quickest way to more time, but the buyer has two days to answer it: where that is too long, the
//! emergency filing goes out beside it. There is one card an order, ever: with one sent this check is silent, and the
//! actions of the late deadline name the filing.

use crate::assess::facts::presses;
use crate::assess::prelude::*;
use crate::casebook::FilingKind;

/// A JD order at risk without a delay card gets one.
pub static RULE: Rule = Rule {
    code: Code("JD207"),
    name: "send-card",
    needs: &[],
    params: &["jd.card-answer"],
    logic: Logic::Check(check),
    note: false,
    examples: "
        stands_at         shipped_at        picked_up_at      status             card.sent_at      card.response  filing.order_id  filing.kind  filing.status  filing.submitted_at  as_of             | state
        2026-11-07 10:00  -                 -                 awaiting-shipment  -                 -              -                -            -              -                    2026-11-07 10:00  | advice: send-card-and-file
        2026-11-07 10:00  -                 -                 awaiting-shipment  -                 -              1                emergency    pending        2026-11-07 10:00     2026-11-07 11:00  | advice: send-card
        2026-11-07 10:00  2026-11-07 11:00  2026-11-07 12:00  shipped            -                 -              -                -            -              -                    2026-11-08 10:00  | nothing
        2026-11-07 10:00  2026-11-07 11:00  -                 shipped            -                 -              -                -            -              -                    2026-11-08 10:00  | advice: send-card-and-file
        2026-11-07 10:00  2026-11-07 11:00  -                 shipped            -                 -              -                -            -              -                    2026-11-08 09:59  | nothing
        2026-11-07 10:00  2026-11-07 11:00  ?                 shipped            -                 -              -                -            -              -                    2026-11-09 09:59  | nothing
        2026-11-07 10:00  -                 -                 awaiting-shipment  2026-11-07 11:00  none           -                -            -              -                    2026-11-08 09:00  | nothing
        2026-11-07 10:00  -                 -                 awaiting-shipment  2026-11-07 11:00  rejected       -                -            -              -                    2026-11-08 09:00  | nothing
        2026-11-07 10:00  -                 -                 awaiting-shipment  2026-11-07 11:00  rejected       1                emergency    pending        2026-11-08 08:00     2026-11-08 09:00  | nothing
        2026-11-07 10:00  -                 -                 awaiting-shipment  2026-11-07 11:00  none           -                -            -              -                    2026-11-09 11:01  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let Some(due) = case.judged().filter(|f| presses(f.state)).filter_map(|f| f.due_at).min() else {
        return Ok(None);
    };
    let ahead = Some(due).filter(|due| *due >= case.as_of);
    if !case.run.casebook.cards(case.order_id()).is_empty() {
        return Ok(None);
    }
    let answered = case.after(&case.book.jd.card_answer, case.as_of).is_some_and(|answered| answered <= due);
    let alone = answered || case.filed(FilingKind::Emergency);
    Ok(Some(Advice::of(if alone { "send-card" } else { "send-card-and-file" }, ahead)))
}
