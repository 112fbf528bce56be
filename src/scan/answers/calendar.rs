//! The days up to and through the promotion, and what to do on each.

use super::filings::{Paper, PaperKind};
use super::places::Spot;
use crate::casebook::When;
use crate::order::{Instant, Marketplace};
use crate::scan::ZONE;
use crate::scan::days::Load;
use crate::scan::expect::Span;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Something to do or to know: a stable word; `words` has the sentence under `scan.task`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The stable word.
    pub code: &'static str,
    /// How many orders, where that is counted.
    pub orders: Option<u64>,
    /// Whose matter it is.
    pub marketplace: Option<Marketplace>,
    /// The store or the place.
    pub of: Option<String>,
}

/// A day with its tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// The day, Asia/Shanghai.
    pub date: NaiveDate,
    /// Its tasks.
    pub tasks: Vec<Task>,
}

/// What the calendar is made of.
pub struct Facts<'f> {
    /// The moment of the scan.
    pub as_of: Instant,
    /// The window.
    pub span: Span,
    /// The days of the plan.
    pub loads: &'f [Load],
    /// Orders late already.
    pub already_late: u64,
    /// The last day on which more hands help.
    pub last_help: Option<NaiveDate>,
    /// Notices and filings.
    pub papers: &'f [Paper],
    /// Places.
    pub spots: &'f [Spot],
}

/// The days from that of the scan to the last of the window, and on while something is to be done.
pub fn calendar(facts: &Facts<'_>) -> Vec<Today> {
    let mut days: BTreeMap<NaiveDate, Vec<Task>> = BTreeMap::new();
    let today = When::At(facts.as_of).day(ZONE);
    for day in today.iter_days().take_while(|day| *day <= facts.span.to) {
        days.insert(day, Vec::new());
    }
    let mut add = |day: NaiveDate, task: Task| {
        if day >= today {
            days.entry(day).or_default().push(task);
        }
    };
    add(facts.span.from, task("begins"));
    if facts.already_late > 0 {
        add(today, Task { orders: Some(facts.already_late), ..task("late-already") });
    }
    loads(facts, &mut add);
    if let Some(day) = facts.last_help {
        add(day, task("last-help"));
    }
    for paper in facts.papers {
        of_paper(paper, today, &mut add);
    }
    for spot in facts.spots.iter().filter(|spot| spot.open > 0) {
        let name = crate::scan::place_name(spot.place);
        let here = Task { orders: Some(spot.open), of: Some(name), ..task("place") };
        add(today, Task { marketplace: spot.marketplace, ..here });
    }
    add(facts.span.to, task("ends"));
    days.into_iter().map(|(date, tasks)| Today { date, tasks }).collect()
}

const fn task(code: &'static str) -> Task {
    Task { code, orders: None, marketplace: None, of: None }
}

fn loads(facts: &Facts<'_>, add: &mut dyn FnMut(NaiveDate, Task)) {
    let most = facts.loads.iter().map(|load| load.figures.arriving).max().unwrap_or(0);
    let mut waiting = 0;
    for load in facts.loads {
        let figures = &load.figures;
        let count = |code, orders| Task { orders: Some(orders), ..task(code) };
        if figures.arriving == most && most > 0 {
            add(load.date, count("peak", most));
        }
        if figures.due > 0 {
            add(load.date, count("due", figures.due));
        }
        if figures.late > 0 {
            add(load.date, count("late", figures.late));
        }
        let there = waiting + figures.arriving;
        if load.capacity == 0 && there > 0 {
            add(load.date, count("nobody", there));
        }
        waiting = figures.waiting;
    }
}

fn of_paper(paper: &Paper, today: NaiveDate, add: &mut dyn FnMut(NaiveDate, Task)) {
    let of = |code| Task { marketplace: Some(paper.marketplace), of: paper.store.clone(), ..task(code) };
    let day = |at: Instant| When::At(at).day(ZONE);
    match paper.kind {
        PaperKind::NoticeEnds => {
            if let Some(ends) = paper.ends {
                add(day(ends), of("notice-ends"));
            }
        }
        PaperKind::AnswerDue => {
            if let Some(ends) = paper.ends {
                // An answer that is overdue is asked for now.
                add(day(ends).max(today), of("answer-due"));
            }
        }
        PaperKind::FilingEnds => {
            if let Some(ends) = paper.ends {
                add(day(ends), of("filing-ends"));
            }
            if let Some(first) = paper.first_day {
                add(first.max(today), of("renew"));
            }
        }
        PaperKind::JdAdvance if paper.too_late => {}
        PaperKind::JdAdvance => {
            if let (Some(first), Some(last)) = (paper.first_day, paper.last) {
                add(first.max(today), of("jd-advance-first"));
                add(day(last), of("jd-advance-last"));
            }
        }
    }
}
