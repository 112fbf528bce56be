//! What to do about findings of Douyin 抖店.

use crate::assess::actions::{Action, Task};
use crate::assess::rule::Relief;

/// What an order needs; nothing is filed for one that is exempt or whose filing is under review.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    let tell = task.act("douyin-tell-buyer", &[]);
    let in_play = |relief: &Relief| matches!(relief, Relief::Extend(_) | Relief::Pending { .. });
    let filed = task.finding.exemptions.iter().any(|(_, relief)| in_play(relief));
    let file = |proof| (!filed).then(|| task.act("douyin-file", proof));
    let list = match task.rule() {
        "DY001" => [Some(task.act("douyin-ship", &[])), file(&["region-proof"]), Some(tell)],
        "DY002" | "DY003" | "DY004" => {
            [Some(task.act("ask-courier", &["waybill"])), file(&["courier-proof"]), None]
        }
        "DY005" | "DY205" => [Some(task.act("douyin-handle-case", &[])), None, None],
        "DY201" | "DY203" => [file(&["region-proof"]), Some(tell), None],
        "DY202" => [Some(task.act("douyin-appeal", &["penalty-proof"])), None, None],
        "DY204" if task.advice() == "restrict-destination" => {
            [Some(task.act("douyin-restrict", &[])), Some(tell), None]
        }
        "DY204" => [Some(task.act("douyin-change-ship-time", &[])), Some(tell), None],
        "DY210" => [Some(tell), file(&["chat"]), None],
        _ => [Some(tell), None, None],
    };
    list.into_iter().flatten().collect()
}
