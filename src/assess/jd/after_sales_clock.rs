//! Time spent on a return or an exchange is not shipping time (source: question 8).

use crate::assess::prelude::*;

/// A JD obligation that falls due after a return or exchange began is void; a breach before it stays.
pub static RULE: Rule = Rule {
    code: Code("JD205"),
    name: "after-sales-clock",
    needs: &[],
    params: &[],
    logic: Logic::Exemption { of: &[Code("JD001"), Code("JD002")], judge },
    note: false,
    examples: "
        stands_at         shipped_at  status             case.kind  case.asked_at     as_of             | state           effect
        2020-02-17 10:00  -           awaiting-shipment  换货       2020-02-18 09:59  2020-02-20 00:00  | void  void
        2020-02-17 10:00  -           awaiting-shipment  退货退款   2020-02-18 09:59  2020-02-20 00:00  | void  void
        2020-02-17 10:00  -           awaiting-shipment  换货       2020-02-18 10:00  2020-02-20 00:00  | overdue by 1d 14h  -
        2020-02-17 10:00  -           awaiting-shipment  换货       2020-02-18 10:01  2020-02-20 00:00  | overdue by 1d 14h  -
        2020-02-17 10:00  -           awaiting-shipment  仅退款     2020-02-18 09:59  2020-02-20 00:00  | overdue by 1d 14h  -
        2020-02-17 10:00  -           awaiting-shipment  换货       -                 2020-02-20 00:00  | overdue by 1d 14h  -
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let began = case
        .after_sales()
        .filter(|c| ["退货", "换货"].iter().any(|kind| c.text(c.record.kind).contains(kind)))
        .filter_map(|c| c.time(Field::AskedAt).known().or(c.time(Field::ReturnSentAt).known()))
        .min();
    Ok(began.filter(|began| obligation.base_due_at > *began).map(|_| Relief::Void))
}
