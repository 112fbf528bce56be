//! Audits made by hand, as lines of JSON, and set side by side.

use super::{
    Carried, Kind, MadeBy, NoteKey, Notes, Outcome, Snapshot, SnapshotError, Week, compare, merge_weeks,
};
use crate::assess::State;
use proptest::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

const FIRST: &str = "2026-11-02T12:00:00+08:00";
const SECOND: &str = "2026-11-09T12:00:00+08:00";
const THIRD: &str = "2026-11-16T12:00:00+08:00";

/// An audit by a rulebook and with a casebook of these hashes.
fn blank(as_of: &str, rulebook: &str, casebook: Option<&str>) -> Snapshot {
    let made_by = MadeBy {
        version: "1".to_owned(),
        rulebook: rulebook.to_owned(),
        casebook: casebook.map(str::to_owned),
    };
    Snapshot::blank(as_of.parse().expect("a moment"), made_by)
}

/// A finding: rule, state, when it is due, and when it was paid, as its trail tells.
fn finding(rule: &str, state: &str, due: &str, paid: &str) -> Value {
    json!({
        "rule": rule, "state": state, "due_at": due, "base_due_at": due, "sub_order_id": null, "exemptions": [],
        "trail": [
            {"step": "paid-at", "value": paid, "from": "tracking.csv row 7 column 支付时间"},
            {"step": "as_of", "value": due, "from": "argument --as-of"},
        ],
    })
}

fn add(snapshot: &mut Snapshot, order: &str, findings: &[Value]) {
    let line = json!({"marketplace": "jd", "store": "A", "order_id": order, "findings": findings});
    snapshot.add_order(line.to_string().as_bytes()).expect("an order");
}

const DUE: &str = "2026-11-08T10:00:00+08:00";
const PAID: &str = "2026-11-06T10:00:00+08:00";

/// An audit of one finding of JD001 an order.
fn simple(as_of: &str, orders: &[(&str, &str)]) -> Snapshot {
    let mut snapshot = blank(as_of, "r", None);
    for (order, state) in orders {
        add(&mut snapshot, order, &[finding("JD001", state, DUE, PAID)]);
    }
    snapshot
}

fn kinds(last: &Snapshot, this: &Snapshot) -> Vec<(String, Kind, Option<Outcome>)> {
    let changes = compare(last, this).list;
    let mut kinds: Vec<_> =
        changes.into_iter().map(|change| (change.key.order.order_id, change.kind, change.outcome)).collect();
    kinds.sort();
    kinds
}

#[test]
fn what_becomes_of_a_finding_depends_on_both_audits() {
    for (last, this, kind, outcome) in [
        (None, Some("urgent"), Some(Kind::New), None),
        (Some("on_track"), Some("overdue"), Some(Kind::New), None),
        (Some("urgent"), Some("overdue"), Some(Kind::Worsened), None),
        (Some("urgent"), Some("urgent"), Some(Kind::StillOpen), None),
        (Some("urgent"), Some("warning"), Some(Kind::Improved), None),
        (Some("overdue"), Some("unverifiable"), Some(Kind::StillOpen), None),
        (Some("late"), Some("overdue"), Some(Kind::Reopened), None),
        (Some("overdue"), Some("late"), Some(Kind::Resolved), Some(Outcome::State(State::Late))),
        (Some("overdue"), Some("met"), Some(Kind::Resolved), Some(Outcome::State(State::Met))),
        (Some("overdue"), Some("waived"), Some(Kind::Resolved), Some(Outcome::State(State::Waived))),
        (Some("overdue"), Some("not_assessed"), Some(Kind::Gone), Some(Outcome::State(State::NotAssessed))),
        (None, Some("late"), Some(Kind::Missed), Some(Outcome::State(State::Late))),
        (Some("late"), Some("late"), None, None),
        (Some("late"), None, None, None),
        (None, Some("met"), None, None),
    ] {
        let one =
            |state: Option<&'static str>| state.map(|state| ("1", state)).into_iter().collect::<Vec<_>>();
        let (a, b) = (simple(FIRST, &one(last)), simple(SECOND, &one(this)));
        let want: Vec<_> = kind.map(|kind| ("1".to_owned(), kind, outcome)).into_iter().collect();
        assert_eq!(kinds(&a, &b), want, "{last:?} {this:?}");
    }
}

