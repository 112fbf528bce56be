//! A listing with a SpeedPAK option promises its short estimate, whoever carries the parcel.

use crate::assess::ebay::defects::by_speedpak;
use crate::assess::prelude::*;
use crate::assess::{State, standing};

/// A SpeedPAK option goes by another carrier, and its latest delivery date is near.
pub static RULE: Rule = Rule {
    code: Code("EBY204"),
    name: "speedpak-other-carrier",
    needs: &[Field::ShippingService, Field::Carrier, Field::DeliverBy, Field::DeliveredAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        service            carrier        deliver_by  delivered_at  status   as_of             | state
        SpeedPAK Standard  USPS           2026-11-09  -             shipped  2026-11-07 00:00  | advice: speedpak-other-carrier
        SpeedPAK Standard  USPS           2026-11-09  -             shipped  2026-11-06 23:59  | nothing
        SpeedPAK Standard  Orange Connex  2026-11-09  -             shipped  2026-11-07 00:00  | nothing
        Economy Shipping   USPS           2026-11-09  -             shipped  2026-11-07 00:00  | nothing
        SpeedPAK Standard  -              2026-11-09  -             shipped  2026-11-07 00:00  | nothing
        SpeedPAK Standard  USPS           -           -             shipped  2026-11-07 00:00  | nothing
        SpeedPAK Standard  USPS           2026-11-09  2026-11-08    shipped  2026-11-10 00:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let other = case.service().to_lowercase().contains("speedpak") && by_speedpak(case) == Some(false);
    if !other {
        return Ok(None);
    }
    let Some(finding) = standing(case, Code("EBY002")) else { return Ok(None) };
    let near = matches!(finding.state, State::Warning | State::Urgent | State::Overdue);
    Ok(near.then_some(Advice { key: "speedpak-other-carrier", until: finding.due_at, problem: None }))
}
