//! The scan as JSON (`shipby.scan/1`): a contract, the same in every language.

use crate::audit::Audit;
use crate::order::{Instant, Marketplace};
use crate::scan::{Case, JdStore, Paper, Reason, Restriction, Scan, Spot, Task, Today, ZONE, place_name};
use chrono::SecondsFormat;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The schema of the JSON object.
const SCHEMA: &str = "shipby.scan/1";

/// Writes a scan as one object.
///
/// # Errors
/// When writing fails.
pub fn write_scan_json(audit: &Audit, scan: &Scan, out: &mut dyn Write) -> io::Result<()> {
    let totals = &scan.totals;
    let mut object = json!({
        "schema": SCHEMA,
        "as_of": moment(scan.as_of()),
        "window": {"from": scan.span.from.to_string(), "to": scan.span.to.to_string()},
        "verdict": scan.verdict.as_str(),
        "reasons": scan.reasons.iter().map(reason).collect::<Vec<_>>(),
        "days": days(scan),
        "load": load(scan),
        "totals": {
            "backlog": totals.backlog, "expected": totals.expected, "shipped": totals.shipped, "late": totals.late,
            "already_late": totals.already_late, "beyond_saving": totals.beyond_saving,
            "without_hands": totals.without_hands,
        },
        "capacity_a_day": scan.planned,
        "least_capacity": {
            "none_late": scan.least.none_late,
            "all_cases": scan.least.all_cases,
            "jd_95": scan.least.jd.iter().map(|(store, n)| json!({"store": store, "capacity": n})).collect::<Vec<_>>(),
        },
        "last_day_of_help": scan.last_help.map(|day| day.to_string()),
        "headroom": scan.now.iter().map(headroom).collect::<Vec<_>>(),
        "cases": scan.cases.iter().map(case).collect::<Vec<_>>(),
        "backlog": backlog(audit, scan),
        "regions": scan.spots.iter().map(spot).collect::<Vec<_>>(),
        "filings": scan.papers.iter().map(paper).collect::<Vec<_>>(),
        "presale": presale(audit, scan),
        "calendar": scan.calendar.iter().map(today).collect::<Vec<_>>(),
        "left_out": {"past": scan.past, "outside": scan.outside, "without_deadline": scan.untold_backlog},
    });
    if let (Some(trials), Some(object)) = (&scan.trials, object.as_object_mut()) {
        let n = f64::from(trials.draws.n.max(1));
        // Beside the share in which a threshold holds stands that in which it breaks, which is what is asked.
        let breaks = |kept: u32| f64::from(trials.draws.n - kept) / n;
        let of = |(store, kept): &(String, u32)| json!({"store": store, "share": f64::from(*kept) / n, "breaks": breaks(*kept)});
        let value = json!({
            "n": trials.draws.n,
            "seed": trials.draws.seed,
            "none_late": f64::from(trials.none_late) / n,
            "breaks": breaks(trials.none_late),
            "jd_95": trials.jd.iter().map(of).collect::<Vec<_>>(),
        });
        object.insert("trials".to_owned(), value);
    }
    serde_json::to_writer(&mut *out, &object)?;
    out.write_all(b"\n")
}

fn moment(at: Instant) -> String {
    at.with_timezone(&ZONE).to_rfc3339_opts(SecondsFormat::Secs, false)
}

fn reason(reason: &Reason) -> Value {
    let mut object = Map::new();
    object.insert("code".to_owned(), reason.code.into());
    for (name, value) in &reason.values {
        // Counts are numbers; names of stores stay texts even where they look like one.
        let number = value.parse::<u64>().ok().filter(|_| !matches!(*name, "store" | "case"));
        object.insert((*name).to_owned(), number.map_or_else(|| value.as_str().into(), Value::from));
    }
    Value::Object(object)
}

fn days(scan: &Scan) -> Vec<Value> {
    let one = |day: &crate::scan::Day| {
        let figures = &day.figures;
        json!({
            "date": day.date.to_string(), "marketplace": day.marketplace.as_str(), "store": day.store,
            "arriving": figures.arriving, "due": figures.due, "shipped": figures.shipped,
            "waiting": figures.waiting, "late": figures.late,
        })
    };
    scan.days.iter().map(one).collect()
}

