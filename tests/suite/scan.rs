//! Promotions with answers worked out by hand, through the program.

use crate::support::{AS_OF, put, root, shipby};
use calamine::{Reader, Xlsx, open_workbook};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// An order that is done: it makes the store, and nothing is left of it to ship.
const DONE: &str = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n\
    261101-000000000000001,已签收,1,2026-11-01 10:00:00,2026-11-03 10:00:00,2026-11-02 10:00:00\n";

/// Scans `in/` of a folder; the window is 10 to 11 November, the moment 9 November.
fn scanned(folder: &Path, args: &[&str]) -> Value {
    let mut all = vec!["scan", "in", "--as-of", "2026-11-09", "--from", "2026-11-10", "--to", "2026-11-11"];
    all.extend(["--json", "scan.json"]);
    all.extend(args);
    let output = shipby(folder, &all);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(folder.join("scan.json")).expect("a scan");
    serde_json::from_str(&text).expect("JSON")
}

fn folder(expected: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "in/A/拼多多.csv", DONE);
    put(folder.path(), "expected.csv", expected);
    folder
}

fn late(scan: &Value) -> Vec<u64> {
    scan["cases"].as_array().expect("cases").iter().map(|case| case["late"].as_u64().expect("late")).collect()
}

/// The figures of one day of all stores: arriving, due, capacity, shipped, waiting, late.
fn day(scan: &Value, date: &str) -> [u64; 6] {
    let loads = scan["load"].as_array().expect("loads");
    let load = loads.iter().find(|load| load["date"] == date).expect("a day");
    ["arriving", "due", "capacity", "shipped", "waiting", "late"].map(|name| load[name].as_u64().expect(name))
}

#[test]
fn half_of_what_comes_in_one_hour_is_late_at_half_the_hands() {
    // 48 orders at midnight, due a day later; one ships an hour.
    let folder = folder("marketplace,store,at,orders\njd,B,2026-11-10 00:00,48\n");
    let scan = scanned(folder.path(), &["--expect", "expected.csv", "--capacity", "24/day"]);
    assert_eq!(scan["schema"], "shipby.scan/1");
    assert_eq!(late(&scan), [24, 48, 32, 56]);
    // Due as the 11th begins.
    assert_eq!(day(&scan, "2026-11-10"), [48, 0, 24, 24, 24, 0]);
    assert_eq!(day(&scan, "2026-11-11"), [0, 48, 24, 24, 0, 24]);
    assert_eq!(scan["totals"]["expected"], 48);
    assert_eq!(scan["least_capacity"]["none_late"], 48);
    // 46 of 48 are 95.8 %, 45 are 93.7 %.
    assert_eq!(scan["least_capacity"]["jd_95"][0]["capacity"], 46);
    assert_eq!(scan["cases"][0]["jd"][0]["rate"], 0.5);
    assert_eq!(scan["cases"][0]["jd"][0]["points"], 7);
    assert_eq!(scan["verdict"], "stop");
    assert_eq!(scan["reasons"].as_array().map(Vec::len), Some(3));
    assert_eq!(scan["reasons"][0]["code"], "jd-below");
    // When the 11th begins it is too late.
    assert_eq!(scan["last_day_of_help"], "2026-11-10");
}

#[test]
fn a_plan_that_holds_until_something_goes_otherwise_is_conditional() {
    // 24 orders at midnight, due two days later; one ships every second hour.
    let folder = folder("平台,时间,订单数\n拼多多,2026-11-10 00:00,24\n");
    let scan = scanned(folder.path(), &["--expect", "expected.csv", "--capacity", "12"]);
    assert_eq!(late(&scan), [0, 12, 8, 20]);
    assert_eq!(scan["verdict"], "conditional");
    assert_eq!(scan["least_capacity"]["none_late"], 12);
    // 36 orders need 18 a day, and 18 are left of 26 when three in ten fall out; of 25 only 17 are.
    assert_eq!(scan["least_capacity"]["all_cases"], 26);
    let scan = scanned(folder.path(), &["--expect", "expected.csv", "--capacity", "26"]);
    assert_eq!((late(&scan), scan["verdict"].as_str()), (vec![0; 4], Some("go")));
    let scan = scanned(folder.path(), &["--expect", "expected.csv", "--capacity", "25"]);
    assert_eq!((late(&scan), scan["verdict"].as_str()), (vec![0, 0, 0, 2], Some("conditional")));
    assert_eq!(scan["days"][0]["store"], "A");
    let scan = scanned(folder.path(), &["--expect", "expected.csv", "--capacity", "36"]);
    assert_eq!((late(&scan), scan["verdict"].as_str()), (vec![0; 4], Some("go")));
}

