//! eBay lets the estimates of slow shipping options grow while carriers are held up.

use crate::assess::ebay::extension::Span;
use crate::assess::prelude::*;

/// Business days for the shipping option move the latest delivery date further.
pub static RULE: Rule = Rule {
    code: Code("EBY102"),
    name: "service-extension",
    needs: &[Field::OrderedAt, Field::ShippingService],
    params: &["ebay.service-extension", "ebay.extended-services"],
    logic: Logic::Exemption { of: &[Code("EBY002")], judge },
    note: false,
    // The first order is the source's own: 11 business days lead to 24 February, 5 more to 2 March.
    examples: "
        ordered_at  deliver_by  delivered_at  status   ship_from  service           notice.kind  notice.side  notice.region  notice.service  notice.extend_business_days  notice.ordered_from  notice.ordered_to  as_of             | state                        effect
        2020-01-25  2020-02-15  2020-03-02    shipped  CN         Economy Shipping  -            -            -              -               -                            -                    -                  2020-03-10 12:00  | met                          extended to 2020-03-02 23:59
        2020-01-25  2020-02-15  2020-03-03    shipped  CN         Economy Shipping  -            -            -              -               -                            -                    -                  2020-03-10 12:00  | late by 1s                   extended to 2020-03-02 23:59
        2020-01-25  2020-02-15  2020-02-25    shipped  CN         Express           -            -            -              -               -                            -                    -                  2020-03-10 12:00  | late by 1s                   -
        2020-01-25  2020-02-15  2020-02-25    shipped  CN         -                 -            -            -              -               -                            -                    -                  2020-03-10 12:00  | late by 1s                   refused: service-unknown
        2020-01-25  2020-02-15  2020-03-09    shipped  CN         Economy Shipping  shipping     origin       CN             economy         10                           -                    -                  2020-03-10 12:00  | met                          extended to 2020-03-09 23:59
        2020-01-25  2020-02-15  2020-03-02    shipped  CN         Economy Shipping  shipping     origin       CN             ECONOMY         -                            -                    -                  2020-03-10 12:00  | met                          extended to 2020-03-02 23:59
        2020-01-25  2020-02-15  2020-02-25    shipped  CN         Economy Shipping  shipping     origin       CN             economy         10                           2020-01-10           2020-01-24         2020-03-10 12:00  | late by 1s                   refused: outside-window
        2020-03-02  2020-03-16  2020-03-20    shipped  CN         Economy Shipping  shipping     origin       CN             economy         4                            2020-03-01           2020-03-08         2020-03-30 12:00  | met                          extended to 2020-03-20 23:59
        2020-05-05  2020-05-20  2020-05-26    shipped  CN         Economy Shipping  holiday      origin       CN             -               -                            -                    -                  2020-06-10 12:00  | late by 5d 1s                -
        -           2020-02-15  2020-02-25    shipped  CN         Economy Shipping  -            -            -              -               -                            -                    -                  2020-03-10 12:00  | late by 9d 1s                -
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let moved = Span::new(case, obligation, Field::OrderedAt).and_then(|span| span.service());
    Ok(super::relief(case, moved))
}
