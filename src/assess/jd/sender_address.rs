//! A wrong sender's address on a printed waybill is put right in the back end; a courier that has it already is asked.

use crate::assess::prelude::*;
use crate::casebook::ReportKind;

/// The sender's address of a JD order is put right where it can still be.
pub static RULE: Rule = Rule {
    code: Code("JD206"),
    name: "sender-address",
    needs: &[Field::ShippedAt, Field::Carrier],
    params: &[],
    logic: Logic::Check(check),
    note: false,
    examples: "
        stands_at         shipped_at        status             carrier   report.kind     report.reported_at  as_of             | state
        2026-11-07 10:00  -                 awaiting-shipment  -         sender-address  2026-11-07 12:00    2026-11-08 09:00  | advice: sender-address-change
        2026-11-07 10:00  2026-11-08 08:00  shipped            京东快递  sender-address  2026-11-07 12:00    2026-11-08 09:00  | advice: sender-address-jd-courier
        2026-11-07 10:00  2026-11-08 08:00  shipped            圆通速递  sender-address  2026-11-07 12:00    2026-11-08 09:00  | advice: sender-address-ask-courier
        2026-11-07 10:00  2026-11-08 08:00  delivered          京东快递  sender-address  2026-11-07 12:00    2026-11-08 09:00  | nothing
        2026-11-07 10:00  -                 cancelled          -         sender-address  2026-11-07 12:00    2026-11-08 09:00  | nothing
        2026-11-07 10:00  -                 awaiting-shipment  -         -               -                   2026-11-08 09:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    if case.report(&[ReportKind::SenderAddress]).is_none() {
        return Ok(None);
    }
    let key = if case.still_to_ship() {
        "sender-address-change"
    } else if !case.on_its_way() {
        return Ok(None);
    } else if case.carrier().contains("京东") {
        "sender-address-jd-courier"
    } else {
        "sender-address-ask-courier"
    };
    Ok(Some(Advice::of(key, None)))
}