#[test]
fn a_list_of_capacities_is_taken_hour_by_hour() {
    let folder = folder("marketplace,at,orders\npinduoduo,2026-11-10 09:30,30\n");
    put(folder.path(), "capacity.csv", "at,orders\n2026-11-10 10:00,12\n2026-11-11,24\n");
    let scan = scanned(folder.path(), &["--expect", "expected.csv", "--capacity", "capacity.csv"]);
    assert_eq!(day(&scan, "2026-11-10"), [30, 0, 12, 12, 18, 0]);
    assert_eq!(day(&scan, "2026-11-11"), [0, 0, 24, 18, 0, 0]);
    assert_eq!(late(&scan)[0], 0);
    assert_eq!(scan["capacity_a_day"], Value::Null);
}

#[test]
fn what_waits_is_shipped_by_its_judged_deadline_and_a_filing_frees_what_is_expected() {
    let folder = tempfile::tempdir().expect("a folder");
    // Two wait, due on the 9th at 10:00 and on the 8th; one is cancelled, one not paid.
    let orders = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n\
        261107-000000000000001,待发货,1,2026-11-07 10:00:00,2026-11-09 10:00:00,\n\
        261106-000000000000002,待发货,1,2026-11-06 10:00:00,2026-11-08 10:00:00,\n\
        261107-000000000000003,已取消,1,2026-11-07 10:00:00,2026-11-09 10:00:00,\n";
    put(folder.path(), "in/A/拼多多.csv", orders);
    put(folder.path(), "expected.csv", "marketplace,store,at,orders\njd,B,2026-11-10 00:00,48\n");
    let filings = "marketplace,kind,window_from,window_to,submitted_at,status\n\
        jd,advance,2026-11-10,2026-11-10,2026-11-05 09:00,approved\n";
    put(folder.path(), "book/filings.csv", filings);
    let args = ["--expect", "expected.csv", "--capacity", "24", "--casebook", "book"];
    let scan = scanned(folder.path(), &args);
    let totals = &scan["totals"];
    assert_eq!((totals["backlog"].as_u64(), totals["already_late"].as_u64()), (Some(2), Some(1)));
    assert_eq!((totals["late"].as_u64(), totals["shipped"].as_u64()), (Some(0), Some(50)));
    assert_eq!(scan["backlog"].as_array().map(Vec::len), Some(2));
    // Orders that an advance filing frees count in no week.
    assert_eq!(scan["cases"][0]["jd"][0]["rate"], Value::Null);
    assert_eq!(scan["verdict"], "go");
}

#[test]
fn runs_by_chance_are_the_same_for_any_number_of_threads_and_another_seed_gives_others() {
    let folder = folder("marketplace,store,at,orders\njd,B,2026-11-10,480\npinduoduo,,2026-11-11,300\n");
    let run = |threads: &str, seed: &str| {
        let args = ["--expect", "expected.csv", "--capacity", "320", "--trials", "200"];
        scanned(folder.path(), &[&args[..], &["--threads", threads, "--seed", seed]].concat())
    };
    let one = run("1", "7");
    assert_eq!(one, run("4", "7"));
    assert_eq!(one["trials"]["n"], 200);
    let share = one["trials"]["none_late"].as_f64().expect("a share");
    assert!((0.0..1.0).contains(&share), "{share}");
    assert_ne!(one["trials"], run("1", "8")["trials"]);
}

#[test]
fn a_day_off_on_which_orders_fall_due_stops_the_promotion_whatever_the_hands() {
    // 10 orders of the evening before fall due on the day off; 10 more on the day after it.
    let folder = folder("marketplace,store,at,orders\njd,B,2026-11-09 21:00,10\njd,B,2026-11-10 07:00,10\n");
    let args = ["--from", "2026-11-09", "--expect", "expected.csv", "--capacity", "1200"];
    let all = [&args[..], &["--hours", "8-20", "--days-off", "2026-11-10"]].concat();
    let mut typed = vec!["scan", "in", "--as-of", "2026-11-09", "--to", "2026-11-11", "--json", "scan.json"];
    typed.extend(all);
    let output = shipby(folder.path(), &typed);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("  > work on a day off or longer hours: 20 orders"), "{said}");
    let text = std::fs::read_to_string(folder.path().join("scan.json")).expect("a scan");
    let scan: Value = serde_json::from_str(&text).expect("JSON");
    // The ten of 07:00 fall due at 07:00 of the 11th, before work begins at 08:00.
    assert_eq!(scan["totals"]["late"], 20);
    assert_eq!(scan["totals"]["without_hands"], 20);
    assert_eq!(scan["least_capacity"]["none_late"], 0);
    assert_eq!(
        (scan["verdict"].as_str(), scan["reasons"][0]["code"].as_str()),
        (Some("stop"), Some("nobody-works"))
    );
    let tasks = scan["calendar"][1]["tasks"].as_array().expect("tasks");
    assert!(tasks.iter().any(|task| task["code"] == "nobody" && task["orders"] == 20), "{tasks:?}");
}

