//! The tables behind the verdict: a sheet an answer.

use super::Desk;
use super::basis::{notes, parameters};
use super::table::{Value, dated, table};
use crate::assess::Code;
use crate::order::Marketplace;
use crate::report::workbook::pages::Sheet;
use crate::scan::{JdStore, PaperKind, Spot, ZONE, place_name};
use rust_xlsxwriter::XlsxError;

type Write = fn(&Desk<'_>) -> Result<Vec<Sheet>, XlsxError>;

/// The sheets, in their order.
pub const ALL: [Write; 10] =
    [capacity, calendar, stores, backlog, headroom, regions, filings, presale, parameters, notes];

/// Columns of the days; the charts of the first page read them by these places.
pub const DAY: u16 = 0;
/// See [`DAY`].
pub const ARRIVING: u16 = 1;
/// See [`DAY`].
pub const DUE: u16 = 2;
/// See [`DAY`].
pub const CAPACITY: u16 = 3;
/// See [`DAY`].
pub const WAITING: u16 = 5;
/// See [`DAY`].
pub const LATE: u16 = 6;

/// The figures of a day, and how wide their columns are; below 0 for numbers.
const FIGURES: [(&str, f64); 5] =
    [("arriving", -13.0), ("due", -13.0), ("shipped", -13.0), ("waiting", -16.0), ("late", -13.0)];

fn capacity(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let [arriving, due, shipped, waiting, late] = FIGURES;
    let columns = [("day", 20.0), arriving, due, ("capacity", -13.0), shipped, waiting, late];
    let rows = desk.scan.loads.iter().map(|load| {
        let figures = &load.figures;
        let counts =
            [figures.arriving, figures.due, load.capacity, figures.shipped, figures.waiting, figures.late];
        // Without the year, so that the charts have room for it.
        let day = dated(desk, load.date).split_off(5);
        [Value::Text(day)].into_iter().chain(counts.map(Value::Count)).collect()
    });
    table(desk, "capacity", &columns, rows)
}

fn stores(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let [arriving, due, shipped, waiting, late] = FIGURES;
    let (day, marketplace, store) = (("day", 20.0), ("marketplace", 16.0), ("store", 24.0));
    let columns = [day, marketplace, store, arriving, due, shipped, waiting, late];
    let rows = desk.scan.days.iter().map(|day| {
        let figures = &day.figures;
        let counts = [figures.arriving, figures.due, figures.shipped, figures.waiting, figures.late];
        let names = [Value::Day(day.date), place(desk, Some(day.marketplace)), Value::text(&*day.store)];
        names.into_iter().chain(counts.map(Value::Count)).collect()
    });
    table(desk, "stores", &columns, rows)
}

/// The marketplace and the store of an order.
fn whose(desk: &Desk<'_>, order: u32) -> [Value; 2] {
    let ledger = &desk.audit.ledger;
    let order = &ledger.orders[order as usize];
    [place(desk, ledger.input(order).marketplace), Value::text(&*ledger.store(order).name)]
}

/// An order's id.
fn id(desk: &Desk<'_>, order: u32) -> Value {
    let ledger = &desk.audit.ledger;
    Value::text(ledger.order_id(&ledger.orders[order as usize]))
}

fn place(desk: &Desk<'_>, marketplace: Option<Marketplace>) -> Value {
    Value::Text(marketplace.map_or_else(
        || desk.say("everywhere", &[]),
        |marketplace| desk.teller.known("marketplace", marketplace.as_str()),
    ))
}

fn backlog(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let columns = [
        ("due-at", 18.0),
        ("state", 13.0),
        ("marketplace", 16.0),
        ("store", 22.0),
        ("order", 28.0),
        ("what", 40.0),
        ("moved", 12.0),
    ];
    let rows = desk.scan.backlog.pending.iter().map(|pending| {
        let moved = if pending.moved { desk.say("yes", &[]) } else { String::new() };
        let [marketplace, store] = whose(desk, pending.order);
        vec![
            Value::Moment(Some(pending.due)),
            Value::State(pending.state),
            marketplace,
            store,
            id(desk, pending.order),
            Value::Text(title(desk, pending.rule)),
            Value::Text(moved),
        ]
    });
    table(desk, "backlog", &columns, rows)
}

fn title(desk: &Desk<'_>, rule: Code) -> String {
    let title = desk.teller.words.entry(&format!("rule.{rule}.title"));
    format!("{rule} {title}")
}

/// JD's weeks: now, and at the end in every case.
fn headroom(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let columns = [
        ("store", 24.0),
        ("week", 14.0),
        ("case", 30.0),
        ("met", -14.0),
        ("failed", -14.0),
        ("rate", -12.0),
        ("points", -12.0),
        ("headroom", -18.0),
    ];
    let line = |period: &crate::tally::Period, case: String, headroom: Option<u64>| {
        vec![
            Value::text(&*period.store),
            Value::Text(period.period.to_string()),
            Value::Text(case),
            Value::Count(period.counts.met),
            Value::Count(period.counts.failed()),
            Value::Share(period.rate()),
            Value::Count(period.points.unwrap_or(0)),
            headroom.map_or_else(|| Value::text(""), Value::Count),
        ]
    };
    let mut rows: Vec<Vec<Value>> =
        desk.scan.now.iter().map(|it| line(it, desk.say("case.now", &[]), it.headroom)).collect();
    for case in &desk.scan.cases {
        let name = desk.teller.known("scan.case", case.name);
        for week in case.jd.iter().flat_map(|store: &JdStore| &store.weeks) {
            rows.push(line(week, name.clone(), None));
        }
    }
    if let Some(trials) = &desk.scan.trials {
        let name = desk.say("case.trials", &[("n", &trials.draws.n.to_string())]);
        for (store, kept) in &trials.jd {
            let share = f64::from(*kept) / f64::from(trials.draws.n.max(1));
            let mut row: Vec<Value> = vec![Value::text(&**store), Value::text(""), Value::Text(name.clone())];
            row.extend([Value::text(""), Value::text(""), Value::Share(Some(share))]);
            rows.push(row);
        }
    }
    table(desk, "headroom", &columns, rows.into_iter())
}

fn regions(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let columns = [
        ("place", 20.0),
        ("state", 12.0),
        ("marketplace", 12.0),
        ("from", 12.0),
        ("to", 12.0),
        ("orders", -9.0),
        ("share", -9.0),
        ("open", -9.0),
        ("carriers", 14.0),
        ("restrict", 46.0),
        ("source", 12.0),
    ];
    let rows = desk.scan.spots.iter().map(|spot| {
        let (there, all) = spot.recent;
        let end = |when: Option<crate::casebook::When>| when.map_or(String::new(), shown);
        vec![
            Value::Text(place_name(spot.place)),
            Value::Text(state(desk, spot)),
            place(desk, spot.marketplace),
            Value::Text(end(spot.window.from)),
            Value::Text(end(spot.window.to)),
            Value::Count(there),
            Value::Share((all > 0).then(|| there as f64 / all as f64)),
            Value::Count(spot.open),
            Value::Text(spot.carriers.join("; ")),
            Value::Text(restrict(desk, spot)),
            Value::Text(source(desk, Some(spot.source))),
        ]
    });
    table(desk, "regions", &columns, rows)
}

/// A moment of the casebook for people.
fn shown(when: crate::casebook::When) -> String {
    match when {
        crate::casebook::When::Day(day) => day.to_string(),
        crate::casebook::When::At(at) => at.with_timezone(&ZONE).format("%Y-%m-%d %H:%M").to_string(),
    }
}

fn state(desk: &Desk<'_>, spot: &Spot) -> String {
    let state = if spot.closed { "closed" } else { "slowed" };
    let side = if spot.origin { "origin" } else { "destination" };
    format!("{} · {}", desk.say(&format!("place.{state}"), &[]), desk.say(&format!("place.{side}"), &[]))
}

fn restrict(desk: &Desk<'_>, spot: &Spot) -> String {
    let one = |(marketplace, what): &(Marketplace, crate::scan::Restriction)| {
        let name = desk.teller.known("marketplace", marketplace.as_str());
        format!("{name}: {}", desk.say(&format!("restrict.{}", what.as_str()), &[]))
    };
    spot.restrict.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Sheet and row of the casebook.
fn source(desk: &Desk<'_>, source: Option<(&str, u32)>) -> String {
    source.map_or(String::new(), |(sheet, row)| {
        desk.say("source", &[("sheet", sheet), ("row", &row.to_string())])
    })
}

fn filings(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let columns = [
        ("what", 62.0),
        ("marketplace", 14.0),
        ("store", 22.0),
        ("ends", 18.0),
        ("first-day", 18.0),
        ("last", 18.0),
        ("source", 16.0),
    ];
    let rows = desk.scan.papers.iter().map(|paper| {
        let late = paper.kind == PaperKind::JdAdvance && paper.too_late;
        let key = if late { "jd-advance-too-late" } else { paper.kind.as_str() };
        vec![
            Value::Text(desk.say(&format!("paper.{key}"), &[])),
            place(desk, Some(paper.marketplace)),
            Value::Text(paper.store.clone().unwrap_or_default()),
            Value::Moment(paper.ends),
            Value::Text(paper.first_day.map_or(String::new(), |day| dated(desk, day))),
            Value::Moment(paper.last),
            Value::Text(source(desk, paper.source)),
        ]
    });
    table(desk, "filings", &columns, rows)
}

fn presale(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let columns = [
        ("order", 28.0),
        ("marketplace", 14.0),
        ("store", 22.0),
        ("balance", 14.0),
        ("due-at", 18.0),
        ("stock", 24.0),
    ];
    let rows = desk.scan.presales.iter().map(|presale| {
        let [marketplace, store] = whose(desk, presale.order);
        let balance = if presale.paid { "paid" } else { "unpaid" };
        let stock = presale.out_of_stock.map(|at| desk.say("out-of-stock", &[("at", &shown(at))]));
        vec![
            id(desk, presale.order),
            marketplace,
            store,
            Value::Text(desk.say(&format!("balance.{balance}"), &[])),
            Value::Moment(presale.due),
            Value::Text(stock.unwrap_or_default()),
        ]
    });
    table(desk, "presale", &columns, rows)
}

fn calendar(desk: &Desk<'_>) -> Result<Vec<Sheet>, XlsxError> {
    let rows = desk.scan.calendar.iter().map(|today| {
        let tasks: Vec<String> = today.tasks.iter().map(|task| desk.teller.task(task)).collect();
        vec![Value::text(dated(desk, today.date)), Value::Text(tasks.join("\n"))]
    });
    table(desk, "calendar", &[("day", 20.0), ("tasks", 110.0)], rows)
}
