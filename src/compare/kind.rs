//! The words of a comparison.

use crate::assess::State;

/// What became of a finding between two audits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Trouble that the last audit did not list.
    New,
    /// Trouble that is now of a worse state.
    Worsened,
    /// Trouble that was resolved, or a breach that was closed, and is open again.
    Reopened,
    /// Trouble of the same state as before.
    StillOpen,
    /// Trouble that is now of a less bad state.
    Improved,
    /// A breach that came and was closed between the two audits.
    Missed,
    /// Trouble that has ended; how, says [`Outcome`].
    Resolved,
    /// Trouble of which this audit cannot say anything: the order is in none of its inputs, or a column is missing.
    Gone,
    /// It stands otherwise because the rulebook changed.
    Rulebook,
    /// It stands otherwise because the casebook changed.
    Casebook,
}

impl Kind {
    /// All of them, in the order in which reports show them.
    pub const ALL: [Kind; 10] = [
        Kind::New,
        Kind::Worsened,
        Kind::Reopened,
        Kind::StillOpen,
        Kind::Improved,
        Kind::Missed,
        Kind::Resolved,
        Kind::Gone,
        Kind::Rulebook,
        Kind::Casebook,
    ];

    /// The word of the JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::New => "new",
            Kind::Worsened => "worsened",
            Kind::Reopened => "reopened",
            Kind::StillOpen => "still_open",
            Kind::Improved => "improved",
            Kind::Missed => "missed",
            Kind::Resolved => "resolved",
            Kind::Gone => "gone",
            Kind::Rulebook => "rulebook",
            Kind::Casebook => "casebook",
        }
    }
}

/// What a change comes from, where it does not come from the orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The policy numbers are others.
    Rulebook,
    /// The facts beside the exports are others.
    Casebook,
}

/// How trouble ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// The finding still stands, in a state that is no trouble.
    State(State),
    /// The order is there and the rule has nothing to say of it any more.
    Cleared,
    /// The order is in the inputs and no longer listed; the file does not say how it ended.
    Unlisted,
    /// The order is in none of the inputs.
    Gone,
}

impl Outcome {
    /// The word of the JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::State(state) => state.as_str(),
            Outcome::Cleared => "cleared",
            Outcome::Unlisted => "unlisted",
            Outcome::Gone => "gone",
        }
    }

    /// Reads the word of the JSON.
    pub fn parse(word: &str) -> Option<Outcome> {
        let state = State::WORST_FIRST.into_iter().find(|state| state.as_str() == word);
        state.map(Outcome::State).or(match word {
            "cleared" => Some(Outcome::Cleared),
            "unlisted" => Some(Outcome::Unlisted),
            "gone" => Some(Outcome::Gone),
            _ => None,
        })
    }

    /// Whether nothing is known of how it ended, so that it may come back without ever having been resolved.
    pub const fn is_gone(self) -> bool {
        matches!(self, Outcome::Gone | Outcome::State(State::NotAssessed))
    }
}
