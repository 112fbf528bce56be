//! Whether "not as described" is protected, eBay has not decided: the case is to be answered.

use crate::assess::Protection;
use crate::assess::ebay::defects::advise;
use crate::assess::prelude::*;

/// A case of "not as described" is to be answered.
pub static RULE: Rule = Rule {
    code: Code("EBY202"),
    name: "snad-unprotected",
    needs: &[],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        ordered_at  paid_at     ship_by     deliver_by  status   ship_from  service           shipped_at  picked_up_at      defect.kind  defect.opened_at  listing.item_id  listing.declared_location  listing.true_location  item_id  as_of             | state
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -                 SNAD         2020-02-20        -                -                          -                      256      2020-03-20 12:00  | advice: answer-case
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -                 SNAD         2020-06-20        -                -                          -                      256      2020-03-20 12:00  | advice: answer-case
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         SpeedPAK          -           2020-02-10 12:00  SNAD         2020-02-20        -                -                          -                      256      2020-03-20 12:00  | advice: answer-case
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -                 SNAD         2020-02-20        256              United States              CN                     256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -                 INR          2020-02-20        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  -           shipped  CN         Economy Shipping  -           -                 SNAD         2020-02-20        -                -                          -                      256      2020-03-20 12:00  | advice: answer-case
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    advise(case, RULE.code, &[(Protection::Undecided, "answer-case")])
}
