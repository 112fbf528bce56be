//! Around a long holiday the platform itself sets a ship date for direct orders (直接下单).

use crate::assess::prelude::*;
use crate::assess::scene::scene;
use crate::casebook::{Miss, Notice, NoticeKind};
use crate::order::{Instant, Marketplace, OrderType};
use crate::rulebook::ShipDate;
use chrono::{Datelike, NaiveDate};

/// A ship date that the platform set moves the agreed one of a direct order.
pub static RULE: Rule = Rule {
    code: Code("ALI103"),
    name: "platform-ship-date",
    needs: &[Field::PaidAt, Field::OrderType],
    params: &["alibaba.platform-ship-dates"],
    logic: Logic::Exemption { of: &[Code("ALI001")], judge },
    note: false,
    examples: "
        order_type  ship_by     paid_at           shipped_at                 status             notice.kind  notice.side  notice.paid_from  notice.paid_to  notice.extend_to  as_of             | state                  effect
        direct      2020-02-05  2020-01-15 12:00  2020-02-21T23:59:59-08:00  shipped            -            -            -                 -               -                 2020-03-01 00:00  | met                    extended to 2020-02-22 15:59
        direct      2020-02-05  2020-01-15 12:00  2020-02-22T00:00:00-08:00  shipped            -            -            -                 -               -                 2020-03-01 00:00  | late by 1s             extended to 2020-02-22 15:59
        direct      2020-02-22  2020-01-15 12:00  -                          awaiting-shipment  -            -            -                 -               -                 2020-02-23 16:00  | overdue by 1s          -
        direct      2022-02-10  2022-01-24 12:00  -                          awaiting-shipment  -            -            -                 -               -                 2022-02-24 16:00  | overdue by 1s          extended to 2022-02-24 15:59
        direct      2022-02-10  2022-01-22 12:00  -                          awaiting-shipment  -            -            -                 -               -                 2022-02-11 16:00  | overdue by 1s          -
        direct      2023-02-05  2023-01-14 12:00  -                          awaiting-shipment  -            -            -                 -               -                 2023-02-06 16:00  | overdue by 1s          extended to 2023-02-06 15:59
        -           2020-02-05  2020-01-15 12:00  -                          awaiting-shipment  -            -            -                 -               -                 2020-02-06 16:00  | overdue by 1s          refused: order-type-needed
        non-direct  2020-02-05  2020-01-15 12:00  -                          awaiting-shipment  -            -            -                 -               -                 2020-02-06 16:00  | overdue by 1s          -
        direct      2020-02-05  -                 -                          awaiting-shipment  -            -            -                 -               -                 2020-02-06 16:00  | overdue by 1s          -
        direct      2020-02-05  2020-01-15 12:00  -                          awaiting-shipment  shipping     either       2020-01-10        2020-01-20      2020-02-28        2020-02-29 16:00  | overdue by 1s          extended to 2020-02-29 15:59
        direct      2020-02-05  2020-01-15 12:00  -                          awaiting-shipment  shipping     either       2020-01-20        2020-01-25      2020-02-28        2020-02-29 16:00  | overdue by 23d 1s      refused: outside-window
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    if case.order_type() == OrderType::NonDirect {
        return Ok(None);
    }
    let claim = of_casebook(case, obligation).or_else(|| built_in(case, obligation));
    Ok(claim.map(|claim| match claim {
        Ok(_) if case.order_type() != OrderType::Direct => Relief::Refused { why: "order-type-needed" },
        Ok(to) => Relief::Extend(to),
        Err(miss) => Relief::Refused { why: miss.as_str() },
    }))
}

fn notices<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c Notice> {
    let all = case.run.casebook.notices(Marketplace::Alibaba);
    all.filter(|notice| notice.kind == NoticeKind::Shipping && notice.extend_to.is_some())
}

/// The latest date of the notices that cover the order; else why the last one that would help does not.
fn of_casebook(case: &Case<'_>, obligation: &Obligation) -> Option<Result<Instant, Miss>> {
    let (zone, scene) = (case.day_zone(), scene(case));
    let (mut to, mut missed) = (None, None);
    for notice in notices(case) {
        let until = notice.extend_to?.end(zone);
        let days = chrono::Duration::days(i64::from(notice.extend_days.unwrap_or(0)));
        let until = until.max(obligation.base_due_at.checked_add_signed(days).unwrap_or(until));
        match notice.fit(&scene) {
            Ok(()) => to = to.max(Some(until)),
            Err(miss @ (Miss::Window | Miss::TimeUnknown | Miss::PlaceUnknown))
                if same_year(case, until, obligation.base_due_at) =>
            {
                missed = Some(miss);
            }
            Err(_) => {}
        }
    }
    to.filter(|to| *to > obligation.base_due_at).map(Ok).or(missed.map(Err))
}

/// A notice on the same holiday replaces what is built in, even where it leaves the order out.
fn built_in(case: &Case<'_>, obligation: &Obligation) -> Option<Result<Instant, Miss>> {
    let zone = case.day_zone();
    let paid = case.reading(Field::PaidAt).known()?.with_timezone(&zone).date_naive();
    let agreed = obligation.base_due_at.with_timezone(&zone).date_naive();
    let covers = |date: &&ShipDate| within(paid, date.paid) && within(agreed, date.agreed);
    let entries = &case.book.alibaba.platform_ship_dates.entries;
    let date = entries.iter().flat_map(|entry| &entry.value).find(covers)?;
    let to = case.end_of(date.ship_by)?;
    let replaced =
        notices(case).any(|n| n.extend_to.is_some_and(|end| end.day(zone).year() == date.ship_by.year()));
    (!replaced).then_some(Ok(to))
}

fn within(day: NaiveDate, (first, last): (NaiveDate, NaiveDate)) -> bool {
    first <= day && day <= last
}

fn same_year(case: &Case<'_>, a: Instant, b: Instant) -> bool {
    let zone = case.day_zone();
    a.with_timezone(&zone).year() == b.with_timezone(&zone).year()
}
