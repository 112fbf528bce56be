//! JD deducts points by the week: one for each delayed order while the pickup rate holds, all of them below.

use crate::assess::prelude::*;
use crate::rulebook::Book;
use crate::tally::{Period, Tally, rates};

/// Weekly 48-hour pickup rate of a JD store, with points and headroom.
pub static RULE: Rule = Rule {
    code: Code("JD301"),
    name: "weekly-pickup-rate",
    needs: &[],
    params: &["jd.weekly-rate", "jd.points-per-order", "jd.points-per-week"],
    logic: Logic::Score(score),
    note: false,
    examples: "
        met  late  overdue  open  delayed | rate     points  headroom
        19   0     1        0     1       | 95.0 %   1       0
        18   1     0        0     1       | 94.7 %   7       0
        190  4     6        0     9       | 95.0 %   7       0
        196  4     0        100   4       | 98.0 %   4       11
        96   4     0        2     4       | 96.0 %   4       1
        100  0     0        3     0       | 100.0 %  0       3
        -    -     -        5     2       | -        0       0
    ",
};

fn score(tally: &Tally, book: &Book) -> Vec<Period> {
    let mut periods = rates(tally, RULE.code);
    for period in &mut periods {
        let day = Some(period.first_day);
        let rate = book.jd.weekly_rate.on(day).map_or(0, |entry| u64::from(entry.value.0));
        let an_order = book.jd.points_per_order.on(day).map_or(0, |entry| u64::from(entry.value));
        let most = book.jd.points_per_week.on(day).map_or(0, |entry| u64::from(entry.value));
        let counts = period.counts;
        let judged = counts.met + counts.failed();
        // In integers: 19 of 20 is 95 %, and no rounding may say otherwise.
        let holds = counts.met * 100 >= rate * judged;
        period.points = Some(match (judged, holds) {
            (0, _) => 0,
            (_, true) => (counts.delayed * an_order).min(most),
            (_, false) => most,
        });
        let allowed = (100 - rate.min(100)) * (judged + counts.open) / 100;
        period.headroom = Some(allowed.saturating_sub(counts.failed()).min(counts.open));
        period.threshold = Some(rate as u32);
    }
    periods
}
