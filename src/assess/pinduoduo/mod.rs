//! Pinduoduo 拼多多.

use crate::assess::rule::Rule;

mod actions;
mod daily_look;
mod damaged;
mod defects;
mod e_waybill;
mod flood_window;
mod lost_in_transit;
mod misrouted;
mod not_picked_up;
mod open_e_waybill;
mod pickup;
mod refund_in_transit;
mod region_closed;
mod ship_by_promise;
mod slow_return;
mod stalled;
mod two_provinces;

pub use actions::actions;
pub use daily_look::next_look;
pub use defects::judge_defect;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[
    &ship_by_promise::RULE,
    &pickup::RULE,
    &stalled::RULE,
    &region_closed::RULE,
    &e_waybill::RULE,
    &flood_window::RULE,
    &not_picked_up::RULE,
    &lost_in_transit::RULE,
    &refund_in_transit::RULE,
    &two_provinces::RULE,
    &misrouted::RULE,
    &damaged::RULE,
    &slow_return::RULE,
    &open_e_waybill::RULE,
    &daily_look::RULE,
];
