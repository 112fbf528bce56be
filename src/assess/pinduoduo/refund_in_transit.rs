//! 仅退款, a refund without a return, asked while the parcel is on its way: whether it can still be stopped decides.

use crate::assess::prelude::*;
use crate::casebook::When;
use crate::normalise::In;
use crate::order::{AfterSales, Instant};
use chrono::Duration;

/// A Pinduoduo refund asked in transit is granted only while the parcel can be intercepted; the system's own is appealed.
pub static RULE: Rule = Rule {
    code: Code("PDD203"),
    name: "refund-in-transit",
    needs: &[Field::AskedAt, Field::RefundedAt, Field::EstimatedDeliveryAt, Field::DeliveredAt],
    params: &["pinduoduo.intercept-days", "pinduoduo.refund-appeal"],
    logic: Logic::Check(check),
    note: false,
    examples: "
        shipped_at        delivered_at      status              estimated_delivery_at  case.kind  case.asked_at     case.refunded_at  case.granted_by  case.intercept_state  as_of             | state
        2026-11-06 10:00  -                 shipped             2026-11-10 08:00       仅退款     2026-11-08 09:00  -                 -                -                     2026-11-08 10:00  | advice: refund-may-be-granted
        2026-11-06 10:00  -                 shipped             2026-11-09 20:00       仅退款     2026-11-08 09:00  -                 -                -                     2026-11-08 10:00  | advice: refund-too-late-to-stop
        2026-11-06 10:00  -                 shipped             ?                      仅退款     2026-11-08 09:00  -                 -                -                     2026-11-08 10:00  | advice: refund-too-late-to-stop
        2026-11-06 10:00  -                 refunded-shipped    -                      仅退款     2026-11-07 09:00  2026-11-07 10:00  商家             -                     2026-11-08 10:00  | advice: refund-intercept
        2026-11-06 10:00  -                 refunded-shipped    -                      仅退款     2026-11-07 09:00  2026-11-07 10:00  系统             -                     2026-11-14 10:00  | advice: refund-by-system
        2026-11-06 10:00  -                 refunded-shipped    -                      仅退款     2026-11-07 09:00  2026-11-07 10:00  系统             -                     2026-11-14 10:01  | advice: refund-intercept
        2026-11-06 10:00  2026-11-08 10:00  refunded-delivered  -                      仅退款     2026-11-07 09:00  2026-11-07 10:00  系统             -                     2026-11-14 10:00  | advice: refund-appeal-delivered
        2026-11-06 10:00  2026-11-08 10:00  refunded-delivered  -                      仅退款     2026-11-07 09:00  2026-11-07 10:00  系统             -                     2026-11-14 10:01  | nothing
        2026-11-06 10:00  2026-11-07 09:30  refunded-delivered  -                      仅退款     2026-11-07 09:00  2026-11-07 10:00  系统             -                     2026-11-08 10:00  | nothing
        2026-11-06 10:00  -                 refunded-shipped    -                      仅退款     2026-11-07 09:00  2026-11-07 10:00  系统             拦截成功              2026-11-08 10:00  | advice: refund-follow-return
        2026-11-06 10:00  -                 shipped             -                      退货退款   2026-11-07 09:00  -                 -                -                     2026-11-08 10:00  | nothing
        -                 -                 awaiting-shipment   -                      仅退款     2026-11-07 09:00  -                 -                -                     2026-11-08 10:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let Some(refund) = case.cases("仅退款").find(|it| !it.withdrawn()) else { return Ok(None) };
    let known = |field| refund.time(field).known().filter(|at| *at <= case.as_of);
    Ok(match known(Field::RefundedAt).or(known(Field::AgreedAt)) {
        Some(granted) => after_granting(case, refund, granted),
        None if case.on_its_way() => Some(asked(case)),
        None => None,
    })
}

/// Interception takes its time: without enough of it, or without an estimate, to have the parcel refused is safer.
fn asked(case: &Case<'_>) -> Advice {
    let day = |at| When::At(at).day(case.day_zone());
    let ahead = case.value(&case.book.pinduoduo.intercept_days).map(|span| span.0.num_days());
    let estimate = case.reading(Field::EstimatedDeliveryAt).known();
    // The last day on which an interception may still reach it.
    let last = estimate.zip(ahead).and_then(|(at, ahead)| day(at).checked_sub_signed(Duration::days(ahead)));
    match last.filter(|last| day(case.as_of) <= *last) {
        Some(last) => Advice::of("refund-may-be-granted", case.end_of(last)),
        // It is refused at the door or not at all.
        None => Advice::of("refund-too-late-to-stop", estimate.filter(|at| *at >= case.as_of)),
    }
}

fn after_granting(case: &Case<'_>, refund: In<'_, AfterSales>, granted: Instant) -> Option<Advice> {
    let by_system = ["系统", "平台"].iter().any(|who| refund.text(refund.record.granted_by).contains(who));
    let appeal = case.after(&case.book.pinduoduo.refund_appeal, granted);
    let appeal = appeal.filter(|end| by_system && case.as_of <= *end);
    if refund.coming_back() {
        return case.on_its_way().then(|| Advice::of("refund-follow-return", None));
    }
    if case.arrived() {
        let before = case.reading(Field::DeliveredAt).known().is_some_and(|at| at <= granted);
        return appeal.filter(|_| !before).map(|end| Advice::of("refund-appeal-delivered", Some(end)));
    }
    let key = if appeal.is_some() { "refund-by-system" } else { "refund-intercept" };
    case.on_its_way().then(|| Advice::of(key, appeal))
}
