//! What to do about findings that all marketplaces share.

use crate::assess::actions::{Action, Answers, Task};

/// By the advice.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    task.advised(ADVICE)
}

const ADVICE: Answers = &[
    ("notice-expiring", &[("watch-notice", &[])]),
    ("douyin-notice-expiring", &[("douyin-watch-notice", &[])]),
    ("filing-expiring", &[("renew-filing", &["order-number"]), ("ship", &[])]),
];
