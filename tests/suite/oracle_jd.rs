//! JD worked out by hand from its rules and its source.

use crate::oracle::{actions, compare, defects, finding, run};
use crate::support::{Audited, audit, instant, put};
use serde_json::Value;
use std::fmt::Write as _;

const AS_OF: &str = "2020-03-10 12:00";

fn id(number: u32) -> String {
    format!("1000000{number:04}")
}

fn codes(audited: &Audited, number: u32) -> Vec<String> {
    actions(audited, &id(number)).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn every_rule_fires_and_is_silent_on_its_near_miss() {
    assert!(compare("jd", &run("jd", AS_OF)) >= 45);
}

#[test]
fn an_appeal_is_worth_it_where_an_exemption_holds() {
    let audited = run("jd", AS_OF);
    let expected = [
        ("protected", "JD102", None),
        ("protected", "JD101", None),
        ("unprotected", "JD001", None),
        ("undecided", "JD001", None),
        ("undecided", "", None),
    ];
    assert_eq!(defects(&audited), expected);
}

#[test]
fn a_filing_outside_of_its_days_is_noted() {
    let audited = run("jd", AS_OF);
    let note = |number: u32| {
        let found = finding(&audited, &id(number), "JD001").expect("a finding");
        found["exemptions"][0]["note"].as_str().map(str::to_owned)
    };
    assert_eq!(note(18).as_deref(), Some("filed-outside-its-days"));
    assert_eq!(note(8), None);
}

#[test]
fn what_is_to_be_done_follows_the_card_and_the_filing() {
    let audited = run("jd", AS_OF);
    let has = |number: u32, code: &str| codes(&audited, number).iter().any(|known| known == code);
    // No card yet: a card, and as its answer may come too late the filing beside it.
    assert!(has(32, "jd-send-card") && has(32, "jd-emergency-filing"));
    // The card is used: never a second one.
    assert!(!has(4, "jd-send-card") && has(4, "jd-emergency-filing"));
    assert!(!has(5, "jd-send-card") && has(5, "jd-emergency-filing"));
    // Filed, and the answer is not due: nothing more to file; overdue: look it up.
    assert!(!has(10, "jd-emergency-filing") && !has(10, "look-up"));
    assert!(!has(11, "jd-emergency-filing") && has(11, "look-up"));
    // Exempt orders have nothing to file.
    for number in [1, 8, 14, 18] {
        assert_eq!(codes(&audited, number), [""; 0], "{number}");
    }
    // What has not left cannot be asked after.
    assert!(!has(32, "ask-courier") && has(20, "ask-courier"));
}

#[test]
fn an_action_ends_when_it_loses_its_effect() {
    let audited = run("jd", AS_OF);
    let do_by = |number: u32, code: &str| -> Vec<Option<i64>> {
        let all = actions(&audited, &id(number)).into_iter();
        all.filter(|(known, _)| known == code).map(|(_, at)| at).collect()
    };
    let at = |text: &str| instant(text);
    // The malicious order: 24 h after it was placed. The presale: 24 h after the balance.
    assert_eq!(do_by(29, "jd-malicious-order"), [at("2020-03-10T12:00:00+08:00")]);
    assert_eq!(do_by(21, "jd-delete-presale"), [at("2020-03-11T08:00:00+08:00")]);
    // Before the deadline a card is sent by then; for a past one no last day is known.
    let cards = do_by(32, "jd-send-card");
    assert!(cards.contains(&None) && cards.contains(&at("2020-03-10T12:00:00+08:00")), "{cards:?}");
    assert!(do_by(32, "jd-upload-waybill").contains(&at("2020-03-09T12:00:00+08:00")));
}

/// Orders paid on 3 March, picked up in time but for some; and open ones paid on 5 March, an hour apart.
fn week(store: &str, done: u32, late: u32, open: u32) -> (String, String) {
    let mut orders = "订单号,商品ID,订单状态,支付方式,下单时间,付款确认时间,京东价\n".to_owned();
    let mut tracking = "平台,订单号,运单号,发货时间,揽收时间\n".to_owned();
    for number in 0..done + open {
        let id = format!("{}{number:06}", 300_000 + store.bytes().map(u32::from).sum::<u32>());
        let (paid, shipped, picked) = if number < done {
            let second = u32::from(number < late);
            ("2020-03-03 10:00:00".to_owned(), "2020-03-03 11:00:00", format!("2020-03-05 10:00:0{second}"))
        } else {
            (format!("2020-03-05 1{}:00:00", number - done), "2020-03-05 18:00:00", String::new())
        };
        let _ = writeln!(orders, "{id},1,等待确认收货,在线支付,{paid},{paid},9");
        let _ = writeln!(tracking, "京东,{id},Y{id},{shipped},{picked}");
    }
    (orders, tracking)
}

fn weeks(stores: &[(&str, u32, u32, u32)], as_of: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    for (store, done, late, open) in stores {
        let (orders, tracking) = week(store, *done, *late, *open);
        put(folder.path(), &format!("{store}/orders.csv"), orders);
        put(folder.path(), &format!("{store}/tracking.csv"), tracking);
    }
    audit(&[folder.path()], &["--as-of", as_of]).whole
}

#[test]
fn points_are_counted_in_integers_and_capped() {
    // done, late -> points: 95 % exactly, a hair below, the cap, below the cap.
    let cases = [
        ("A", 20, 1, 1),
        ("B", 19, 1, 7),
        ("C", 160, 8, 7),
        ("D", 120, 6, 6),
        ("E", 399, 20, 7),
        ("F", 1, 0, 0),
    ];
    let stores: Vec<_> = cases.iter().map(|(store, done, late, _)| (*store, *done, *late, 0)).collect();
    let whole = weeks(&stores, "2020-03-20");
    for (store, done, late, points) in cases {
        let periods = whole["store_periods"].as_array().expect("periods");
        let found = periods.iter().find(|it| it["store"] == store && it["rule"] == "JD301").expect("a week");
        assert_eq!(found["period"], "2020-W10");
        assert_eq!(
            (&found["met"], &found["failed"]),
            (&Value::from(done - late), &Value::from(late)),
            "{store}"
        );
        assert_eq!(found["points"], points, "{store}");
    }
}

#[test]
fn a_week_is_saved_by_the_orders_whose_loss_breaks_it() {
    // done, late, open: two may be lost; none; lost already; all may be lost.
    let stores = [("A", 38, 0, 4), ("B", 37, 2, 3), ("C", 10, 1, 2), ("D", 38, 0, 2)];
    let whole = weeks(&stores, "2020-03-07 09:30");
    let actions = whole["actions"].as_array().expect("actions");
    let saved = |store: &str| {
        let found = actions.iter().find(|it| it["code"] == "jd-save-week" && it["store"] == store)?;
        let ids: Vec<&str> = found["order_ids"].as_array()?.iter().filter_map(Value::as_str).collect();
        Some((
            ids.iter().map(|id| id[id.len() - 2..].to_owned()).collect::<Vec<_>>(),
            instant(found["do_by"].as_str()?),
        ))
    };
    let some = |ids: &[&str], at| Some((ids.iter().map(|id| (*id).to_owned()).collect(), instant(at)));
    assert_eq!(saved("A"), some(&["40", "41"], "2020-03-07T12:00:00+08:00"));
    assert_eq!(saved("B"), some(&["37", "38", "39"], "2020-03-07T10:00:00+08:00"));
    assert_eq!((saved("C"), saved("D")), (None, None));
}

#[test]
fn an_advance_filing_is_handed_in_a_day_before_its_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let (orders, _) = week("A", 0, 0, 1);
    let file = put(folder.path(), "A/orders.csv", orders);
    let filings = "marketplace,kind,window_from,window_to,submitted_at,status\njd,advance,2020-03-08,2020-03-09,2020-03-05,draft\n";
    put(folder.path(), "casebook/filings.csv", filings);
    let casebook = folder.path().join("casebook").display().to_string();
    for (as_of, there) in [("2020-03-07 00:00:00", true), ("2020-03-07 00:00:01", false)] {
        let whole = audit(&[&file], &["--as-of", as_of, "--casebook", &casebook]).whole;
        let actions = whole["actions"].as_array().expect("actions");
        let found = actions.iter().find(|it| it["code"] == "jd-advance-filing");
        let do_by = found.and_then(|it| it["do_by"].as_str()).and_then(instant);
        assert_eq!(do_by, instant("2020-03-07T00:00:00+08:00").filter(|_| there), "{as_of}");
    }
}

