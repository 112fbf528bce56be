//! 报备: an approved filing moves shipping and takes the other clocks away (source: 1.1, 2.5, 4.1).

use super::facts;
use crate::assess::Step;
use crate::assess::facts::best;
use crate::assess::prelude::*;
use crate::casebook::{Filing, FilingStatus};

/// An approved filing exempts the Douyin orders it covers.
pub static RULE: Rule = Rule {
    code: Code("DY103"),
    name: "filing",
    needs: &[],
    params: &["douyin.filing-answer"],
    logic: Logic::Exemption { of: &[Code("DY001"), Code("DY002"), Code("DY003"), Code("DY004")], judge },
    note: false,
    examples: "
        ordered_at        ship_by           shipped_at           status             ship_to             ship_from           filing.kind  filing.order_id  filing.regions  filing.window_from  filing.window_to  filing.submitted_at  filing.status  filing.extended_to  as_of                | state           effect
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00     shipped            -                   -                   region       1                -               -                   -                 2026-11-08 10:00     approved       2026-11-12 10:00    2026-11-13 10:00     | met             extended to 2026-11-12 10:00
        2026-11-07 10:00  2026-11-09 10:00  2026-11-12 10:00:01  shipped            -                   -                   region       1                -               -                   -                 2026-11-08 10:00     approved       2026-11-12 10:00    2026-11-13 10:00     | late by 1s      extended to 2026-11-12 10:00
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -                   region       1                -               -                   -                 2026-11-08 10:00     approved       -                   2026-11-13 10:00     | waived          waived
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖北省武汉市武昌区  -                   region       -                湖北/武汉       2026-11-06          2026-11-07        2026-11-08 10:00     approved       2026-11-12          2026-11-12 23:59:59  | urgent, 0m left  extended to 2026-11-12 23:59
        2026-11-08 00:00  2026-11-10 00:00  -                    awaiting-shipment  湖北省武汉市武昌区  -                   region       -                湖北/武汉       2026-11-06          2026-11-07        2026-11-08 10:00     approved       2026-11-12          2026-11-10 02:00     | overdue by 2h   -
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  湖南省长沙市岳麓区  湖南省长沙市岳麓区  region       -                湖北/武汉       -                   -                 2026-11-08 10:00     approved       2026-11-12          2026-11-09 12:00     | overdue by 2h   -
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -                   region       -                湖北/武汉       -                   -                 2026-11-08 10:00     approved       2026-11-12          2026-11-09 12:00     | overdue by 2h   refused: place-unknown
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -                   region       1                -               -                   -                 2026-11-08 10:00     pending        -                   2026-11-09 12:00     | overdue by 2h   pending until 2026-11-09 10:00
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -                   region       1                -               -                   -                 2026-11-08 10:00     draft          -                   2026-11-09 12:00     | overdue by 2h   claimable by 2026-11-09 10:00 with filing-material
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -                   region       1                -               -                   -                 2026-11-08 10:00     rejected       2026-11-12          2026-11-09 12:00     | overdue by 2h   refused: filing-rejected
        2026-11-07 10:00  2026-11-09 10:00  -                    awaiting-shipment  -                   -                   region       1                -               -                   -                 2026-11-08 10:00     cancelled      2026-11-12          2026-11-09 12:00     | overdue by 2h   refused: filing-cancelled
    ",
};

/// Of several filings the one that helps most counts.
fn judge(case: &Case<'_>, obligation: &Obligation) -> Judged<Option<Relief>> {
    let reliefs = facts::filings(case).filter_map(|(filing, fit)| match fit {
        Ok(()) => relief(case, obligation, filing),
        Err(_) if matches!(filing.status, FilingStatus::Rejected | FilingStatus::Cancelled) => None,
        Err(miss) => facts::mendable(miss).and_then(|why| facts::refused(obligation, why)),
    });
    Ok(best(reliefs))
}

fn relief(case: &Case<'_>, obligation: &Obligation, filing: &Filing) -> Option<Relief> {
    case.note(|| Step {
        step: "filing".to_owned(),
        value: filing.extended_to.map(|to| to.show(case.day_zone())).unwrap_or_default(),
        from: format!("casebook filings row {}", filing.row),
    });
    match (filing.status, filing.extended_to) {
        (FilingStatus::Approved, Some(to)) if obligation.rule == Code("DY001") => {
            Some(Relief::Extend(facts::end(case, to)))
        }
        (FilingStatus::Approved, _) => Some(Relief::Waive),
        (FilingStatus::Pending, _) => {
            let submitted = filing.submitted_at.start(case.day_zone());
            case.after(&case.book.douyin.filing_answer, submitted).map(|until| Relief::Pending { until })
        }
        (FilingStatus::Draft, _) => {
            Some(Relief::Claimable { file_by: Some(obligation.base_due_at), with: "filing-material" })
        }
        (FilingStatus::Rejected, _) => Some(Relief::Refused { why: "filing-rejected" }),
        (FilingStatus::Cancelled, _) => Some(Relief::Refused { why: "filing-cancelled" }),
    }
}
