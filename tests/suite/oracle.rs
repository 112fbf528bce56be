//! Small exports with a casebook beside them, and lines worked out by hand from the rules: `tests/oracle`.

use crate::support::{Audited, audit, instant, root};
use serde_json::Value;
use std::fmt::Write as _;

/// Audits the shops of a marketplace's folder with its casebook.
pub fn run(marketplace: &str, as_of: &str) -> Audited {
    let folder = root().join("tests/oracle").join(marketplace);
    let casebook = folder.join("casebook").display().to_string();
    audit(&[&folder.join("in")], &["--as-of", as_of, "--casebook", &casebook])
}

/// The finding of a rule on an order.
pub fn finding<'a>(audited: &'a Audited, order: &str, rule: &str) -> Option<&'a Value> {
    let order = audited.orders.iter().find(|it| it["order_id"] == order)?;
    order["findings"].as_array()?.iter().find(|it| it["rule"] == rule)
}

/// The codes of what is to be done about an order, and by when.
pub fn actions(audited: &Audited, order: &str) -> Vec<(String, Option<i64>)> {
    let order = audited.orders.iter().find(|it| it["order_id"] == order).expect("the order");
    let findings = order["findings"].as_array().expect("findings");
    let all = findings.iter().flat_map(|it| it["actions"].as_array().expect("actions"));
    let pair = |it: &Value| {
        (it["code"].as_str().unwrap_or_default().to_owned(), it["do_by"].as_str().and_then(instant))
    };
    all.map(pair).collect()
}

/// Verdict, rule and last day to appeal of every defect, in the order of the casebook.
pub fn defects(audited: &Audited) -> Vec<(&str, &str, Option<i64>)> {
    let rows = audited.whole["defects"].as_array().expect("defects");
    rows.iter()
        .map(|it| {
            let text = |name: &str| it[name].as_str().unwrap_or_default();
            (text("verdict"), text("rule"), it["appeal_by"].as_str().and_then(instant))
        })
        .collect()
}

/// Compares every line of the folder's `expected.csv`; gives their number.
pub fn compare(marketplace: &str, audited: &Audited) -> usize {
    let text = std::fs::read_to_string(root().join("tests/oracle").join(marketplace).join("expected.csv"));
    let text = text.expect("expected.csv");
    let mut wrong = String::new();
    let lines = text.lines().skip(1);
    for line in lines.clone() {
        let cells: Vec<&str> = line.splitn(7, ',').collect();
        let [order, rule, state, due, code, effect, because] = cells[..] else { panic!("{line}") };
        let found = finding(audited, order, rule);
        let text = |name: &str| found.map_or("", |it| it[name].as_str().unwrap_or_default());
        let got_state = if found.is_some() { text("state") } else { "silent" };
        let claims = found.and_then(|it| it["exemptions"].as_array());
        let claim = claims.and_then(|all| all.iter().find(|it| it["rule"] == code));
        let got_effect = claim.map_or("none", |it| it["effect"].as_str().unwrap_or_default());
        let right = got_state == state
            && (due.is_empty() || instant(text("due_at")) == instant(due))
            && (code.is_empty() || got_effect == effect);
        if !right {
            let _ = writeln!(
                wrong,
                "{order} {rule}: {got_state} {} {code} {got_effect}; expected {state} {due} {effect}: {because}",
                text("due_at")
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    lines.count()
}
