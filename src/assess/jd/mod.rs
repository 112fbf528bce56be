//! JD 京东.

use crate::assess::rule::Rule;

mod actions;
mod advance_filing;
mod after_sales_clock;
mod bad_address;
mod defects;
mod delay_card;
mod emergency_filing;
mod malicious_order;
mod phone_cancel_open;
mod pickup_trace;
mod platform_window;
mod presale_out_of_stock;
mod send_card;
mod sender_address;
mod waybill_upload;
mod weekly_pickup_rate;

pub use actions::actions;
pub use advance_filing::note;
pub use defects::judge_defect;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[
    &waybill_upload::RULE,
    &pickup_trace::RULE,
    &delay_card::RULE,
    &emergency_filing::RULE,
    &advance_filing::RULE,
    &platform_window::RULE,
    &presale_out_of_stock::RULE,
    &phone_cancel_open::RULE,
    &bad_address::RULE,
    &malicious_order::RULE,
    &after_sales_clock::RULE,
    &sender_address::RULE,
    &send_card::RULE,
    &weekly_pickup_rate::RULE,
];
