//! The platform advises a negotiated ship date of at most half a year after payment.

use crate::assess::prelude::*;
use crate::assess::rule::Done;
use crate::casebook::AgreementKind;
use crate::normalise::end_of_day;
use crate::order::{Instant, Marketplace, OrderType, Reading, Stage};

/// A negotiated ship date lies further from payment than the platform advises.
pub static RULE: Rule = Rule {
    code: Code("ALI002"),
    name: "beyond-advised-limit",
    needs: &[Field::OrderType, Field::PaidAt, Field::ShipBy],
    params: &["alibaba.advised-limit"],
    logic: Logic::Check(check),
    note: false,
    // The limit of the first orders is noon in Shanghai, 7 July in the zone of the platform's days.
    examples: "
        order_type  ship_by              paid_at           status             agreement.kind  agreement.agreed_at  agreement.new_date   as_of             | state
        non-direct  2020-07-08 12:00:00  2020-01-10 12:00  awaiting-shipment  -               -                    -                    2020-02-10 12:00  | nothing
        non-direct  2020-07-08 12:00:01  2020-01-10 12:00  awaiting-shipment  -               -                    -                    2020-02-10 12:00  | advice: beyond-advised-limit
        non-direct  2020-02-20 12:00:00  2020-01-10 12:00  awaiting-shipment  extension       2020-02-09           2020-07-09 12:00:00  2020-02-10 12:00  | advice: beyond-advised-limit
        non-direct  2020-07-07           2020-01-10 12:00  awaiting-shipment  -               -                    -                    2020-02-10 12:00  | nothing
        non-direct  2020-07-08           2020-01-10 12:00  awaiting-shipment  -               -                    -                    2020-02-10 12:00  | advice: beyond-advised-limit
        direct      2020-09-08 12:00:00  2020-01-10 12:00  awaiting-shipment  -               -                    -                    2020-02-10 12:00  | nothing
        -           2020-09-08 12:00:00  2020-01-10 12:00  awaiting-shipment  -               -                    -                    2020-02-10 12:00  | not assessed: order-type
        non-direct  2020-09-08 12:00:00  ?                 awaiting-shipment  -               -                    -                    2020-02-10 12:00  | not assessed: paid-at
        -           2020-09-08 12:00:00  -                 unpaid             -               -                    -                    2020-02-10 12:00  | nothing
        non-direct  2020-09-08 12:00:00  2020-01-10 12:00  cancelled          -               -                    -                    2020-02-10 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let status = case.status();
    let shipped = matches!(case.done(Field::ShippedAt), Done::At(_)) || status.says_shipped();
    let over = shipped || status.ended_unshipped() || status.stage == Stage::Unpaid;
    if over || case.order_type() == OrderType::Direct {
        return Ok(None);
    }
    if case.order_type() != OrderType::NonDirect {
        return Err(Gap::NoColumn(Field::OrderType));
    }
    let paid = match case.reading(Field::PaidAt) {
        Reading::Known(paid) => paid,
        Reading::NoColumn => return Err(Gap::NoColumn(Field::PaidAt)),
        _ => return Ok(None),
    };
    let Some(limit) = case.after(&case.book.alibaba.advised_limit, paid) else { return Ok(None) };
    let zone = case.day_zone();
    let agreed = case.run.casebook.agreements(Marketplace::Alibaba, case.order_id());
    let dates = agreed.filter(|a| a.kind == AgreementKind::Extension).filter_map(|a| a.new_date);
    let latest = dates.map(|date| date.end(zone)).chain(case.reading(Field::ShipBy).known()).max();
    // A date is compared with the day of the limit, a time with its instant.
    let day = |at: Instant| day_in(zone, at);
    let is_date = |at: Instant| end_of_day(zone, day(at)) == Some(at);
    let beyond =
        latest.is_some_and(|latest| if is_date(latest) { day(latest) > day(limit) } else { latest > limit });
    Ok(beyond.then_some(Advice { key: "beyond-advised-limit", until: Some(limit), problem: None }))
}
