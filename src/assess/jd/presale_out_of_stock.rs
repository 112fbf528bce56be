//! Presale goods that are not to be had: before the balance the buyer may agree to end the order, after it the seller phones
//! at once.

use crate::assess::prelude::*;
use crate::casebook::ReportKind;
use crate::order::{Instant, OrderType, Stage};

/// A JD presale order whose goods are out of stock is ended with the buyer, or gets an arrival time.
pub static RULE: Rule = Rule {
    code: Code("JD201"),
    name: "presale-out-of-stock",
    needs: &[Field::OrderType, Field::BalancePaidAt, Field::ShipBy],
    params: &["jd.presale-answer"],
    logic: Logic::Check(check),
    note: false,
    examples: "
        order_type  balance_paid_at   ship_by           shipped_at        status             report.kind   report.reported_at  as_of             | state
        presale     -                 -                 -                 unpaid             out-of-stock  2026-11-08 09:00    2026-11-08 10:00  | advice: presale-end-before-balance
        presale     2026-11-08 10:00  -                 -                 awaiting-shipment  out-of-stock  2026-11-08 09:00    2026-11-09 10:00  | advice: presale-phone-buyer
        presale     2026-11-08 10:00  -                 -                 awaiting-shipment  out-of-stock  2026-11-08 09:00    2026-11-09 10:01  | advice: presale-counts-as-delayed
        presale     2026-11-08 10:00  2026-11-08 22:00  -                 awaiting-shipment  out-of-stock  2026-11-08 09:00    2026-11-08 22:01  | advice: presale-counts-as-delayed
        presale     2026-11-08 10:00  2026-11-20 10:00  -                 awaiting-shipment  out-of-stock  2026-11-08 09:00    2026-11-09 10:01  | advice: presale-counts-as-delayed
        presale     ?                 -                 -                 awaiting-shipment  out-of-stock  2026-11-08 09:00    2026-11-09 10:01  | advice: presale-phone-buyer
        presale     2026-11-08 10:00  -                 -                 awaiting-shipment  buyer-declines  2026-11-08 12:00  2026-11-08 13:00  | nothing
        presale     2026-11-08 10:00  -                 2026-11-08 12:00  shipped            out-of-stock  2026-11-08 09:00    2026-11-08 13:00  | nothing
        -           -                 -                 -                 awaiting-shipment  out-of-stock  2026-11-08 09:00    2026-11-08 13:00  | nothing
        presale     2026-11-08 10:00  -                 -                 awaiting-shipment  -             -                   2026-11-08 13:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let presale = case.order_type() == OrderType::Presale;
    if !presale || case.report(&[ReportKind::OutOfStock]).is_none() {
        return Ok(None);
    }
    if case.status().stage == Stage::Unpaid {
        return Ok(Some(Advice::of("presale-end-before-balance", None)));
    }
    if !case.still_to_ship() {
        return Ok(None);
    }
    let until = promised(case);
    // A buyer who refuses both to end it and to wait leaves a delayed order.
    let declined = case.report(&[ReportKind::BuyerDeclines]).is_some();
    let late = declined || until.is_some_and(|until| case.as_of > until);
    let key = if late { "presale-counts-as-delayed" } else { "presale-phone-buyer" };
    Ok(Some(Advice::of(key, until.filter(|_| !late))))
}

/// The source can be read as the promised time or a day after it: the earlier is the safe one, and the trail has both.
fn promised(case: &Case<'_>) -> Option<Instant> {
    let answer = &case.book.jd.presale_answer;
    let balance = case.reading(Field::BalancePaidAt).known();
    let after_balance = balance.and_then(|paid| case.after(answer, paid));
    let promise = case.promise(Field::ShipBy).ok().flatten();
    let earliest = [after_balance, promise].into_iter().flatten().min()?;
    // The latest reading, for the trail.
    case.after(answer, earliest);
    Some(earliest)
}
