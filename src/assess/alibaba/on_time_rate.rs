//! The share of orders shipped in time feeds the star rating (商家星等级).

use crate::assess::prelude::*;
use crate::tally::rates;

/// On-time rate of an Alibaba.com store by month.
pub static RULE: Rule = Rule {
    code: Code("ALI301"),
    name: "on-time-rate",
    needs: &[],
    params: &[],
    logic: Logic::Score(|tally, _| rates(tally, RULE.code)),
    note: false,
    examples: "
        met  late  overdue  open | rate
        9    1     0        0    | 90.0 %
        9    0     1        0    | 90.0 %
        9    1     1        5    | 81.8 %
        0    0     1        0    | 0.0 %
        7    0     0        3    | 100.0 %
        -    -     -        4    | -
    ",
};
