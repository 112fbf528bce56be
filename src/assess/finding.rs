//! What was found of an order, rule by rule.

use crate::assess::rule::{Advice, Clock, Code, Relief, Rule, State};
use crate::order::{Field, Instant};

/// What one rule says of one order, or of one line of it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Its state.
    pub state: State,
    /// The line it is about, as an index into the order's lines.
    pub line: u32,
    /// Whether the order is judged line by line, so that the finding names its line.
    pub names_line: bool,
    /// The parcel that decided, as an index into the order's parcels.
    pub parcel: Option<u32>,
    /// By when, after exemptions.
    pub due_at: Option<Instant>,
    /// By when, before exemptions.
    pub base_due_at: Option<Instant>,
    /// What the rule's own clock says, where it differs from the platform's by more than a minute.
    pub rule_due_at: Option<Instant>,
    /// By whose clock.
    pub clock: Clock,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// Which field is missing or unclear.
    pub gap: Option<Field>,
    /// Every exemption that found a claim on this order.
    pub exemptions: Vec<(Code, Relief)>,
    /// Its state if no exemption had waived it: what goes on with a parcel does not depend on who is fined for it.
    pub unwaived: State,
    /// What a check found.
    pub advice: Option<Advice>,
}

impl Finding {
    /// A finding of which nothing is known yet.
    pub(super) fn blank(rule: &'static Rule, line: u32, parcel: Option<u32>) -> Finding {
        Finding {
            rule,
            state: State::Advice,
            line,
            names_line: false,
            parcel,
            due_at: None,
            base_due_at: None,
            rule_due_at: None,
            clock: Clock::Rule,
            done_at: None,
            gap: None,
            exemptions: Vec::new(),
            unwaived: State::Advice,
            advice: None,
        }
    }

    /// Whether it puts its order at risk.
    pub const fn is_risk(&self) -> bool {
        self.state.is_risk() && !self.rule.note
    }

    /// Seconds to the deadline; negative when it has passed.
    pub fn left(&self, as_of: Instant) -> Option<i64> {
        self.due_at.map(|due| (due - as_of).num_seconds())
    }

    /// Met only thanks to an extension.
    pub fn met_by_extension(&self) -> bool {
        self.state == State::Met && matches!((self.done_at, self.base_due_at), (Some(d), Some(b)) if d > b)
    }
}

/// What all rules say of an order.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// The worst state over the findings.
    pub risk: Option<State>,
    /// Whether any finding puts it at risk.
    pub at_risk: bool,
    /// The findings, in the order of the registry.
    pub findings: Vec<Finding>,
    /// Room for those of checks while they are made; empty.
    pub(super) checked: Vec<Finding>,
}

impl Verdict {
    /// The risk shown: an order that no rule says anything of has nothing to do.
    pub fn shown_risk(&self) -> State {
        self.risk.unwrap_or(State::Void)
    }

    /// The finding that decides what to do first: the worst, then the one due first.
    pub fn leading(&self) -> Option<&Finding> {
        let urgency = |f: &&Finding| (std::cmp::Reverse(f.state), f.due_at.is_none(), f.due_at, f.rule.code);
        self.findings.iter().filter(|f| !f.rule.note).min_by_key(urgency).or(self.findings.first())
    }
}
