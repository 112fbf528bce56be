//! eBay.

use crate::assess::case::Case;
use crate::assess::rule::{Relief, Rule};

mod actions;
mod arbitrage_risk;
mod buyer_cancelled;
mod cancel_reason;
mod days;
mod defects;
mod deliver_by;
mod extended_holiday;
mod extension;
mod feedback_removal;
mod handle_by;
mod location_misrepresented;
mod mandate_suspended;
mod protected_window;
mod service_extension;
mod snad_unprotected;
mod speedpak_other_carrier;
mod speedpak_protection;
mod speedpak_stalled;
mod vacation_mode;

pub use actions::actions;
pub use defects::judge_defect;

/// The rules, in the order in which reports show them.
pub const RULES: &[&Rule] = &[
    &handle_by::RULE,
    &deliver_by::RULE,
    &extended_holiday::RULE,
    &service_extension::RULE,
    &protected_window::RULE,
    &speedpak_protection::RULE,
    &mandate_suspended::RULE,
    &location_misrepresented::RULE,
    &feedback_removal::RULE,
    &cancel_reason::RULE,
    &snad_unprotected::RULE,
    &arbitrage_risk::RULE,
    &speedpak_other_carrier::RULE,
    &speedpak_stalled::RULE,
    &vacation_mode::RULE,
    &buyer_cancelled::RULE,
];

/// A new date as relief: until its end.
fn relief(case: &Case<'_>, moved: Option<extension::Moved>) -> Option<Relief> {
    match moved? {
        Ok(day) => case.end_of(day).map(Relief::Extend),
        Err(why) => Some(Relief::Refused { why }),
    }
}
