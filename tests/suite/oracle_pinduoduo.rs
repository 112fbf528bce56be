//! Pinduoduo worked out by hand from its rules and its source.

use crate::oracle::{actions, compare, defects, finding, run};
use crate::support::{audit, instant, put};
use std::fmt::Write as _;

const AS_OF: &str = "2023-02-12 10:00";

fn id(number: u32) -> String {
    format!("230210-0000000000{number:05}")
}

#[test]
fn every_rule_fires_and_is_silent_on_its_near_miss() {
    assert!(compare("pinduoduo", &run("pinduoduo", AS_OF)) >= 40);
}

#[test]
fn an_appeal_is_worth_it_where_something_excuses_the_order() {
    let audited = run("pinduoduo", AS_OF);
    let expected = [
        ("protected", "PDD101", None),
        ("undecided", "PDD001", None),
        ("protected", "PDD102", None),
        ("unprotected", "PDD002", None),
        ("protected", "PDD203", instant("2023-02-12T10:00:00+08:00")),
        ("unprotected", "PDD203", instant("2023-02-12T09:59:59+08:00")),
        ("undecided", "", None),
    ];
    assert_eq!(defects(&audited), expected);
}

#[test]
fn an_action_ends_when_it_loses_its_effect() {
    let audited = run("pinduoduo", AS_OF);
    let do_by = |number: u32, code: &str| {
        let found = actions(&audited, &id(number)).into_iter().find(|(known, _)| known == code);
        found.map(|(_, at)| at)
    };
    // Until the end of the second day before the estimate an interception may reach the parcel.
    assert_eq!(do_by(19, "pinduoduo-grant-refund"), Some(instant("2023-02-12T23:59:59+08:00")));
    assert_eq!(do_by(20, "pinduoduo-grant-refund"), None);
    assert_eq!(do_by(20, "pinduoduo-have-refused"), Some(instant("2023-02-13T23:59:59+08:00")));
    // Seven days after the refund, to the second.
    assert_eq!(do_by(21, "pinduoduo-appeal"), Some(instant("2023-02-12T10:00:00+08:00")));
    assert_eq!(do_by(22, "pinduoduo-appeal"), None);
    // Two provinces: before the promise is broken.
    assert_eq!(do_by(23, "pinduoduo-order-appeal"), Some(instant("2023-02-12T10:00:00+08:00")));
    // A closed place: nothing to do while the order is excused.
    assert_eq!(actions(&audited, &id(2)), []);
    // Closed too late for this order, but the next ones can be kept away.
    assert_eq!(do_by(34, "pinduoduo-leave-out-place"), Some(None));
    assert_eq!(do_by(34, "pinduoduo-order-appeal"), None);
    assert_eq!(do_by(10, "pinduoduo-leave-out-place"), None);
}

#[test]
fn a_parcel_that_was_not_picked_up_is_handed_over_before_it_is_searched_for() {
    let audited = run("pinduoduo", AS_OF);
    let pickup = finding(&audited, &id(11), "PDD002").expect("a finding");
    let codes: Vec<_> =
        pickup["actions"].as_array().expect("actions").iter().map(|it| it["code"].clone()).collect();
    assert_eq!(codes, ["pinduoduo-hand-over", "pinduoduo-search-outlet"]);
    let near = finding(&audited, &id(12), "PDD002").expect("a finding");
    assert_eq!(near["actions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_daily_look_comes_again_in_half_a_day() {
    let audited = run("pinduoduo", AS_OF);
    let periods = audited.whole["store_periods"].as_array().expect("periods");
    let look = periods.iter().find(|it| it["rule"] == "PDD301").expect("a look");
    assert_eq!(look["next_look"].as_str().and_then(instant), instant("2023-02-12T22:00:00+08:00"));
}

#[test]
fn the_flood_in_henan_excuses_from_its_first_days() {
    let heading = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间,省,市,发货地\n";
    let (shipped, waiting) = ("已发货，待签收", "待发货");
    // Order, promise, shipped, to, from; then the state of PDD001 and of PDD002.
    let cases = [
        (1, "2021-07-20 00:00:00", "", "河南省,郑州市", "", "waived", None),
        (2, "2021-07-19 23:59:59", "", "河南省,郑州市", "", "overdue", None),
        (3, "2021-07-20 09:00:00", "", "湖北省,武汉市", "河南省郑州市", "waived", None),
        (4, "2021-07-20 09:00:00", "", "湖北省,武汉市", "", "overdue", None),
        (5, "2021-07-20 09:00:00", "2021-07-18 00:00:00", "河南省,郑州市", "", "waived", Some("waived")),
        (6, "2021-07-19 09:00:00", "2021-07-17 23:59:59", "河南省,郑州市", "", "met", Some("overdue")),
        (7, "2021-07-19 09:00:00", "2021-07-18 00:00:00", "湖北省,武汉市", "", "met", Some("overdue")),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let (mut orders, mut tracking) = (heading.to_owned(), "平台,订单号,运单号,揽收时间\n".to_owned());
    for (number, promise, at, to, from, ..) in cases {
        let status = if at.is_empty() { waiting } else { shipped };
        let _ = writeln!(orders, "{},{status},5,2021-07-17 09:00:00,{promise},{at},{to},{from}", id(number));
        if !at.is_empty() {
            let _ = writeln!(tracking, "拼多多,{},YT{number},", id(number));
        }
    }
    put(folder.path(), "shop/orders.csv", orders);
    put(folder.path(), "shop/tracking.csv", tracking);
    let audited = audit(&[&folder.path().join("shop")], &["--as-of", "2021-07-22 10:00"]);
    for (number, .., ship, pickup) in cases {
        let state = |rule| finding(&audited, &id(number), rule).and_then(|it| it["state"].as_str());
        assert_eq!((state("PDD001"), state("PDD002")), (Some(ship), pickup), "{number}");
    }
}
