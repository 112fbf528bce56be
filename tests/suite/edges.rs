//! Inputs that once were read wrongly, and boundaries worked out by hand.

use crate::support::{audit, findings, instant, put};
use serde_json::Value;

const PDD: &str = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间,快递公司,快递单号\n";
const JD: &str = "订单号,商品ID,订单状态,支付方式,下单时间,付款确认时间,京东价\n";

fn ids(orders: &[Value]) -> Vec<&str> {
    orders.iter().filter_map(|order| order["order_id"].as_str()).collect()
}

#[test]
fn a_second_heading_of_other_columns_begins_a_section() {
    let folder = tempfile::tempdir().expect("a folder");
    let richer = "订单号,商品ID,订单状态,支付方式,下单时间,付款确认时间,京东价,送装服务,服务费\n";
    let text = format!(
        "{JD}70000000001,1,等待出库,在线支付,2026-11-08 10:00:00,2026-11-08 10:00:00,9\n\
         {richer}70000000002,1,等待出库,在线支付,2026-11-08 10:00:00,2026-11-08 11:00:00,9,x,1\n"
    );
    let file = put(folder.path(), "jd.csv", text);
    assert_eq!(ids(&audit(&[&file], &[]).orders), ["70000000001", "70000000002"]);
    let turned = "样式ID,承诺发货时间,订单状态,支付时间,订单号,发货时间\n";
    let text = format!(
        "{PDD}260201-000000000000001,待发货,1,2026-11-08 10:00:00,2026-11-10 10:00:00,,,\n\
         {turned}1,2026-11-10 11:00:00,待发货,2026-11-08 11:00:00,260201-000000000000002,\n"
    );
    let audited = audit(&[&put(folder.path(), "pdd.csv", text)], &[]);
    assert_eq!(ids(&audited.orders), ["260201-000000000000001", "260201-000000000000002"]);
    assert_eq!(
        audited.orders[1]["findings"][0]["due_at"].as_str().and_then(instant),
        instant("2026-11-10T11:00:00+08:00")
    );
}

#[test]
fn a_waybill_of_another_carrier_joins_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    put(
        folder.path(),
        "a/orders.csv",
        format!(
            "{PDD}1-1,已发货，待签收,1,2026-11-06 10:00:00,2026-11-08 10:00:00,2026-11-07 10:00:00,圆通快递,YT0001\n\
             1-2,已发货，待签收,1,2026-11-06 10:00:00,2026-11-08 10:00:00,2026-11-07 10:00:00,韵达快递,YT0001\n"
        ),
    );
    put(folder.path(), "a/tracking.csv", "运单号,快递公司,揽收时间\nYT0001,圆通速递,2026-11-07 12:00:00\n");
    let found = findings(&audit(&[&folder.path().join("a")], &[]).orders);
    let state = |id: &str| {
        let key = ("pinduoduo".to_owned(), id.to_owned(), String::new(), "PDD002".to_owned());
        found.get(&key).map(|(state, _)| state.clone())
    };
    assert_eq!((state("1-1").as_deref(), state("1-2").as_deref()), (Some("met"), Some("unverifiable")));
}

#[test]
fn a_parcel_that_came_by_its_waybill_and_names_another_sub_order_is_not_the_order_s() {
    let folder = tempfile::tempdir().expect("a folder");
    let order = |id: u32| {
        let times = "2026-11-06 10:00:00,2026-11-08 10:00:00,2026-11-07 10:00:00";
        format!("{id},{id},x,已发货,{times},YT{id}-圆通快递\n")
    };
    let heading = "主订单编号,子订单编号,选购商品,订单状态,支付完成时间,承诺发货时间,发货时间,快递信息\n";
    let orders: String = [heading.to_owned(), order(6901), order(6902), order(6903)].concat();
    put(folder.path(), "a/orders.csv", orders);
    let tracking = "平台,主订单编号,子订单编号,运单号,快递公司,揽收时间\n\
         抖店,6901,6901,YT6901,圆通快递,2026-11-07 12:00:00\n\
         抖店,6999,6999,YT6902,圆通快递,2026-11-07 12:00:00\n\
         抖店,6998,,YT6903,圆通快递,2026-11-07 12:00:00\n";
    put(folder.path(), "a/tracking.csv", tracking);
    let found = findings(&audit(&[&folder.path().join("a")], &[]).orders);
    let state = |id: &str| {
        let picked_up = |key: &&(String, String, String, String)| key.1 == id && key.3 == "DY002";
        found.keys().find(picked_up).map(|key| found[key].0.clone())
    };
    let states = ["6901", "6902", "6903"].map(state);
    assert_eq!(states.each_ref().map(Option::as_deref), [Some("met"), Some("unverifiable"), Some("met")]);
}

#[test]
fn sub_orders_of_a_part_shipped_order_speak_for_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "主订单编号,子订单编号,选购商品,订单状态,支付完成时间,承诺发货时间,发货时间\n\
         1,11,x,部分发货,2026-11-06 10:00:00,2026-11-08 10:00:00,2026-11-07 10:00:00\n\
         1,12,x,部分发货,2026-11-06 10:00:00,2026-11-08 10:00:00,-\n\
         2,21;22,x,部分发货,2026-11-06 10:00:00,2026-11-08 10:00:00,2026-11-07 10:00:00\n";
    let found = findings(&audit(&[&put(folder.path(), "dy.csv", text)], &[]).orders);
    let state = |id: &str, line: &str| {
        let key = ("douyin".to_owned(), id.to_owned(), line.to_owned(), "DY001".to_owned());
        found.get(&key).map(|(state, _)| state.as_str().to_owned())
    };
    assert_eq!(state("1", "11").as_deref(), Some("met"));
    assert_eq!(state("1", "12").as_deref(), Some("overdue"));
    assert_eq!(state("2", "").as_deref(), Some("overdue"), "one row for all of it: the rest has not left");
}

