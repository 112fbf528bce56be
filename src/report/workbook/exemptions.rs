//! Which orders are covered by what, until when, and which claims are open or do not hold; then which notices and
//! filings of the casebook help how many orders.

use super::ReportError;
use super::desk::Desk;
use super::pages::{Look, Pages, Sheet};
use crate::assess::{Code, Finding, Relief, Verdict, judge_into};
use crate::casebook::{When, Window};
use crate::normalise::{Order, region};
use crate::order::Instant;
use crate::report::claims::{Evidence, Fact, Use, ending, evidence, use_of};
use crate::report::rows::Row;
use chrono_tz::Tz;

const COLUMNS: [(&str, f64); 12] = [
    ("use", 13.0),
    ("order-id", 24.0),
    ("marketplace", 13.0),
    ("store", 18.0),
    ("due", 30.0),
    ("risk", 12.0),
    ("exemption", 26.0),
    ("effect", 12.0),
    ("until", 17.0),
    ("zone", 11.0),
    ("hours-left", 10.0),
    ("claim", 60.0),
];

const EVIDENCE: [(&str, f64); 12] = [
    ("use", 13.0),
    ("fact", 22.0),
    ("row", 7.0),
    ("marketplace", 13.0),
    ("store", 18.0),
    ("region", 30.0),
    ("window", 36.0),
    ("ends", 17.0),
    ("zone", 11.0),
    ("hours-left", 10.0),
    ("orders", 9.0),
    ("reference", 40.0),
];

/// A claim on an order, by what asks for attention first.
struct Claim {
    rank: (Use, bool, Option<Instant>),
    order: u32,
    finding: usize,
    exemption: usize,
}

/// Writes the sheets: the claims on as many as they need, and the casebook's facts where it has any.
pub fn write(desk: &Desk<'_>) -> Result<Vec<Sheet>, ReportError> {
    let columns = COLUMNS.iter().map(|(key, width)| desk.column(key, *width)).collect();
    let look = Look { pages_wide: 1, ..desk.look("exemptions", columns, 2) };
    let mut pages = Pages::new(desk.factory, desk.styles, look);
    pages.fill(&claims(desk), |verdict: &mut Verdict, row, claim| {
        let order = &desk.audit.ledger.orders[claim.order as usize];
        judge_into(desk.audit.context(), order, verdict);
        entry(desk, row, order, &verdict.findings[claim.finding], claim);
    })?;
    let mut sheets = pages.finish(|_, _| Ok(()))?;
    sheets.extend(facts(desk)?);
    Ok(sheets)
}

/// All claims, in the order in which they are shown.
fn claims(desk: &Desk<'_>) -> Vec<Claim> {
    let mut list = Vec::new();
    for number in &desk.audit.claimed {
        let verdict = desk.audit.verdict(*number);
        for (finding, found) in verdict.findings.iter().enumerate() {
            for (exemption, (_, relief)) in found.exemptions.iter().enumerate() {
                let how = use_of(&verdict, found, *relief, desk.audit.as_of);
                let until =
                    until(*relief).or_else(|| (how == Use::Expiring).then(|| ending(&verdict)).flatten());
                let rank = (how, until.is_none(), until);
                list.push(Claim { rank, order: *number, finding, exemption });
            }
        }
    }
    list.sort_by_key(|claim| (claim.rank, claim.order, claim.finding, claim.exemption));
    list
}

const fn until(relief: Relief) -> Option<Instant> {
    match relief {
        Relief::Extend(to) => Some(to),
        Relief::Pending { until } => Some(until),
        Relief::Claimable { file_by, .. } => file_by,
        Relief::Waive | Relief::Void | Relief::Refused { .. } => None,
    }
}

