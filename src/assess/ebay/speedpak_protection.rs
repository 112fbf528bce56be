//! A SpeedPAK parcel that was scanned in time is the carrier's affair from then on.

use crate::assess::Protection;
use crate::assess::ebay::defects::advise;
use crate::assess::prelude::*;

/// Defects of a SpeedPAK parcel with an acceptance scan in time are to be removed.
pub static RULE: Rule = Rule {
    code: Code("EBY104"),
    name: "speedpak-protection",
    needs: &[Field::PickedUpAt, Field::ShipBy, Field::ShippingService, Field::ServiceDowngraded],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        ordered_at  paid_at     ship_by     deliver_by  status   ship_from  service           shipped_at  picked_up_at         downgraded  defect.kind  defect.opened_at  listing.item_id  listing.declared_location  listing.true_location  item_id  as_of             | state
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         SpeedPAK          -           2020-02-10 23:59:59  -           INR          2020-03-10        -                -                          -                      256      2020-03-20 12:00  | advice: speedpak-protected
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         SpeedPAK          -           2020-02-11 00:00:00  -           INR          2020-03-10        -                -                          -                      256      2020-03-20 12:00  | advice: speedpak-appeal
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         SpeedPAK          -           -                    -           INR          2020-03-10        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         SpeedPAK          -           2020-02-10 12:00     -           SNAD         2020-03-10        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         Economy Shipping  -           2020-02-10 12:00     -           INR          2020-03-10        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         SpeedPAK          -           2020-02-10 23:59:59  y           INR          2020-03-10        -                -                          -                      256      2020-03-20 12:00  | nothing
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         SpeedPAK          -           2020-02-10 23:59:59  n           INR          2020-03-10        -                -                          -                      256      2020-03-20 12:00  | advice: speedpak-protected
        2020-01-25  2020-01-25  2020-01-31  2020-02-15  shipped  CN         SpeedPAK          -           2020-02-10 23:59:59  -           INR          2020-03-10        256              United States              CN                     256      2020-03-20 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let keys = [(Protection::Protected, "speedpak-protected"), (Protection::Undecided, "speedpak-appeal")];
    advise(case, RULE.code, &keys)
}
