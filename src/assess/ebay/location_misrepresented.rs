//! An item declared abroad that lies in China (假海外仓) loses all protection.

use crate::assess::ebay::defects::misrepresented;
use crate::assess::prelude::*;

/// The listing declares a place abroad, and the item lies in China.
pub static RULE: Rule = Rule {
    code: Code("EBY106"),
    name: "location-misrepresented",
    needs: &[Field::ItemId],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        ordered_at  paid_at     ship_by     deliver_by  status   ship_from  service           shipped_at  picked_up_at  defect.kind  defect.opened_at  listing.item_id  listing.declared_location  listing.true_location  item_id  as_of             | state
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR          2020-02-20        256              United States              CN                     256      2020-03-20 12:00  | advice: location-misrepresented
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR          2020-02-20        256              United Kingdom             Hong Kong              256      2020-03-20 12:00  | advice: location-misrepresented
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR          2020-02-20        256              HK                         CN                     256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR          2020-02-20        256              United States              United States          256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR          2020-02-20        256              United States              CN                     -        2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           -             INR          2020-02-20        -                -                          -                      256      2020-03-20 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    Ok(misrepresented(case).then_some(Advice { key: "location-misrepresented", until: None, problem: None }))
}
