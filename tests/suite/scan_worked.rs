//! Promotions worked out by hand: `tests/scan/worked.toml` says what goes in and what must come out.

use crate::support::{put, root, shipby};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An order that is done: an input must have one.
const DONE: &str = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n\
    261101-000000000000001,已签收,1,2026-11-01 10:00:00,2026-11-03 10:00:00,2026-11-02 10:00:00\n";

/// Scans what a case describes, and returns the JSON.
fn scanned(case: &Value) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let none = serde_json::Map::new();
    let files = case["files"].as_object().unwrap_or(&none);
    for (name, text) in files {
        put(folder.path(), name, text.as_str().expect("a text"));
    }
    if !files.keys().any(|name| name.starts_with("in/")) {
        put(folder.path(), "in/A/done.csv", DONE);
    }
    let or = |key: &str, default: &str| case[key].as_str().unwrap_or(default).to_owned();
    let times = [or("as-of", "2026-11-09"), or("from", "2026-11-10"), or("to", "2026-11-11")];
    let mut args = vec!["scan", "in", "--as-of", &times[0], "--from", &times[1], "--to", &times[2]];
    args.extend(["--json", "scan.json", "-q", "-o", "scan.xlsx"]);
    if let Some(rows) = case["expect"].as_array() {
        let rows: Vec<&str> = rows.iter().filter_map(Value::as_str).collect();
        let list = format!("marketplace,store,at,orders\n{}\n", rows.join("\n"));
        put(folder.path(), "expected.csv", &list);
        args.extend(["--expect", "expected.csv"]);
    }
    args.extend(case["args"].as_str().expect("arguments").split_whitespace());
    let output = shipby(folder.path(), &args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(folder.path().join("scan.json")).expect("a scan");
    serde_json::from_str(&text).expect("JSON")
}

fn rows<'v>(scan: &'v Value, of: &str) -> impl Iterator<Item = &'v Value> {
    scan[of].as_array().into_iter().flatten()
}

fn pick(row: &Value, names: &[&str]) -> Value {
    names.iter().map(|name| row[*name].clone()).collect()
}

/// The figure of a scan that an answer names.
fn figure(scan: &Value, name: &str) -> Value {
    if name.starts_with('/') {
        return scan.pointer(name).cloned().unwrap_or_else(|| panic!("no {name}"));
    }
    let words: Vec<&str> = name.split(' ').collect();
    match words[..] {
        ["late"] => rows(scan, "cases").map(|case| case["late"].clone()).collect(),
        ["load", date] => {
            let load = rows(scan, "load").find(|load| load["date"] == date).expect("a day");
            pick(load, &["arriving", "due", "capacity", "shipped", "waiting", "late"])
        }
        ["day", marketplace, store, date] => {
            let ours = |day: &&Value| {
                day["date"] == date && day["store"] == store && day["marketplace"] == marketplace
            };
            let day = rows(scan, "days").find(ours).expect("a day of the store");
            pick(day, &["arriving", "due", "shipped", "waiting", "late"])
        }
        ["weeks", store] => {
            let of = rows(scan, "cases").next().expect("a case")["jd"].as_array().expect("stores");
            let store = of.iter().find(|jd| jd["store"] == store).expect("a store");
            rows(store, "weeks").map(|week| pick(week, &["week", "met", "failed"])).collect()
        }
        ["arriving", store] => {
            let of = rows(scan, "days").filter(|day| day["store"] == store);
            json!(of.map(|day| day["arriving"].as_u64().expect("a number")).sum::<u64>())
        }
        _ => panic!("{name} names no figure"),
    }
}

#[test]
fn every_promotion_comes_out_as_worked_by_hand() {
    let text = std::fs::read_to_string(root().join("tests/scan/worked.toml")).expect("the cases");
    let all: Value = toml::from_str(&text).expect("TOML");
    let mut wrong = BTreeMap::new();
    for case in all["case"].as_array().expect("cases") {
        let scan = scanned(case);
        for (name, answer) in case["answers"].as_object().expect("answers") {
            // TOML has no null.
            let answer = if *answer == json!(false) { &Value::Null } else { answer };
            let found = figure(&scan, name);
            if found != *answer {
                let of = format!("{}: {name}", case["name"].as_str().unwrap_or_default());
                wrong.insert(of, format!("{found} instead of {answer}"));
            }
        }
        // Whatever else holds: orders in are orders shipped and orders waiting, on every day.
        let mut waiting = scan["totals"]["backlog"].as_u64().expect("a number");
        for load in rows(&scan, "load") {
            let count = |name: &str| load[name].as_u64().expect("a number");
            waiting = waiting + count("arriving") - count("shipped");
            if waiting != count("waiting") {
                wrong
                    .insert(format!("{}: {}", case["name"], load["date"]), format!("{waiting} wait: {load}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The case of more orders is the scan of so many more, and that of less capacity the scan of so much less.
#[test]
fn the_cases_are_scans_of_their_own() {
    let late = |expect: &str, capacity: u32| -> Vec<u64> {
        let args = format!("--expect {expect} --capacity {capacity} --hours 9-21");
        let scan = scanned(&json!({"args": args}));
        rows(&scan, "cases").map(|case| case["late"].as_u64().expect("a number")).collect()
    };
    let planned = late("jd=1000,pdd=500", 430);
    assert!(planned[0] > 0 && planned[3] > planned[1], "{planned:?}");
    assert_eq!(planned[1], late("jd=1500,pdd=750", 430)[0]);
    assert_eq!(planned[2], late("jd=1000,pdd=500", 301)[0]);
    assert_eq!(planned[3], late("jd=1500,pdd=750", 301)[0]);
}
