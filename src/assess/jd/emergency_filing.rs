//! 紧急报备: when the buyer agrees outside the card, the seller files the ship time with proof of it.

use crate::assess::facts::best;
use crate::assess::prelude::*;
use crate::casebook::{AgreementKind, Filing, FilingKind, FilingStatus};
use crate::order::{Instant, Marketplace};

/// An approved emergency filing extends the deadlines of a JD order to the ship time it names.
pub static RULE: Rule = Rule {
    code: Code("JD102"),
    name: "emergency-filing",
    needs: &[],
    params: &["jd.filing-answer", "jd.card-pickup-gap"],
    logic: Logic::Exemption { of: &[Code("JD001"), Code("JD002")], judge },
    note: false,
    examples: "
        stands_at         shipped_at        status             filing.order_id  filing.kind  filing.status  filing.submitted_at  filing.extended_to  agreement.kind  agreement.agreed_at  as_of             | state           effect
        2020-02-17 10:00  2020-02-20 10:00  shipped            1  emergency  approved  2020-02-18 09:00  2020-02-20 10:00  -          -                 2020-02-21 00:00  | met             extended to 2020-02-20 10:00
        2020-02-17 10:00  2020-02-20 10:01  shipped            1  emergency  approved  2020-02-18 09:00  2020-02-20 10:00  -          -                 2020-02-21 00:00  | late by 1m      extended to 2020-02-20 10:00
        2020-02-17 10:00  -                 awaiting-shipment  1  emergency  approved  2020-02-18 09:00  2020-02-19        -          -                 2020-02-20 00:00  | overdue by 1s   extended to 2020-02-19 23:59
        2020-02-17 10:00  -                 awaiting-shipment  1  emergency  approved  2020-02-18 09:00  -                 -          -                 2020-02-18 10:30  | overdue by 30m  refused: emergency-without-ship-time
        2020-02-17 10:00  -                 awaiting-shipment  1  emergency  pending   2020-02-18 09:00  2020-02-20 10:00  -          -                 2020-02-18 10:30  | overdue by 30m  pending until 2020-02-19 09:00
        2020-02-17 10:00  -                 awaiting-shipment  1  emergency  rejected  2020-02-18 09:00  2020-02-20 10:00  -          -                 2020-02-18 10:30  | overdue by 30m  refused: emergency-rejected
        2020-02-17 10:00  -                 awaiting-shipment  2  emergency  approved  2020-02-18 09:00  2020-02-20 10:00  -          -                 2020-02-18 10:30  | overdue by 30m  -
        2020-02-17 10:00  -                 awaiting-shipment  -  -          -         -                 -                 extension  2020-02-18 09:00  2020-02-18 10:30  | overdue by 30m  claimable by any time with emergency-material
    ",
};

fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let claims = case.filings(FilingKind::Emergency).filter_map(|filing| claim(case, obligation, filing));
    Ok(best(claims).or_else(|| agreed(case)))
}

fn claim(case: &Case<'_>, obligation: &Obligation, filing: &Filing) -> Option<Relief> {
    Some(match (filing.status, filing.extended_to) {
        (FilingStatus::Approved, Some(to)) => {
            let to = to.end(case.day_zone());
            case.note_row("filing_extended_to", to, "filings", filing.row);
            Relief::Extend(pickup_too(case, obligation, to))
        }
        (FilingStatus::Approved, None) => Relief::Refused { why: "emergency-without-ship-time" },
        (FilingStatus::Pending, _) => Relief::Pending { until: answer_due(case, filing)? },
        (FilingStatus::Rejected, _) => Relief::Refused { why: "emergency-rejected" },
        (FilingStatus::Draft, _) => Relief::Claimable { file_by: None, with: "emergency-material" },
        (FilingStatus::Cancelled, _) => return None,
    })
}

/// A new ship time moves the pickup as far behind it as the base rules keep the two apart.
fn pickup_too(case: &Case<'_>, obligation: &Obligation, to: Instant) -> Instant {
    let pickup = obligation.rule == Code("JD002");
    pickup.then(|| case.after(&case.book.jd.card_pickup_gap, to)).flatten().unwrap_or(to)
}

/// When the platform's answer to a filing is due.
pub fn answer_due(case: &Case<'_>, filing: &Filing) -> Option<Instant> {
    case.after(&case.book.jd.filing_answer, filing.submitted_at.start(case.day_zone()))
}

/// What the buyer agreed to counts for nothing until it is filed.
fn agreed(case: &Case<'_>) -> Option<Relief> {
    let mut agreements = case.run.casebook.agreements(Marketplace::Jd, case.order_id());
    agreements
        .any(|it| it.kind == AgreementKind::Extension)
        .then_some(Relief::Claimable { file_by: None, with: "emergency-material" })
}
