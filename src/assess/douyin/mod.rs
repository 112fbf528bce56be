//! Douyin 抖店.

use crate::assess::rule::Rule;

mod dispatch;
mod pickup;
mod platform_mark;
mod ship_by_promise;
mod ship_rate;
mod transit;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[
    &ship_by_promise::RULE,
    &pickup::RULE,
    &dispatch::RULE,
    &transit::RULE,
    &platform_mark::RULE,
    &ship_rate::RULE,
];
