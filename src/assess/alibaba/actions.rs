//! What to do about findings of Alibaba.com.

use crate::assess::actions::{Action, Task};
use crate::order::OrderType;

/// The one order of work: negotiated orders can still move their date.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    let direct = task.run.ledger.lines(task.order).any(|line| line.record.order_type == OrderType::Direct);
    let agree = task.act("alibaba-agree-date", &["chat"]);
    let confirm = task.act("alibaba-confirm-date", &[]);
    if direct {
        vec![task.act("alibaba-ship", &[]), agree]
    } else {
        vec![agree, confirm, task.act("alibaba-ship", &[])]
    }
}
