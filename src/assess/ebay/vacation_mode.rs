//! A store that cannot keep up does better to close for a while (店铺休假模式) than to break its promises.

use crate::assess::prelude::*;
use crate::tally::{Period, rates};

/// Share of a store's open orders that are neither overdue nor urgent; below the line: vacation mode.
pub static RULE: Rule = Rule {
    code: Code("EBY206"),
    name: "vacation-mode",
    needs: &[],
    params: &["ebay.vacation-share"],
    logic: Logic::Score(|tally, book| {
        let threshold = book.ebay.vacation_share.on(None).map(|entry| 100 - entry.value.0);
        let mut periods = rates(tally, RULE.code);
        for period in &mut periods {
            period.threshold = threshold;
        }
        periods.retain(Period::broken);
        periods
    }),
    note: true,
    examples: "
        met  overdue | rate
        5    5       | nothing
        4    5       | 44.4 %
        0    1       | 0.0 %
        1    0       | nothing
        -    -       | nothing
    ",
};
