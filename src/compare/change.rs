//! What changed, finding by finding.

use crate::assess::State;
use crate::compare::{Cause, Key, Kind, Moment, Outcome, Snapshot, Standing};
use rustc_hash::FxHashMap;

/// Audits for which resolved trouble is remembered, so that its return is told as such.
const REMEMBERED: u32 = 12;

/// For how long something has been trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// The moment of the first audit in which it was.
    pub first_seen: Moment,
    /// Audits in which it was, this one included.
    pub audits: u32,
}

/// One finding that changed, or stayed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What became of it.
    pub kind: Kind,
    /// Which it is.
    pub key: Key,
    /// Its state in the last audit, where that listed it.
    pub was: Option<State>,
    /// Its state now, where this audit lists it.
    pub now: Option<State>,
    /// How it ended, where it did.
    pub outcome: Option<Outcome>,
    /// When it falls due, or fell due when it was last seen.
    pub due_at: Option<Moment>,
    /// When it fell due by the last audit, where that differs.
    pub due_before: Option<Moment>,
    /// For how long it has been, or had been, trouble.
    pub age: Age,
}

/// Trouble that ended, kept for some audits.
#[derive(Clone, Debug, PartialEq)]
pub struct Remembered {
    /// Which it was.
    pub key: Key,
    /// Its last state as trouble.
    pub was: State,
    /// How it ended.
    pub outcome: Outcome,
    /// The first audit in which it was trouble.
    pub first_seen: Option<Moment>,
    /// Audits in which it was trouble.
    pub age: u32,
    /// Audits since it ended.
    pub audits_ago: u32,
}

/// Everything that changed between two audits.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The moments of the last audit and of this one.
    pub moments: [Moment; 2],
    /// Whether the rulebook, or the program with its built-in one, is another.
    pub rulebook_changed: bool,
    /// Whether the casebook is another.
    pub casebook_changed: bool,
    /// Whether the two audits have no store in common, as happens when stores go by the folders of a week.
    pub strangers: bool,
    /// Orders, orders at risk and orders overdue, in the last audit and in this one.
    pub totals: [[u64; 3]; 2],
    /// The changes, by kind, the worst first.
    pub list: Vec<Change>,
    /// How long each trouble of this audit has been one.
    pub ages: FxHashMap<Key, Age>,
    /// Trouble that ended, this time or some audits ago.
    pub resolved: Vec<Remembered>,
}

impl Changes {
    /// How many there are of a kind.
    pub fn count(&self, kind: Kind) -> u64 {
        self.list.iter().filter(|change| change.kind == kind).count() as u64
    }

    /// Those of a kind, the worst first.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        self.list.iter().filter(move |change| change.kind == kind)
    }

    /// The greatest age of what is still open.
    pub fn oldest(&self) -> u32 {
        let open = self.list.iter().filter(|change| change.outcome.is_none());
        open.map(|change| change.age.audits).max().unwrap_or(0)
    }
}

/// Compares two audits, the earlier one first.
pub fn compare(last: &Snapshot, this: &Snapshot) -> Changes {
    let mut run = Run {
        last,
        this,
        rulebook_changed: last.made_by.rulebook != this.made_by.rulebook
            || last.made_by.version != this.made_by.version,
        casebook_changed: last.made_by.casebook != this.made_by.casebook,
        remembered: last.resolved.iter().map(|known| (&known.key, known)).collect(),
        list: Vec::new(),
    };
    for (key, now) in &this.findings {
        run.standing(key, now);
    }
    for (key, before) in &last.findings {
        run.ended(key, before);
    }
    run.finish()
}

struct Run<'r> {
    last: &'r Snapshot,
    this: &'r Snapshot,
    rulebook_changed: bool,
    casebook_changed: bool,
    remembered: FxHashMap<&'r Key, &'r Remembered>,
    list: Vec<Change>,
}

