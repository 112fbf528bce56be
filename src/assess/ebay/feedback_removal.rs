//! Negative and neutral feedback from the protected days is removed in bulk.

use crate::assess::Protection;
use crate::assess::ebay::defects::advise;
use crate::assess::prelude::*;

/// Negative or neutral feedback in the protected window is removed in bulk.
pub static RULE: Rule = Rule {
    code: Code("EBY107"),
    name: "feedback-removal",
    needs: &[Field::DeliverBy],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        ordered_at  paid_at     ship_by     deliver_by  status   ship_from  service           shipped_at  picked_up_at  defect.kind  defect.opened_at  listing.item_id  listing.declared_location  listing.true_location  item_id  as_of             | state
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             NNFB         2020-02-14        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             NNFB         2020-02-15        -                -                          -                      256      2020-03-20 12:00  | advice: feedback-removed
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             NNFB         2020-03-02        -                -                          -                      256      2020-03-20 12:00  | advice: feedback-removed
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             NNFB         2020-03-03        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR          2020-02-20        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  -           shipped  CN         Economy Shipping  -           -             NNFB         2020-02-20        -                -                          -                      256      2020-03-20 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    advise(case, RULE.code, &[(Protection::Protected, "feedback-removed")])
}
