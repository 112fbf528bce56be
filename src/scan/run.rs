//! The scan: what happens as planned and in the cases, and what would have to be otherwise.

use super::backlog::{Backlog, backlog};
use super::capacity::{Capacity, Roster};
use super::demand::{Board, Cell, Draft};
use super::expect::{Arrivals, Expected, Span, arrivals};
use super::jd::{JdStore, Weeks};
use super::least::{least, none_late};
use super::model::{Demand, Outcome, simulate};
use super::plan::{Grid, HOURS};
use super::promise::promises;
use super::shops::Shops;
use super::trials::{Draws, Trials, trials};
use super::verdict::{Reason, Verdict, decide};
use crate::audit::Audit;
use crate::order::{Instant, Marketplace};
use crate::rulebook::{Param, Percent};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What a scan is asked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The days of the promotion.
    pub span: Span,
    /// The orders expected in it.
    pub expected: Vec<Expected>,
    /// What can be shipped.
    pub capacity: Capacity,
    /// Runs by chance, where asked for.
    pub draws: Option<Draws>,
}

/// A store on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Expected orders that come in.
    pub arriving: u64,
    /// Orders whose last hour to ship on time is on this day; those late already are not among them.
    pub due: u64,
    /// Orders that ship.
    pub shipped: u64,
    /// Orders that wait as the day ends.
    pub waiting: u64,
    /// Orders that become late; those late already are not among them.
    pub late: u64,
}

/// A line of the days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day, Asia/Shanghai.
    pub date: NaiveDate,
    /// The marketplace.
    pub marketplace: Marketplace,
    /// The store.
    pub store: String,
    /// Its figures.
    pub figures: Figures,
}

/// A day of all stores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The day, Asia/Shanghai.
    pub date: NaiveDate,
    /// Orders that could be shipped.
    pub capacity: u64,
    /// The figures of all stores.
    pub figures: Figures,
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
}

/// A plan that is a little otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name in the JSON.
    pub name: &'static str,
    /// Orders that are late, without those late already.
    pub late: u64,
    /// JD's stores.
    pub jd: Vec<JdStore>,
}

/// The least that would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Least {
    /// Orders a day with which none is late that could be saved.
    pub none_late: u64,
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
    /// Runs by chance.
    pub trials: Option<Trials>,
    /// What was open at the beginning.
    pub backlog: Backlog,
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
    let arrivals = arrivals(&plan.expected, plan.span, &grid, &shops, &audit.book);
    let (drafts, untold) = drafts(audit, &grid, &shops, &backlog, &arrivals);
    let board = Board::new(&grid, drafts);
    let hours = plan.capacity.hours(&grid);
    let (outcome, days, loads) = by_day(&grid, &board, &hours, plan.span.to);
    let weeks = Weeks::new(audit, &board);
    let roster = Roster::new(&grid, &plan.capacity);
    let lost = lost(&board, &roster.worked());
    let bench = Bench { audit, grid, plan, board: &board, weeks: &weeks };
    let cases = bench.cases(&hours, &outcome);
    let twice = bench.twice();
    let least = Least {
        none_late: none_late(&grid, &board.demand, &roster),
        jd: bench.least_of_jd(&roster, &cases[0].jd),
    };
    let totals = totals(&grid, &board, &outcome);
    let trials = plan.draws.map(|draws| trials(&grid, &board, &hours, &weeks, &audit.book.scan, lost, draws));
    let last_help = last_help(&grid, &board, &hours, &loads);
    let (verdict, reasons) = decide(&cases, twice, lost, &totals, &least, plan.capacity.a_day());
    Scan {
        span: plan.span,
        grid,
        planned: plan.capacity.a_day(),
        verdict,
        reasons,
        days,
        loads,
        totals,
        least,
        last_help,
        cases,
        trials,
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

/// Runs the plan and counts by day and store.
fn by_day(grid: &Grid, board: &Board, hours: &[u64], last: NaiveDate) -> (Outcome, Vec<Day>, Vec<Load>) {
    let mut days: BTreeMap<(NaiveDate, usize), Figures> = BTreeMap::new();
    // Cells of one store stand one after the other.
    let mut stores: Vec<(Marketplace, &str)> = Vec::new();
    let of_cell: Vec<usize> = board
        .cells
        .iter()
        .map(|cell| {
            let store = (cell.marketplace, cell.store.as_str());
            if stores.last() != Some(&store) {
                stores.push(store);
            }
            stores.len() - 1
        })
        .collect();
    let mut capacity: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    let outcome = simulate(&board.demand, hours, |hour, here, waiting| {
        let (day, _) = grid.day(hour);
        *capacity.entry(day).or_default() += hours.get(hour as usize).copied().unwrap_or(0);
        let mut left = vec![0; stores.len()];
        for (at, cell) in board.cells.iter().enumerate() {
            let figures = days.entry((day, of_cell[at])).or_default();
            figures.arriving += if cell.expected { here[at].arriving } else { 0 };
            figures.shipped += here[at].shipped;
            figures.late += if cell.already_late { 0 } else { here[at].late };
            left[of_cell[at]] += waiting[at];
        }
        for (store, left) in left.into_iter().enumerate() {
            days.entry((day, store)).or_default().waiting = left;
        }
    });
    // Whole days, up to the window's last: also of the day on which the last order ships.
    for hour in outcome.hours..HOURS {
        let (day, _) = grid.day(hour);
        if day > last && !capacity.contains_key(&day) {
            break;
        }
        *capacity.entry(day).or_default() += hours.get(hour as usize).copied().unwrap_or(0);
        for store in 0..stores.len() {
            days.entry((day, store)).or_default();
        }
    }
    for (hour, group, count) in board.demand.dues() {
        let cell = &board.cells[group as usize];
        // What falls due after all is shipped and the window is over needs no line.
        let (day, _) = grid.day(hour);
        if let Some(figures) = days.get_mut(&(day, of_cell[group as usize])).filter(|_| !cell.already_late) {
            figures.due += count;
        }
    }
    let day = |((date, store), figures): (&(NaiveDate, usize), &Figures)| Day {
        date: *date,
        marketplace: stores[*store].0,
        store: stores[*store].1.to_owned(),
        figures: figures.clone(),
    };
    let mut loads: BTreeMap<NaiveDate, Figures> =
        capacity.keys().map(|date| (*date, Figures::default())).collect();
    for ((date, _), figures) in &days {
        let sum = loads.entry(*date).or_default();
        sum.arriving += figures.arriving;
        sum.due += figures.due;
        sum.shipped += figures.shipped;
        sum.waiting += figures.waiting;
        sum.late += figures.late;
    }
    let load = |(date, figures): (NaiveDate, Figures)| Load {
        date,
        capacity: capacity.get(&date).copied().unwrap_or(0),
        figures,
    };
    let loads = loads.into_iter().map(load).collect();
    (outcome, days.iter().map(day).collect(), loads)
}

/// Late orders of a run, without those that were late before.
fn late(board: &Board, outcome: &Outcome) -> u64 {
    let fresh = board.cells.iter().zip(&outcome.groups).filter(|(cell, _)| !cell.already_late);
    fresh.map(|(_, counts)| counts.late).sum()
}

/// Orders of the backlog that no number of hands in these hours could save: they are late with the promotion and
/// without it, so they decide nothing. Those late already are not among them.
fn lost(board: &Board, worked: &[u64]) -> u64 {
    let hopeless = board.demand.lots().filter(|(lot, last)| {
        let cell = &board.cells[lot.group as usize];
        let worked = last.map_or(0, |last| worked[(last as usize + 1).min(HOURS as usize)]);
        lot.due.is_some() && !cell.expected && !cell.already_late && worked == 0
    });
    hopeless.map(|(lot, _)| lot.count).sum()
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
    }
}

