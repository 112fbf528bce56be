//! Single cells of a row, and what is told of them.

use super::{Known, RowReader, memo::Memo};
use crate::normalise::clean;
use crate::normalise::ids::{self, Id};
use crate::normalise::issue::{Issue, Problem};
use crate::normalise::moment::Told;
use crate::order::{Field, FieldKind, Stamp, Text};
use crate::read::{Cell, Row};
use std::borrow::Cow;

impl RowReader<'_> {
    /// A time cell; what cannot be read is told with its text.
    pub(super) fn time(&mut self, row: &Row<'_>, field: Field) -> Stamp {
        self.time_and_offset(row, field).0
    }

    /// A time cell, and whether it names its own offset.
    pub(super) fn time_and_offset(&mut self, row: &Row<'_>, field: Field) -> (Stamp, bool) {
        let Some(at) = self.plan.column(field) else { return (Stamp::NO_COLUMN, false) };
        let raw = row.raw(at);
        let clock = &self.plan.clock;
        if let Some(stamp) = clock.plain(raw, &mut self.known.near).filter(|stamp| stamp.is_known()) {
            if field.kind() == FieldKind::Moment {
                self.part.newest = self.part.newest.max(stamp);
            }
            return (stamp, false);
        }
        if raw.trim_ascii().is_empty() && row.is_text() {
            return (Stamp::BLANK, false);
        }
        let (stamp, offset) = if raw.is_empty() {
            // A plain number counts from where the dates of its workbook do.
            let cell = match row.cell(at) {
                Cell::Number(serial) if self.plan.epoch_1904 => {
                    Cell::Moment { serial, epoch_1904: true, duration: false }
                }
                cell => cell,
            };
            (Stamp::from(clock.read(&cell, field.kind())), false)
        } else {
            let (end, begin, offset) = self.known.times.get(raw, || {
                let told = match row.cell(at) {
                    Cell::Text(text) => clock.tell(&text),
                    _ => Told::Nothing,
                };
                let as_kind = |kind| Stamp::from(clock.reading(told, kind));
                (as_kind(FieldKind::Deadline), as_kind(FieldKind::Moment), told.has_offset())
            });
            (if field.kind() == FieldKind::Deadline { end } else { begin }, offset)
        };
        if stamp == Stamp::UNREADABLE {
            let value = clean::into_text(row.cell(at)).into_owned();
            self.issue(row, u16::try_from(at).ok(), value, Problem::UnreadableTime(field));
        }
        if stamp.is_known() {
            if raw.is_empty() && matches!(row.cell(at), Cell::Number(_)) {
                let value = clean::into_text(row.cell(at)).into_owned();
                self.issue(row, u16::try_from(at).ok(), value, Problem::NumberAsTime(field));
            }
            if field.kind() == FieldKind::Moment {
                self.part.newest = self.part.newest.max(stamp);
            }
        }
        (stamp, offset)
    }

    /// The cleaned text of a field's cell; empty where there is no column.
    pub(super) fn text<'r>(&self, row: &'r Row<'_>, field: Field) -> Cow<'r, str> {
        let Some(at) = self.plan.column(field) else { return Cow::Borrowed("") };
        match row.plain(at) {
            Some(text) => Cow::Borrowed(clean::clean(text)),
            None => clean::into_text(row.cell(at)),
        }
    }

    /// What the cleaned text of a field's cell means, read once for all cells of the same bytes; the meaning of
    /// nothing where there is no column.
    pub(super) fn meant<T: Copy>(
        &mut self,
        row: &Row<'_>,
        field: Field,
        known: impl FnOnce(&mut Known) -> &mut Memo<T>,
        read: impl FnOnce(&str) -> T,
    ) -> T {
        match self.plan.column(field) {
            None => read(""),
            Some(at) => known(&mut self.known).get(row.raw(at), || read(&clean::into_text(row.cell(at)))),
        }
    }

    /// The same for what several cells mean together.
    pub(super) fn meant_together<T: Copy, const N: usize>(
        &mut self,
        row: &Row<'_>,
        fields: [Field; N],
        known: impl FnOnce(&mut Known) -> &mut Memo<T>,
        read: impl FnOnce([&str; N]) -> T,
    ) -> T {
        let columns = fields.map(|field| self.plan.column(field));
        let mut key = std::mem::take(&mut self.known.key);
        key.clear();
        for at in columns {
            key.extend_from_slice(at.map_or(&[], |at| row.raw(at)));
            key.push(0);
        }
        // A cell that is no text has no bytes to know it by.
        if columns.iter().flatten().any(|at| row.raw(*at).is_empty() && !row.cell(*at).is_empty()) {
            key.clear();
        }
        let meaning = known(&mut self.known).get(&key, || {
            let texts = columns.map(|at| at.map_or(Cow::Borrowed(""), |at| clean::into_text(row.cell(at))));
            read(texts.each_ref().map(|text| &**text))
        });
        self.known.key = key;
        meaning
    }

    /// A text that repeats from row to row, kept once.
    pub(super) fn keep(&mut self, row: &Row<'_>, field: Field) -> Text {
        let Some(at) = self.plan.column(field) else { return Text::NONE };
        let arena = &mut self.part.arena;
        self.known.texts.get(row.raw(at), || arena.keep(&clean::into_text(row.cell(at))))
    }

    /// An id that the record can do without: one that lost its digits is none.
    pub(super) fn keep_id(&mut self, row: &Row<'_>, field: Field) -> Text {
        self.keep_id_or(row, field, Text::NONE)
    }

    /// The same, of an id that is often the one that was kept before.
    pub(super) fn keep_id_or(&mut self, row: &Row<'_>, field: Field, before: Text) -> Text {
        let Some(at) = self.plan.column(field) else { return Text::NONE };
        if let Some(id) = plain_id(row, at) {
            return self.part.arena.keep_or(id, before);
        }
        match ids::id(&row.cell(at)) {
            Id::Text(id) => self.part.arena.keep_or(&id, before),
            Id::DigitsLost(_) | Id::None => Text::NONE,
        }
    }

    /// The same, of an id that repeats from row to row, kept once.
    pub(super) fn keep_common_id(&mut self, row: &Row<'_>, field: Field) -> Text {
        let Some(at) = self.plan.column(field) else { return Text::NONE };
        let arena = &mut self.part.arena;
        self.known.ids.get(row.raw(at), || match ids::id(&row.cell(at)) {
            Id::Text(id) => arena.keep(&id),
            Id::DigitsLost(_) | Id::None => Text::NONE,
        })
    }

    /// Cells that a rejected row has at the least.
    pub(super) fn width(&self) -> usize {
        if self.plan.is_text { 0 } else { self.plan.headings.len() }
    }

    pub(super) fn reject(&mut self, row: &Row<'_>, column: Option<u16>, value: String, problem: Problem) {
        self.issue(row, column, value, problem);
        self.part.rejected += 1;
    }

    pub(super) fn issue(&mut self, row: &Row<'_>, column: Option<u16>, value: String, problem: Problem) {
        self.part.issues.push(Issue {
            input: 0,
            row: row.row + 1,
            line: row.line + 1,
            column,
            value,
            problem,
        });
    }
}

/// An id as nearly every cell holds it; nothing where a closer look is needed.
pub(super) fn plain_id<'r>(row: &'r Row<'_>, at: usize) -> Option<&'r str> {
    let text = row.plain(at).or_else(|| std::str::from_utf8(row.raw(at)).ok());
    text.and_then(ids::plain_id)
}
