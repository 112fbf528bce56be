//! What a report knows of the weeks before.

use crate::compare::{Changes, Week};
use rustc_hash::FxHashMap;

/// Everything that an audit knows from earlier ones.
#[derive(Debug, Default)]
pub struct Past {
    /// SHA-256 of the casebook's files; `None` without one.
    pub casebook_hash: Option<String>,
    /// What changed since the last audit, where it was given.
    pub changes: Option<Changes>,
    /// Rates by week of this audit and the ones before.
    pub weeks: Vec<Week>,
    /// What staff typed into the last report.
    pub carried: Carried,
    /// Orders that the last audit listed and this one does not, as indices into the ledger.
    pub followed: Vec<u32>,
}

/// What a row of notes belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoteKey {
    /// The marketplace's id.
    pub marketplace: String,
    /// The store.
    pub store: String,
    /// The order.
    pub order_id: String,
    /// The rule that led the row.
    pub rule: String,
}

/// What staff typed, by what it belongs to: handled by, state (its place in the list of choices, where it is one) and note.
pub type Notes = FxHashMap<NoteKey, [String; 3]>;

/// What staff typed last week, as far as its rows are still there.
#[derive(Debug, Default)]
pub struct Carried {
    /// By row of this report.
    pub notes: Notes,
    /// What has no row any more.
    pub lost: Vec<Lost>,
}

/// A row of notes whose order is not in the list any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What it belongs to.
    pub key: NoteKey,
    /// What staff typed.
    pub note: [String; 3],
    /// The rule under which the order is listed now, if it is.
    pub now: Option<String>,
}

impl Carried {
    /// Sorts notes by whether their row is still there. `rows` are the rows of this report.
    pub fn settle(notes: Notes, rows: &FxHashMap<(String, String, String), Vec<String>>) -> Carried {
        let mut carried = Carried::default();
        for (key, note) in notes {
            let place = (key.marketplace.clone(), key.store.clone(), key.order_id.clone());
            match rows.get(&place) {
                Some(rules) if rules.contains(&key.rule) => {
                    carried.notes.insert(key, note);
                }
                rules => {
                    let now = rules.and_then(|rules| rules.first().cloned());
                    carried.lost.push(Lost { key, note, now });
                }
            }
        }
        carried.lost.sort_by(|a, b| a.key.cmp(&b.key));
        carried
    }
}
