//! Rules for every marketplace; ours, without a source.

use crate::assess::rule::Rule;

mod contradictory_times;
mod duplicate_order;
mod status_mismatch;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[&duplicate_order::RULE, &contradictory_times::RULE, &status_mismatch::RULE];