#[test]
fn places_papers_and_presales_are_answered_from_the_casebook() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间,省,市,区\n";
    let row = |n: u32, status: &str, shipped: &str, place: &str| {
        format!(
            "261107-00000000000000{n},{status},1,2026-11-07 10:00:00,2026-11-09 10:00:00,{shipped},{place}\n"
        )
    };
    let orders = [
        head.to_owned(),
        row(1, "待发货", "", "河南省,郑州市,金水区"),
        row(2, "已签收", "2026-11-08 10:00:00", "河南省,郑州市,二七区"),
        row(3, "已签收", "2026-11-08 10:00:00", "浙江省,杭州市,西湖区"),
        row(4, "已签收", "2026-11-08 10:00:00", "浙江省,杭州市,西湖区"),
    ];
    put(folder.path(), "in/A/拼多多.csv", orders.concat());
    put(folder.path(), "expected.csv", "marketplace,store,at,orders\njd,B,2026-11-10,24\n");
    let regions = "region,risk,from,to\n河南/郑州,high,2026-11-06,2026-11-10\n山东/青岛,low,2026-11-06,2026-11-10\n\
        浙江/杭州,high,2026-11-01,2026-11-05\n";
    put(folder.path(), "book/regions.csv", regions);
    let filings = "marketplace,store,kind,regions,window_from,window_to,submitted_at,status\n\
        douyin,C,region,湖北/武汉,2026-11-05,2026-11-11,2026-11-05 09:00,approved\n\
        jd,B,advance,,2026-11-10,2026-11-11,2026-11-08 15:00,pending\n";
    put(folder.path(), "book/filings.csv", filings);
    let scan =
        scanned(folder.path(), &["--expect", "expected.csv", "--capacity", "240", "--casebook", "book"]);
    let spots = scan["regions"].as_array().expect("regions");
    assert_eq!(spots.len(), 1, "{spots:?}");
    assert_eq!((spots[0]["state"].as_str(), spots[0]["open"].as_u64()), (Some("closed"), Some(1)));
    assert_eq!((spots[0]["orders"].as_u64(), spots[0]["share"].as_f64()), (Some(2), Some(0.5)));
    assert!(spots[0]["restrict"].as_array().is_some_and(|it| it.iter().any(|r| r["code"] == "no-delivery")));
    let papers = scan["filings"].as_array().expect("filings");
    let of = |kind: &str| papers.iter().find(|paper| paper["kind"] == kind).unwrap_or(&Value::Null);
    // A Douyin filing is renewed in its last 48 hours; JD answers within 24; 预报备 runs from 7 days to 24 h before.
    assert_eq!(of("filing-ends")["first_day"], "2026-11-09");
    assert_eq!(of("filing-ends")["last"], "2026-11-11T23:59:59+08:00");
    assert_eq!(of("answer-due")["ends"], "2026-11-09T15:00:00+08:00");
    assert_eq!(of("jd-advance-filing")["first_day"], "2026-11-03");
    assert_eq!(of("jd-advance-filing")["last"], "2026-11-09T00:00:00+08:00");
    assert_eq!(of("jd-advance-filing")["too_late"], false);
}

#[test]
fn the_workbook_has_a_sheet_an_answer_and_the_same_bytes_for_any_number_of_threads() {
    let folder = folder("marketplace,store,at,orders\njd,B,2026-11-10 00:00,48\n");
    let write = |name: &str, lang: &str, threads: &str| {
        let args = ["--expect", "expected.csv", "--capacity", "24", "-o", name, "--threads", threads];
        scanned(folder.path(), &[&args[..], &["--lang", lang]].concat());
        std::fs::read(folder.path().join(name)).expect("a workbook")
    };
    assert!(write("one.xlsx", "zh", "1") == write("four.xlsx", "zh", "4"));
    let mut book: Xlsx<_> = open_workbook(folder.path().join("one.xlsx")).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!(names[..3], ["结论", "产能", "日历"]);
    assert_eq!(names.len(), 11);
    let front = book.worksheet_range("结论").expect("a sheet");
    let cell = |row, column| front.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert!(cell(3, 0).contains("停"), "{}", cell(3, 0));
    // 72 orders, when three in ten of the hands fall out.
    assert!(cell(8, 0) == "要做" && cell(8, 1).contains("103"), "{}", cell(8, 1));
    let days = book.worksheet_range("产能").expect("a sheet");
    assert_eq!(days.get_value((2, 1)).map(ToString::to_string).as_deref(), Some("48"));
    write("en.xlsx", "en", "1");
    let mut book: Xlsx<_> = open_workbook(folder.path().join("en.xlsx")).expect("a workbook");
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("a sheet");
        // A key in place of a sentence would show a gap in the words.
        let raw = |cell: &calamine::Data| cell.to_string().starts_with("scan.") && name != "Numbers";
        assert!(!range.rows().flatten().any(raw), "{name}");
    }
}

