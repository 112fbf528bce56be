//! The orders that are made to measure with: they must be what they claim to be, or the figures mean nothing.

use crate::support::audit;

#[path = "../../benches/orders/mod.rs"]
mod orders;

#[test]
fn made_orders_are_read_whole_and_a_few_in_a_hundred_are_in_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    orders::write_all(folder.path(), 4_000).expect("orders");
    let audited = audit(&[folder.path()], &["--as-of", orders::AS_OF, "--quiet"]);
    assert_eq!(audited.status, 0, "{}", audited.stderr);
    assert_eq!(audited.orders.len(), 4_000);
    let inputs = audited.whole["inputs"].as_array().expect("inputs");
    assert_eq!(inputs.len(), 2 * orders::EXPORTS.len());
    for input in inputs {
        assert!(input["error"].is_null() && input["rejected"] == 0, "{input}");
    }
    let issues = audited.whole["issues"].as_array().map_or(0, Vec::len);
    assert!(issues < 20, "{issues} data issues");
    let worse = |finding: &serde_json::Value| {
        ["overdue", "urgent", "warning", "late", "unverifiable"]
            .contains(&finding["state"].as_str().unwrap_or(""))
    };
    let shown = audited
        .orders
        .iter()
        .filter(|order| order["findings"].as_array().is_some_and(|all| all.iter().any(worse)));
    let shown = shown.count();
    assert!((200..=320).contains(&shown), "{shown} of 4,000 are late or at risk");
}

#[test]
fn the_same_number_of_orders_gives_the_same_bytes() {
    let made = |index: usize| {
        let (mut table, mut tracking) = (Vec::new(), Vec::new());
        orders::EXPORTS[index].write(&mut table, &mut tracking, 0..300).expect("orders");
        (table, tracking)
    };
    for index in 0..orders::EXPORTS.len() {
        assert_eq!(made(index), made(index));
    }
}

#[test]
fn orders_of_many_stores_are_as_many_and_each_stands_in_one_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    orders::write_stores(folder.path(), 1_000, 20).expect("orders");
    let audited = audit(&[folder.path()], &["--as-of", orders::AS_OF, "--quiet"]);
    assert_eq!(audited.status, 0, "{}", audited.stderr);
    assert_eq!(audited.orders.len(), 1_000);
    let stores: std::collections::BTreeSet<&str> =
        audited.orders.iter().filter_map(|order| order["store"].as_str()).collect();
    assert_eq!(stores.len(), 20, "{stores:?}");
    let issues = audited.whole["issues"].as_array().map_or(0, Vec::len);
    assert!(issues < 20, "{issues} data issues");
}
