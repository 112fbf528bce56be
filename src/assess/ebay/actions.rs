//! What to do about findings of eBay.

use crate::assess::actions::{Action, Task};

/// Ship by a service that keeps the promise, or find the parcel; tell the buyer either way.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    match task.rule() {
        "EBY002" => vec![task.act("ebay-ask-carrier", &["waybill"]), task.act("ebay-tell-buyer", &[])],
        _ => vec![task.act("ebay-ship", &[]), task.act("ebay-tell-buyer", &[])],
    }
}
