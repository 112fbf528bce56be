//! The scan: what happens as planned and in the cases, and what would have to be otherwise.

use super::answers::{Facts, Paper, Presale, Spot, Today, calendar, papers, presales, spots};
use super::backlog::{Backlog, backlog};
use super::bench::{Bench, Case, last_help, late, percent};
use super::capacity::{Capacity, Roster};
use super::days::{Day, Load, by_day};
use super::demand::{Board, Cell, Draft};
use super::expect::{Arrivals, Expected, Span, arrivals, scaled};
use super::jd::Weeks;
use super::least::none_late;
use super::model::{Outcome, simulate};
use super::plan::Grid;
use super::promise::promises;
use super::shops::Shops;
use super::trials::{Draws, Trials, trials};
use super::verdict::{Reason, Verdict, decide};
use crate::audit::Audit;
use crate::order::{Instant, Marketplace};
use crate::tally::Period;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What a scan is asked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The days of the promotion.
    pub span: Span,
    /// The orders expected in it.
    pub expected: Vec<Expected>,
    /// What can be shipped.
    pub capacity: Capacity,
    /// Whether nobody said how much: then the least with none late is planned with, in the hours of `capacity`.
    pub open: bool,
    /// Runs by chance, where asked for.
    pub draws: Option<Draws>,
}

/// Everything counted over the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Orders still to be shipped at the beginning.
    pub backlog: u64,
    /// Orders that are expected.
    pub expected: u64,
    /// Orders that ship within the plan.
    pub shipped: u64,
    /// Orders that are not on time, without those late already.
    pub late: u64,
    /// Orders due before the moment of the scan.
    pub already_late: u64,
    /// Orders due before the first hour ends; they are among the late.
    pub beyond_saving: u64,
    /// Other late orders that no number of hands in these hours could save: nobody works before they are due.
    pub without_hands: u64,
}

/// The least that would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Least {
    /// Orders a day with which none is late that could be saved.
    pub none_late: u64,
    /// Orders a day to plan with so that the same holds with more orders and less capacity at once.
    pub all_cases: u64,
    /// Orders a day with which each JD store keeps its rate; none where no number does.
    pub jd: Vec<(String, Option<u64>)>,
}

/// What a scan says.
#[derive(Clone, Debug)]
pub struct Scan {
    /// The days of the promotion.
    pub span: Span,
    /// The hours of the plan.
    pub grid: Grid,
    /// Orders a day, where there is one number for all days.
    pub planned: Option<u64>,
    /// What is to be done.
    pub verdict: Verdict,
    /// Why, the weightiest first.
    pub reasons: [Reason; 3],
    /// By day and store.
    pub days: Vec<Day>,
    /// By day.
    pub loads: Vec<Load>,
    /// In all.
    pub totals: Totals,
    /// The least that would do.
    pub least: Least,
    /// The last day on which more hands still make fewer orders late.
    pub last_help: Option<NaiveDate>,
    /// As planned, more orders, less capacity, both.
    pub cases: Vec<Case>,
    /// JD's weeks at the moment of the scan, from the current one on.
    pub now: Vec<Period>,
    /// Runs by chance.
    pub trials: Option<Trials>,
    /// What was open at the beginning.
    pub backlog: Backlog,
    /// Places that are closed or slowed.
    pub spots: Vec<Spot>,
    /// Notices and filings.
    pub papers: Vec<Paper>,
    /// Presales that wait.
    pub presales: Vec<Presale>,
    /// What to do on which day.
    pub calendar: Vec<Today>,
    /// Stores whose expected orders have no deadline that anybody could tell.
    pub untold: Vec<(Marketplace, String)>,
    /// Expected orders that the plan leaves out, and why.
    pub past: u64,
    /// See [`Arrivals::outside`].
    pub outside: u64,
    /// How often orders of the backlog have no deadline that anybody could tell.
    pub untold_backlog: u64,
}

