//! Seller and buyer may agree on a later ship date; it counts once the buyer has confirmed it online.

use crate::assess::prelude::*;
use crate::casebook::{Agreement, AgreementKind, When};
use crate::order::{Instant, Marketplace};

/// A later date that the buyer confirmed online moves the agreed ship date.
pub static RULE: Rule = Rule {
    code: Code("ALI101"),
    name: "buyer-agreed-extension",
    needs: &[Field::PaidAt],
    params: &["alibaba.advised-limit"],
    logic: Logic::Exemption { of: &[Code("ALI001")], judge },
    note: false,
    examples: "
        ship_by              paid_at           shipped_at           status             agreement.kind  agreement.agreed_at  agreement.new_date   agreement.confirmed_online  as_of             | state               effect
        2020-02-10 12:00:00  2020-01-10 12:00  2020-02-20 12:00:00  shipped            extension       2020-02-08 09:00     2020-02-20 12:00:00  y                           2020-02-22 00:00  | met                 extended to 2020-02-20 12:00
        2020-02-10 12:00:00  2020-01-10 12:00  2020-02-20 12:00:01  shipped            extension       2020-02-12 09:00     2020-02-20 12:00:00  y                           2020-02-22 00:00  | late by 1s          extended to 2020-02-20 12:00
        2020-02-10 12:00:00  2020-01-10 12:00  -                    awaiting-shipment  extension       2020-02-08 09:00     2020-02-20           y                           2020-02-22 00:00  | overdue by 8h 1s    extended to 2020-02-21 15:59
        2020-02-10 12:00:00  2020-01-10 12:00  -                    awaiting-shipment  extension       2020-02-08 09:00     2020-09-01           y                           2020-07-08 12:01  | overdue by 1m       extended to 2020-07-08 12:00
        2020-02-10 12:00:00  2020-01-10 12:00  -                    awaiting-shipment  extension       2020-02-08 09:00     2020-02-20           -                           2020-02-10 12:01  | overdue by 1m       pending until 2020-02-10 12:00
        2020-02-10 12:00:00  2020-01-10 12:00  -                    awaiting-shipment  extension       2020-02-08 09:00     -                    y                           2020-02-10 12:01  | overdue by 1m       refused: agreement-without-date
        2020-02-10 12:00:00  ?                 -                    awaiting-shipment  extension       2020-02-08 09:00     2020-02-20 12:00:00  y                           2020-02-10 12:01  | on track            extended to 2020-02-20 12:00
        2020-02-10 12:00:00  2020-01-10 12:00  -                    awaiting-shipment  refund          2020-02-10 12:30     2020-02-20           y                           2020-02-10 12:31  | waived              -
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let agreed = case.run.casebook.agreements(Marketplace::Alibaba, case.order_id());
    let (mut to, mut short) = (None, None);
    for agreement in agreed.filter(|agreement| agreement.kind == AgreementKind::Extension) {
        match agreement.new_date {
            Some(date) if agreement.confirmed_online => to = to.max(Some(capped(case, date))),
            // Until it is confirmed it is a wish; the old date is the last moment for it.
            Some(_) => short = Some(Relief::Pending { until: obligation.base_due_at }),
            None => short = short.or(Some(Relief::Refused { why: "agreement-without-date" })),
        }
        note(case, agreement, obligation);
    }
    Ok(to.map(Relief::Extend).or(short))
}

/// The date agreed on, but not beyond what the platform advises. Days are compared with days.
fn capped(case: &Case<'_>, date: When) -> Instant {
    let zone = case.day_zone();
    let paid = case.reading(Field::PaidAt).known();
    match (paid.and_then(|paid| case.after(&case.book.alibaba.advised_limit, paid)), date) {
        (Some(limit), When::Day(_)) if date.day(zone) > When::At(limit).day(zone) => limit,
        (Some(limit), When::At(at)) => at.min(limit),
        _ => date.end(zone),
    }
}

fn note(case: &Case<'_>, agreement: &Agreement, obligation: &Obligation) {
    let zone = case.day_zone();
    let late = agreement.agreed_at.start(zone) > obligation.base_due_at;
    case.note(|| crate::assess::Step {
        step: if late { "agreed-after-due" } else { "agreed" }.to_owned(),
        value: agreement.new_date.map_or("-".to_owned(), |date| date.show(zone)),
        from: format!("casebook agreements row {}", agreement.row),
    });
}