fn load(scan: &Scan) -> Vec<Value> {
    let one = |load: &crate::scan::Load| {
        let figures = &load.figures;
        json!({
            "date": load.date.to_string(), "capacity": load.capacity, "arriving": figures.arriving,
            "due": figures.due, "shipped": figures.shipped, "waiting": figures.waiting, "late": figures.late,
        })
    };
    scan.loads.iter().map(one).collect()
}

fn case(case: &Case) -> Value {
    json!({"name": case.name, "late": case.late, "jd": case.jd.iter().map(jd).collect::<Vec<_>>()})
}

fn jd(store: &JdStore) -> Value {
    let week = |week: &crate::tally::Period| {
        json!({
            "week": week.period.to_string(), "met": week.counts.met, "failed": week.counts.failed(),
            "rate": week.rate(), "points": week.points,
        })
    };
    json!({
        "store": store.store, "rate": store.rate(), "points": store.points(),
        "weeks": store.weeks.iter().map(week).collect::<Vec<_>>(),
    })
}

fn headroom(now: &crate::tally::Period) -> Value {
    json!({
        "store": now.store, "week": now.period.to_string(), "met": now.counts.met, "failed": now.counts.failed(),
        "open": now.counts.open, "rate": now.rate(), "points": now.points, "headroom": now.headroom,
    })
}

fn backlog(audit: &Audit, scan: &Scan) -> Vec<Value> {
    let one = |pending: &crate::scan::Pending| {
        let ledger = &audit.ledger;
        let order = &ledger.orders[pending.order as usize];
        let input = ledger.input(order);
        let zone = input.day_zone();
        let line = pending.line.and_then(|at| ledger.lines(order).nth(at as usize));
        let sub = line.map(|line| line.text(line.record.sub_order_id).to_owned());
        json!({
            "marketplace": input.marketplace.map(Marketplace::as_str), "store": ledger.store(order).name,
            "order_id": ledger.order_id(order), "sub_order_id": sub.filter(|sub| !sub.is_empty()),
            "rule": pending.rule.0, "state": pending.state.as_str(), "extended": pending.moved,
            "due_at": pending.due.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false),
        })
    };
    scan.backlog.pending.iter().map(one).collect()
}

fn spot(spot: &Spot) -> Value {
    let restrict = |(marketplace, what): &(Marketplace, Restriction)| json!({"marketplace": marketplace.as_str(), "code": what.as_str()});
    let (there, all) = spot.recent;
    json!({
        "place": place_name(spot.place), "state": if spot.closed { "closed" } else { "slowed" },
        "side": if spot.origin { "origin" } else { "destination" },
        "marketplace": spot.marketplace.map(Marketplace::as_str),
        "from": spot.window.from.map(|at| at.show(ZONE)), "to": spot.window.to.map(|at| at.show(ZONE)),
        "carriers": spot.carriers, "orders": there,
        "share": (all > 0).then(|| there as f64 / all as f64), "open": spot.open,
        "restrict": spot.restrict.iter().map(restrict).collect::<Vec<_>>(),
        "sheet": spot.source.0, "row": spot.source.1,
    })
}

fn paper(paper: &Paper) -> Value {
    json!({
        "kind": paper.kind.as_str(), "marketplace": paper.marketplace.as_str(), "store": paper.store,
        "ends": paper.ends.map(moment), "first_day": paper.first_day.map(|day| day.to_string()),
        "last": paper.last.map(moment), "too_late": paper.too_late,
        "sheet": paper.source.map(|(sheet, _)| sheet), "row": paper.source.map(|(_, row)| row),
    })
}

fn presale(audit: &Audit, scan: &Scan) -> Vec<Value> {
    let one = |presale: &crate::scan::Presale| {
        let ledger = &audit.ledger;
        let order = &ledger.orders[presale.order as usize];
        json!({
            "marketplace": ledger.input(order).marketplace.map(Marketplace::as_str),
            "store": ledger.store(order).name, "order_id": ledger.order_id(order),
            "balance": if presale.paid { "paid" } else { "unpaid" }, "due_at": presale.due.map(moment),
            "out_of_stock": presale.out_of_stock.map(|at| at.show(ZONE)),
        })
    };
    scan.presales.iter().map(one).collect()
}

fn today(today: &Today) -> Value {
    let task = |task: &Task| {
        json!({
            "code": task.code, "orders": task.orders, "marketplace": task.marketplace.map(Marketplace::as_str),
            "of": task.of,
        })
    };
    json!({"date": today.date.to_string(), "tasks": today.tasks.iter().map(task).collect::<Vec<_>>()})
}
