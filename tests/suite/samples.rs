//! The samples, against expectations worked out by hand from the rules, without the program.

use crate::support::{Audited, audit, findings, instant, root};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Compares every finding of a table of expectations; returns what differs.
fn differences(expected: &Path, audited: &Audited) -> Vec<String> {
    let got = findings(&audited.orders);
    let mut reader = csv::Reader::from_path(expected).expect("the expectations");
    let mut wrong = Vec::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let cell = |at: usize| row.get(at).unwrap_or("").trim_start_matches('\u{feff}').to_owned();
        let key = (cell(0), cell(1), cell(2), cell(3));
        let want = (cell(4), instant(&cell(5)));
        if got.get(&key) != Some(&want) {
            wrong.push(format!("{key:?}: want {want:?}, got {:?} ({})", got.get(&key), cell(6)));
        }
    }
    wrong
}

#[test]
fn every_finding_of_the_samples_is_as_worked_out_by_hand() {
    let audited = audit(&[&root().join("samples")], &[]);
    assert_eq!(audited.status, 0, "{}", audited.stderr);
    let wrong = differences(&root().join("tests/expected/samples.csv"), &audited);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn delay_cards_of_the_casebook_move_deadlines_as_worked_out_by_hand() {
    let casebook = root().join("tests/casebook").display().to_string();
    let audited = audit(&[&root().join("samples/jd")], &["--casebook", &casebook]);
    let wrong = differences(&root().join("tests/expected/samples-casebook.csv"), &audited);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_row_is_lost_and_every_file_is_listed() {
    let audited = audit(&[&root().join("samples")], &[]);
    let inputs = audited.whole["inputs"].as_array().expect("inputs");
    for input in inputs {
        let count = |name: &str| input[name].as_u64().expect("a count");
        assert_eq!(count("rows"), count("rows_in_orders") + count("rejected") + count("skipped"), "{input}");
        assert!(count("rows") > 0, "{input}");
    }
    let orders: u64 = audited.whole["totals"]["orders"].as_u64().expect("a total");
    assert_eq!(orders as usize, audited.orders.len());
    let listed: Vec<&str> = inputs.iter().filter_map(|input| input["path"].as_str()).collect();
    for entry in walk(&root().join("samples")) {
        assert!(listed.contains(&entry.as_str()), "{entry} is not listed");
    }
}

fn walk(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for marketplace in std::fs::read_dir(folder).expect("samples").flatten().filter(|e| e.path().is_dir()) {
        for file in
            std::fs::read_dir(marketplace.path()).expect("a folder").flatten().filter(|e| e.path().is_file())
        {
            let path = file.path();
            if path.extension().is_some_and(|e| e == "csv") {
                let relative = path.strip_prefix(folder).expect("below").display().to_string();
                found.push(relative);
            }
        }
    }
    found
}

/// An order without the place it was read from.
fn placeless(order: &Value) -> Value {
    let mut order = order.clone();
    order["source"] = Value::Null;
    for finding in order["findings"].as_array_mut().expect("findings") {
        finding["trail"] = Value::Null;
    }
    order
}

#[test]
fn the_xlsx_twins_give_the_same_orders_as_the_csv() {
    for (twin, csv) in twins() {
        let by_id = |path: &Path| -> BTreeMap<String, Value> {
            let audited = audit(&[path], &["--store", "one"]);
            assert!(!audited.orders.is_empty(), "{}: {}", path.display(), audited.stderr);
            audited.orders.iter().map(|o| (o["order_id"].to_string(), placeless(o))).collect()
        };
        let (a, b) = (by_id(&twin), by_id(&csv));
        for (id, order) in &b {
            assert_eq!(a.get(id), Some(order), "{}", twin.display());
        }
        assert_eq!(a.len(), b.len(), "{}", twin.display());
    }
}

/// Every twin with the export it was made from: the one of its marketplace with the same orders.
fn twins() -> Vec<(std::path::PathBuf, std::path::PathBuf)> {
    let mut pairs = Vec::new();
    for folder in
        std::fs::read_dir(root().join("tests/twins")).expect("twins").flatten().filter(|e| e.path().is_dir())
    {
        for twin in std::fs::read_dir(folder.path()).expect("a folder").flatten() {
            let stem = twin.path().file_stem().expect("a name").to_os_string();
            let csv = root().join("samples").join(folder.file_name()).join(stem).with_extension("csv");
            pairs.push((twin.path(), csv));
        }
    }
    assert!(pairs.len() >= 5);
    pairs
}

#[test]
fn ids_that_lost_digits_are_issues_and_no_orders() {
    let audited = audit(&[&root().join("tests/twins/broken-ids.xlsx")], &[]);
    let issues = audited.whole["issues"].as_array().expect("issues");
    let lost = issues.iter().filter(|issue| issue["problem"] == "digits-lost").count();
    assert!(lost > 0, "{issues:?}");
    let rejected = audited.whole["inputs"][0]["rejected"].as_u64().expect("a count");
    assert_eq!(rejected as usize, lost);
}

#[test]
fn the_week_at_ninety_five_percent_holds_and_costs_a_point_an_order() {
    let audited = audit(&[&root().join("samples/jd")], &[]);
    let periods = audited.whole["store_periods"].as_array().expect("periods");
    let week = periods
        .iter()
        .find(|p| p["rule"] == "JD301" && p["store"] == "京选示例店")
        .expect("the store's week");
    assert_eq!((week["met"].as_u64(), week["failed"].as_u64()), (Some(38), Some(2)));
    assert_eq!(
        (week["rate"].as_f64(), week["points"].as_u64(), week["headroom"].as_u64()),
        (Some(0.95), Some(2), Some(0))
    );
}
