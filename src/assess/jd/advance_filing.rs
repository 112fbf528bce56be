//! 预报备: what can be foreseen (weather, a large national event, work in the warehouse) is filed before it comes, and
//! frees the orders placed while it lasts.

use super::emergency_filing::answer_due;
use crate::assess::case::Step;
use crate::assess::facts::best;
use crate::assess::prelude::*;
use crate::casebook::{Filing, FilingKind, FilingStatus};

/// An approved advance filing waives the deadlines of JD orders placed in its window.
pub static RULE: Rule = Rule {
    code: Code("JD103"),
    name: "advance-filing",
    needs: &[Field::OrderedAt],
    params: &["jd.filing-answer", "jd.advance-first-day", "jd.advance-last-day"],
    logic: Logic::Exemption { of: &[Code("JD001"), Code("JD002")], judge },
    note: false,
    examples: "
        ordered_at        stands_at         status             filing.kind  filing.status  filing.submitted_at  filing.window_from  filing.window_to  as_of             | state           effect
        2020-02-17 10:00  2020-02-17 10:00  awaiting-shipment  advance      approved       2020-02-14 09:00     2020-02-16          2020-02-17        2020-02-18 10:30  | waived          waived
        2020-02-17 23:59  2020-02-17 23:59  awaiting-shipment  advance      approved       2020-02-16 09:00     2020-02-16          2020-02-17        2020-02-19 00:29  | waived          waived
        2020-02-18 00:00  2020-02-18 00:00  awaiting-shipment  advance      approved       2020-02-14 09:00     2020-02-16          2020-02-17        2020-02-19 00:30  | overdue by 30m  -
        2020-02-17 10:00  2020-02-17 10:00  awaiting-shipment  advance      approved       2020-02-14 09:00     2020-02-16          -                 2020-02-18 10:30  | overdue by 30m  refused: advance-without-window
        2020-02-17 10:00  2020-02-17 10:00  awaiting-shipment  advance      pending        2020-02-17 09:00     2020-02-16          2020-02-17        2020-02-18 10:30  | overdue by 30m  pending until 2020-02-18 09:00
        2020-02-17 10:00  2020-02-17 10:00  awaiting-shipment  advance      rejected       2020-02-14 09:00     2020-02-16          2020-02-17        2020-02-18 10:30  | overdue by 30m  refused: advance-rejected
        2020-02-17 10:00  2020-02-17 10:00  awaiting-shipment  advance      draft          2020-02-14 09:00     2020-02-20          2020-02-21        2020-02-18 10:30  | overdue by 30m  -
    ",
};

fn judge(case: &Case<'_>, _: &Obligation) -> Judged<Option<Relief>> {
    Ok(best(case.filings(FilingKind::Advance).filter_map(|filing| claim(case, filing))))
}

fn claim(case: &Case<'_>, filing: &Filing) -> Option<Relief> {
    let bounded = filing.window.from.is_some() && filing.window.to.is_some();
    Some(match filing.status {
        FilingStatus::Approved if bounded || !filing.order_ids.is_empty() => {
            note_filing_days(case, filing);
            Relief::Waive
        }
        FilingStatus::Approved => Relief::Refused { why: "advance-without-window" },
        FilingStatus::Pending => Relief::Pending { until: answer_due(case, filing)? },
        FilingStatus::Rejected => Relief::Refused { why: "advance-rejected" },
        FilingStatus::Draft | FilingStatus::Cancelled => return None,
    })
}

/// It is meant for the days to come: one handed in outside of its days holds all the same once approved, and the trail
/// says so.
fn note_filing_days(case: &Case<'_>, filing: &Filing) {
    let zone = case.day_zone();
    let (Some(from), submitted) = (filing.window.from, filing.submitted_at.start(zone)) else { return };
    let before = |param| {
        let span: crate::rulebook::Span = *case.value(param)?;
        from.start(zone).checked_sub_signed(span.0)
    };
    let first = before(&case.book.jd.advance_first_day).map(|at| crate::casebook::When::At(at).day(zone));
    let last = before(&case.book.jd.advance_last_day);
    let early = first.is_some_and(|first| filing.submitted_at.day(zone) < first);
    let late = last.is_some_and(|last| submitted > last);
    let what = if early || late { OUTSIDE } else { INSIDE };
    case.note_row(what, submitted, "filings", filing.row);
}

/// The steps of the trail that name the filing.
const INSIDE: &str = "filed_at";
const OUTSIDE: &str = "filed_outside_its_days";

/// What is to be noted of a claim that holds, as its trail tells: a word under `note` of the words.
pub fn note(code: Code, trail: &[Step]) -> Option<&'static str> {
    let has = |step: &str| trail.iter().any(|known| known.step == step);
    (code == RULE.code && has(OUTSIDE) && !has(INSIDE)).then_some("filed-outside-its-days")
}

#[cfg(test)]
mod tests {
    use super::{INSIDE, OUTSIDE, RULE, note};
    use crate::assess::{Code, Step};

    #[test]
    fn a_filing_outside_of_its_days_is_noted_unless_another_was_inside() {
        let trail = |steps: &[&str]| -> Vec<Step> {
            let step =
                |step: &&str| Step { step: (*step).to_owned(), value: String::new(), from: String::new() };
            steps.iter().map(step).collect()
        };
        let told = |code, steps: &[&str]| note(code, &trail(steps)).is_some();
        assert!(told(RULE.code, &[OUTSIDE]));
        assert!(!told(RULE.code, &[INSIDE]) && !told(RULE.code, &[OUTSIDE, INSIDE]) && !told(RULE.code, &[]));
        assert!(!told(Code("JD102"), &[OUTSIDE]));
    }
}
