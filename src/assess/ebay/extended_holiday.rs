//! eBay counts its dates anew when it extends a holiday: as many business days as before, without the days off.

use crate::assess::ebay::extension::Span;
use crate::assess::prelude::*;

/// Days off that eBay adds move both dates of an order.
pub static RULE: Rule = Rule {
    code: Code("EBY101"),
    name: "extended-holiday",
    needs: &[Field::PaidAt, Field::OrderedAt],
    params: &["ebay.extended-holidays"],
    logic: Logic::Exemption { of: &[Code("EBY001"), Code("EBY002")], judge },
    note: false,
    examples: "
        ship_by     ordered_at  paid_at     shipped_at  status             ship_from  notice.kind  notice.side  notice.region  notice.off_from  notice.off_to  notice.ordered_to  as_of             | state                          effect
        2020-01-31  2020-01-22  2020-01-22  2020-02-10  shipped            CN         -            -            -              -                -              -                  2020-02-20 12:00  | met                            extended to 2020-02-10 23:59
        2020-01-31  2020-01-22  2020-01-22  2020-02-11  shipped            CN         -            -            -              -                -              -                  2020-02-20 12:00  | late by 1s                     extended to 2020-02-10 23:59
        2020-01-31  2020-01-22  2020-01-22  -           awaiting-shipment  HK         -            -            -              -                -              -                  2020-02-20 12:00  | overdue by 14d 12h 1s          extended to 2020-02-05 23:59
        2020-01-30  2020-01-22  2020-01-22  -           awaiting-shipment  CN         -            -            -              -                -              -                  2020-01-31 00:00  | overdue by 1s                  -
        2020-01-31  2020-01-22  2020-01-22  -           awaiting-shipment  -          -            -            -              -                -              -                  2020-02-01 00:00  | overdue by 1s                  refused: place-unknown
        2020-01-31  2020-01-22  -           -           awaiting-shipment  CN         -            -            -              -                -              -                  2020-02-01 00:00  | overdue by 1s                  -
        2020-01-31  2020-01-22  2020-01-22  -           awaiting-shipment  CN         holiday      origin       CN             2020-01-24       2020-02-16     -                  2020-02-01 00:00  | on track                       extended to 2020-02-17 23:59
        2020-01-31  2020-01-22  2020-01-22  -           awaiting-shipment  CN         holiday      origin       CN             -                2020-02-16     2020-01-22         2020-02-01 00:00  | on track                       extended to 2020-02-17 23:59
        2020-01-31  2020-01-22  2020-01-22  -           awaiting-shipment  CN         holiday      origin       CN             2020-01-24       2020-02-16     2020-01-21         2020-02-01 00:00  | overdue by 1s                  refused: outside-window
        2020-01-31  2020-01-22  2020-01-22  -           awaiting-shipment  CN         holiday      origin       HK             2020-01-24       2020-02-16     -                  2020-02-01 00:00  | on track                       extended to 2020-02-10 23:59
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let start = if obligation.rule == Code("EBY001") { Field::PaidAt } else { Field::OrderedAt };
    let moved = Span::new(case, obligation, start).and_then(|span| span.holiday());
    Ok(super::relief(case, moved))
}
