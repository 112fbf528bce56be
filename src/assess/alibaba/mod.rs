//! Alibaba.com 阿里国际站.

use crate::assess::rule::Rule;

mod actions;
mod agreed_refund;
mod beyond_advised_limit;
mod buyer_agreed_extension;
mod buyer_declines;
mod certificate_plan;
mod force_majeure;
mod on_time_rate;
mod platform_ship_date;
mod ship_by_agreed_date;
mod special_channel;
mod wrongly_deducted;

pub use actions::actions;
pub use wrongly_deducted::judge_defect;

/// The rules, in the order in which reports show them. The refund comes last of the exemptions: it is measured by
/// the date as the others moved it.
pub const RULES: &[&Rule] = &[
    &ship_by_agreed_date::RULE,
    &buyer_agreed_extension::RULE,
    &force_majeure::RULE,
    &platform_ship_date::RULE,
    &agreed_refund::RULE,
    &beyond_advised_limit::RULE,
    &certificate_plan::RULE,
    &wrongly_deducted::RULE,
    &buyer_declines::RULE,
    &special_channel::RULE,
    &on_time_rate::RULE,
];