#[test]
fn the_spring_festival_window_moves_the_pickup_unless_the_casebook_knows_better() {
    let folder = tempfile::tempdir().expect("a folder");
    let heading = "订单号,商品ID,订单状态,支付方式,下单时间,付款确认时间,京东价\n";
    let times = ["2023-01-15 23:59:59", "2023-01-16 00:00:00", "2023-01-28 23:59:59", "2023-01-29 00:00:00"];
    let mut text = heading.to_owned();
    for (number, at) in (1..).zip(times) {
        let _ = writeln!(text, "{},1,等待出库,在线支付,{at},{at},9", id(number));
    }
    let file = put(folder.path(), "jd.csv", text);
    let notice = "marketplace,kind,side,ordered_from,ordered_to,extend_to\njd,shipping,either,2023-01-16,2023-01-28,2023-01-30\n";
    put(folder.path(), "casebook/notices.csv", notice);
    let casebook = folder.path().join("casebook").display().to_string();
    let due = |more: &[&str]| -> Vec<Option<i64>> {
        let audited = audit(&[&file], &[&["--as-of", "2023-02-03 12:00"][..], more].concat());
        let of = |number| finding(&audited, &id(number), "JD002")?["due_at"].as_str().and_then(instant);
        (1..5).map(of).collect()
    };
    let at = |texts: [&str; 4]| texts.map(|text| instant(&format!("2023-{text}+08:00"))).to_vec();
    let built_in = ["01-17T23:59:59", "02-01T23:59:59", "02-01T23:59:59", "01-31T00:00:00"];
    assert_eq!(due(&[]), at(built_in));
    // It replaces the window, also by an earlier day, and never shortens the order's own.
    let noticed = ["01-17T23:59:59", "01-30T23:59:59", "01-30T23:59:59", "01-31T00:00:00"];
    assert_eq!(due(&["--casebook", &casebook]), at(noticed));
}
