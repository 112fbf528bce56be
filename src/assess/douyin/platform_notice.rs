//! 临时发货公告: a notice of the platform moves the shipping time of the orders it covers (source: 1.4, 4.5).

use super::{facts, notices};
use crate::assess::prelude::*;
use crate::order::Flags;

/// A notice extends shipping and takes the other clocks of a Douyin order away.
pub static RULE: Rule = Rule {
    code: Code("DY101"),
    name: "platform-notice",
    needs: &[],
    params: &["douyin.holiday-windows"],
    logic: Logic::Exemption { of: &[Code("DY001"), Code("DY002"), Code("DY003"), Code("DY004")], judge },
    note: false,
    examples: "
        ordered_at        paid_at           ship_by           shipped_at           status             ship_to             notice.kind  notice.side  notice.region  notice.ordered_to  notice.extend_days  notice.extend_to  notice.opted_out  notice.opted_out_at  marks     as_of                | state          effect
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped            湖北省武汉市武昌区  shipping     destination  湖北/武汉      2026-11-07         3                   -                 -                 -                    -         2026-11-13 10:00     | met            extended to 2026-11-12 10:00
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00:01  shipped            湖北省武汉市武昌区  shipping     destination  湖北/武汉      2026-11-07         3                   -                 -                 -                    -         2026-11-13 10:00     | late by 1s     extended to 2026-11-12 10:00
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  shipping     either       湖北/武汉      2026-11-07         3                   2026-11-20        -                 -                    -         2026-11-13 10:00     | on track       extended to 2026-11-20 23:59
        2026-11-08 10:00  2026-11-08 10:00  2026-11-10 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  shipping     destination  湖北/武汉      2026-11-07         3                   -                 -                 -                    -         2026-11-10 12:00     | overdue by 2h  -
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖南省长沙市岳麓区  shipping     destination  湖北/武汉      -                  3                   -                 -                 -                    -         2026-11-09 12:00     | overdue by 2h  -
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   shipping     destination  湖北/武汉      -                  3                   -                 -                 -                    -         2026-11-09 12:00     | overdue by 2h  refused: place-unknown
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  shipping     destination  湖北/武汉      -                  -                   -                 -                 -                    -         2026-11-09 12:00     | overdue by 2h  refused: notice-without-days
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  shipping     destination  湖北/武汉      -                  3                   -                 y                 2026-11-07 10:00     -         2026-11-09 12:00     | on track       extended to 2026-11-12 10:00
        2026-11-07 10:01  2026-11-07 10:01  2026-11-09 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  shipping     destination  湖北/武汉      -                  3                   -                 y                 2026-11-07 10:00     -         2026-11-09 12:00     | overdue by 2h  refused: opted-out
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  shipping     destination  湖北/武汉      -                  3                   -                 y                 -                    -         2026-11-09 12:00     | overdue by 2h  refused: opted-out
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  shipping     destination  湖北/武汉      -                  3                   -                 -                 -                    deferred  2026-11-09 12:00     | overdue by 2h  -
        2026-11-07 10:00  2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  after-sales  destination  湖北/武汉      -                  3                   -                 -                 -                    -         2026-11-09 12:00     | overdue by 2h  -
        2026-02-16 00:00  2026-02-16 00:00  2026-02-18 00:00  -                    awaiting-shipment  -                   -            -            -              -                  -                   -                 -                 -                    -         2026-02-24 23:59:59  | urgent, 0m left  extended to 2026-02-24 23:59
        2026-02-20 23:59  2026-02-20 23:59  2026-02-22 23:59  -                    awaiting-shipment  -                   -            -            -              -                  -                   -                 -                 -                    -         2026-02-25 00:00     | overdue by 1s  extended to 2026-02-24 23:59
        2026-02-21 10:00  2026-02-21 10:00  2026-02-23 10:00  2026-02-24 10:00     shipped            -                   -            -            -              -                  -                   -                 -                 -                    -         2026-02-25 00:00     | met            extended to 2026-02-24 10:00
        2026-02-25 00:00  2026-02-25 00:00  2026-02-27 00:00  -                    awaiting-shipment  -                   -            -            -              -                  -                   -                 -                 -                    -         2026-02-27 02:00     | overdue by 2h  -
        2026-02-16 10:00  2026-02-16 10:00  2026-02-18 10:00  -                    awaiting-shipment  -                   holiday      either       -              2026-02-20         1                   -                 -                 -                    -         2026-02-19 12:00     | overdue by 2h  extended to 2026-02-19 10:00
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let cover = notices::cover(case, obligation);
    if !cover.holds() {
        return Ok(cover.miss.and_then(facts::mendable).and_then(|why| facts::refused(obligation, why)));
    }
    // The notices take away the penalty on pickup and transit; only shipping has a new date.
    if obligation.rule != Code("DY001") {
        return Ok(Some(Relief::Waive));
    }
    // An order marked 推迟发货 shows the moved time already.
    if case.is(Flags::DEFERRED) {
        return Ok(None);
    }
    Ok(Some(match cover.due {
        Some(due) => Relief::Extend(due),
        None if cover.by_window => Relief::Refused { why: "payment-time-unknown" },
        None => Relief::Refused { why: "notice-without-days" },
    }))
}
