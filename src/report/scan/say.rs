//! What a person is told of a scan.

use crate::order::Marketplace;
use crate::scan::{Reason, Scan, Task};
use crate::words::{Language, Words};
use std::collections::BTreeSet;

/// Says things of one scan in one language.
#[derive(Clone, Copy)]
pub struct Teller<'s> {
    /// The words.
    pub words: &'static Words,
    /// The scan.
    pub scan: &'s Scan,
}

impl<'s> Teller<'s> {
    /// A teller.
    pub fn new(scan: &'s Scan, language: Language) -> Teller<'s> {
        Teller { words: language.words(), scan }
    }

    /// A text under `scan` with values put in.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.say(&format!("scan.{key}"), values)
    }

    /// The name of a word of the JSON, or the word where there is none.
    pub fn known(&self, section: &str, word: &str) -> String {
        let text = self.words.entry(&format!("{section}.{word}"));
        if text.is_empty() { word.to_owned() } else { text.to_owned() }
    }

    /// A reason as a sentence.
    pub fn reason(&self, reason: &Reason) -> String {
        let values: Vec<(&str, String)> = reason
            .values
            .iter()
            .map(|(name, value)| match *name {
                "case" => (*name, self.known("scan.case", value)),
                _ => (*name, value.clone()),
            })
            .collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.say(&format!("reason.{}", reason.code), &values)
    }

    /// A task of the calendar.
    pub fn task(&self, task: &Task) -> String {
        let orders = task.orders.map_or(String::new(), |n| n.to_string());
        let marketplace = task.marketplace.map(|it| self.known("marketplace", it.as_str()));
        let of = [marketplace, task.of.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        self.say(&format!("task.{}", task.code), &[("orders", &orders), ("of", &of)]).trim().to_owned()
    }

    /// What to do now, three things at most: about the hands first, then what the calendar has for the first day.
    pub fn duties(&self) -> Vec<String> {
        let scan = self.scan;
        let mut all = Vec::new();
        if scan.totals.without_hands > 0 {
            all.push(self.say("do.hours", &[("n", &scan.totals.without_hands.to_string())]));
        }
        let (none, cases) = (scan.least.none_late.to_string(), scan.least.all_cases.to_string());
        if scan.planned.is_none_or(|planned| planned < scan.least.all_cases) {
            // No number of hands saves what falls due while nobody works.
            let key = if scan.totals.without_hands > 0 { "do.hands-for-others" } else { "do.hands" };
            all.push(self.say(key, &[("none", &none), ("all", &cases)]));
        }
        let known = ["late-already", "place", "jd-advance-first", "jd-advance-last", "renew", "answer-due"];
        let today = scan.calendar.first().into_iter().flat_map(|today| &today.tasks);
        all.extend(today.filter(|task| known.contains(&task.code)).map(|task| self.task(task)));
        all.truncate(3);
        all
    }

    /// What the plan leaves out or takes for granted, a sentence each.
    pub fn notes(&self) -> Vec<String> {
        let scan = self.scan;
        let mut notes = Vec::new();
        let mut note = |key: &str, n: u64| {
            if n > 0 {
                notes.push(self.say(&format!("note.{key}"), &[("n", &n.to_string())]));
            }
        };
        note("past", scan.past);
        note("outside", scan.outside);
        note("untold-backlog", scan.untold_backlog);
        let markets: BTreeSet<Marketplace> =
            scan.untold.iter().map(|(marketplace, _)| *marketplace).collect();
        for marketplace in markets {
            let own = scan.untold.iter().filter(|(of, _)| *of == marketplace);
            let stores: Vec<&str> = own.map(|(_, store)| store.as_str()).collect();
            let place = self.known("marketplace", marketplace.as_str());
            let values = [("marketplace", place.as_str()), ("store", &stores.join(", "))];
            notes.push(self.say("note.untold", &values));
        }
        notes
    }
}

/// A rate in percent, rounded down so that none seems to reach what it misses.
pub fn percent(rate: f64) -> String {
    format!("{:.1} %", (rate * 1000.0 + 1e-9).floor() / 10.0)
}
