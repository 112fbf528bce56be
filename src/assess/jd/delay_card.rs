//! A delay card (延迟发货卡片) that the buyer accepts moves both JD clocks; there is one card an order, ever.

use crate::assess::prelude::*;
use crate::casebook::CardResponse;

/// An accepted delay card extends the deadlines of a JD order.
pub static RULE: Rule = Rule {
    code: Code("JD101"),
    name: "delay-card",
    needs: &[],
    params: &["jd.card-answer", "jd.card-pickup-gap"],
    logic: Logic::Exemption { of: &[Code("JD001"), Code("JD002")], judge },
    note: false,
    examples: "
        stands_at         shipped_at        status             card.sent_at      card.response  card.new_ship_by  as_of             | state                 effect
        2020-02-17 10:00  2020-02-20 09:00  shipped            2020-02-18 09:00  accepted       2020-02-20 10:00  2020-02-21 00:00  | met                   extended to 2020-02-20 10:00
        2020-02-17 10:00  2020-02-20 10:01  shipped            2020-02-18 09:00  accepted       2020-02-20 10:00  2020-02-21 00:00  | late by 1m            extended to 2020-02-20 10:00
        2020-02-17 10:00  -                 awaiting-shipment  2020-02-18 09:00  accepted       2020-02-18 09:30  2020-02-18 10:30  | overdue by 30m        extended to 2020-02-18 09:30
        2020-02-17 10:00  -                 awaiting-shipment  2020-02-18 09:00  accepted       -                 2020-02-18 10:30  | overdue by 30m        refused: card-without-date
        2020-02-17 10:00  -                 awaiting-shipment  2020-02-18 09:00  rejected       2020-02-20 10:00  2020-02-18 10:30  | overdue by 30m        refused: card-rejected
        2020-02-17 10:00  -                 awaiting-shipment  2020-02-18 09:00  none           -                 2020-02-18 10:30  | overdue by 30m        pending until 2020-02-20 09:00
        2020-02-17 10:00  -                 awaiting-shipment  2020-02-18 09:00  none           -                 2020-02-20 08:59  | overdue by 1d 22h 59m  pending until 2020-02-20 09:00
        2020-02-17 10:00  -                 awaiting-shipment  2020-02-18 09:00  none           -                 2020-02-20 09:00  | overdue by 1d 23h  refused: card-lapsed
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    // Only the first card counts: the platform takes no second one.
    let Some(card) = case.run.casebook.cards(case.order_id()).first() else { return Ok(None) };
    let answer_due = case.after(&case.book.jd.card_answer, card.sent_at).ok_or(Gap::NotBegun)?;
    Ok(Some(match (card.response, card.new_ship_by) {
        (CardResponse::Accepted, Some(new_ship_by)) => {
            let to = if obligation.rule == Code("JD002") {
                case.after(&case.book.jd.card_pickup_gap, new_ship_by).unwrap_or(new_ship_by)
            } else {
                new_ship_by
            };
            Relief::Extend(to)
        }
        (CardResponse::Accepted, None) => Relief::Refused { why: "card-without-date" },
        (CardResponse::Rejected, _) => Relief::Refused { why: "card-rejected" },
        (CardResponse::None, _) if case.as_of >= answer_due => Relief::Refused { why: "card-lapsed" },
        (CardResponse::None, _) => Relief::Pending { until: answer_due },
    }))
}
