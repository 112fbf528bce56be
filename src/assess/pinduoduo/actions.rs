//! What to do about findings of Pinduoduo 拼多多.

use crate::assess::actions::{Action, Answers, Task};
use crate::assess::rule::{Relief, State};

const ADVICE: Answers = &[
    ("not-picked-up", &[("pinduoduo-hand-over", &["waybill"]), ("pinduoduo-search-outlet", &["waybill"])]),
    ("parcel-stalled", &[("ask-courier", &["waybill"]), ("pinduoduo-reship", &[])]),
    ("parcel-lost", &[("pinduoduo-message-buyer", &[]), ("pinduoduo-reship", &[])]),
    ("refund-may-be-granted", &[("pinduoduo-intercept", &["waybill"]), ("pinduoduo-grant-refund", &[])]),
    ("refund-too-late-to-stop", &[("pinduoduo-have-refused", &[])]),
    ("refund-intercept", &[("pinduoduo-intercept", &["waybill"])]),
    (
        "refund-by-system",
        &[("pinduoduo-intercept", &["waybill"]), ("pinduoduo-appeal", &["trace-screenshot"])],
    ),
    ("refund-appeal-delivered", &[("pinduoduo-appeal", &["trace-screenshot"])]),
    ("refund-follow-return", &[("pinduoduo-follow-return", &["waybill"])]),
    ("two-provinces", &[("pinduoduo-order-appeal", &["address-screenshot"])]),
    ("misrouted-urgent", &[("pinduoduo-intercept", &["waybill"]), ("pinduoduo-reship", &[])]),
    ("misrouted", &[("pinduoduo-message-buyer", &[]), ("ask-courier", &["waybill"])]),
    ("damaged", &[("pinduoduo-compensate", &[]), ("pinduoduo-claim", &["waybill", "damage-photos"])]),
    ("slow-return", &[("pinduoduo-extend-receipt", &[]), ("pinduoduo-reject-and-appeal", &["reason"])]),
    ("slow-return-lost", &[("ask-courier", &["return-waybill"]), ("pinduoduo-extend-receipt", &[])]),
];

/// Ship, hand over, or ask after the parcel; an order from or to a closed place can be appealed too, and the place left
/// out from now on.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    match task.rule() {
        "PDD001" => unshipped(task),
        "PDD002" => {
            let mut list = vec![task.act("pinduoduo-hand-over", &["waybill"])];
            // The source: first the handing over, then the search for what may be lost at the outlet.
            if task.finding.state == State::Overdue {
                list.push(task.act("pinduoduo-search-outlet", &["waybill"]));
            }
            list
        }
        "PDD003" => vec![
            task.act("ask-courier", &["waybill"]),
            task.act("pinduoduo-message-buyer", &[]),
            task.act("pinduoduo-reship", &[]),
        ],
        _ => task.advised(ADVICE),
    }
}

fn unshipped(task: &Task<'_>) -> Vec<Action> {
    let mut list = vec![task.act("pinduoduo-ship", &[])];
    if !task.claims("PDD101") {
        return list;
    }
    let claim =
        task.finding.exemptions.iter().find(|(code, _)| code.0 == "PDD101").map(|(_, relief)| *relief);
    // Reopened, and not to be shipped all the same: by then it must be appealed.
    if matches!(claim, Some(Relief::Extend(_) | Relief::Waive)) {
        list.push(task.act("pinduoduo-order-appeal", &["region-proof"]));
    }
    let closed = match claim {
        Some(Relief::Refused { why }) => why != "couriers-still-serve",
        other => other.is_some(),
    };
    if closed {
        // It saves the orders to come, whenever it is done.
        list.push(Action::new("pinduoduo-leave-out-place", &[], None));
    }
    list
}
