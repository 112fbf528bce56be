//! What to do with a refund asked for depends on where the parcel is (source: 1.5, 3.1).

use super::{cases, plight};
use crate::assess::prelude::*;
use crate::normalise::In;
use crate::order::{AfterSales, Whereabouts};

/// An open refund case of a Douyin order is decided by how far the parcel has come.
pub static RULE: Rule = Rule {
    code: Code("DY205"),
    name: "after-sales",
    needs: &[],
    params: &[],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        status             case.kind  case.state  case.asked_at     case.auto_process_at  case.return_state  case.return_sent_at  case.agreed_at    case.goods  as_of             | state
        awaiting-shipment  仅退款     售后待处理  2026-11-08 10:00  2026-11-10 10:00      -                  -                    -                 -           2026-11-09 10:00  | advice: refund-unshipped
        shipped            仅退款     售后待处理  2026-11-08 10:00  2026-11-10 10:00      -                  -                    -                 -           2026-11-09 10:00  | advice: refund-on-its-way
        delivered          退货退款   售后待处理  2026-11-08 10:00  2026-11-10 10:00      -                  -                    -                 -           2026-11-09 10:00  | advice: refund-signed
        shipped            仅退款     售后待处理  2026-11-08 10:00  2026-11-10 10:00      已拒收             -                    -                 -           2026-11-09 10:00  | advice: refused-ask-courier
        shipped            仅退款     售后待处理  2026-11-08 10:00  2026-11-10 10:00      已拒收             2026-11-09 09:00     -                 -           2026-11-09 10:00  | advice: refused-returning
        shipped            仅退款     售后待处理  2026-11-08 10:00  2026-11-10 10:00      -                  -                    2026-11-09 09:00  -           2026-11-09 10:00  | nothing
        shipped            仅退款     售后关闭    2026-11-08 10:00  2026-11-10 10:00      -                  -                    -                 -           2026-11-09 10:00  | nothing
        delivered          换货       售后待处理  2026-11-08 10:00  2026-11-10 10:00      -                  -                    -                 -           2026-11-09 10:00  | nothing
        shipped            -          -           -                 -                     -                  -                    -                 -           2026-11-09 10:00  | nothing
        awaiting-shipment  仅退款     售后待处理  2026-11-08 10:00  2026-11-10 10:00      -                  -                    -                 on-its-way  2026-11-09 10:00  | advice: refund-on-its-way
        shipped            退货退款   售后待处理  2026-11-08 10:00  2026-11-10 10:00      -                  -                    -                 signed      2026-11-09 10:00  | advice: refund-signed
        shipped            仅退款     售后待处理  2026-11-08 10:00  2026-11-10 10:00      -                  -                    -                 unshipped   2026-11-09 10:00  | advice: refund-unshipped
    ",
};

/// Of several cases the one that the system decides first.
fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    let open = cases::open(case).filter(|c| !cases::is_exchange(*c));
    let until = |c: In<'_, AfterSales>| c.time(Field::AutoProcessAt).known();
    let Some(first) = open.min_by_key(|c| (until(*c).is_none(), until(*c))) else { return Ok(None) };
    let until = until(first).filter(|until| *until >= case.as_of);
    Ok(key(case, first).map(|key| Advice { key, until, problem: None }))
}

fn key(case: &Case<'_>, refund: In<'_, AfterSales>) -> Option<&'static str> {
    let status = case.status();
    if cases::is_refused(refund) {
        let traced = refund.time(Field::ReturnSentAt).known().is_some_and(|at| at <= case.as_of);
        let returning = traced || !refund.text(refund.record.return_waybill).is_empty();
        return Some(if returning { "refused-returning" } else { "refused-ask-courier" });
    }
    // The case's own word comes first: of several items of an order it knows the one it is about.
    match refund.record.goods {
        Whereabouts::Unshipped => Some("refund-unshipped"),
        Whereabouts::OnItsWay | Whereabouts::AtStation => Some("refund-on-its-way"),
        Whereabouts::Signed => Some("refund-signed"),
        Whereabouts::Unknown if plight::unshipped(case) => Some("refund-unshipped"),
        Whereabouts::Unknown if status.says_delivered() => Some("refund-signed"),
        Whereabouts::Unknown => status.says_shipped().then_some("refund-on-its-way"),
    }
}
