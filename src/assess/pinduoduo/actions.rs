//! What to do about findings of Pinduoduo 拼多多.

use crate::assess::actions::{Action, Answers, Task};

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

/// Ship; from or to a closed place the order can be appealed too, and the place left out from now on.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    match task.rule() {
        "PDD001" => {}
        "PDD002" => return vec![task.act("pinduoduo-hand-over", &["waybill"])],
        "PDD003" => {
            return vec![task.act("ask-courier", &["waybill"]), task.act("pinduoduo-reship", &[])];
        }
        _ => return task.advised(ADVICE),
    }
    let mut list = vec![task.act("pinduoduo-ship", &[])];
    if task.claims("PDD101") {
        list.push(task.act("pinduoduo-order-appeal", &["region-proof"]));
        list.push(task.act("pinduoduo-leave-out-place", &[]));
    }
    list
}