/// The last day from whose first hour on unlimited hands would still make fewer orders late.
fn last_help(grid: &Grid, board: &Board, hours: &[u64], loads: &[Load]) -> Option<NaiveDate> {
    let run = |hours: &[u64]| late(board, &simulate(&board.demand, hours, |_, _, _| {}));
    let planned = run(hours);
    let mut without_end = hours.to_vec();
    let mut hour = hours.len();
    let days: BTreeSet<NaiveDate> = loads.iter().map(|load| load.date).collect();
    for day in days.into_iter().rev() {
        while hour > 0 && grid.day(hour as u32 - 1).0 >= day {
            hour -= 1;
            // More than all orders there are.
            without_end[hour] = board.demand.orders();
        }
        if run(&without_end) < planned {
            return Some(day);
        }
    }
    None
}

/// What the cases are run with.
struct Bench<'b> {
    audit: &'b Audit,
    grid: Grid,
    plan: &'b Plan,
    board: &'b Board,
    weeks: &'b Weeks<'b>,
}

impl Bench<'_> {
    fn cases(&self, hours: &[u64], planned: &Outcome) -> Vec<Case> {
        let scan = &self.audit.book.scan;
        let more = self.board.scaled(|_, _| 1000 + 10 * percent(&scan.case_orders));
        let less = self.plan.capacity.percent(&self.grid, 100 - percent(&scan.case_capacity));
        let run = |demand: &Demand, hours: &[u64]| simulate(demand, hours, |_, _, _| {});
        let case = |name, outcome: &Outcome| Case {
            name,
            late: late(self.board, outcome),
            jd: self.weeks.after(self.board, outcome),
        };
        vec![
            case("as-planned", planned),
            case("more-orders", &run(&more, hours)),
            case("less-capacity", &run(&self.board.demand, &less)),
            case("both", &run(&more, &less)),
        ]
    }

    /// Late orders at so many times the capacity that no promotion should need more.
    fn twice(&self) -> u64 {
        let times = self.audit.book.scan.stop_capacity.on(None).map_or(1, |entry| u64::from(entry.value));
        let hours = self.plan.capacity.percent(&self.grid, 100 * times);
        late(self.board, &simulate(&self.board.demand, &hours, |_, _, _| {}))
    }

    fn least_of_jd(&self, roster: &Roster, stores: &[JdStore]) -> Vec<(String, Option<u64>)> {
        let holds = |store: &str, orders: u64| {
            let outcome = simulate(&self.board.demand, &roster.capacity(orders), |_, _, _| {});
            let after = self.weeks.after(self.board, &outcome);
            after.iter().filter(|it| it.store == store).all(|it| !it.below())
        };
        // What all hands in the world cannot do, no search will find.
        let most = self.board.demand.orders().max(1) * u64::from(HOURS);
        let of = |store: &JdStore| {
            let possible = holds(&store.store, most);
            let found = possible.then(|| least(|orders| holds(&store.store, orders))).flatten();
            (store.store.clone(), found)
        };
        stores.iter().map(of).collect()
    }
}

fn percent(param: &Param<Percent>) -> u64 {
    param.on(None).map_or(0, |entry| u64::from(entry.value.0))
}

/// The moment of a scan.
impl Scan {
    /// The moment of the scan.
    pub const fn as_of(&self) -> Instant {
        self.grid.as_of
    }
}