impl Run<'_> {
    /// What is trouble now, or a closed breach that nobody has been told of.
    fn standing(&mut self, key: &Key, now: &Standing) {
        let before = self.last.findings.get(key);
        let was_trouble = before.is_some_and(|before| before.is_trouble(&key.rule));
        if !now.is_trouble(&key.rule) {
            let closed = now.state == State::Late && !was_trouble;
            if closed && before.is_none_or(|before| before.state != State::Late) {
                let kind = self.by_policy(key, before, now).unwrap_or(Kind::Missed);
                self.tell(kind, key, before, Some(now), Some(Outcome::State(State::Late)));
            }
            return;
        }
        let known = self.remembered.get(key).copied();
        let returned = known.filter(|known| known.outcome.is_gone() && !was_trouble);
        let was = returned.map(|known| known.was).or(before.map(|before| before.state));
        let kind = match was {
            // What can no longer be verified has not become better.
            Some(_) if (was_trouble || returned.is_some()) && now.state == State::Unverifiable => {
                Kind::StillOpen
            }
            Some(was) if was_trouble || returned.is_some() => match now.state.cmp(&was) {
                std::cmp::Ordering::Greater => Kind::Worsened,
                std::cmp::Ordering::Less => Kind::Improved,
                std::cmp::Ordering::Equal => Kind::StillOpen,
            },
            Some(State::Late) => Kind::Reopened,
            _ if known.is_some() => Kind::Reopened,
            _ => Kind::New,
        };
        let kind = self.by_policy(key, before, now).unwrap_or(kind);
        self.tell(kind, key, before, Some(now), None);
    }

    /// What was trouble and is none any more.
    fn ended(&mut self, key: &Key, before: &Standing) {
        if !before.is_trouble(&key.rule) {
            return;
        }
        let now = self.this.findings.get(key);
        let outcome = match now {
            Some(now) if now.is_trouble(&key.rule) => return,
            Some(now) => Outcome::State(now.state),
            None if self.this.listed.contains(&key.order) => Outcome::Cleared,
            None if self.this.has(&key.order) == Some(false) => Outcome::Gone,
            None => Outcome::Unlisted,
        };
        let by_policy = now.and_then(|now| self.by_policy(key, Some(before), now));
        let kind = if outcome.is_gone() { Kind::Gone } else { by_policy.unwrap_or(Kind::Resolved) };
        self.tell(kind, key, Some(before), now, Some(outcome));
    }

    fn by_policy(&self, key: &Key, before: Option<&Standing>, now: &Standing) -> Option<Kind> {
        self.cause(key, before, now).map(|cause| match cause {
            Cause::Rulebook => Kind::Rulebook,
            Cause::Casebook => Kind::Casebook,
        })
    }

    /// Whether a finding stands otherwise though the order tells the same.
    fn cause(&self, key: &Key, before: Option<&Standing>, now: &Standing) -> Option<Cause> {
        let Some(before) = before else {
            // The last audit had the order before it and did not list it, though by today's reckoning it was already
            // overdue: so its reckoning was another.
            let had = !self.last.listed.contains(&key.order) && self.last.has(&key.order) == Some(true);
            let was_due = now.base_due_at.is_some_and(|due| due < self.last.as_of)
                && now.due_at.is_some_and(|due| due < self.last.as_of)
                && now.state == State::Overdue;
            return (self.rulebook_changed && had && was_due).then_some(Cause::Rulebook);
        };
        let same_facts = before.facts.iter().all(|(field, value)| {
            now.facts.iter().filter(|(other, _)| other == field).all(|(_, other)| other == value)
        });
        if !same_facts || (now.due_at == before.due_at && now.state != State::Waived) {
            return None;
        }
        match now.base_due_at == before.base_due_at {
            false => self.rulebook_changed.then_some(Cause::Rulebook),
            true if now.claims == before.claims => self.rulebook_changed.then_some(Cause::Rulebook),
            true => self.casebook_changed.then_some(Cause::Casebook),
        }
    }

    fn tell(
        &mut self,
        kind: Kind,
        key: &Key,
        before: Option<&Standing>,
        now: Option<&Standing>,
        outcome: Option<Outcome>,
    ) {
        let known = self.remembered.get(key);
        let was = before.map(|before| before.state);
        let first_seen = before.and_then(|before| before.first_seen);
        let first_seen = first_seen.or(known.and_then(|known| known.first_seen));
        // Trouble of the last audit that says nothing of its age was new then.
        let trouble = before.is_some_and(|before| before.is_trouble(&key.rule));
        let first_seen = first_seen.or(trouble.then_some(self.last.as_of)).unwrap_or(self.this.as_of);
        let audits = match before {
            Some(before) if trouble => before.age.max(1),
            _ => known.map_or(0, |known| known.age),
        };
        let due_at = now.or(before).and_then(|standing| standing.due_at);
        let moved = |due: &Moment| due_at.is_some_and(|now| now != *due);
        let due_before = before.and_then(|before| before.due_at).filter(moved);
        let audits = audits + u32::from(outcome.is_none());
        let age = Age { first_seen, audits };
        let now = now.map(|now| now.state);
        self.list.push(Change { kind, key: key.clone(), was, now, outcome, due_at, due_before, age });
    }

    fn finish(mut self) -> Changes {
        let worst = |change: &Change| change.now.or(change.was);
        self.list.sort_by(|a, b| {
            let place = |c: &Change| (c.kind, std::cmp::Reverse(worst(c)), c.due_at.is_none(), c.due_at);
            place(a).cmp(&place(b)).then_with(|| a.key.cmp(&b.key))
        });
        let open = self.list.iter().filter(|change| change.outcome.is_none());
        let ages: FxHashMap<Key, Age> = open.map(|change| (change.key.clone(), change.age)).collect();
        let ended = self.list.iter().filter_map(|change| {
            let was = change.was.filter(|was| was.is_risk())?;
            let outcome = change.outcome?;
            let Age { first_seen, audits } = change.age;
            let first_seen = Some(first_seen);
            Some(Remembered { key: change.key.clone(), was, outcome, first_seen, age: audits, audits_ago: 0 })
        });
        let mut resolved: Vec<Remembered> = ended.collect();
        let fresh: std::collections::BTreeSet<Key> = resolved.iter().map(|known| known.key.clone()).collect();
        let older = self.last.resolved.iter().filter(|known| {
            known.audits_ago + 1 < REMEMBERED && !ages.contains_key(&known.key) && !fresh.contains(&known.key)
        });
        resolved.extend(older.map(|known| Remembered { audits_ago: known.audits_ago + 1, ..known.clone() }));
        resolved.sort_by(|a, b| (a.audits_ago, &a.key).cmp(&(b.audits_ago, &b.key)));
        let (theirs, ours) = (self.last.stores(), self.this.stores());
        let strangers = !theirs.is_empty() && !ours.is_empty() && theirs.is_disjoint(&ours);
        Changes {
            moments: [self.last.as_of, self.this.as_of],
            rulebook_changed: self.rulebook_changed,
            casebook_changed: self.casebook_changed,
            strangers,
            totals: [self.last.totals, self.this.totals],
            list: self.list,
            ages,
            resolved,
        }
    }
}
