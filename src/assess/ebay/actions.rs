//! What to do about findings of eBay, in the order in which to try it: keep the promise, tell the buyer, and where
//! nothing helps, cancel with a reason that does not count. Defects that are protected go on the list for removal.

use crate::assess::actions::{Action, Answers, Task};

const DATES: &[&str] = &["order-number", "original-and-adjusted-date"];
const WAYBILL: &[&str] = &["waybill"];

const ADVICE: Answers = &[
    ("defect-protected", &[("ebay-list-removal", DATES)]),
    ("feedback-removed", &[("ebay-list-removal", DATES)]),
    ("speedpak-protected", &[("ebay-list-removal", &["order-number", "acceptance-scan"])]),
    ("speedpak-appeal", &[("ebay-appeal", &["order-number", "acceptance-scan", "reason"])]),
    ("location-misrepresented", &[("ebay-correct-location", &[])]),
    ("cancel-reason", &[("ebay-cancel", &[])]),
    ("cancelled-as-stockout", &[("ebay-cancel", &[])]),
    ("answer-case", &[("ebay-answer-case", &["order-number"])]),
    ("speedpak-other-carrier", &[("ebay-ask-carrier", WAYBILL), ("ebay-tell-buyer", &[])]),
    ("speedpak-stalled", &[("ebay-ask-orange-connex", WAYBILL), ("ebay-cancel", &[])]),
];

/// The action list of a finding.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    let tell = task.act("ebay-tell-buyer", &[]);
    match task.rule() {
        "EBY001" => vec![task.act("ebay-ship", &[]), tell, task.act("ebay-cancel", &[])],
        // A return that the buyer asks for has a clock of its own, which no export shows.
        "EBY002" => {
            vec![task.act("ebay-ask-carrier", WAYBILL), tell, Action::new("ebay-answer-returns", &[], None)]
        }
        _ => task.advised(ADVICE),
    }
}
