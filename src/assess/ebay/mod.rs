//! eBay.

use crate::assess::case::Case;
use crate::assess::rule::{Relief, Rule};

mod days;
mod deliver_by;
mod extended_holiday;
mod extension;
mod handle_by;
mod service_extension;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] =
    &[&handle_by::RULE, &deliver_by::RULE, &extended_holiday::RULE, &service_extension::RULE];

/// A new date as relief: until its end.
fn relief(case: &Case<'_>, moved: Option<extension::Moved>) -> Option<Relief> {
    match moved? {
        Ok(day) => case.end_of(day).map(Relief::Extend),
        Err(why) => Some(Relief::Refused { why }),
    }
}
