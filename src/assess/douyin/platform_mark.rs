//! Douyin marks orders itself: 豁免判罚 means no penalty, 推迟发货 that the promise it shows is moved already.

use crate::assess::prelude::*;
use crate::order::Flags;

/// A Douyin order that the platform marked exempt is waived.
pub static RULE: Rule = Rule {
    code: Code("DY104"),
    name: "platform-mark",
    needs: &[],
    params: &[],
    logic: Logic::Exemption { of: &[Code("DY001"), Code("DY002"), Code("DY003"), Code("DY004")], judge },
    note: false,
    examples: "
        ship_by           shipped_at        marks     status             as_of             | state          effect
        2026-11-08 10:00  -                 exempted  awaiting-shipment  2026-11-09 12:00  | waived         waived
        2026-11-08 10:00  2026-11-08 11:00  exempted  shipped            2026-11-09 12:00  | waived         waived
        2026-11-08 10:00  2026-11-08 10:00  exempted  shipped            2026-11-09 12:00  | waived         waived
        2026-11-09 10:00  -                 deferred  awaiting-shipment  2026-11-09 12:00  | overdue by 2h  -
        2026-11-09 10:00  -                 -         awaiting-shipment  2026-11-09 12:00  | overdue by 2h  -
        ?                 -                 exempted  unpaid             2026-11-09 12:00  | void           -
    ",
};

fn judge(case: &Case<'_>, _: &Obligation) -> Judged<Option<Relief>> {
    Ok(case.is(Flags::EXEMPTED).then_some(Relief::Waive))
}
