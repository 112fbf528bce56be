//! Whether to run the promotion, and the three reasons that decide it.

use super::bench::Case;
use super::run::{Least, Totals};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It can be run as planned.
    Go,
    /// It can be run if something is done.
    Conditional,
    /// It cannot be run like this.
    Stop,
}

impl Verdict {
    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Go => "go",
            Verdict::Conditional => "conditional",
            Verdict::Stop => "stop",
        }
    }
}

/// A fact that decides: a stable word, and its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The stable word; `words` has the sentence under `scan.reason`.
    pub code: &'static str,
    /// Its figures by name.
    pub values: Vec<(&'static str, String)>,
}

fn reason(code: &'static str, values: Vec<(&'static str, String)>) -> Reason {
    Reason { code, values }
}

/// Decides. Of the three numbers of late orders the first is at the most capacity that can be had, the second at
/// unlimited capacity in the same hours, the third, the lost, are due before the first hour ends: no plan saves them,
/// so they decide nothing. `planned` is the orders a day, and whether nobody said how many.
pub fn decide(
    cases: &[Case],
    (twice, unlimited, lost): (u64, u64, u64),
    totals: &Totals,
    least: &Least,
    (planned, open): (Option<u64>, bool),
) -> (Verdict, [Reason; 3]) {
    let late = |case: &Case| case.late.saturating_sub(lost);
    let as_planned = cases.first();
    let below = |case: &Case| case.jd.iter().find(|store| store.below()).cloned();
    let jd = as_planned.and_then(below);
    let (twice, idle) = (twice.saturating_sub(lost), unlimited.saturating_sub(lost));
    let verdict = if twice > 0 || jd.is_some() {
        Verdict::Stop
    } else if cases.iter().all(|case| late(case) == 0) {
        Verdict::Go
    } else {
        Verdict::Conditional
    };
    let mut reasons = Vec::new();
    if idle > 0 {
        reasons.push(reason("nobody-works", vec![("late", idle.to_string())]));
    }
    if twice > idle {
        reasons.push(reason("late-at-twice", vec![("late", twice.to_string())]));
    }
    if let Some(store) = &jd {
        let rate =
            store.rate().map_or(String::new(), |rate| format!("{:.1}", (rate * 1000.0).floor() / 10.0));
        let saved = least.jd.iter().any(|(of, least)| *of == store.store && least.is_some());
        // A week that no number of hands saves was lost before the promotion.
        let code = if saved { "jd-below" } else { "jd-lost" };
        reasons.push(reason(code, vec![("store", store.store.clone()), ("rate", rate)]));
    }
    let orders = (totals.backlog + totals.expected).to_string();
    match as_planned.map_or(0, late) {
        0 => reasons.push(reason("none-late", vec![("orders", orders)])),
        n => reasons.push(reason("late", vec![("late", n.to_string()), ("orders", orders)])),
    }
    let need = least.none_late.to_string();
    reasons.push(match planned {
        Some(_) if open => reason("capacity-open", vec![("need", need)]),
        Some(n) if n < least.none_late => {
            reason("capacity-short", vec![("planned", n.to_string()), ("need", need)])
        }
        Some(n) => reason("capacity-enough", vec![("planned", n.to_string()), ("need", need)]),
        None => reason("capacity-need", vec![("need", need)]),
    });
    reasons.push(match cases.iter().skip(1).find(|case| late(case) > 0) {
        Some(case) => reason(
            "case-late",
            vec![
                ("case", case.name.to_owned()),
                ("late", late(case).to_string()),
                ("need", least.all_cases.to_string()),
            ],
        ),
        None => reason("cases-hold", Vec::new()),
    });
    if lost + totals.already_late > 0 {
        reasons.push(reason("lost", vec![("late", (lost + totals.already_late).to_string())]));
    }
    let mut three = reasons.into_iter();
    let mut next = || three.next().unwrap_or_else(|| reason("cases-hold", Vec::new()));
    (verdict, [next(), next(), next()])
}
