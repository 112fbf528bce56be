//! Rules for every marketplace; ours, without a source.

use crate::assess::rule::Rule;

mod actions;
mod contradictory_times;
mod duplicate_order;
mod notice_expiring;
mod promised_ship_time;
mod status_mismatch;

pub use actions::actions;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[
    &promised_ship_time::RULE,
    &duplicate_order::RULE,
    &contradictory_times::RULE,
    &status_mismatch::RULE,
    &notice_expiring::RULE,
];