#[test]
fn what_is_typed_wrong_is_named_and_nothing_is_written() {
    let folder = folder("marketplace,at,orders\njd,soon,48\n");
    let said = |args: &[&str]| {
        let mut all = vec!["scan", "in", "--as-of", "2026-11-09", "--lang", "en", "--json", "scan.json"];
        all.extend(args);
        let output = shipby(folder.path(), &all);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let window = ["--from", "2026-11-10", "--to", "2026-11-11"];
    let with = |args: &[&'static str]| [&window[..], args].concat();
    assert!(said(&with(&["--capacity", "10", "--expect", "expected.csv"])).contains("row 2: at \"soon\""));
    assert!(said(&with(&["--capacity", "10", "--expect", "taobao=5"])).contains("taobao=5"));
    assert!(said(&with(&["--capacity", "many"])).contains("--capacity many"));
    assert!(said(&with(&["--capacity", "9", "--hours", "20-8"])).contains("--hours 20-8"));
    let days = |from, to| said(&["--from", from, "--to", to, "--capacity", "9"]);
    assert!(days("2026-11-11", "2026-11-10").contains("before it begins"));
    assert!(days("2026-11-01", "2026-11-08").contains("is over"));
    assert!(days("2026-11-10", "2027-03-10").contains("60 days"));
    assert!(!folder.path().join("scan.json").exists());
}

/// A scan of the samples; the capacity is the only thing that changes.
fn of_samples(folder: &Path, capacity: &str, more: &[&str]) -> (Value, String) {
    let (json, book) = (folder.join("scan.json"), folder.join("scan.xlsx"));
    let (json, book) = (json.display().to_string(), book.display().to_string());
    let mut args = vec!["scan", "samples", "--as-of", AS_OF, "--from", "2026-11-10", "--to", "2026-11-12"];
    args.extend(["--expect", "examples/scan/expected.csv", "--hours", "8-22", "--capacity", capacity]);
    args.extend(["--json", &json, "-o", &book]);
    args.extend(more);
    let output = shipby(&root(), &args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&json).expect("a scan");
    let said = String::from_utf8_lossy(&output.stdout).replace(&book, "scan.xlsx");
    (serde_json::from_str(&text).expect("JSON"), said)
}

#[test]
fn the_scan_of_the_samples_as_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for lang in ["zh", "en"] {
        let (_, said) = of_samples(folder.path(), "900", &["--lang", lang, "--trials", "50"]);
        insta::assert_snapshot!(format!("scan_{lang}"), said);
        let output = shipby(&root(), &["scan", "--help", "--lang", lang]);
        insta::assert_snapshot!(format!("scan_help_{lang}"), String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn every_day_of_every_store_adds_up_and_the_least_is_the_least() {
    let folder = tempfile::tempdir().expect("a folder");
    let (scan, _) = of_samples(folder.path(), "900", &[]);
    let count = |value: &Value, name: &str| value[name].as_u64().expect(name);
    let mut stores: BTreeMap<(String, String), Vec<&Value>> = BTreeMap::new();
    for day in scan["days"].as_array().expect("days") {
        stores.entry((day["marketplace"].to_string(), day["store"].to_string())).or_default().push(day);
    }
    let (mut there, mut shipped, mut late) = (0, 0, 0);
    for days in stores.values() {
        // What waited before the first day is what the first day leaves and ships without having come.
        let first = days[0];
        let mut waiting = count(first, "waiting") + count(first, "shipped") - count(first, "arriving");
        there += waiting;
        for day in days {
            waiting = waiting + count(day, "arriving") - count(day, "shipped");
            assert_eq!(waiting, count(day, "waiting"), "{day}");
            shipped += count(day, "shipped");
            late += count(day, "late");
        }
        assert_eq!(waiting, 0);
    }
    let totals = &scan["totals"];
    assert_eq!(there, count(totals, "backlog"));
    assert_eq!(shipped, count(totals, "backlog") + count(totals, "expected"));
    assert_eq!((shipped, late), (count(totals, "shipped"), count(totals, "late")));
    for load in scan["load"].as_array().expect("loads") {
        assert!(count(load, "shipped") <= count(load, "capacity"), "{load}");
    }
    // At the least capacity only those are late that no hands save; at one less there is another.
    let need = count(&scan["least_capacity"], "none_late");
    let saved = |capacity: u64| {
        let (scan, _) = of_samples(folder.path(), &capacity.to_string(), &[]);
        let totals = &scan["totals"];
        count(totals, "late") - count(totals, "beyond_saving") - count(totals, "without_hands")
    };
    assert_eq!(saved(need), 0);
    assert!(saved(need - 1) > 0);
}
