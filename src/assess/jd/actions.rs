//! What to do about findings of JD 京东.

use crate::assess::actions::{Action, Answers, Task};
use crate::assess::rule::Relief;
use crate::order::{Field, Instant};

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
];

/// Ship or have it picked up; then a card, once, ever; with one used, or too slow, the emergency filing.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    let (run, finding) = (task.run, task.finding);
    let first = match task.rule() {
        "JD001" => task.act("jd-upload-waybill", &[]),
        // Nobody can ask a courier after a parcel that has not left.
        "JD002" if shipped(task) => task.act("ask-courier", &["waybill"]),
        "JD002" => task.act("jd-upload-waybill", &[]),
        _ => return task.advised(ADVICE),
    };
    let mut list = vec![first];
    if answer_overdue(task) {
        list.push(task.act("look-up", &[]));
    }
    // More time is asked for before the deadline; for a deadline that has passed the source sets no last day.
    let ask = |code, needs| Action::new(code, needs, ahead(finding.due_at, run.as_of));
    let used = !run.casebook.cards(run.ledger.order_id(task.order)).is_empty();
    if !used {
        list.push(ask("jd-send-card", &["new-ship-time"]));
    }
    // An answer that may come after the deadline is no help: the filing goes out beside the card.
    let answer = run.book.jd.card_answer.on(None);
    let answered = answer.and_then(|entry| run.as_of.checked_add_signed(entry.value.0));
    let too_slow = finding.due_at.zip(answered).is_some_and(|(due, answered)| answered > due);
    if (used || too_slow) && !task.pending() {
        list.push(ask("jd-emergency-filing", FILING));
    }
    list
}

fn ahead(due: Option<Instant>, as_of: Instant) -> Option<Instant> {
    due.filter(|due| *due >= as_of)
}

/// Whether the order has left, as its status or its tracking says.
fn shipped(task: &Task<'_>) -> bool {
    let ledger = task.run.ledger;
    let known = |parcel: crate::normalise::In<'_, crate::order::ParcelHead>| {
        parcel.time(Field::ShippedAt).known().is_some_and(|at| at <= task.run.as_of)
    };
    ledger.status(task.order).says_shipped() || ledger.parcels(task.order).any(known)
}

/// Whether the platform owes an answer to a filing: then its state is looked up before anything else is filed.
fn answer_overdue(task: &Task<'_>) -> bool {
    let late = |relief: &Relief| matches!(relief, Relief::Pending { until } if *until < task.run.as_of);
    task.finding.exemptions.iter().any(|(_, relief)| late(relief))
}