fn entry(desk: &Desk<'_>, row: &mut Row<'_>, order: &Order, finding: &Finding, claim: &Claim) {
    let (styles, speaker, ledger) = (desk.styles, &desk.speaker, &desk.audit.ledger);
    let zone = speaker.day_zone(order);
    let (code, relief): (Code, Relief) = finding.exemptions[claim.exemption];
    let (how, _, until) = claim.rank;
    let effect = match relief {
        Relief::Extend(_) => "extended",
        Relief::Waive => "waived",
        Relief::Void => "void",
        Relief::Pending { .. } => "pending",
        Relief::Claimable { .. } => "claimable",
        Relief::Refused { .. } => "refused",
    };
    let texts = [
        (0, desk.say(&format!("use.{}", how.as_str()), &[])),
        (1, ledger.order_id(order).to_owned()),
        (2, speaker.marketplace(ledger.input(order).marketplace)),
        (3, ledger.store(order).name.clone()),
        (4, speaker.title(finding.rule.code)),
        (5, speaker.known("state", finding.state.as_str())),
        (6, format!("{code} {}", speaker.title(code))),
        (7, desk.say(&format!("effect.{effect}"), &[])),
        (11, speaker.claim(code, relief, zone)),
    ];
    for (column, text) in &texts {
        row.text(*column, text, &styles.text);
    }
    desk.moment(row, 8, until, zone);
}

/// The notices and filings of the casebook; none where it has none.
fn facts(desk: &Desk<'_>) -> Result<Vec<Sheet>, ReportError> {
    let mut list = evidence(desk.audit);
    if list.is_empty() {
        return Ok(Vec::new());
    }
    list.sort_by_key(|it| (it.state, it.ends.is_none(), it.ends));
    let columns = EVIDENCE.iter().map(|(key, width)| desk.column(key, *width)).collect();
    let look = Look { pages_wide: 1, ..desk.look("facts", columns, 2) };
    let mut pages = Pages::new(desk.factory, desk.styles, look);
    pages.fill(&list, |(), row, it| fact(desk, row, it))?;
    Ok(pages.finish(|_, _| Ok(()))?)
}

fn fact(desk: &Desk<'_>, row: &mut Row<'_>, it: &Evidence<'_>) {
    let (styles, speaker) = (desk.styles, &desk.speaker);
    let places = |places: &[region::Place]| places.iter().map(place).collect::<Vec<_>>().join("\n");
    let (kind, at, store, region, windows, reference) = match it.fact {
        Fact::Notice(notice) => {
            let windows = [("ordered", notice.ordered), ("paid", notice.paid), ("off", notice.off)];
            let region = places(notice.region.as_slice());
            let kind = (desk.said(notice.kind), "notice");
            (kind, notice.row, &notice.store, region, windows.to_vec(), notice.reference.clone())
        }
        Fact::Filing(filing) => {
            let kind = (desk.said(filing.kind), "filing");
            let region = if filing.order_ids.is_empty() {
                places(&filing.regions)
            } else {
                filing.order_ids.join("\n")
            };
            let windows = vec![("ordered", filing.window)];
            (kind, filing.row, &filing.store, region, windows, Some(desk.said(filing.status).to_owned()))
        }
    };
    let windows: Vec<String> = windows
        .into_iter()
        .filter(|(_, window)| !window.is_open())
        .map(|(which, window)| desk.say(&format!("window.{which}"), &[("window", &span(window, it.zone))]))
        .collect();
    let store = store.clone().unwrap_or_default();
    let texts = [
        (0, desk.say(&format!("use.{}", it.state.as_str()), &[])),
        (1, desk.say(&format!("fact.{}", kind.1), &[("kind", kind.0)])),
        (3, speaker.marketplace(Some(it.fact.marketplace()))),
        (4, store),
        (5, region),
        (6, windows.join("\n")),
        (11, reference.unwrap_or_default()),
    ];
    for (column, text) in &texts {
        row.text(*column, text, &styles.wrap);
    }
    row.number(2, f64::from(at), &styles.count);
    desk.moment(row, 7, it.ends, it.zone);
    row.number(10, it.orders as f64, &styles.count);
}

fn place(place: &region::Place) -> String {
    match place {
        region::Place::China(region) => region::name(*region),
        region::Place::Foreign(code) => (*code).to_owned(),
    }
}

fn span(window: Window, zone: Tz) -> String {
    let show = |at: Option<When>| {
        at.map_or_else(String::new, |at| match at {
            When::Day(day) => day.format("%Y-%m-%d").to_string(),
            When::At(at) => at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
        })
    };
    format!("{} – {}", show(window.from), show(window.to))
}
