//! A return, or an intercepted or refused parcel, can take longer on its way back than the platform waits.

use crate::assess::prelude::*;
use crate::normalise::In;
use crate::order::{AfterSales, Instant};

/// A Pinduoduo return that is on its way back for long is kept open, or rejected and appealed.
pub static RULE: Rule = Rule {
    code: Code("PDD207"),
    name: "slow-return",
    needs: &[Field::ReturnSentAt, Field::ReturnState, Field::InterceptState],
    params: &["pinduoduo.slow-return"],
    logic: Logic::Check(check),
    note: false,
    examples: "
        shipped_at        status            case.kind  case.return_sent_at  case.refunded_at  case.return_state  case.intercept_state  as_of                | state
        2026-11-01 10:00  delivered         退货退款   2026-11-05 10:00     -                 运输中             -                     2026-11-12 10:00     | nothing
        2026-11-01 10:00  delivered         退货退款   2026-11-05 10:00     -                 运输中             -                     2026-11-12 10:00:01  | advice: slow-return
        2026-11-01 10:00  delivered         退货退款   2026-11-05 10:00     -                 物流停滞           -                     2026-11-12 10:01     | advice: slow-return-lost
        2026-11-01 10:00  delivered         退货退款   2026-11-05 10:00     -                 已签收             -                     2026-11-12 10:01     | nothing
        2026-11-01 10:00  refunded-shipped  仅退款     -                    2026-11-05 10:00  -                  拦截成功              2026-11-12 10:01     | advice: slow-return-lost
        2026-11-01 10:00  refunded-shipped  仅退款     -                    2026-11-05 10:00  -                  拦截失败              2026-11-12 10:01     | nothing
        2026-11-01 10:00  delivered         退货退款   -                    -                 -                  -                     2026-11-12 10:01     | nothing
        2026-11-01 10:00  delivered         退货退款   ?                    -                 -                  -                     2026-11-12 10:01     | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let slow = |it: &In<'_, AfterSales>| {
        let began = began(*it).and_then(|began| case.after(&case.book.pinduoduo.slow_return, began));
        !over(case, *it) && began.is_some_and(|end| case.as_of > end)
    };
    let Some(found) = case.after_sales().find(slow) else { return Ok(None) };
    // Without any news of it the parcel may be lost.
    let state = found.text(found.record.return_state);
    let silent = state.is_empty() || ["停滞", "无物流", "异常", "丢"].iter().any(|word| state.contains(word));
    Ok(Some(Advice::of(if silent { "slow-return-lost" } else { "slow-return" }, None)))
}

/// From when the parcel is on its way back: the buyer's sending, or the refund after which it was turned round.
fn began(it: In<'_, AfterSales>) -> Option<Instant> {
    let known = |field| it.time(field).known();
    let turned = it.coming_back().then(|| known(Field::RefundedAt).or(known(Field::AgreedAt))).flatten();
    known(Field::ReturnSentAt).or(turned)
}

fn over(case: &Case<'_>, it: In<'_, AfterSales>) -> bool {
    let completed = it.time(Field::CompletedAt).known().is_some_and(|at| at <= case.as_of);
    let state = it.text(it.record.return_state);
    completed || it.withdrawn() || ["签收", "收货", "入库"].iter().any(|word| state.contains(word))
}
