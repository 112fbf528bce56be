//! Force majeure: once the platform has approved the seller's filing, a late shipment is not counted.

use crate::assess::prelude::*;
use crate::casebook::{Filing, FilingKind, FilingStatus};
use crate::order::Marketplace;

/// An approved force-majeure filing waives the agreed ship date.
pub static RULE: Rule = Rule {
    code: Code("ALI102"),
    name: "force-majeure",
    needs: &[Field::ShipBy],
    params: &[],
    logic: Logic::Exemption { of: &[Code("ALI001")], judge },
    note: false,
    examples: "
        ship_by              status             filing.order_id  filing.kind    filing.status  filing.submitted_at  filing.window_from  filing.documents   filing.chat_evidence  filing.chat_agreed  as_of             | state          effect
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  approved       2020-02-08           2020-01-24          carrier-notice     y                     y                   2020-02-10 12:01  | waived         waived
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  approved       2020-02-08           -                   -                  -                     -                   2020-02-10 12:01  | waived         waived
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  pending        2020-02-08           2020-01-24          ccpit-certificate  y                     y                   2020-02-10 12:01  | overdue by 1m  pending until 2020-02-10 12:00
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  draft          2020-02-08           2020-01-24          -                  y                     y                   2020-02-10 12:01  | overdue by 1m  claimable by any time with force-majeure-document
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  draft          2020-02-08           2020-01-24          carrier-notice     -                     y                   2020-02-10 12:01  | overdue by 1m  claimable by any time with chat-ids
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  draft          2020-02-08           2020-01-24          government-notice  y                     -                   2020-02-10 12:01  | overdue by 1m  claimable by any time with chat-agreed
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  draft          2020-02-08           2020-01-24          government-notice  y                     y                   2020-02-10 12:01  | overdue by 1m  claimable by any time with force-majeure-filing
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  pending        2020-02-08           2020-02-12          carrier-notice     y                     y                   2020-02-10 12:01  | overdue by 1m  refused: ship-date-before-event
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  approved       2020-02-08           2020-02-11           carrier-notice     y                     y                   2020-02-10 12:01  | overdue by 1m  refused: ship-date-before-event
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  approved       2020-02-08           2020-02-09           carrier-notice     y                     y                   2020-02-10 12:01  | waived         waived
        2020-02-10 12:00:00  awaiting-shipment  1                force-majeure  rejected       2020-02-08           2020-01-24          carrier-notice     y                     y                   2020-02-10 12:01  | overdue by 1m  refused: filing-rejected
        2020-02-10 12:00:00  awaiting-shipment  1                emergency      approved       2020-02-08           2020-01-24          carrier-notice     y                     y                   2020-02-10 12:01  | overdue by 1m  -
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let reliefs = filings(case).map(|filing| one(case, obligation, filing));
    // Of several filings the one that does most.
    Ok(reliefs.min_by_key(|relief| match relief {
        Relief::Waive => 0,
        Relief::Pending { .. } => 1,
        Relief::Claimable { .. } => 2,
        _ => 3,
    }))
}

/// The force-majeure filings that touch an order.
pub fn filings<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c Filing> {
    let scene = case.scene();
    let all = case.run.casebook.filings_about(Marketplace::Alibaba, case.order_id());
    all.filter(move |filing| {
        filing.kind == FilingKind::ForceMajeure && filing.fit(case.order_id(), &scene).is_ok()
    })
}

fn one(case: &Case<'_>, obligation: &Obligation, filing: &Filing) -> Relief {
    let zone = case.day_zone();
    let before = |from: crate::casebook::When| {
        from.day(zone) > obligation.base_due_at.with_timezone(&zone).date_naive()
    };
    match filing.status {
        FilingStatus::Rejected => Relief::Refused { why: "filing-rejected" },
        FilingStatus::Cancelled => Relief::Refused { why: "filing-cancelled" },
        // What was due before the event is not of its making, whatever was approved.
        _ if filing.window.from.is_some_and(before) => Relief::Refused { why: "ship-date-before-event" },
        // Approved is a fact, however thin the proof on record.
        FilingStatus::Approved => Relief::Waive,
        FilingStatus::Pending => Relief::Pending { until: obligation.base_due_at },
        FilingStatus::Draft => {
            Relief::Claimable { file_by: None, with: lacking(filing).unwrap_or("force-majeure-filing") }
        }
    }
}

/// The first thing that a filing lacks to be approved: one of three proofs, and what the chat must show.
pub fn lacking(filing: &Filing) -> Option<&'static str> {
    wanting(filing).first().copied()
}

/// Everything that a filing lacks to be approved.
pub fn wanting(filing: &Filing) -> &'static [&'static str] {
    let chat = filing.chat;
    let there = [!filing.documents.is_empty(), chat.ids, chat.told, chat.agreed];
    MATERIAL[there.iter().fold(0, |all, there| all * 2 + usize::from(!there))]
}

const PROOF: &str = "force-majeure-document";
const IDS: &str = "chat-ids";
const TOLD: &str = "chat-told";
const AGREED: &str = "chat-agreed";

/// What is wanting, by four bits: proof, accounts, told, agreed.
const MATERIAL: [&[&str]; 16] = [
    &[],
    &[AGREED],
    &[TOLD],
    &[TOLD, AGREED],
    &[IDS],
    &[IDS, AGREED],
    &[IDS, TOLD],
    &[IDS, TOLD, AGREED],
    &[PROOF],
    &[PROOF, AGREED],
    &[PROOF, TOLD],
    &[PROOF, TOLD, AGREED],
    &[PROOF, IDS],
    &[PROOF, IDS, AGREED],
    &[PROOF, IDS, TOLD],
    &[PROOF, IDS, TOLD, AGREED],
];
