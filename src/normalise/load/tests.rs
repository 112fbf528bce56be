//! What is read does not depend on how it is cut, nor on how many threads read it.

use super::{LoadOptions, load};
use crate::casebook::Casebook;
use crate::normalise::parse_local;
use crate::order::FieldKind;
use crate::read::{Limits, discover};
use crate::report::json::{write_json, write_ndjson};
use crate::rulebook::Book;
use chrono_tz::Tz;
use proptest::prelude::*;
use std::path::Path;

/// The whole audit of a folder as text: every finding of every order, every data issue, every count.
fn told(folder: &Path, window: usize, threads: usize) -> String {
    let limits = Limits { window, ..Limits::default() };
    let layouts = crate::recognise::layouts(&[]).expect("the layouts");
    let options = LoadOptions { layouts, limits, ..LoadOptions::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| {
        let found = discover(&[folder.to_owned()]).expect("a folder");
        let ledger = load(&found, &options, &|_| {});
        let as_of = parse_local("2026-11-09 12:00", Tz::Asia__Shanghai, FieldKind::Moment).expect("a time");
        let book = Book::built_in().expect("the rulebook");
        let audit = crate::audit(ledger, book, Casebook::default(), as_of, &|_| {}).expect("rows add up");
        let mut text = Vec::new();
        write_json(&audit, false, &mut text).expect("JSON");
        write_ndjson(&audit, &mut text).expect("JSON");
        format!("{}{:?}", String::from_utf8_lossy(&text), audit.issues)
    })
}

#[test]
fn samples_read_alike_however_they_are_cut_and_by_any_number_of_threads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["samples/jd", "samples/pinduoduo", "samples/douyin", "samples/alibaba", "samples/ebay"] {
        let folder = root.join(folder);
        let whole = told(&folder, 8 << 20, 1);
        assert!(whole.len() > 10_000, "{}", whole.len());
        for (window, threads) in [(8 << 20, 8), (40_000, 2), (3_000, 8), (700, 2), (61, 1), (7, 2)] {
            assert!(told(&folder, window, threads) == whole, "{} by {window} bytes", folder.display());
        }
    }
}

/// One cell of a row that goes wrong in the ways in which exports do.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => Just("样例路1号".to_owned()),
        3 => Just(String::new()),
        2 => Just("2026-11-06 10:00:00".to_owned()),
        1 => Just("\"a \"\"b\"\" c\"".to_owned()),
        1 => Just("\"两行\n一格\"".to_owned()),
        1 => Just("\"".to_owned()),
        1 => Just("5\" 屏".to_owned()),
        1 => Just("\"open".to_owned()),
        1 => Just("a,b".to_owned()),
        1 => Just("2026-11-31 10:00:00".to_owned()),
        1 => Just("\t-\t".to_owned()),
    ]
}

#[derive(Clone, Debug)]
struct Made {
    rows: Vec<(u32, String, String, usize)>,
    ends: usize,
    gb18030: bool,
    broken: bool,
    tracked: Vec<u32>,
}

fn made() -> impl Strategy<Value = Made> {
    let row = (0_u32..25, cell(), cell(), 0_usize..4);
    let tracked = prop::collection::vec(0_u32..30, 0..12);
    (prop::collection::vec(row, 1..40), 0_usize..4, any::<bool>(), any::<bool>(), tracked)
        .prop_map(|(rows, ends, gb18030, broken, tracked)| Made { rows, ends, gb18030, broken, tracked })
}

