//! Around a long holiday the platform itself sets a ship date for direct orders (直接下单).

use crate::assess::prelude::*;
use crate::casebook::{Miss, Notice, NoticeKind, Window};
use crate::order::{Instant, Marketplace, OrderType};
use crate::rulebook::ShipDate;
use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

/// A ship date that the platform set moves the agreed one of a direct order.
pub static RULE: Rule = Rule {
    code: Code("ALI103"),
    name: "platform-ship-date",
    needs: &[Field::PaidAt, Field::OrderedAt, Field::OrderType],
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
        direct      2020-02-05  2020-01-15 12:00  -                          awaiting-shipment  shipping     either       2020-09-20        2020-10-08      2020-10-12        2020-02-22 16:00  | overdue by 1s          extended to 2020-02-22 15:59
        direct      2020-02-05  2020-01-15 12:00  -                          awaiting-shipment  shipping     either       2020-01-10        2020-01-20      2020-02-28        2020-02-29 16:00  | overdue by 1s          extended to 2020-02-29 15:59
        direct      2020-02-05  2020-01-15 12:00  -                          awaiting-shipment  shipping     either       2020-01-20        2020-01-25      2020-02-28        2020-02-29 16:00  | overdue by 23d 1s      refused: outside-window
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    if case.order_type() == OrderType::NonDirect {
        return Ok(None);
    }
    let given = of_casebook(case, obligation);
    let claim = match given {
        Some(Ok(to)) => Some(Ok(to)),
        missed => built_in(case, obligation).or(missed),
    };
    Ok(claim.map(|claim| match claim {
        Ok(_) if case.order_type() != OrderType::Direct => Relief::Refused { why: "order-type-needed" },
        Ok(to) => Relief::Extend(to),
        Err(why) => Relief::Refused { why },
    }))
}

/// A claim on an order: its new date, or the one thing for which it does not hold.
type Claim = Option<Result<Instant, &'static str>>;

fn notices<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c Notice> {
    let all = case.run.casebook.notices(Marketplace::Alibaba);
    let dated = |notice: &&Notice| notice.extend_to.is_some() || notice.extend_days.is_some();
    all.filter(|notice| notice.kind == NoticeKind::Shipping).filter(dated)
}

/// The latest date of the notices that cover the order; else why the last one that would help does not.
fn of_casebook(case: &Case<'_>, obligation: &Obligation) -> Claim {
    let (zone, scene) = (case.day_zone(), case.scene());
    let (mut to, mut missed) = (None, None);
    for notice in notices(case) {
        let Some(until) = until(case, obligation, notice) else { continue };
        match notice.fit(&scene) {
            Ok(()) => to = to.max(Some(until)),
            Err(miss @ (Miss::Window | Miss::TimeUnknown | Miss::PlaceUnknown))
                if day(until, zone).year() == day(obligation.base_due_at, zone).year() =>
            {
                missed = Some(miss.as_str());
            }
            Err(_) => {}
        }
    }
    to.filter(|to| *to > obligation.base_due_at).map(Ok).or(missed.map(Err))
}

/// By when a notice lets ship: its date, or its days after the agreed date, whichever is later.
fn until(case: &Case<'_>, obligation: &Obligation, notice: &Notice) -> Option<Instant> {
    let last = day(obligation.base_due_at, case.day_zone());
    let later = |days| {
        let to = last.checked_add_days(chrono::Days::new(u64::from(days)))?;
        let moved = case.end_of(to)? - case.end_of(last)?;
        obligation.base_due_at.checked_add_signed(moved)
    };
    notice.extend_to.map(|to| to.end(case.day_zone())).max(notice.extend_days.and_then(later))
}

/// A notice on the same holiday replaces what is built in, even where its window leaves the order out.
fn built_in(case: &Case<'_>, obligation: &Obligation) -> Claim {
    let zone = case.day_zone();
    let agreed = day(obligation.base_due_at, zone);
    let on = |field| case.reading(field).known().map(|at: Instant| day(at, zone));
    let (paid, ordered) = (on(Field::PaidAt), on(Field::OrderedAt));
    let covers = |date: &&ShipDate| {
        within(agreed, date.agreed) && paid.or(ordered).is_some_and(|at| within(at, date.paid))
    };
    let entries = &case.book.alibaba.platform_ship_dates.entries;
    let date = entries.iter().flat_map(|entry| &entry.value).find(covers)?;
    if notices(case).any(|notice| replaces(case, notice, date)) {
        return None;
    }
    if paid.is_none() && !date.or_ordered {
        return Some(Err("payment-time-unknown"));
    }
    case.end_of(date.ship_by).map(Ok)
}

/// Whether a notice is on the same holiday: for this store and place, in the same year, with a window that meets the
/// built-in one.
fn replaces(case: &Case<'_>, notice: &Notice, date: &ShipDate) -> bool {
    let zone = case.day_zone();
    let meets = |window: &Window| {
        let from = window.from.is_none_or(|from| from.day(zone) <= date.paid.1);
        from && window.to.is_none_or(|to| to.day(zone) >= date.paid.0)
    };
    let here = matches!(notice.fit(&case.scene()), Ok(()) | Err(Miss::Window | Miss::TimeUnknown));
    let year = notice.extend_to.is_some_and(|end| end.day(zone).year() == date.ship_by.year());
    here && year && meets(&notice.ordered) && meets(&notice.paid)
}

fn day(at: Instant, zone: Tz) -> NaiveDate {
    day_in(zone, at)
}

fn within(day: NaiveDate, (first, last): (NaiveDate, NaiveDate)) -> bool {
    first <= day && day <= last
}
