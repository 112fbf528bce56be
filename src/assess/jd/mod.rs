//! JD 京东.

use crate::assess::rule::Rule;

mod advance_filing;
mod after_sales_clock;
mod delay_card;
mod emergency_filing;
mod pickup_trace;
mod platform_window;
mod waybill_upload;
mod weekly_pickup_rate;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[
    &waybill_upload::RULE,
    &pickup_trace::RULE,
    &delay_card::RULE,
    &emergency_filing::RULE,
    &advance_filing::RULE,
    &platform_window::RULE,
    &after_sales_clock::RULE,
    &weekly_pickup_rate::RULE,
];