#[test]
fn an_order_that_is_not_listed_is_resolved_only_if_it_was_there() {
    let last = simple(FIRST, &[("1", "overdue")]);
    let ended =
        |this: &Snapshot| compare(&last, this).list.first().map(|change| (change.kind, change.outcome));
    let mut this = simple(SECOND, &[]);
    assert_eq!(ended(&this), Some((Kind::Resolved, Some(Outcome::Unlisted))), "the file does not tell");
    this.present.add("jd", "A", vec![super::fingerprint("2")]);
    assert_eq!(ended(&this), Some((Kind::Gone, Some(Outcome::Gone))));
    this.present.add("jd", "A", vec![super::fingerprint("1")]);
    assert_eq!(ended(&this), Some((Kind::Resolved, Some(Outcome::Unlisted))));
    add(&mut this, "1", &[finding("JD002", "met", DUE, PAID)]);
    assert_eq!(ended(&this), Some((Kind::Resolved, Some(Outcome::Cleared))), "another rule only");
}

#[test]
fn a_check_of_notes_is_never_trouble() {
    let note = crate::assess::registry::all().find(|rule| rule.note).expect("a rule of notes").code.0;
    let mut this = blank(SECOND, "r", None);
    add(&mut this, "1", &[finding(note, "advice", DUE, PAID)]);
    assert_eq!(kinds(&simple(FIRST, &[]), &this), []);
}

#[test]
fn a_changed_rulebook_is_told_apart_from_what_the_store_did() {
    let audit = |as_of, rulebook, state: &str, due: &str, paid: &str| {
        let mut snapshot = blank(as_of, rulebook, None);
        add(&mut snapshot, "1", &[finding("JD001", state, due, paid)]);
        snapshot
    };
    let later = "2026-11-12T10:00:00+08:00";
    let kind = |a: &Snapshot, b: &Snapshot| kinds(a, b).first().map(|(_, kind, _)| *kind);
    let last = audit(FIRST, "old", "urgent", DUE, PAID);
    for (rulebook, due, paid, want) in [
        ("new", later, PAID, Kind::Rulebook),
        ("old", later, PAID, Kind::Improved),
        ("new", DUE, PAID, Kind::Improved),
        // The order itself tells another time: its own doing.
        ("new", later, "2026-11-10T10:00:00+08:00", Kind::Improved),
    ] {
        assert_eq!(
            kind(&last, &audit(SECOND, rulebook, "warning", due, paid)),
            Some(want),
            "{rulebook} {due}"
        );
    }
    let met = audit(SECOND, "new", "on_track", later, PAID);
    assert_eq!(kinds(&last, &met), [("1".to_owned(), Kind::Rulebook, Some(Outcome::State(State::OnTrack)))]);
}

#[test]
fn what_was_overdue_already_by_todays_rulebook_was_made_overdue_by_it() {
    let overdue = |rulebook, due: &str| {
        let mut snapshot = blank(SECOND, rulebook, None);
        add(&mut snapshot, "1", &[finding("JD001", "overdue", due, PAID)]);
        snapshot
    };
    let before = "2026-11-01T10:00:00+08:00";
    let mut last = blank(FIRST, "old", None);
    let kind = |last: &Snapshot, this: &Snapshot| kinds(last, this)[0].1;
    assert_eq!(kind(&last, &overdue("new", before)), Kind::New, "the order was not there");
    last.present.add("jd", "A", vec![super::fingerprint("1")]);
    assert_eq!(kind(&last, &overdue("new", before)), Kind::Rulebook);
    assert_eq!(kind(&last, &overdue("old", before)), Kind::New, "by the same rulebook");
    assert_eq!(kind(&last, &overdue("new", DUE)), Kind::New, "it fell due since");
}

#[test]
fn a_claim_that_a_changed_casebook_proves_is_told_apart() {
    let audit = |as_of, casebook, state: &str, effect: &str| {
        let mut snapshot = blank(as_of, "r", Some(casebook));
        let mut one = finding("JD001", state, DUE, PAID);
        one["exemptions"] = json!([{"rule": "JD102", "effect": effect}]);
        if effect == "extended" {
            one["due_at"] = json!("2026-11-20T10:00:00+08:00");
        }
        add(&mut snapshot, "1", &[one]);
        snapshot
    };
    let last = audit(FIRST, "a", "overdue", "pending");
    let kind = |this: &Snapshot| kinds(&last, this)[0].1;
    assert_eq!(kind(&audit(SECOND, "b", "on_track", "extended")), Kind::Casebook);
    assert_eq!(kind(&audit(SECOND, "b", "waived", "waived")), Kind::Casebook);
    assert_eq!(kind(&audit(SECOND, "a", "on_track", "extended")), Kind::Resolved);
    assert_eq!(kind(&audit(SECOND, "b", "overdue", "refused")), Kind::StillOpen);
}

