//! eBay.

use crate::assess::rule::Rule;

mod deliver_by;
mod handle_by;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[&handle_by::RULE, &deliver_by::RULE];
