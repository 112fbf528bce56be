//! Pinduoduo 拼多多.

use crate::assess::rule::Rule;

mod e_waybill;
mod flood_window;
mod pickup;
mod region_closed;
mod ship_by_promise;
mod stalled;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[
    &ship_by_promise::RULE,
    &pickup::RULE,
    &stalled::RULE,
    &region_closed::RULE,
    &e_waybill::RULE,
    &flood_window::RULE,
];
