//! What a rule is: a constant with a function pointer. Everything that shows, needs or tests it reads it here.

use crate::assess::case::Case;
use crate::normalise::Problem;
use crate::order::{Field, Instant};
use crate::rulebook::Book;
use crate::tally::{Period, Tally};
use std::fmt;

/// The code of a rule: letters of the marketplace and a number. 0xx deadlines, 1xx exemptions, 2xx checks,
/// 3xx scores. Codes are a contract and never used again for another rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl Code {
    /// Whether its number is one of the deadlines.
    pub fn is_deadline(self) -> bool {
        self.0.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('0')
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// Its name: words with hyphens, no numbers.
    pub name: &'static str,
    /// The fields it reads. What is missing becomes "not assessed" or "unverifiable" without a line here.
    pub needs: &'static [Field],
    /// The parameters it reads, by their names in the rulebook.
    pub params: &'static [&'static str],
    /// What it does.
    pub logic: Logic,
    /// A check that informs and puts no order at risk.
    pub note: bool,
    /// Worked examples: a table that is a test, is printed by `shipby rule`, and stands in the docs.
    pub examples: &'static str,
}

/// What a rule does.
#[derive(Clone, Copy, Debug)]
pub enum Logic {
    /// Raises at most one obligation for an order.
    Deadline(Deadline),
    /// Acts on obligations of other rules.
    Exemption {
        /// The deadline rules it acts on.
        of: &'static [Code],
        /// What it does to an obligation; `None` when there is no claim of this kind on the order.
        judge: fn(&Case<'_>, &Obligation) -> Judged<Option<Relief>>,
    },
    /// Looks for something to do or to know.
    Check(fn(&Case<'_>) -> Judged<Option<Advice>>),
    /// Counts findings by store and period.
    Score(fn(&Tally, &Book) -> Vec<Period>),
}

impl Logic {
    /// Whether it makes findings of its own.
    pub const fn finds(&self) -> bool {
        matches!(self, Logic::Deadline(_) | Logic::Check(_))
    }
}

/// A deadline rule.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    /// Whether it is counted in hours or in days: that decides what is urgent.
    pub unit: Unit,
    /// Whether it begins with the order; such a rule has a void finding for an order that ended or was never
    /// paid. Others begin later and raise nothing then.
    pub begins_with_order: bool,
    /// Raises the obligation.
    pub judge: fn(&Case<'_>) -> Judged<Obligation>,
}

/// How a deadline is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// In hours.
    Hours,
    /// In days.
    Days,
}

/// What a rule could say, or why it could not.
pub type Judged<T> = Result<T, Gap>;

/// Why a rule says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Its clock has not begun: no finding.
    NotBegun,
    /// No input has the column: told once an input and rule, as a gap in the coverage.
    NoColumn(Field),
    /// A cell that must be known is empty or unreadable.
    Unclear(Field),
}

/// Something to do by an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// The rule; set by the engine.
    pub rule: Code,
    /// When the clock began, where one runs.
    pub starts_at: Option<Instant>,
    /// By when, before exemptions.
    pub base_due_at: Instant,
    /// By when, as the exemptions asked so far moved it; set by the engine.
    pub due_at: Instant,
    /// By whose clock.
    pub clock: Clock,
    /// What start and rulebook give, where the platform's clock was taken and both are known.
    pub rule_due_at: Option<Instant>,
    /// Whether it was done.
    pub done: Done,
}

/// Whose deadline it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The platform's own, as the export shows it.
    Platform,
    /// Start and rulebook.
    Rule,
}

impl Clock {
    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Clock::Platform => "platform",
            Clock::Rule => "rule",
        }
    }
}

/// Whether a step was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// At this instant.
    At(Instant),
    /// Not yet.
    NotYet,
    /// No input can say: no column, and the status does not say "not yet" either.
    NoColumn(Field),
    /// The cell is unreadable, or empty although the status says done.
    Unclear(Field),
}

/// What an exemption does to an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relief {
    /// Moves the deadline; never to an earlier one.
    Extend(Instant),
    /// Takes it away.
    Waive,
    /// The obligation no longer stands: its time was not shipping time.
    Void,
    /// A claim is under review; the answer is due at this instant.
    Pending {
        /// When the answer is due.
        until: Instant,
    },
    /// Nothing was filed, but it may still be.
    Claimable {
        /// By when; `None` where no end is set.
        file_by: Option<Instant>,
        /// What is needed: a word that `words` turns into a sentence.
        with: &'static str,
    },
    /// A claim that does not hold.
    Refused {
        /// The one thing that would make it hold: a word that `words` turns into a sentence.
        why: &'static str,
    },
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What to do, or to know: a word that `words` turns into a sentence.
    pub key: &'static str,
    /// By when it loses its effect.
    pub until: Option<Instant>,
    /// The data issue it stands for, where it is one.
    pub problem: Option<Problem>,
}

impl Advice {
    /// An advice that stands for no data issue.
    pub const fn of(key: &'static str, until: Option<Instant>) -> Advice {
        Advice { key, until, problem: None }
    }
}

/// The state of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Nothing to do: unpaid, or ended before shipping.
    Void,
    /// The input cannot say.
    NotAssessed,
    /// Done in time.
    Met,
    /// An exemption took it away.
    Waived,
    /// Open, and later than the warning threshold.
    OnTrack,
    /// A cell that must be known is empty or unreadable.
    Unverifiable,
    /// A check has something to say.
    Advice,
    /// Open, and due soon.
    Warning,
    /// Open, and due very soon.
    Urgent,
    /// A closed breach.
    Late,
    /// An open breach.
    Overdue,
}

impl State {
    /// All states, the worst first: the order in which reports show them.
    pub const WORST_FIRST: [State; 11] = [
        State::Overdue,
        State::Late,
        State::Urgent,
        State::Warning,
        State::Advice,
        State::Unverifiable,
        State::OnTrack,
        State::Waived,
        State::Met,
        State::NotAssessed,
        State::Void,
    ];

    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Void => "void",
            State::NotAssessed => "not_assessed",
            State::Met => "met",
            State::Waived => "waived",
            State::OnTrack => "on_track",
            State::Unverifiable => "unverifiable",
            State::Advice => "advice",
            State::Warning => "warning",
            State::Urgent => "urgent",
            State::Late => "late",
            State::Overdue => "overdue",
        }
    }

    /// Whether a finding in this state puts its order at risk.
    pub const fn is_risk(self) -> bool {
        matches!(self, State::Overdue | State::Urgent | State::Warning | State::Advice | State::Unverifiable)
    }

    /// Whether the obligation is still to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Overdue | State::Urgent | State::Warning | State::OnTrack)
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn the_order_of_the_states_is_the_order_of_risk() {
        assert!(State::WORST_FIRST.windows(2).all(|pair| pair[0] > pair[1]));
    }
}
