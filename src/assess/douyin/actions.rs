//! What to do about findings of Douyin 抖店: an exempt order needs no filing, only its new date; what is not exempt is
//! filed; what was penalised is appealed; the cause is taken out of sale; the buyer is told.

use super::{customer_script, plight};
use crate::assess::actions::{Action, Task};
use crate::assess::{Case, Relief};
use crate::order::{Flags, Instant};

/// What an order needs, in the order in which to do it.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    let Some(case) = task.case() else { return Vec::new() };
    let tell = || Action { reply: Some(customer_script::reply(&case)), ..task.act("douyin-tell-buyer", &[]) };
    let told = |reply| Action { reply: Some(reply), ..task.act("douyin-tell-buyer", &[]) };
    let handle = || task.act("douyin-handle-case", &[]);
    let again = || Some(task.act("douyin-file", &["region-proof"]));
    // While a filing is under review its answer is to be looked up; nothing is filed beside it.
    let file = |proof| match answer_due(task) {
        Some(until) => Some(Action { do_by: Some(until), ..task.act("douyin-filing-answer", &[]) }),
        None => (!covered(task, &case)).then(|| task.act("douyin-file", proof)),
    };
    let list = match (task.rule(), task.advice()) {
        ("DY001", _) => [Some(task.act("douyin-ship", &[])), file(&["region-proof"]), Some(tell())],
        ("DY002" | "DY003" | "DY004", _) => {
            [Some(task.act("ask-courier", &["waybill"])), file(&["courier-proof"]), Some(tell())]
        }
        ("DY201", _) => [file(&["region-proof"]), Some(tell()), None],
        // What is filed already ends soon.
        ("DY203", _) => [again(), Some(tell()), None],
        ("DY202", _) => [Some(task.act("douyin-appeal", &["penalty-proof"])), None, None],
        ("DY204", "restrict-destination") => [Some(task.act("douyin-restrict", &[])), Some(tell()), None],
        ("DY204", _) => {
            let courier = task.act("douyin-choose-courier", &[]);
            [Some(task.act("douyin-change-ship-time", &[])), Some(courier), Some(tell())]
        }
        ("DY205", "refund-unshipped") => [Some(task.act("douyin-hold", &[])), Some(handle()), None],
        ("DY205", "refund-on-its-way") => {
            [Some(told("on-its-way")), Some(task.act("douyin-intercept", &["waybill"])), Some(handle())]
        }
        ("DY205", "refused-ask-courier") => {
            [Some(task.act("ask-courier", &["waybill"])), Some(handle()), None]
        }
        ("DY005" | "DY205", _) => [Some(handle()), None, None],
        ("DY206", _) => [Some(told("extend-receipt")), Some(task.act("ask-courier", &["waybill"])), None],
        ("DY207", "declined-hold") => {
            [Some(task.act("douyin-hold", &[])), Some(told("declined")), Some(handle())]
        }
        ("DY207", "declined-intercept") => {
            [Some(task.act("douyin-intercept", &["waybill"])), Some(told("declined")), Some(handle())]
        }
        ("DY208", "return-reopen") => [Some(handle()), Some(told("cannot-return")), None],
        ("DY208", _) => [Some(told("cannot-return")), None, None],
        ("DY210", _) => [Some(tell()), file(&["chat"]), None],
        _ => [Some(tell()), None, None],
    };
    list.into_iter().flatten().collect()
}

/// When the answer to a filing under review is due, where nothing better is known.
fn answer_due(task: &Task<'_>) -> Option<Instant> {
    let reliefs = || task.finding.exemptions.iter().map(|(_, relief)| relief);
    if reliefs().any(|relief| matches!(relief, Relief::Extend(_) | Relief::Waive)) {
        return None;
    }
    let pending = |relief: &Relief| if let Relief::Pending { until } = relief { Some(*until) } else { None };
    reliefs().filter_map(pending).max()
}

/// Whether nothing is to be filed: an exemption holds, a filing is under review, or the platform itself has marked
/// the order.
fn covered(task: &Task<'_>, case: &Case<'_>) -> bool {
    let in_play =
        |relief: &Relief| matches!(relief, Relief::Extend(_) | Relief::Waive | Relief::Pending { .. });
    if case.is(Flags::DEFERRED) || case.is(Flags::EXEMPTED) {
        return true;
    }
    // A check has no exemptions of its own; the clocks of its order have.
    let clocks = if task.rule() == "DY210" { plight::clocks(case) } else { Vec::new() };
    clocks.iter().any(|clock| plight::exempt(clock) || plight::pending(clock))
        || task.finding.exemptions.iter().any(|(_, relief)| in_play(relief))
}
