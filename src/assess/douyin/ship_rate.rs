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
    examples: "
        met  late  overdue  open | rate
        47   1     0        0    | 97.9 %
        47   0     1        0    | 97.9 %
        47   2     1        9    | 94.0 %
        0    1     0        0    | 0.0 %
        12   0     0        0    | 100.0 %
        -    -     -        4    | -
    ",
};
