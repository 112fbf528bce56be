//! The workbench shows the after-sales time that the platform extended already (source: 3.2, 3.4).

use super::facts;
use crate::assess::prelude::*;
use crate::casebook::NoticeKind;
use crate::order::Marketplace;

/// A notice on after-sales does not extend a Douyin case a second time.
pub static RULE: Rule = Rule {
    code: Code("DY106"),
    name: "after-sales-notice",
    needs: &[],
    params: &[],
    logic: Logic::Exemption { of: &[Code("DY005")], judge },
    note: false,
    examples: "
        ordered_at        status   ship_to             case.state  case.auto_process_at  case.agreed_at    notice.kind  notice.side  notice.region  notice.ordered_to  notice.extend_days  as_of             | state            effect
        2026-11-06 10:00  shipped  湖北省武汉市武昌区  售后待处理  2026-11-09 10:00      -                 after-sales  destination  湖北/武汉      -                  7                   2026-11-09 10:00  | urgent, 0m left  refused: extended-already
        2026-11-06 10:00  shipped  湖北省武汉市武昌区  售后待处理  2026-11-09 10:00      -                 after-sales  destination  湖北/武汉      -                  7                   2026-11-09 10:01  | overdue by 1m    refused: extended-already
        2026-11-06 10:00  shipped  湖北省武汉市武昌区  待退货      2026-11-09 10:00      2026-11-09 10:00  after-sales  destination  湖北/武汉      -                  7                   2026-11-09 12:00  | met              refused: extended-already
        2026-11-06 10:00  shipped  湖南省长沙市岳麓区  售后待处理  2026-11-09 10:00      -                 after-sales  destination  湖北/武汉      -                  7                   2026-11-09 10:01  | overdue by 1m    -
        2026-11-06 10:00  shipped  湖北省武汉市武昌区  售后待处理  2026-11-09 10:00      -                 after-sales  destination  湖北/武汉      2026-11-05         7                   2026-11-09 10:01  | overdue by 1m    -
        2026-11-06 10:00  shipped  湖北省武汉市武昌区  售后待处理  2026-11-09 10:00      -                 shipping     destination  湖北/武汉      -                  7                   2026-11-09 10:01  | overdue by 1m    -
        2026-11-06 10:00  shipped  湖北省武汉市武昌区  售后待处理  -                     -                 after-sales  destination  湖北/武汉      -                  7                   2026-11-09 10:01  | unverifiable: auto-process-at  -
    ",
};

fn judge(case: &Case<'_>, _: &Obligation) -> Judged<Option<Relief>> {
    let mut notices = case.run.casebook.notices(Marketplace::Douyin);
    let covered = notices.any(|n| n.kind == NoticeKind::AfterSales && facts::fit(case, n).is_ok());
    Ok(covered.then_some(Relief::Refused { why: "extended-already" }))
}
