//! Notices and filings that end before or in the window, and what can still be filed for it.

use crate::audit::Audit;
use crate::casebook::{Filing, FilingStatus, NoticeKind, When};
use crate::order::{Instant, Marketplace};
use crate::rulebook::{Param, Span as Length};
use crate::scan::ZONE;
use crate::scan::expect::Span;
use chrono::NaiveDate;

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperKind {
    /// A notice ends: nothing to file, look for the next one.
    NoticeEnds,
    /// A filing ends.
    FilingEnds,
    /// A filing waits for its answer.
    AnswerDue,
    /// JD's advance filing for the window.
    JdAdvance,
}

impl PaperKind {
    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            PaperKind::NoticeEnds => "notice-ends",
            PaperKind::FilingEnds => "filing-ends",
            PaperKind::AnswerDue => "answer-due",
            PaperKind::JdAdvance => "jd-advance-filing",
        }
    }
}

/// A notice or filing to think of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub kind: PaperKind,
    /// Its marketplace.
    pub marketplace: Marketplace,
    /// Its store; every store when none.
    pub store: Option<String>,
    /// When what is there ends, or the answer is due.
    pub ends: Option<Instant>,
    /// The first day to file.
    pub first_day: Option<NaiveDate>,
    /// The last moment to file.
    pub last: Option<Instant>,
    /// Whether that has passed.
    pub too_late: bool,
    /// Where in the casebook it stands: sheet and row.
    pub source: Option<(&'static str, u32)>,
}

/// All of them, by when they end or must be filed.
pub fn papers(audit: &Audit, span: Span, jd_stores: &[String]) -> Vec<Paper> {
    let Some((begin, over)) = span.ends() else { return Vec::new() };
    let ahead = |at: &Instant| *at >= audit.as_of && *at < over;
    let mut papers = Vec::new();
    for notice in audit.casebook.all_notices().iter().filter(|it| it.kind != NoticeKind::AfterSales) {
        let ends = [notice.off.to, notice.ordered.to, notice.paid.to].into_iter().flatten();
        let ends = ends.map(|end| end.end(ZONE)).max();
        if let Some(ends) = ends.filter(ahead) {
            papers.push(Paper {
                ends: Some(ends),
                source: Some(("notices", notice.row)),
                ..blank(PaperKind::NoticeEnds, notice.marketplace, notice.store.clone())
            });
        }
    }
    for filing in audit.casebook.all_filings() {
        papers.extend(of_filing(audit, filing, &ahead));
    }
    for store in jd_stores {
        papers.extend(jd_advance(audit, begin, store));
    }
    papers.sort_by_key(|paper| (paper.last.or(paper.ends), paper.kind, paper.source, paper.store.clone()));
    papers
}

fn blank(kind: PaperKind, marketplace: Marketplace, store: Option<String>) -> Paper {
    Paper { kind, marketplace, store, ends: None, first_day: None, last: None, too_late: false, source: None }
}

fn of_filing(audit: &Audit, filing: &Filing, ahead: &dyn Fn(&Instant) -> bool) -> Option<Paper> {
    let source = Some(("filings", filing.row));
    let paper = |kind| blank(kind, filing.marketplace, filing.store.clone());
    match filing.status {
        FilingStatus::Approved => {
            let ends = filing.window.to.or(filing.extended_to)?.end(ZONE);
            // Only Douyin's sources say when a filing is renewed.
            let renewal = (filing.marketplace == Marketplace::Douyin)
                .then(|| length(&audit.book.douyin.filing_renewal))
                .flatten();
            let first_day = renewal.map(|before| When::At(ends - before).day(ZONE));
            let last = renewal.map(|_| ends);
            ahead(&ends).then(|| Paper {
                ends: Some(ends),
                first_day,
                last,
                source,
                ..paper(PaperKind::FilingEnds)
            })
        }
        FilingStatus::Pending => {
            let wait = match filing.marketplace {
                Marketplace::Jd => length(&audit.book.jd.filing_answer),
                Marketplace::Douyin => length(&audit.book.douyin.filing_answer),
                _ => None,
            };
            let ends = filing.submitted_at.start(ZONE) + wait?;
            Some(Paper { ends: Some(ends), source, ..paper(PaperKind::AnswerDue) })
        }
        _ => None,
    }
}

/// The days in which JD takes an advance filing for what begins with the window.
fn jd_advance(audit: &Audit, begin: Instant, store: &str) -> Option<Paper> {
    let first = begin - length(&audit.book.jd.advance_first_day)?;
    let last = begin - length(&audit.book.jd.advance_last_day)?;
    Some(Paper {
        first_day: Some(When::At(first).day(ZONE)),
        last: Some(last),
        too_late: last < audit.as_of,
        ..blank(PaperKind::JdAdvance, Marketplace::Jd, Some(store.to_owned()))
    })
}

fn length(param: &Param<Length>) -> Option<chrono::Duration> {
    param.on(None).map(|entry| entry.value.0)
}
