//! A delay card is the quickest way to more time, but the buyer has two days to answer it: where that is too long, the
//! emergency filing goes out beside it. There is one card an order, ever; after it only the filing is left.

use crate::assess::facts::presses;
use crate::assess::prelude::*;
use crate::casebook::{CardResponse, FilingKind};

/// A JD order at risk gets a delay card, or the emergency filing once its card is used up.
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
        2026-11-07 10:00  -                 -                 awaiting-shipment  2026-11-07 11:00  rejected       -                -            -              -                    2026-11-08 09:00  | advice: card-used-file
        2026-11-07 10:00  -                 -                 awaiting-shipment  2026-11-07 11:00  rejected       1                emergency    pending        2026-11-08 08:00     2026-11-08 09:00  | nothing
        2026-11-07 10:00  -                 -                 awaiting-shipment  2026-11-07 11:00  none           -                -            -              -                    2026-11-09 11:01  | advice: card-used-file
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let Some(due) = case.judged().filter(|f| presses(f.state)).filter_map(|f| f.due_at).min() else {
        return Ok(None);
    };
    let ahead = Some(due).filter(|due| *due >= case.as_of);
    let filed = case.filed(FilingKind::Emergency);
    let answer = &case.book.jd.card_answer;
    Ok(match case.run.casebook.cards(case.order_id()).first() {
        None => {
            let answered = case.after(answer, case.as_of).is_some_and(|answered| answered <= due);
            let key = if answered || filed { "send-card" } else { "send-card-and-file" };
            Some(Advice::of(key, ahead))
        }
        Some(_) if filed => None,
        Some(card) => {
            let lapsed = case.after(answer, card.sent_at).is_some_and(|end| case.as_of > end);
            let waiting = card.response == CardResponse::None && !lapsed;
            (!waiting).then(|| Advice::of("card-used-file", ahead))
        }
    })
}
