//! Alibaba.com 阿里国际站.

use crate::assess::rule::Rule;

mod on_time_rate;
mod ship_by_agreed_date;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[&ship_by_agreed_date::RULE, &on_time_rate::RULE];
