//! Every figure of the Summary, counted once more from the orders that the program wrote.

use crate::support::{AS_OF, instant, root, shipby};
use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use serde_json::Value;
use shipby::assess::registry;
use std::collections::BTreeMap;

const AT_RISK: [&str; 5] = ["overdue", "urgent", "warning", "advice", "unverifiable"];

fn findings(order: &Value) -> &Vec<Value> {
    order["findings"].as_array().expect("findings")
}

fn is_note(finding: &Value) -> bool {
    registry::find(finding["rule"].as_str().expect("a code")).is_some_and(|rule| rule.note)
}

fn at_risk(order: &Value) -> bool {
    let risk = |f: &Value| AT_RISK.contains(&f["state"].as_str().expect("a state")) && !is_note(f);
    findings(order).iter().any(risk)
}

/// Whether an order at risk has something open that falls due within some hours.
fn due_within(order: &Value, hours: i64) -> bool {
    let now = instant("2026-11-09T12:00:00+08:00").expect("the moment");
    let soon = |f: &Value| {
        let open = matches!(f["state"].as_str(), Some("urgent" | "warning" | "on_track"));
        let left = f["due_at"].as_str().and_then(instant).map(|due| due - now);
        open && left.is_some_and(|left| (0..=hours * 3600).contains(&left))
    };
    at_risk(order) && findings(order).iter().any(soon)
}

fn exempt(order: &Value) -> bool {
    let holds = |claim: &Value| matches!(claim["effect"].as_str(), Some("extended" | "waived"));
    findings(order).iter().any(|f| f["exemptions"].as_array().expect("exemptions").iter().any(holds))
}

fn number(sheet: &Range<Data>, row: usize, column: usize) -> u64 {
    match sheet.get((row, column)) {
        Some(Data::Float(number)) => *number as u64,
        other => panic!("{other:?} in row {row}, column {column}"),
    }
}

fn text(sheet: &Range<Data>, row: usize, column: usize) -> String {
    sheet.get((row, column)).map(ToString::to_string).unwrap_or_default()
}

#[test]
fn the_summary_says_what_the_orders_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = root().join("samples").display().to_string();
    let casebook = root().join("tests/casebook").display().to_string();
    let args = ["audit", &samples, "--as-of", AS_OF, "--casebook", &casebook, "-q", "-o", "r.xlsx"];
    let more = ["--ndjson", "a.ndjson", "--json", "a.json", "--annotate", "none"];
    let run = shipby(folder.path(), &[&args[..], &more].concat());
    assert_eq!(run.status.code(), Some(0));
    let lines = std::fs::read_to_string(folder.path().join("a.ndjson")).expect("orders");
    let orders: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let whole = std::fs::read_to_string(folder.path().join("a.json")).expect("the audit");
    let whole: Value = serde_json::from_str(&whole).expect("JSON");
    let mut book: Xlsx<_> = open_workbook(folder.path().join("r.xlsx")).expect("a workbook");
    let sheet = book.worksheet_range("Summary").expect("the sheet");
    let count = |holds: &dyn Fn(&Value) -> bool| orders.iter().filter(|order| holds(order)).count() as u64;
    let risk_is = |risk: &'static str| move |order: &Value| order["risk"] == risk;
    let tiles: BTreeMap<String, u64> =
        (0..6).map(|at| (text(&sheet, 4, at * 2), number(&sheet, 5, at * 2))).collect();
    let wanted = [
        ("Orders", orders.len() as u64),
        ("At risk", count(&at_risk)),
        ("Overdue", count(&risk_is("overdue"))),
        ("Due in 12 h", count(&|order| due_within(order, 12))),
        ("Due in 24 h", count(&|order| due_within(order, 24))),
        ("Exempt / extended", count(&exempt)),
    ];
    assert_eq!(tiles, wanted.into_iter().map(|(name, n)| (name.to_owned(), n)).collect());
    // The table of stores: a row each, below the heading that begins with the marketplace.
    let head = (8..sheet.height()).find(|row| text(&sheet, *row, 0) == "Marketplace").expect("the stores");
    let mut stores = 0;
    for row in head + 1..sheet.height() {
        let store = text(&sheet, row, 2);
        if store.is_empty() {
            break;
        }
        let of = |holds: &dyn Fn(&Value) -> bool| {
            count(&|order| order["store"].as_str() == Some(store.as_str()) && holds(order))
        };
        let wanted =
            [of(&|_| true), of(&at_risk), of(&risk_is("overdue")), of(&risk_is("late")), of(&exempt)];
        let shown: Vec<u64> = (4..9).map(|column| number(&sheet, row, column)).collect();
        assert_eq!(shown, wanted, "{store}");
        stores += 1;
        // Its points are those of one of its periods.
        if let Some(Data::Float(points)) = sheet.get((row, 12)) {
            let periods = whole["store_periods"].as_array().expect("periods");
            let same = |p: &&Value| p["store"] == store && p["points"].as_f64() == Some(*points);
            assert!(periods.iter().any(|p| same(&p)), "{store}: {points} points");
        }
    }
    assert!(stores >= 9, "{stores} stores");
    // The list has every order at risk or late, once.
    let list = book.worksheet_range("At-risk orders").expect("the list");
    let mut listed: Vec<String> = (1..list.height()).map(|row| text(&list, row, 1)).collect();
    let is_late = |order: &Value| findings(order).iter().any(|f| f["state"] == "late");
    let shown = orders.iter().filter(|order| at_risk(order) || is_late(order));
    let mut wanted: Vec<String> =
        shown.map(|order| order["order_id"].as_str().expect("an id").to_owned()).collect();
    listed.sort();
    wanted.sort();
    assert_eq!(listed, wanted);
}