/// The next audit as its JSON would be read: with ages and with what is remembered.
fn aged(last: &Snapshot, mut this: Snapshot) -> Snapshot {
    let changes = compare(last, &this);
    for (key, standing) in &mut this.findings {
        if let Some(age) = changes.ages.get(key) {
            (standing.first_seen, standing.age) = (Some(age.first_seen), age.audits);
        }
    }
    this.resolved = changes.resolved;
    this
}

#[test]
fn ages_and_returns_survive_from_audit_to_audit() {
    let first = simple(FIRST, &[("1", "urgent"), ("2", "overdue")]);
    let second = aged(&first, simple(SECOND, &[("1", "overdue"), ("2", "met")]));
    let third = compare(&second, &simple(THIRD, &[("1", "overdue"), ("2", "overdue")]));
    let told: Vec<_> = third
        .list
        .iter()
        .map(|c| (c.key.order.order_id.as_str(), c.kind, c.age.audits, c.age.first_seen.to_rfc3339()))
        .collect();
    assert_eq!(
        told,
        [("2", Kind::Reopened, 2, FIRST.to_owned()), ("1", Kind::StillOpen, 3, FIRST.to_owned())]
    );
    assert_eq!(third.oldest(), 3);
}

#[test]
fn an_order_back_in_the_export_was_never_resolved() {
    let first = simple(FIRST, &[("1", "urgent")]);
    let mut without = simple(SECOND, &[]);
    without.present.add("jd", "A", vec![super::fingerprint("9")]);
    let second = aged(&first, without);
    assert_eq!(second.resolved.len(), 1);
    let third = compare(&second, &simple(THIRD, &[("1", "overdue")]));
    assert_eq!((third.list[0].kind, third.list[0].age.audits), (Kind::Worsened, 2));
    assert!(third.resolved.is_empty(), "{:?}", third.resolved);
}

#[test]
fn what_was_resolved_is_forgotten_after_twelve_audits() {
    let mut last = aged(&simple(FIRST, &[("1", "urgent")]), simple(SECOND, &[("1", "met")]));
    for audits in 1..12 {
        last = aged(&last, simple(THIRD, &[("1", "met")]));
        assert_eq!(last.resolved.len(), 1, "{audits}");
    }
    assert_eq!(aged(&last, simple(THIRD, &[("1", "met")])).resolved.len(), 0);
}

#[test]
fn of_a_week_in_two_audits_the_fuller_count_stands() {
    let week = |week: &str, met, failed| Week {
        marketplace: "jd".to_owned(),
        store: "A".to_owned(),
        week: week.to_owned(),
        rule: "JD301".to_owned(),
        met,
        failed,
    };
    let merged = merge_weeks(
        &[week("2026-W44", 8, 2), week("2026-W45", 3, 0)],
        &[week("2026-W44", 1, 0), week("2026-W45", 9, 1), week("2026-W46", 1, 0)],
    );
    let rates: Vec<_> = merged.iter().map(|week| (week.week.as_str(), week.rate())).collect();
    assert_eq!(rates, [("2026-W44", Some(0.8)), ("2026-W45", Some(0.9)), ("2026-W46", Some(1.0))]);
    assert_eq!(
        merge_weeks(&[week("2026-W45", 1, 1)], &[week("2026-W45", 2, 0)])[0].met,
        2,
        "of equals the newer"
    );
    let years: Vec<Week> = (2020..2024)
        .flat_map(|year| (1..53).map(move |n| format!("{year}-W{n:02}")))
        .map(|w| week(&w, 1, 0))
        .collect();
    let kept = merge_weeks(&years, &[]);
    assert_eq!((kept.len(), kept[0].week.as_str()), (104, "2022-W01"));
}

