//! A buyer who does not want to wait is led to the online refund, which carries no penalty.

use crate::assess::prelude::*;
use crate::assess::rule::Done;
use crate::casebook::ReportKind;
use crate::order::Marketplace;

/// The buyer declines or asks for a refund: guide to the online refund and accept it.
pub static RULE: Rule = Rule {
    code: Code("ALI203"),
    name: "buyer-declines",
    needs: &[Field::AskedAt, Field::ShippedAt],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        status             shipped_at  report.kind     report.reported_at  case.asked_at     case.refunded_at  as_of             | state
        awaiting-shipment  -           buyer-declines  2020-02-09          -                 -                 2020-02-10 12:00  | advice: online-refund
        awaiting-shipment  -           -               -                   2020-02-09 10:00  -                 2020-02-10 12:00  | advice: online-refund
        awaiting-shipment  -           -               -                   2020-02-09 10:00  2020-02-09 11:00  2020-02-10 12:00  | nothing
        awaiting-shipment  -           bad-address     2020-02-09          -                 -                 2020-02-10 12:00  | nothing
        shipped            2020-02-08  buyer-declines  2020-02-09          -                 -                 2020-02-10 12:00  | nothing
        cancelled          -           buyer-declines  2020-02-09          -                 -                 2020-02-10 12:00  | nothing
        awaiting-shipment  ?           buyer-declines  2020-02-09          -                 -                 2020-02-10 12:00  | advice: online-refund
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let mut reports = case.run.casebook.reports(Marketplace::Alibaba, case.order_id());
    let asked = case.after_sales().any(|asked| {
        asked.time(Field::AskedAt).known().is_some() && asked.time(Field::RefundedAt).known().is_none()
    });
    if !asked && !reports.any(|report| report.kind == ReportKind::BuyerDeclines) {
        return Ok(None);
    }
    let shipped = matches!(case.done(Field::ShippedAt), Done::At(_)) || case.status().says_shipped();
    let open = !shipped && !case.status().ended_unshipped();
    Ok(open.then_some(Advice { key: "online-refund", until: None, problem: None }))
}
