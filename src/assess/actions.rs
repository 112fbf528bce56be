//! What to do about a finding: by when, where in the back end, with what at hand. What is done for the orders of one
//! marketplace stands in its folder, in the order in which to try it.

use crate::assess::case::{Case, Context};
use crate::assess::finding::Finding;
use crate::assess::rule::{Relief, State};
use crate::assess::{alibaba, douyin, ebay, general, jd, pinduoduo};
use crate::normalise::Order;
use crate::order::{Instant, Marketplace};

/// One thing to do. What it is called, where it is done and what it takes stand in `words` under
/// `action.<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its stable code, such as `jd-send-card`.
    pub code: &'static str,
    /// When it loses its effect.
    pub do_by: Option<Instant>,
    /// What must be at hand: words under `need.<name>`.
    pub needs: &'static [&'static str],
    /// What to write to the buyer: a word under `reply`.
    pub reply: Option<&'static str>,
}

impl Action {
    /// Something to do without a letter to a buyer.
    pub const fn new(code: &'static str, needs: &'static [&'static str], do_by: Option<Instant>) -> Action {
        Action { code, do_by, needs, reply: None }
    }
}

/// What to do about a finding, in the order in which to try it; nothing for one that is not at risk.
pub fn actions(run: Context<'_>, order: &Order, finding: &Finding) -> Vec<Action> {
    if !finding.is_risk() {
        return Vec::new();
    }
    let task = Task { run, order, finding };
    if finding.state == State::Unverifiable {
        return vec![task.act("look-up", &[])];
    }
    if finding.rule.code.0.starts_with("GEN1") {
        return general::actions(&task);
    }
    match run.ledger.input(order).marketplace {
        Some(Marketplace::Alibaba) => alibaba::actions(&task),
        Some(Marketplace::Jd) => jd::actions(&task),
        Some(Marketplace::Ebay) => ebay::actions(&task),
        Some(Marketplace::Douyin) => douyin::actions(&task),
        Some(Marketplace::Pinduoduo) => pinduoduo::actions(&task),
        Some(Marketplace::Other(_)) | None => vec![task.act("ship", &[])],
    }
}

/// What an advice comes down to: its key, then actions with what they need.
pub type Answers = &'static [(&'static str, &'static [(&'static str, &'static [&'static str])])];

/// A finding at risk for which something is to be done.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// What the rules were asked with.
    pub run: Context<'a>,
    /// The order.
    pub order: &'a Order,
    /// The finding.
    pub finding: &'a Finding,
}

/// The line and parcel that a finding is about.
pub(super) fn case_of<'a>(run: Context<'a>, order: &'a Order, finding: &Finding) -> Option<Case<'a>> {
    let line = run.ledger.lines(order).nth(finding.line as usize)?;
    let parcel = finding.parcel.and_then(|at| run.ledger.parcels(order).nth(at as usize));
    Some(Case::new(run, order, line, parcel))
}

impl<'a> Task<'a> {
    /// The line and parcel that the finding is about.
    pub fn case(&self) -> Option<Case<'a>> {
        case_of(self.run, self.order, self.finding)
    }

    /// The code of the rule that found it.
    pub const fn rule(&self) -> &'static str {
        self.finding.rule.code.0
    }

    /// Its advice; empty where it is a deadline.
    pub fn advice(&self) -> &'static str {
        self.finding.advice.map_or("", |advice| advice.key)
    }

    /// Something to do before the finding falls due.
    pub const fn act(&self, code: &'static str, needs: &'static [&'static str]) -> Action {
        Action::new(code, needs, self.finding.due_at)
    }

    /// The actions under its advice.
    pub fn advised(&self, answers: Answers) -> Vec<Action> {
        let key = self.advice();
        let found = answers.iter().find(|(known, _)| *known == key);
        found.map_or_else(Vec::new, |(_, list)| {
            list.iter().map(|(code, needs)| self.act(code, needs)).collect()
        })
    }

    /// Whether a claim is under review.
    pub fn pending(&self) -> bool {
        self.finding.exemptions.iter().any(|(_, relief)| matches!(relief, Relief::Pending { .. }))
    }

    /// Whether a rule found a claim on it, holding or not.
    pub fn claims(&self, code: &str) -> bool {
        self.finding.exemptions.iter().any(|(rule, _)| rule.0 == code)
    }
}
