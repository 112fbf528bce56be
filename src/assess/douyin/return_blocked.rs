//! A buyer in an affected place cannot send anything back for now (source: 3.3, 5.5).

use super::{cases, facts, plight};
use crate::assess::prelude::*;
use crate::casebook::ReportKind;
use crate::order::Marketplace;

/// A return or exchange of a Douyin order waits while the buyer cannot send it.
pub static RULE: Rule = Rule {
    code: Code("DY208"),
    name: "return-blocked",
    needs: &[],
    params: &[],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        status     ship_to             case.kind  case.state  case.return_sent_at  region.region  region.risk  region.from  region.to   report.kind    report.reported_at  as_of             | state
        delivered  湖北省武汉市武昌区  退货退款   待退货      -                    湖北/武汉      high         2026-11-06   2026-11-08  -              -                   2026-11-08 23:59  | advice: return-wait
        delivered  湖北省武汉市武昌区  换货       待退货      -                    湖北/武汉      high         2026-11-06   2026-11-08  -              -                   2026-11-08 23:59  | advice: exchange-wait
        delivered  湖北省武汉市武昌区  退货退款   待退货      -                    湖北/武汉      high         2026-11-06   2026-11-08  -              -                   2026-11-09 00:00  | nothing
        delivered  湖北省武汉市武昌区  退货退款   待退货      2026-11-08 10:00     湖北/武汉      high         2026-11-06   2026-11-08  -              -                   2026-11-08 23:59  | nothing
        delivered  湖北省武汉市武昌区  退货退款   售后关闭    -                    湖北/武汉      high         2026-11-06   2026-11-08  -              -                   2026-11-08 23:59  | nothing
        delivered  -                   -          -           -                    -              -            -            -           cannot-return  2026-11-08 10:00    2026-11-08 10:00  | advice: return-wait
        delivered  湖北省武汉市武昌区  退货退款   售后关闭    -                    湖北/武汉      high         2026-11-06   2026-11-08  cannot-return  2026-11-08 10:00    2026-11-09 10:00  | advice: return-reopen
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    Ok(key(case).map(|key| Advice { key, until: None, problem: None }))
}

fn key(case: &Case<'_>) -> Option<&'static str> {
    let mut reports = case.run.casebook.reports(Marketplace::Douyin, case.order_id());
    let reported = reports.any(|report| report.kind == ReportKind::CannotReturn);
    let waiting = case
        .after_sales()
        .find(|c| cases::needs_return(*c) && !cases::is_over(*c) && !c.time(Field::ReturnSentAt).is_known());
    if !reported && waiting.is_none() {
        return None;
    }
    let blocked = plight::affected(case).destination;
    match waiting {
        Some(c) if blocked || reported => {
            Some(if cases::is_exchange(c) { "exchange-wait" } else { "return-wait" })
        }
        None if blocked => Some("return-wait"),
        // The buyer's place has opened again, and the case was closed meanwhile.
        None if facts::was_affected(case, case.line.record.ship_to) => Some("return-reopen"),
        None if reported => Some("return-wait"),
        _ => None,
    }
}
