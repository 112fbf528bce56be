//! Force majeure is claimed with a proof; without one there is still the certificate of the trade council (贸促会).

use crate::assess::alibaba::force_majeure::{filings, lacking};
use crate::assess::prelude::*;
use crate::assess::standing;
use crate::casebook::{CASEBOOK_ZONE, DayKind, FilingStatus};
use crate::order::Instant;
use crate::rulebook::Area;
use chrono::NaiveDate;

/// How to get the certificate, and whether it comes in time; and what an approved filing should keep on record.
pub static RULE: Rule = Rule {
    code: Code("ALI201"),
    name: "certificate-plan",
    needs: &[Field::ShipBy],
    params: &["alibaba.certificate-days"],
    logic: Logic::Check(check),
    note: false,
    // 20 February 2021, a Saturday, was worked for the holiday before it.
    examples: "
        ship_by              status             filing.order_id  filing.kind    filing.status  filing.submitted_at  filing.documents  filing.chat_evidence  filing.chat_agreed  as_of             | state
        2020-02-12 23:59:59  awaiting-shipment  1                force-majeure  draft          2020-02-08           -                 y                     y                   2020-02-10 12:00  | advice: certificate-after-due
        2020-02-13 23:59:59  awaiting-shipment  1                force-majeure  draft          2020-02-08           -                 y                     y                   2020-02-10 23:59:59  | advice: certificate-in-time
        2021-02-20 23:59:59  awaiting-shipment  1                force-majeure  draft          2021-02-17           -                 y                     y                   2021-02-17 23:59:59  | advice: certificate-in-time
        2021-10-11 23:59:59  awaiting-shipment  1                force-majeure  draft          2021-10-07           -                 y                     y                   2021-10-07 12:00  | nothing
        2020-02-09 23:59:59  awaiting-shipment  1                force-majeure  pending        2020-02-08           carrier-notice    -                     y                   2020-02-10 12:00  | nothing
        2020-02-09 23:59:59  awaiting-shipment  1                force-majeure  approved       2020-02-08           -                 y                     y                   2020-02-10 12:00  | advice: force-majeure-record
        2020-02-09 23:59:59  awaiting-shipment  1                force-majeure  approved       2020-02-08           carrier-notice    y                     y                   2020-02-10 12:00  | nothing
        2020-02-09 23:59:59  awaiting-shipment  -                -              -              -                    -                 -                     -                   2020-02-10 12:00  | nothing
        -                    awaiting-shipment  1                force-majeure  draft          2020-02-08           -                 y                     y                   2020-02-10 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let advice = |key, until| Ok(Some(Advice { key, until, problem: None }));
    let wanting: Vec<_> = filings(case).filter(|filing| lacking(filing).is_some()).collect();
    if wanting.is_empty() {
        return Ok(None);
    }
    if filings(case).any(|filing| filing.status == FilingStatus::Approved) {
        let thin = wanting.iter().any(|filing| filing.status == FilingStatus::Approved);
        return if thin { advice("force-majeure-record", None) } else { Ok(None) };
    }
    let Some(finding) = standing(case, Code("ALI001")) else { return Ok(None) };
    let late = finding.state == crate::assess::State::Late;
    let (true, Some(due)) = (finding.state.is_risk() || late, finding.due_at) else { return Ok(None) };
    // With a document no certificate is needed; what else a filing lacks stands at its claim.
    if wanting.iter().all(|filing| !filing.documents.is_empty()) {
        return Ok(None);
    }
    let ready = ready_at(case);
    let key =
        if ready.is_some_and(|ready| ready <= due) { "certificate-in-time" } else { "certificate-after-due" };
    advice(key, ready)
}

/// The end of the day on which the agent's certificate is there, applied for today.
fn ready_at(case: &Case<'_>) -> Option<Instant> {
    let today = case.as_of.with_timezone(&CASEBOOK_ZONE).date_naive();
    crate::normalise::end_of_day(CASEBOOK_ZONE, ready_on(case, today)?)
}

/// The day on which the agent's certificate is there, applied for on a day.
fn ready_on(case: &Case<'_>, applied: NaiveDate) -> Option<NaiveDate> {
    let days = *case.value(&case.book.alibaba.certificate_days)?;
    let worked = |day: &NaiveDate| {
        if let Some(kind) = case.run.casebook.day("CN", *day) {
            return kind == DayKind::Workday;
        }
        if !case.book.calendar.knows(Area::Cn, *day) {
            case.note_calendar(Area::Cn, *day);
        }
        crate::rulebook::Calendar::is_worked_in_china(*day)
    };
    applied.iter_days().skip(1).take(60).filter(worked).nth(days.checked_sub(1)? as usize)
}

/// The end of the last day on which to apply for a certificate that is there by `due`; nothing where that has passed.
pub fn apply_by(case: &Case<'_>, due: Instant) -> Option<Instant> {
    let day = |at: Instant| at.with_timezone(&CASEBOOK_ZONE).date_naive();
    let end = |day| crate::normalise::end_of_day(CASEBOOK_ZONE, day);
    let in_time =
        |applied: &NaiveDate| ready_on(case, *applied).and_then(end).is_some_and(|ready| ready <= due);
    let days = day(case.as_of).iter_days().take_while(|applied| *applied < day(due));
    days.filter(in_time).last().and_then(end)
}
