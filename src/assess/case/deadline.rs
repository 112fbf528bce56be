//! When a clock begins, by when something is due, and whether it was done.

use super::{Case, Step};
use crate::assess::rule::{Clock, Code, Done, Gap, Judged, Obligation};
use crate::order::{Field, Flags, Instant, Reading, Stage};
use crate::rulebook::{Param, Span, Value};

impl Case<'_> {
    /// The instant of a step that must have happened before a clock can run.
    ///
    /// # Errors
    /// Where the step has not happened, or the input cannot say when.
    pub fn at(&self, field: Field) -> Judged<Instant> {
        let source = if field == Field::StandsAt { self.stands_at() } else { field };
        let reading = self.reading(field);
        let step = matches!(field, Field::ShippedAt | Field::PickedUpAt | Field::LastTraceAt);
        match reading {
            // A step that lies ahead of the audit has not happened: no clock runs from it.
            Reading::Known(at) if step && at > self.as_of => Err(Gap::NotBegun),
            Reading::Known(at) => {
                self.note_time(field, source, at);
                Ok(at)
            }
            Reading::Unreadable => Err(Gap::Unclear(source)),
            Reading::Blank if self.says_done(source) => Err(Gap::Unclear(source)),
            Reading::Blank => Err(Gap::NotBegun),
            _ if self.says_not_done(source) => Err(Gap::NotBegun),
            Reading::NoRow => Err(Gap::Unclear(source)),
            Reading::NoColumn => Err(Gap::NoColumn(source)),
        }
    }

    /// Whether and when a step was done.
    pub fn done(&self, field: Field) -> Done {
        let reading = self.reading(field);
        // A first parcel does not ship the rest, unless every line says for itself whether it left.
        let partly =
            field == Field::ShippedAt && self.status.stage == Stage::PartlyShipped && !self.lines_tell();
        match reading {
            Reading::Known(at) if at <= self.as_of && !partly => {
                self.note_time(field, field, at);
                Done::At(at)
            }
            Reading::Known(_) => Done::NotYet,
            Reading::Unreadable => Done::Unclear(field),
            Reading::Blank if self.says_done(field) => Done::Unclear(field),
            Reading::Blank => Done::NotYet,
            _ if partly || self.says_not_done(field) => Done::NotYet,
            Reading::NoRow => Done::Unclear(field),
            Reading::NoColumn => Done::NoColumn(field),
        }
    }

    /// Whether the lines of the order differ in when they were shipped, so that each speaks for itself.
    fn lines_tell(&self) -> bool {
        let own = self.line.time(Field::ShippedAt);
        self.run.ledger.lines(self.order).any(|line| line.time(Field::ShippedAt) != own)
    }

    /// A platform's own deadline, if the export shows one for this order.
    ///
    /// # Errors
    /// Where the cell is there and cannot be read: another clock in its place might be a later one.
    pub fn promise(&self, field: Field) -> Judged<Option<Instant>> {
        match self.own(field) {
            Reading::Known(at) => {
                self.note_time(field, field, at);
                Ok(Some(at))
            }
            Reading::Unreadable => Err(Gap::Unclear(field)),
            _ => Ok(None),
        }
    }

    /// The obligation to do something within a time after a start.
    pub fn within(&self, param: &Param<Span>, start: Instant, done: Done) -> Judged<Obligation> {
        let due = self.after(param, start).ok_or(Gap::NotBegun)?;
        Ok(self.by(due, Clock::Rule, Some(start), done))
    }

    /// A start plus a parameter.
    pub fn after(&self, param: &Param<Span>, start: Instant) -> Option<Instant> {
        let span = self.value(param)?;
        let due = start.checked_add_signed(span.0)?;
        self.note(|| Step {
            step: param.name.clone(),
            value: span.show(),
            from: format!("rulebook {}", param.name),
        });
        self.note_due(due);
        Some(due)
    }

    /// The obligation to do something by an instant.
    pub fn by(&self, due: Instant, clock: Clock, start: Option<Instant>, done: Done) -> Obligation {
        Obligation {
            rule: Code(""),
            starts_at: start,
            base_due_at: due,
            due_at: due,
            clock,
            rule_due_at: None,
            done,
        }
    }

    /// The obligation by the platform's clock, with what the rule's clock would say beside it.
    pub fn two_clocks(
        &self,
        promise: Option<Instant>,
        rule: Judged<Instant>,
        param: &Param<Span>,
        done: Done,
    ) -> Judged<Obligation> {
        let by_rule =
            rule.map(|start| (start, self.value(param).and_then(|span| start.checked_add_signed(span.0))));
        match (promise, by_rule) {
            (Some(promise), by_rule) => {
                let (start, rule_due_at) = by_rule.ok().map_or((None, None), |(s, d)| (Some(s), d));
                self.note_due(promise);
                Ok(Obligation { rule_due_at, ..self.by(promise, Clock::Platform, start, done) })
            }
            (None, Ok((start, _))) => self.within(param, start, done),
            (None, Err(gap)) => Err(gap),
        }
    }

    /// A deadline that only the export can show.
    ///
    /// # Errors
    /// Where it has no such column, or the cell is empty or unreadable.
    pub fn deadline(&self, field: Field) -> Judged<Instant> {
        match self.own(field) {
            Reading::Known(at) => {
                self.note_time(field, field, at);
                Ok(at)
            }
            Reading::NoColumn => Err(Gap::NoColumn(field)),
            _ => Err(Gap::Unclear(field)),
        }
    }

    /// The payment from which a shipping clock runs; of a cash order the order itself.
    ///
    /// # Errors
    /// As [`Case::at`].
    pub fn paid(&self) -> Judged<Instant> {
        let cash = self.is(Flags::CASH_ON_DELIVERY) && self.own(Field::PaidAt).known().is_none();
        self.at(if cash { Field::OrderedAt } else { Field::PaidAt })
    }

    /// Whether the status says that a step was done.
    pub fn says_done(&self, field: Field) -> bool {
        match field {
            Field::OrderedAt => true,
            Field::PaidAt | Field::BalancePaidAt => self.status.says_paid(),
            Field::ShippedAt => self.status.says_shipped(),
            Field::PickedUpAt | Field::FirstTransitAt | Field::DeliveredAt => self.status.says_delivered(),
            _ => false,
        }
    }

    /// Whether the status says that a step was not done yet.
    pub fn says_not_done(&self, field: Field) -> bool {
        match field {
            Field::PaidAt | Field::BalancePaidAt => matches!(self.status.stage, Stage::Unpaid),
            Field::ShippedAt if self.status.stage == Stage::Shipping => true,
            Field::ShippedAt
            | Field::PickedUpAt
            | Field::FirstTransitAt
            | Field::LastTraceAt
            | Field::DeliveredAt => self.status.waiting(),
            _ => false,
        }
    }
}
