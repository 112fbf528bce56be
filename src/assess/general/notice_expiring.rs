//! An order that only a notice or a filing holds back is pressing again once that ends.

use crate::assess::finding::Finding;
use crate::assess::prelude::*;
use crate::casebook::{FilingStatus, NoticeKind};
use crate::order::{Instant, Marketplace};
use chrono::Duration;

/// A notice or filing that holds an order back ends soon.
pub static RULE: Rule = Rule {
    code: Code("GEN101"),
    name: "notice-expiring",
    needs: &[],
    params: &["general.warning-hours-rules", "general.warning-days-rules"],
    logic: Logic::Check(check),
    note: false,
    examples: "
        paid_at           ship_by           shipped_at        status             notice.kind  notice.side  notice.paid_from  notice.paid_to    notice.extend_days  filing.order_id  filing.kind  filing.status  filing.submitted_at  filing.window_to  as_of             | state
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  shipping     either       2026-11-01        2026-11-10 10:00  3  -  -       -         -                 -                 2026-11-09 10:00  | advice: notice-expiring
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  shipping     either       2026-11-01        2026-11-10 10:00  3  -  -       -         -                 -                 2026-11-09 09:59  | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  shipping     either       2026-11-01        2026-11-10 10:00  3  -  -       -         -                 -                 2026-11-10 10:01  | nothing
        2026-11-07 10:00  2026-11-09 10:00  2026-11-09 09:00  shipped            shipping     either       2026-11-01        2026-11-10 10:00  3  -  -       -         -                 -                 2026-11-09 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  shipping     either       2026-11-01        -                 3  -  -       -         -                 -                 2026-11-09 10:00  | nothing
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  shipping     either       2026-11-01        2026-11-09 12:00  3  1  region  approved  2026-11-07 12:00  2026-11-10 09:00  2026-11-09 10:00  | advice: filing-expiring
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  shipping     either       2026-11-01        2026-11-09 12:00  3  1  region  rejected  2026-11-07 12:00  2026-11-10 09:00  2026-11-09 10:00  | advice: notice-expiring
        2026-11-07 10:00  2026-11-09 10:00  -                 awaiting-shipment  -            -            -                 -                 -  1  region  approved  2026-11-07 12:00  2026-11-10 09:00  2026-11-09 10:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let Some(ahead) = case.judged().filter(|f| held_back(f)).filter_map(|f| warning(case, f)).max() else {
        return Ok(None);
    };
    // What lasts longest still holds; without an end nothing ends.
    let ends = notices(case).chain(filings(case));
    let Some((Some(end), key)) = ends.max_by_key(|(end, _)| (end.is_none(), *end)) else { return Ok(None) };
    let soon = case.as_of <= end && end - case.as_of <= ahead;
    Ok(soon.then(|| Advice::of(key, Some(end))))
}

/// Whether something is still to be done, and an exemption gives it time.
fn held_back(finding: &Finding) -> bool {
    let gives = |relief: &Relief| matches!(relief, Relief::Extend(_) | Relief::Waive);
    finding.unwaived.is_open() && finding.exemptions.iter().any(|(_, relief)| gives(relief))
}

fn warning(case: &Case<'_>, finding: &Finding) -> Option<Duration> {
    let Logic::Deadline(deadline) = finding.rule.logic else { return None };
    let general = &case.book.general;
    let param = match deadline.unit {
        Unit::Hours => &general.warning_hours_rules,
        Unit::Days => &general.warning_days_rules,
    };
    case.value(param).map(|span| span.0)
}

/// When something ends, and what is said of it.
type End = (Option<Instant>, &'static str);

fn notices(case: &Case<'_>) -> impl Iterator<Item = End> {
    let (scene, zone, of) = (case.scene(), case.day_zone(), case.marketplace());
    // Douyin extends its notices itself, or lets them run out: there is nothing to file.
    let key = if of == Some(Marketplace::Douyin) { "douyin-notice-expiring" } else { "notice-expiring" };
    let all = of.map(|it| case.run.casebook.notices(it)).into_iter().flatten();
    all.filter(move |it| it.kind != NoticeKind::AfterSales && it.covers(&scene)).map(move |it| {
        let end = it.off.to.or(it.ordered.to).or(it.paid.to);
        (end.map(|end| end.end(zone)), key)
    })
}

fn filings(case: &Case<'_>) -> impl Iterator<Item = End> {
    let (scene, zone, id) = (case.scene(), case.day_zone(), case.order_id());
    let all = case.marketplace().map(|it| case.run.casebook.filings_about(it, id)).into_iter().flatten();
    // A filing of a new ship time has no window of its own that could end.
    all.filter(move |it| it.status == FilingStatus::Approved && it.covers(id, &scene))
        .filter_map(move |it| it.window.to.map(|end| (Some(end.end(zone)), "filing-expiring")))
}
