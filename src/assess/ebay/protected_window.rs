//! Defects that come of a date which eBay itself moved are taken out of the account.

use crate::assess::Protection;
use crate::assess::ebay::defects::advise;
use crate::assess::prelude::*;

/// A defect that falls between the original date and the adjusted one is to be removed.
pub static RULE: Rule = Rule {
    code: Code("EBY103"),
    name: "protected-window",
    needs: &[Field::DeliverBy, Field::ShipBy, Field::ShippedAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        ordered_at  paid_at     ship_by     deliver_by  status   ship_from  service           shipped_at  picked_up_at  defect.kind    defect.opened_at  listing.item_id  listing.declared_location  listing.true_location  item_id  as_of             | state
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR            2020-02-14        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR            2020-02-15        -                -                          -                      256      2020-03-20 12:00  | advice: defect-protected
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             ship-defect    2020-03-02        -                -                          -                      256      2020-03-20 12:00  | advice: defect-protected
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR            2020-03-03        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  2020-02-10  -             late-shipment  2020-02-05        -                -                          -                      256      2020-03-20 12:00  | advice: defect-protected
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  2020-02-11  -             late-shipment  2020-02-05        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  -           shipped  CN         Economy Shipping  -           -             INR            2020-02-20        -                -                          -                      256      2020-03-20 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    advise(case, RULE.code, &[(Protection::Protected, "defect-protected")])
}
