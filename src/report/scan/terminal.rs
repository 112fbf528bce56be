//! The scan on the terminal: the answer first.

use super::say::{Teller, percent};
use crate::scan::Scan;
use crate::words::Language;
use std::fmt::Write as _;

/// The summary of a scan for people, many lines, without colours.
pub fn scan_summary(scan: &Scan, language: Language) -> String {
    let teller = Teller::new(scan, language);
    let mut text = String::new();
    let as_of = scan.as_of().with_timezone(&crate::scan::ZONE).format("%Y-%m-%d %H:%M:%S %:z").to_string();
    let (from, to) = (scan.span.from.to_string(), scan.span.to.to_string());
    let line = |text: &mut String, said: String| {
        let _ = writeln!(text, "{said}");
    };
    line(&mut text, teller.say("terminal.head", &[("as_of", &as_of), ("from", &from), ("to", &to)]));
    let verdict = teller.say(&format!("verdict.{}", scan.verdict.as_str()), &[]);
    line(&mut text, teller.say("terminal.verdict", &[("verdict", &verdict)]));
    for reason in &scan.reasons {
        line(&mut text, format!("  - {}", teller.reason(reason)));
    }
    for said in teller.duties() {
        line(&mut text, format!("  > {said}"));
    }
    let totals = &scan.totals;
    let figures = [
        ("backlog", totals.backlog),
        ("expected", totals.expected),
        ("late", totals.late),
        ("already", totals.already_late),
        ("beyond", totals.beyond_saving),
        ("need", scan.least.none_late),
    ]
    .map(|(name, n)| (name, n.to_string()));
    let values: Vec<(&str, &str)> = figures.iter().map(|(name, n)| (*name, n.as_str())).collect();
    line(&mut text, teller.say("terminal.totals", &values));
    line(&mut text, teller.say("terminal.least", &values));
    if totals.without_hands > 0 {
        let n = totals.without_hands.to_string();
        line(&mut text, teller.say("note.without-hands", &[("n", &n)]));
    }
    if let Some(day) = scan.last_help {
        line(&mut text, teller.say("terminal.last-help", &[("day", &day.to_string())]));
    }
    for case in &scan.cases {
        let name = teller.known("scan.case", case.name);
        let mut said = teller.say("terminal.case", &[("case", &name), ("late", &case.late.to_string())]);
        for store in &case.jd {
            let rate = store.rate().map_or_else(|| "–".to_owned(), percent);
            let points = store.points().to_string();
            let values = [("store", store.store.as_str()), ("rate", rate.as_str()), ("points", &points)];
            let _ = write!(said, "{}", teller.say("terminal.jd", &values));
        }
        line(&mut text, said);
    }
    if let Some(trials) = &scan.trials {
        let values = [
            ("n", trials.draws.n.to_string()),
            ("seed", trials.draws.seed.to_string()),
            ("none", share(trials.none_late, trials.draws.n)),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut said = teller.say("terminal.trials", &values);
        for (store, kept) in &trials.jd {
            let kept = share(*kept, trials.draws.n);
            let _ =
                write!(said, "{}", teller.say("terminal.trials-jd", &[("store", store), ("kept", &kept)]));
        }
        line(&mut text, said);
    }
    for note in teller.notes() {
        line(&mut text, format!("  ! {note}"));
    }
    text
}

fn share(part: u32, of: u32) -> String {
    percent(f64::from(part) / f64::from(of.max(1)))
}
