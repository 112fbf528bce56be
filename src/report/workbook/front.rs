//! The verdict columns in front of a row of an input.

use super::annotated::Shared;
use super::desk::{hours, serial};
use super::owners::Owned;
use super::styles::mark;
use crate::assess::{Finding, State, Verdict, actions};
use crate::normalise::{Issue, Order, Problem};
use crate::report::rows::Row;
use chrono_tz::Tz;

/// The verdict in front of a row.
pub struct Front<'f> {
    /// What all sheets share.
    pub shared: &'f Shared<'f>,
    /// The verdict on the row's order.
    pub verdict: &'f Verdict,
    /// The row's order.
    pub owner: Option<Owned>,
    /// The zone of the sheet's due times.
    pub zone: Tz,
    /// What is wrong with the row.
    pub issues: &'f [Issue],
}

impl Front<'_> {
    /// Writes the verdict columns.
    pub fn write(&self, row: &mut Row<'_>) {
        let desk = self.shared.desk;
        let Some(owner) = self.owner else { return self.without_order(row) };
        let order = &desk.audit.ledger.orders[owner.order as usize];
        let (finding, state) = self.finding(order, owner);
        let word = desk.words.say(&format!("state.{}", state.as_str()), &[]);
        row.text(0, &format!("{} {word}", mark(state)), desk.styles.in_front(state));
        let Some(finding) = finding else { return };
        row.text(1, &desk.speaker.title(finding.rule.code), &desk.styles.plain);
        if let Some(due) = finding.due_at {
            row.number(2, serial(due, self.zone), &desk.styles.front[0]);
        }
        if let Some(left) = finding.left(desk.audit.as_of).filter(|_| finding.state.is_open()) {
            row.number(3, hours(left), &desk.styles.front[1]);
        }
        if let Some(action) = actions(desk.audit.context(), order, finding).first() {
            let title = desk.speaker.known("action", &format!("{}.title", action.code));
            row.text(4, &title, &desk.styles.plain);
        }
    }

    /// What decides for this row: of an order that is judged line by line, what is said of its line.
    fn finding(&self, order: &Order, owner: Owned) -> (Option<&Finding>, State) {
        let ledger = &self.shared.desk.audit.ledger;
        let batch = &ledger.batches[owner.at.batch as usize];
        let sub =
            batch.lines.get(owner.at.index as usize).map_or("", |line| batch.arena.get(line.sub_order_id));
        let by_line = self.verdict.findings.iter().any(|finding| finding.names_line) && !sub.is_empty();
        let line = ledger.lines(order).position(|line| by_line && line.text(line.record.sub_order_id) == sub);
        let of_line = line.and_then(|line| {
            let here = self.verdict.findings.iter().filter(|f| f.line as usize == line && !f.rule.note);
            here.min_by_key(|f| (std::cmp::Reverse(f.state), f.due_at.is_none(), f.due_at, f.rule.code))
        });
        match of_line {
            Some(finding) => (Some(finding), finding.state),
            None => (self.verdict.leading(), self.verdict.shown_risk()),
        }
    }

    /// Why a row belongs to no order.
    fn without_order(&self, row: &mut Row<'_>) {
        let key = self.issues.iter().find_map(|issue| match issue.problem {
            Problem::Unjoined | Problem::AmbiguousJoin => Some("annotated.unjoined"),
            problem if problem.rejects() => Some("annotated.rejected"),
            _ => None,
        });
        let desk = self.shared.desk;
        if let Some(key) = key {
            row.text(0, &desk.say(key, &[]), desk.styles.in_front(State::Unverifiable));
        }
    }
}