impl Made {
    fn write(&self, folder: &Path) {
        let mut text = "商品,订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间,详细地址".to_owned();
        for (at, (id, remark, address, shape)) in self.rows.iter().enumerate() {
            text.push_str(["\n", "\r\n", "\r", if at % 2 == 0 { "\n" } else { "\r\n" }][self.ends]);
            let id = format!("261101-{id:015}");
            let times = "2026-11-07 10:00:00,2026-11-09 10:00:00,";
            let row = match shape {
                0 => format!("{remark},{id},待发货,1,{times},{address}"),
                1 => format!("{remark},{id}\t,已发货，待签收,1,{times}2026-11-08 09:00:00,{address}"),
                // A row too short, and one too long.
                2 => format!("{remark},{id},待发货"),
                _ => format!("x,{id},待发货,1,{times},{address},{remark},"),
            };
            text.push_str(&row);
        }
        let mut bytes =
            if self.gb18030 { encoding_rs::GB18030.encode(&text).0.into_owned() } else { text.into_bytes() };
        if self.broken {
            let middle = bytes.len() / 2;
            bytes.splice(middle..middle, [0xFF, b'?']);
        }
        std::fs::create_dir_all(folder.join("p")).expect("a folder");
        std::fs::write(folder.join("p/orders.csv"), bytes).expect("a file");
        let mut tracking = "订单号,运单号,揽收时间,最新物流时间\n".to_owned();
        for (at, id) in self.tracked.iter().enumerate() {
            let (waybill, minute) = (id % 7, at % 10);
            let row = format!("261101-{id:015},YT{waybill},2026-11-08 10:00:00,2026-11-08 12:0{minute}:00\n");
            tracking.push_str(&row);
        }
        std::fs::write(folder.join("p/tracking.csv"), tracking).expect("a file");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tables_gone_wrong_read_alike_however_they_are_cut(made in made(), windows in prop::collection::vec(1_usize..300, 3)) {
        let folder = tempfile::tempdir().expect("a folder");
        made.write(folder.path());
        let whole = told(folder.path(), 8 << 20, 1);
        for (window, threads) in windows.into_iter().zip([1, 2, 8]) {
            prop_assert_eq!(&told(folder.path(), window, threads), &whole, "by {} bytes", window);
        }
    }
}

#[test]
fn a_heading_with_a_broken_character_reads_alike_however_it_is_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = (0, "x".to_owned(), "x".to_owned(), 2);
    let made = Made { rows: vec![row], ends: 0, gb18030: false, broken: true, tracked: Vec::new() };
    made.write(folder.path());
    assert_eq!(told(folder.path(), 1, 1), told(folder.path(), 8 << 20, 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parcels_find_their_orders_however_the_rows_stand(
        stores in prop::collection::vec((prop::collection::vec(0_u32..40, 1..30), prop::collection::vec(0_u32..44, 0..40)), 1..3),
        apart in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        for (store, (orders, tracked)) in stores.iter().enumerate() {
            let here = folder.path().join(store.to_string());
            std::fs::create_dir_all(&here).expect("a folder");
            // Two stores may have orders of one id, and then a neighbour is not the order that is meant.
            let id = |id: &u32| format!("26110{}-{id:015}", if apart { store } else { 0 });
            let row =
                |order: &u32| format!("示例,{},待发货,1,2026-11-07 10:00:00,2026-11-09 10:00:00,\n", id(order));
            let heading = "商品,订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n";
            let text = heading.to_owned() + &orders.iter().map(row).collect::<String>();
            std::fs::write(here.join("orders.csv"), text).expect("a file");
            let row = |(at, order): (usize, &u32)| format!("{},YT{store}{at},2026-11-08 10:00:00\n", id(order));
            let text = "订单号,运单号,揽收时间\n".to_owned()
                + &tracked.iter().enumerate().map(row).collect::<String>();
            std::fs::write(here.join("tracking.csv"), text).expect("a file");
        }
        let found = discover(&[folder.path().to_owned()]).expect("a folder");
        let layouts = crate::recognise::layouts(&[]).expect("the layouts");
        let ledger = load(&found, &LoadOptions { layouts, ..LoadOptions::default() }, &|_| {});
        let mut parcels = 0;
        for order in &ledger.orders {
            let (id, own) = (ledger.order_id(order), ledger.input(order).folder.clone());
            for parcel in ledger.parcels(order) {
                let input = &ledger.inputs[parcel.batch.input as usize];
                prop_assert_eq!((parcel.text(parcel.record.order_id), &input.folder), (id, &own));
                parcels += 1;
            }
        }
        let known = |(orders, tracked): &(Vec<u32>, Vec<u32>)| tracked.iter().filter(|id| orders.contains(id)).count();
        prop_assert_eq!(parcels, stores.iter().map(known).sum::<usize>());
    }
}

#[test]
fn an_order_that_two_folders_hold_has_the_parcels_of_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    };
    let ids = || (1..6).map(|id| format!("261101-{id:015}"));
    let heading = "店铺,商品,订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n";
    let row = |id: String| format!("旗舰店,示例,{id},待发货,1,2026-11-07 10:00:00,2026-11-09 10:00:00,\n");
    let orders = || heading.to_owned() + &ids().map(row).collect::<String>();
    write("a/orders_export2026-11-08-10-00-00.csv", orders());
    write("b/orders_export2026-11-09-10-00-00.csv", orders());
    let tracking = |waybill: &str| {
        let row = |id: String| format!("{id},{waybill}{id},2026-11-08 10:00:00\n");
        "订单号,运单号,揽收时间\n".to_owned() + &ids().map(row).collect::<String>()
    };
    write("a/tracking.csv", tracking("YT"));
    write("b/tracking.csv", tracking("SF"));
    let whole = told(folder.path(), 8 << 20, 1);
    assert!(!whole.contains("Unjoined"), "{whole}");
    for window in [400, 61, 7] {
        assert_eq!(told(folder.path(), window, 2), whole, "by {window} bytes");
    }
}