#[test]
fn a_plain_list_of_shipments_is_tracking_and_a_taobao_export_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    put(
        folder.path(),
        "s/jd.csv",
        format!("{JD}70000000001,1,等待确认收货,在线支付,2026-11-06 10:00:00,2026-11-06 10:00:00,9\n"),
    );
    put(
        folder.path(),
        "s/shipped.csv",
        "平台,订单号,快递公司,运单号,发货时间\n京东,70000000001,京东快递,JD1,2026-11-07 10:00:01\n",
    );
    put(
        folder.path(),
        "s/taobao.csv",
        "订单编号,买家应付邮费,订单状态,发货时间,物流单号\n1,0,x,2026-11-07 10:00:01,1\n",
    );
    let audited = audit(&[&folder.path().join("s")], &[]);
    let kinds: Vec<&str> = audited.whole["inputs"]
        .as_array()
        .expect("inputs")
        .iter()
        .filter_map(|i| i["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["orders", "tracking", "unrecognised"]);
    assert_eq!(audited.orders[0]["findings"][0]["state"], "late");
}

#[test]
fn totals_and_explanations_are_no_orders() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = "1-1,待发货,1,2026-11-08 10:00:00,2026-11-10 10:00:00,,,\n";
    let text = format!("{PDD}填写说明,状态,x,,,,,\n{row}合 计,,,,,,,\nTotal,,,,,,,\n共1条,,,,,,,\n");
    let audited = audit(&[&put(folder.path(), "p.csv", text)], &[]);
    assert_eq!(ids(&audited.orders), ["1-1"]);
    let input = &audited.whole["inputs"][0];
    assert_eq!((input["rejected"].as_u64(), input["skipped"].as_u64()), (Some(1), Some(4)));
}

#[test]
fn handling_days_go_with_the_file_whatever_the_seller_id_says() {
    let folder = tempfile::tempdir().expect("a folder");
    put(
        folder.path(),
        "eb/x.csv",
        "Sales Record Number,Order Number,Item Number,Item Title,Sale Date,Paid On Date,Ship By Date,Shipped On Date\n\
         1,12-34567-89012,5,thing,Nov-05-26,Nov-05-26,,\n\n1,record(s) downloaded\nSeller ID: somebody\n",
    );
    put(
        folder.path(),
        "shipby.toml",
        "[[store]]\nname = \"my outlet\"\nfiles = [\"eb/**\"]\nhandling-days = 3\nships-from = \"US\"\n",
    );
    let config = folder.path().join("shipby.toml").display().to_string();
    let audited = audit(&[&folder.path().join("eb")], &["--config", &config]);
    assert_eq!(audited.orders[0]["store"], "somebody");
    assert_eq!(
        audited.orders[0]["findings"][0]["due_at"].as_str().and_then(instant),
        instant("2026-11-10T23:59:59-08:00"),
        "Thursday and three business days"
    );
}

#[test]
fn a_sheet_of_notes_beside_the_orders_is_listed_and_does_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("jd.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let orders = book.add_worksheet().set_name("订单列表").expect("a name");
    for (row, line) in
        [JD, "70000000001,1,等待出库,在线支付,2026-11-08 10:00:00,2026-11-08 10:00:00,9"].iter().enumerate()
    {
        for (column, cell) in line.trim().split(',').enumerate() {
            orders.write_string(row as u32, column as u16, cell).expect("written");
        }
    }
    let notes = book.add_worksheet().set_name("说明").expect("a name");
    notes.write_string(0, 0, "本表由系统导出").expect("written");
    book.save(&path).expect("saved");
    let audited = audit(&[&path], &[]);
    assert_eq!((audited.status, audited.orders.len()), (0, 1), "{}", audited.stdout);
    assert_eq!(audited.whole["inputs"][1]["kind"], "unrecognised");
}

#[test]
fn what_cannot_be_assessed_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = "等待确认收货,在线支付,2026-11-06 10:00:00,2026-11-06 10:00:00,9\n";
    let file = put(folder.path(), "jd.csv", format!("{JD}70000000001,1,{row}70000000002,1,{row}"));
    let audited = audit(&[&file], &[]);
    let issues = audited.whole["issues"].as_array().expect("issues");
    let gaps: Vec<&str> = issues
        .iter()
        .filter(|i| i["problem"] == "coverage-gap")
        .filter_map(|i| i["value"].as_str())
        .collect();
    assert_eq!(gaps, ["JD001", "JD002"]);
    assert!(
        audited.stdout.contains("JD002") && audited.stdout.contains("2 orders not assessed"),
        "{}",
        audited.stdout
    );
}

#[test]
fn an_agreed_term_counts_days_from_payment() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "订单编号,订单创建时间,状态,订单类型,收款时间,约定发货时间,实际发货时间\n\
        2001,2026-11-01 10:00:00,待卖家发货,卖家起草订单,2026-11-02 10:00:00,收到预付款后 7 天,\n\
        2002,2026-11-01 10:00:00,待卖家发货,卖家起草订单,,收到预付款后 7 天,\n";
    let audited = audit(&[&put(folder.path(), "ali.csv", text)], &[]);
    let finding = |at: usize| audited.orders[at]["findings"][0].clone();
    assert_eq!(finding(0)["due_at"].as_str().and_then(instant), instant("2026-11-08T23:59:59-08:00"));
    assert_eq!(finding(1)["state"], "unverifiable");
}
