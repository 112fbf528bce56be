//! 48小时发货率: how many orders ship within two days of payment.

use crate::assess::prelude::*;
use crate::tally::rates;

/// The 48-hour ship rate of a Douyin store, by day and by week.
pub static RULE: Rule = Rule {
    code: Code("DY301"),
    name: "ship-rate-forty-eight-hours",
    needs: &[],
    params: &["douyin.ship-rate-hours"],
    logic: Logic::Score(|tally, _| rates(tally, RULE.code)),
    note: false,
    examples: "",
};
