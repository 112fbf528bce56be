//! The arithmetic, written down step by step with where each value came from.

use super::{Case, Step};
use crate::order::{Field, Instant, Reading};
use crate::rulebook::Area;
use chrono::NaiveDate;

impl Case<'_> {
    /// Says in the trail from which day on the holidays of a place are not published, so that weekends alone count.
    pub fn note_calendar(&self, area: Area, day: NaiveDate) {
        let known = self
            .trail
            .is_some_and(|trail| trail.borrow().iter().any(|step| step.step == "holidays-not-published"));
        if !known {
            self.note(|| Step {
                step: "holidays-not-published".to_owned(),
                value: day.to_string(),
                from: format!("calendar {}", area.as_str()),
            });
        }
    }

    /// Writes a step down, if anybody asked for the trail.
    pub fn note(&self, step: impl FnOnce() -> Step) {
        if let Some(trail) = self.trail {
            trail.borrow_mut().push(step());
        }
    }

    /// Writes a due instant down.
    pub fn note_due(&self, due: Instant) {
        self.note(|| Step { step: "due".to_owned(), value: self.show(due), from: "arithmetic".to_owned() });
    }

    /// Writes a time down, with the column it came from.
    pub fn note_time(&self, field: Field, source: Field, at: Instant) {
        self.note(|| Step {
            step: field.as_str().to_owned(),
            value: self.show(at),
            from: self.origin(source),
        });
    }

    /// An instant in the zone in which this order's days end, RFC 3339.
    pub fn show(&self, at: Instant) -> String {
        at.with_timezone(&self.day_zone()).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }

    /// Which column of which file fed a field.
    pub fn origin(&self, field: Field) -> String {
        if self.own(field) != Reading::NoColumn {
            return format!("column {}", self.input.heading(field).unwrap_or(field.as_str()));
        }
        match self.parcel {
            Some(parcel) => {
                let input = &self.run.ledger.inputs[parcel.batch.input as usize];
                let heading = input.heading(field).unwrap_or(field.as_str());
                format!("{} row {} column {heading}", input.path, parcel.record.row)
            }
            None => field.as_str().to_owned(),
        }
    }
}
