//! What a person is told of a scan.

use crate::order::Marketplace;
use crate::scan::{Reason, Scan};
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