/// Scans. The capacity in hours must be as long as a plan.
pub fn scan(audit: &Audit, plan: &Plan) -> Scan {
    let grid = Grid::new(audit.as_of);
    let until = plan.span.ends().map_or(audit.as_of, |(_, over)| over);
    let (shops, backlog) = (Shops::of(audit), backlog(audit, until));
    let expected = |list: &[Expected]| arrivals(list, plan.span, &grid, &shops, &audit.book);
    let arrivals = expected(&plan.expected);
    let (drafted, untold) = drafts(audit, &grid, &shops, &backlog, &arrivals);
    let board = Board::new(&grid, &drafted);
    let more = scaled(&plan.expected, 100 + percent(&audit.book.scan.case_orders));
    let more = Board::new(&grid, &drafts(audit, &grid, &shops, &backlog, &expected(&more)).0);
    let roster = Roster::new(&grid, &plan.capacity);
    let enough = none_late(&grid, &board.demand, &roster);
    let capacity = if plan.open { plan.capacity.with(enough) } else { plan.capacity.clone() };
    let hours = capacity.hours(&grid);
    let (outcome, days, loads) = by_day(&grid, &board, &hours, plan.span.to);
    let weeks = Weeks::new(audit, &board);
    let bench = Bench { audit, grid, capacity: &capacity, board: &board, more: &more, weeks: &weeks };
    let cases = bench.cases(&hours, &outcome);
    let twice = bench.twice();
    let least = Least {
        none_late: enough,
        all_cases: bench.need_of_all(&roster),
        jd: bench.least_of_jd(&roster, &cases[0].jd),
    };
    let without_end = roster.capacity(bench.most());
    let unlimited = late(&board, &simulate(&board.demand, &without_end, |_, _, _| {}));
    let mut totals = totals(&grid, &board, &outcome);
    let lost = totals.beyond_saving;
    totals.without_hands = unlimited.saturating_sub(lost);
    let trials = plan.draws.map(|draws| trials(&grid, &board, &hours, &weeks, &audit.book.scan, lost, draws));
    let last_help = last_help(&grid, &board, &hours, &without_end, &loads);
    let markets: BTreeSet<Marketplace> = board.cells.iter().map(|cell| cell.marketplace).collect();
    let spots = spots(audit, &backlog, &markets, until);
    let jd_stores: Vec<String> = cases[0].jd.iter().map(|store| store.store.clone()).collect();
    let papers = papers(audit, plan.span, &jd_stores);
    let calendar = calendar(&Facts {
        as_of: audit.as_of,
        span: plan.span,
        loads: &loads,
        already_late: totals.already_late,
        last_help,
        papers: &papers,
        spots: &spots,
    });
    let (verdict, reasons) =
        decide(&cases, (twice, unlimited, lost), &totals, &least, (capacity.a_day(), plan.open));
    Scan {
        span: plan.span,
        grid,
        planned: capacity.a_day(),
        verdict,
        reasons,
        days,
        loads,
        totals,
        least,
        last_help,
        cases,
        trials,
        spots,
        papers,
        presales: presales(audit, &backlog),
        now: weeks.now(),
        calendar,
        untold,
        past: arrivals.past,
        outside: arrivals.outside,
        untold_backlog: backlog.open.iter().filter(|open| open.untold).count() as u64,
        backlog,
    }
}

/// The lots of the plan, and the stores whose expected orders have no deadline that anybody could tell.
fn drafts(
    audit: &Audit,
    grid: &Grid,
    shops: &Shops,
    backlog: &Backlog,
    arrivals: &Arrivals,
) -> (Vec<Draft>, Vec<(Marketplace, String)>) {
    let of_open = |open: &super::backlog::Open| Draft {
        cell: Cell {
            marketplace: open.marketplace,
            store: open.store.clone(),
            expected: false,
            already_late: open.due.is_some_and(|due| due < audit.as_of),
            week: open.week,
            delayed: open.delayed,
        },
        due: open.due,
        arrives: 0,
        since: open.since,
        count: 1,
    };
    let mut drafts: Vec<Draft> = backlog.open.iter().map(of_open).collect();
    let mut untold = Vec::new();
    for ((marketplace, store), orders) in &arrivals.stores {
        let hours: Vec<u32> = orders.keys().copied().collect();
        let promises = promises(audit, grid, *marketplace, &shops.get(*marketplace, store), &hours);
        if promises.iter().any(|promise| promise.untold) {
            untold.push((*marketplace, store.clone()));
        }
        for ((hour, count), promise) in orders.iter().zip(promises) {
            let cell = Cell {
                marketplace: *marketplace,
                store: store.clone(),
                expected: true,
                already_late: false,
                week: promise.week,
                delayed: false,
            };
            let since = grid.begin(*hour);
            drafts.push(Draft { cell, due: promise.due, arrives: *hour, since, count: *count });
        }
    }
    (drafts, untold)
}

fn totals(grid: &Grid, board: &Board, outcome: &Outcome) -> Totals {
    let beyond = board.demand.lots().filter(|(lot, last)| {
        let cell = &board.cells[lot.group as usize];
        !cell.expected && !cell.already_late && lot.due.is_some_and(|due| due >= grid.as_of) && last.is_none()
    });
    Totals {
        backlog: board.orders(|cell| !cell.expected),
        expected: board.orders(|cell| cell.expected),
        shipped: outcome.groups.iter().map(|counts| counts.shipped).sum(),
        late: late(board, outcome),
        already_late: board.orders(|cell| cell.already_late),
        beyond_saving: beyond.map(|(lot, _)| lot.count).sum(),
        without_hands: 0,
    }
}

/// The moment of a scan.
impl Scan {
    /// The moment of the scan.
    pub const fn as_of(&self) -> Instant {
        self.grid.as_of
    }
}
