//! Douyin 抖店.

use crate::assess::rule::Rule;

mod actions;
mod after_sales;
mod after_sales_handling;
mod after_sales_notice;
mod appeal;
mod buyer_agreed_delay;
mod cases;
mod choose_courier;
mod customer_script;
mod defects;
mod dispatch;
mod experience_score;
mod extend_receipt;
mod facts;
mod filing;
mod filing_batch;
mod notices;
mod pickup;
mod platform_mark;
mod platform_notice;
mod plight;
mod region_extension;
mod renewal;
mod restrict_sales;
mod return_blocked;
mod ship_by_promise;
mod ship_rate;
mod transit;
mod unreachable;

pub use actions::actions;
pub use defects::judge_defect;
pub use filing_batch::{Address, FilingBatch, FilingOrder, douyin_filing, filing_batches, filing_rank};

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
    &filing_batch::RULE,
    &appeal::RULE,
    &renewal::RULE,
    &restrict_sales::RULE,
    &after_sales::RULE,
    &extend_receipt::RULE,
    &customer_script::RULE,
    &return_blocked::RULE,
    &experience_score::RULE,
    &unreachable::RULE,
    &choose_courier::RULE,
    &ship_rate::RULE,
];
