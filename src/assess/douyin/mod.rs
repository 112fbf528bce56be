//! Douyin 抖店.

use crate::assess::rule::Rule;

mod after_sales_handling;
mod after_sales_notice;
mod buyer_agreed_delay;
mod cases;
mod dispatch;
mod facts;
mod filing;
mod notices;
mod pickup;
mod platform_mark;
mod platform_notice;
mod region_extension;
mod ship_by_promise;
mod ship_rate;
mod transit;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[
    &ship_by_promise::RULE,
    &pickup::RULE,
    &dispatch::RULE,
    &transit::RULE,
    &after_sales_handling::RULE,
    &platform_notice::RULE,
    &region_extension::RULE,
    &filing::RULE,
    &platform_mark::RULE,
    &buyer_agreed_delay::RULE,
    &after_sales_notice::RULE,
    &ship_rate::RULE,
];