#[test]
fn other_files_are_refused_with_what_they_are() {
    let totals = json!({"orders": 1, "at_risk": 0, "by_risk": {}});
    let file =
        |schema: &str| json!({"schema": schema, "as_of": FIRST, "totals": totals, "orders": []}).to_string();
    let read = |text: &str| Snapshot::read(text).expect_err("refused");
    assert_eq!(read(&file("shipby.audit/2")), SnapshotError::OtherSchema("shipby.audit/2".to_owned()));
    let scan = r#"{"schema":"shipby.scan/1","verdict":"go"}"#;
    assert_eq!(read(scan), SnapshotError::OtherSchema("shipby.scan/1".to_owned()));
    assert_eq!(read(&file("shipby.audit/1")), SnapshotError::TooOld);
    for text in ["", "order,state\n1,late\n", "[]", "{\"schema\":\"shipby.audit/1\"}"] {
        assert!(matches!(read(text), SnapshotError::NotAnAudit(_)), "{text}");
    }
}

#[test]
fn notes_stay_with_their_row_and_those_without_one_are_listed() {
    let key = |order: &str, rule: &str| NoteKey {
        marketplace: "jd".to_owned(),
        store: "A".to_owned(),
        order_id: order.to_owned(),
        rule: rule.to_owned(),
    };
    let note = |text: &str| [String::new(), String::new(), text.to_owned()];
    let notes = [("1", "JD001"), ("2", "JD001"), ("3", "JD001")];
    let notes: Notes = notes.iter().map(|(order, rule)| (key(order, rule), note(order))).collect();
    let place = |order: &str| ("jd".to_owned(), "A".to_owned(), order.to_owned());
    let rows = FxHashMap::from_iter([
        (place("1"), vec!["JD001".to_owned()]),
        (place("2"), vec!["JD002".to_owned()]),
    ]);
    let carried = Carried::settle(notes, &rows);
    assert_eq!(carried.notes, Notes::from_iter([(key("1", "JD001"), note("1"))]));
    let lost: Vec<_> = carried.lost.iter().map(|l| (l.key.order_id.as_str(), l.now.as_deref())).collect();
    assert_eq!(lost, [("2", Some("JD002")), ("3", None)]);
}

fn state() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["overdue", "urgent", "warning", "advice", "unverifiable", "met", "on_track"])
}

fn orders() -> impl Strategy<Value = Vec<(String, &'static str)>> {
    let order = (0_u32..12).prop_map(|id| id.to_string());
    prop::collection::hash_map(order, state(), 0..12).prop_map(|orders| orders.into_iter().collect())
}

fn made(as_of: &str, orders: &[(String, &'static str)]) -> Snapshot {
    let borrowed: Vec<(&str, &str)> = orders.iter().map(|(id, state)| (id.as_str(), *state)).collect();
    let mut snapshot = simple(as_of, &borrowed);
    // Some orders are there and not listed.
    snapshot.present.add("jd", "A", (0..6).map(|id| super::fingerprint(&id.to_string())).collect());
    snapshot
}

fn of(last: &Snapshot, this: &Snapshot, wanted: &[Kind]) -> Vec<String> {
    let kinds = kinds(last, this).into_iter().filter(|(_, kind, _)| wanted.contains(kind));
    kinds.map(|(order, _, _)| order).collect()
}

proptest! {
    #[test]
    fn against_itself_nothing_is_new_or_resolved(orders in orders()) {
        let audit = made(FIRST, &orders);
        prop_assert!(compare(&audit, &audit).list.iter().all(|change| change.kind == Kind::StillOpen));
    }

    #[test]
    fn the_other_way_round_what_was_new_has_ended(a in orders(), b in orders()) {
        let (a, b) = (made(FIRST, &a), made(FIRST, &b));
        let ended = [Kind::Resolved, Kind::Gone];
        prop_assert_eq!(of(&a, &b, &[Kind::New]), of(&b, &a, &ended));
        prop_assert_eq!(of(&a, &b, &ended), of(&b, &a, &[Kind::New]));
    }

    #[test]
    fn every_trouble_of_both_is_told_once(a in orders(), b in orders()) {
        let (a, b) = (made(FIRST, &a), made(SECOND, &b));
        let told: Vec<String> = kinds(&a, &b).into_iter().map(|(order, _, _)| order).collect();
        let trouble = a.findings.iter().chain(&b.findings).filter(|(key, f)| f.is_trouble(&key.rule));
        let want: std::collections::BTreeSet<String> = trouble.map(|(key, _)| key.order.order_id.clone()).collect();
        prop_assert_eq!(told, want.into_iter().collect::<Vec<_>>());
    }
}
