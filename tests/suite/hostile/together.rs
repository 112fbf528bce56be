//! All hostile files beside good ones in one run.

use super::make::{csv, row, xlsx};
use super::{Expect, all};
use crate::support::{AS_OF, put, shipby};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const JD: &str = "订单号,商品ID,订单状态,支付方式,下单时间,付款确认时间,京东价\n\
    70000000001,1,等待出库,在线支付,2026-11-06 10:00:00,2026-11-06 10:00:00,9\n";

/// What an audit of the folder gave: status, what was said, the whole, the orders as lines.
fn audited(folder: &Path, language: &str) -> (i32, String, Value, String) {
    let args = [
        "audit", "in", "--as-of", AS_OF, "--json", "a.json", "--ndjson", "a.ndjson", "-o", "r.xlsx",
        "--lang", language,
    ];
    let output = shipby(folder, &args);
    let said = [output.stdout, output.stderr].concat();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&said).into_owned(),
        serde_json::from_str(&read("a.json")).unwrap_or_default(),
        read("a.ndjson"),
    )
}

fn of_good(lines: &str) -> Vec<&str> {
    lines.lines().filter(|line| line.contains("\"file\":\"good/")).collect()
}

#[test]
fn every_hostile_file_is_told_and_changes_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "in/good/pdd.csv", csv(&[row(1), row(2)]));
    put(folder.path(), "in/good/pdd.xlsx", xlsx(&[row(3), row(4)]));
    put(folder.path(), "in/good/jd.csv", JD);
    let (status, said, _, alone) = audited(folder.path(), "en");
    assert_eq!((status, of_good(&alone).len()), (0, 5), "{said}");

    let cases = all();
    assert!(cases.len() >= 100, "{}", cases.len());
    for case in &cases {
        put(folder.path(), &format!("in/hostile/{}", case.name), &case.bytes);
    }
    odd_entries(&folder.path().join("in/hostile"));
    let before = std::time::Instant::now();
    let (status, said, whole, lines) = audited(folder.path(), "en");
    assert!(before.elapsed().as_secs() < 120, "{:?}", before.elapsed());
    assert_eq!(status, 3, "{said}");
    assert!(!said.contains("panicked") && !said.contains("memory allocation"), "{said}");
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()), "{said:?}");
    assert_eq!(of_good(&alone), of_good(&lines));

    let mut wrong = Vec::new();
    let inputs = whole["inputs"].as_array().expect("inputs");
    let mut seen: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for input in inputs {
        seen.entry(input["path"].as_str().expect("a path")).or_default().push(input);
    }
    for case in &cases {
        let path = format!("hostile/{}", case.name);
        let entries: Vec<&Value> = seen
            .iter()
            .filter(|(at, _)| **at == path || at.starts_with(&format!("{path}/")))
            .flat_map(|(_, e)| e.clone())
            .collect();
        if let Err(why) = check(&path, &entries, &whole, &case.expect, &said) {
            wrong.push(format!("{path}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    // In the other language every file that is not read is told as well.
    let (status, said, ..) = audited(folder.path(), "zh");
    assert_eq!(status, 3, "{said}");
    let refused = |case: &&super::Case| !matches!(case.expect, Expect::Read(..));
    for case in cases.iter().filter(refused) {
        let name = case.name.replace('\u{202e}', "\\u{202e}");
        let line = said.lines().find(|line| line.contains(&name)).unwrap_or_default();
        assert!(line.chars().filter(|c| ('一'..='龥').contains(c)).count() > 3, "{name}: {line}");
    }
}

/// What is no file: a pipe, a link in a circle, a folder under the name of an export.
fn odd_entries(folder: &Path) {
    std::fs::create_dir_all(folder.join("folder.csv")).expect("made");
    #[cfg(unix)]
    {
        let _ = std::process::Command::new("mkfifo").arg(folder.join("pipe.csv")).status();
        std::os::unix::fs::symlink(folder, folder.join("circle")).expect("linked");
        std::os::unix::fs::symlink("/dev/zero", folder.join("zero.csv")).expect("linked");
    }
}

fn check(path: &str, entries: &[&Value], whole: &Value, expect: &Expect, said: &str) -> Result<(), String> {
    if entries.is_empty() {
        return Err("not listed".to_owned());
    }
    let read: Vec<&&Value> = entries.iter().filter(|entry| entry["kind"] == "orders").collect();
    let told = |entry: &Value| entry["error"].as_str().unwrap_or_default().to_owned();
    match expect {
        Expect::Refused(why) | Expect::LeftOut(why) => {
            let (true, [entry]) = (read.is_empty(), entries) else {
                return Err(format!("read: {entries:?}"));
            };
            if !told(entry).contains(why) || told(entry).is_empty() {
                return Err(format!("said {:?}, not {why:?}", told(entry)));
            }
            let counts = ["rows", "rows_in_orders", "orders", "rejected", "skipped"];
            if counts.iter().any(|count| entry[*count] != 0) {
                return Err(format!("counts rows: {entry}"));
            }
            if !said.contains(path) {
                return Err("no line says so".to_owned());
            }
        }
        Expect::Read(orders, problems) => {
            let found: u64 = read.iter().filter_map(|entry| entry["orders"].as_u64()).sum();
            let number = |entry: &Value, key: &str| entry[key].as_u64().unwrap_or_default();
            for entry in &read {
                let parts: u64 =
                    ["rows_in_orders", "rejected", "skipped"].iter().map(|key| number(entry, key)).sum();
                if number(entry, "rows") != parts {
                    return Err(format!("rows do not add up: {entry}"));
                }
            }
            let of_it = |issue: &&Value| {
                let file = issue["file"].as_str().unwrap_or_default();
                file == path || file.starts_with(&format!("{path}/"))
            };
            let issues = whole["issues"].as_array().map(Vec::as_slice).unwrap_or_default();
            let kinds: BTreeSet<&str> = issues
                .iter()
                .filter(of_it)
                .filter_map(|issue| issue["problem"].as_str())
                .filter(|problem| !matches!(*problem, "coverage-gap" | "status-mismatch"))
                .collect();
            let wanted: BTreeSet<&str> = problems.iter().copied().collect();
            if read.is_empty() || found != *orders || kinds != wanted {
                let errors: Vec<String> = entries.iter().map(|entry| told(entry)).collect();
                return Err(format!(
                    "{found} orders with {kinds:?}, not {orders} with {wanted:?}; {errors:?}"
                ));
            }
        }
    }
    Ok(())
}
