//! What must hold for any input of a kind: made at random, judged by the program.

use crate::support::{audit, findings, put};
use proptest::prelude::*;
use std::fmt::Write as _;

/// Orders of Pinduoduo with tracking, as hours before the audit.
#[derive(Clone, Debug)]
struct Made {
    paid: i64,
    promise: i64,
    shipped: Option<i64>,
    picked_up: Option<i64>,
    last: Option<i64>,
    status: &'static str,
}

fn order() -> impl Strategy<Value = Made> {
    let status = prop_oneof![
        Just("待发货"),
        Just("已发货，待签收"),
        Just("已签收"),
        Just("未发货，退款成功"),
        Just("待付款"),
        Just("已取消")
    ];
    (
        0..200i64,
        0..96i64,
        proptest::option::of(0..150i64),
        proptest::option::of(0..100i64),
        proptest::option::of(0..80i64),
        status,
    )
        .prop_map(|(paid, promise, shipped, picked_up, last, status)| Made {
            paid,
            promise,
            shipped,
            picked_up,
            last,
            status,
        })
}

/// A local time that many hours before the audit of 2026-11-09 12:00.
fn hours_ago(hours: i64) -> String {
    let base = chrono::NaiveDate::from_ymd_opt(2026, 11, 9)
        .and_then(|day| day.and_hms_opt(12, 0, 0))
        .expect("a time");
    (base - chrono::Duration::hours(hours)).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn export(orders: &[(usize, Made)]) -> (String, String) {
    let mut text = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n".to_owned();
    let mut tracking = "订单号,运单号,揽收时间,最新物流时间\n".to_owned();
    for (at, made) in orders {
        let time = |hours: Option<i64>| hours.map(hours_ago).unwrap_or_default();
        let id = format!("261101-{at:015}");
        let (paid, promise) = (hours_ago(made.paid), hours_ago(made.paid - made.promise));
        let _ = writeln!(text, "{id},{},1,{paid},{promise},{}", made.status, time(made.shipped));
        let _ = writeln!(tracking, "{id},YT{at},{},{}", time(made.picked_up), time(made.last));
    }
    (text, tracking)
}

fn judged(
    orders: &[(usize, Made)],
    as_of: &str,
    threads: &str,
) -> (i32, std::collections::BTreeMap<crate::support::Key, (String, Option<i64>)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (text, tracking) = export(orders);
    put(folder.path(), "in/orders.csv", text);
    put(folder.path(), "in/tracking.csv", tracking);
    let audited = audit(&[&folder.path().join("in")], &["--as-of", as_of, "--threads", threads, "--quiet"]);
    (audited.status, findings(&audited.orders))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_and_the_number_of_threads_change_nothing(
        orders in proptest::collection::vec(order(), 1..30),
        seed in any::<u64>(),
    ) {
        let numbered: Vec<(usize, Made)> = orders.into_iter().enumerate().collect();
        let mut shuffled = numbered.clone();
        let len = shuffled.len();
        for at in 0..len {
            shuffled.swap(at, (seed as usize).wrapping_mul(31).wrapping_add(at * 7) % len);
        }
        let (status, findings) = judged(&numbered, "2026-11-09 12:00", "1");
        prop_assert_eq!(status, 0);
        prop_assert_eq!(findings, judged(&shuffled, "2026-11-09 12:00", "3").1);
    }

    #[test]
    fn a_later_audit_never_turns_late_into_on_time(orders in proptest::collection::vec(order(), 1..30)) {
        let numbered: Vec<(usize, Made)> = orders.into_iter().enumerate().collect();
        let (_, now) = judged(&numbered, "2026-11-09 12:00", "2");
        let (_, later) = judged(&numbered, "2026-11-12 12:00", "2");
        for (key, (state, _)) in now {
            if state == "late" || state == "overdue" {
                let after = later.get(&key).map(|(state, _)| state.as_str());
                prop_assert!(matches!(after, Some("late" | "overdue")), "{key:?}: {state} became {after:?}");
            }
        }
    }
}

/// The casebook of the samples with its rows turned, and rows that contend with others.
fn casebook(folder: &std::path::Path, turn: usize) {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/casebook");
    let more = |sheet: &str| match sheet {
        "agreements.csv" => "阿里国际站,253126789000065,extension,2026-11-08 10:00,2026-11-20,y,chat\n",
        "cards.csv" => "312600410041,2026-11-08 20:00,accepted,2026-11-08 21:10,2026-11-11 18:00\n",
        "filings.csv" => "jd,jd,312600410018,emergency,,,,2026-11-09 10:00,rejected,2026-11-09 11:00,,,,,\n",
        "regions.csv" => "河南省/郑州市,,3,,2026-11-05,2026-11-20,示例\n",
        "notices.csv" => "douyin,,shipping,destination,湖北省,,2026-11-01,2026-11-20,,,,,5,,,n,,示例公告\n",
        _ => "",
    };
    for file in std::fs::read_dir(source).expect("the casebook").map(|file| file.expect("a file")) {
        let text = std::fs::read_to_string(file.path()).expect("a sheet");
        let name = file.file_name().to_string_lossy().into_owned();
        let text = format!("{text}{}", more(&name));
        let mut rows: Vec<&str> = text.lines().collect();
        let heading = rows.remove(0);
        let len = rows.len();
        rows.rotate_left(turn % len.max(1));
        if turn % 2 == 1 {
            rows.reverse();
        }
        put(folder, &format!("casebook/{name}"), format!("{heading}\n{}\n", rows.join("\n")));
    }
}

#[test]
fn the_order_of_casebook_rows_changes_no_finding() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let judged = |turn| {
        let folder = tempfile::tempdir().expect("a folder");
        casebook(folder.path(), turn);
        let book = folder.path().join("casebook").display().to_string();
        let audited = audit(&[&samples], &["--as-of", "2026-11-09 12:00", "--casebook", &book, "--quiet"]);
        assert_eq!(audited.status, 0);
        let mut orders = audited.orders;
        for finding in orders.iter_mut().flat_map(|order| order["findings"].as_array_mut().expect("findings"))
        {
            // A step names the row of the casebook that it rests on.
            finding.as_object_mut().expect("a finding").remove("trail");
        }
        orders
    };
    let first = judged(0);
    assert!(first.iter().any(|order| order.to_string().contains("extended")));
    for turn in 1..5 {
        assert_eq!(judged(turn), first, "turned by {turn}");
    }
}
