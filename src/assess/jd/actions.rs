//! What to do about findings of JD 京东.

use crate::assess::actions::{Action, Answers, Task};

const FILING: &[&str] = &["order-number", "chat-with-ship-time"];

const ADVICE: Answers = &[
    ("presale-end-before-balance", &[("jd-end-presale", &["buyer-agrees"]), ("ship", &[])]),
    ("presale-phone-buyer", &[("jd-phone-presale", &[]), ("jd-delete-presale", &["buyer-agrees"])]),
    ("presale-counts-as-delayed", &[("jd-delete-presale", &["buyer-agrees"]), ("ship", &[])]),
    ("cancel-in-back-end", &[("jd-cancel", &[])]),
    ("cancel-and-file", &[("jd-cancel", &[]), ("jd-emergency-filing", &["order-number", "cancel-record"])]),
    ("report-abnormal-order", &[("jd-abnormal-order", &["order-number"])]),
    ("report-malicious", &[("jd-malicious-order", &["order-number"])]),
    ("malicious-no-longer-warned", &[("jd-malicious-order", &["order-number"])]),
    ("sender-address-change", &[("jd-sender-address", &[])]),
    ("sender-address-jd-courier", &[("jd-sender-address", &[]), ("jd-ask-service", &["waybill"])]),
    ("sender-address-ask-courier", &[("jd-sender-address", &[]), ("ask-courier", &["waybill"])]),
    ("send-card", &[("jd-send-card", &["new-ship-time"])]),
    ("send-card-and-file", &[("jd-send-card", &["new-ship-time"]), ("jd-emergency-filing", FILING)]),
    ("card-used-file", &[("jd-emergency-filing", FILING)]),
];

/// A card once, ever; with one used, the emergency filing.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    let (run, finding) = (task.run, task.finding);
    let first = match task.rule() {
        "JD001" => task.act("jd-upload-waybill", &[]),
        "JD002" => task.act("ask-courier", &["waybill"]),
        _ => return task.advised(ADVICE),
    };
    let used = !run.casebook.cards(run.ledger.order_id(task.order)).is_empty();
    let mut list = vec![first];
    if !used {
        list.push(task.act("jd-send-card", &["new-ship-time"]));
    }
    // An answer that may come after the deadline is no help: the filing goes out beside the card.
    let answer = run.book.jd.card_answer.on(None);
    let answered = answer.and_then(|entry| run.as_of.checked_add_signed(entry.value.0));
    let too_slow = finding.due_at.zip(answered).is_some_and(|(due, answered)| answered > due);
    if (used || too_slow) && !task.pending() {
        list.push(task.act("jd-emergency-filing", FILING));
    }
    list
}
