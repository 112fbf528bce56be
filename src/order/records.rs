//! Records of one block, their times apart from them.
//!
//! An export has columns for few of the times that a record can have. Only those are kept, a row of stamps a record:
//! of a million orders that saves an eighth of the memory.

use crate::order::times::Slots;
use crate::order::{Field, Stamp};
use std::ops::{Deref, DerefMut};

/// A record that holds times.
pub trait Timed: Sized {
    /// The same without its times.
    type Head: Copy;
    /// The fields of its times, in the order in which it holds them.
    const FIELDS: &'static [Field];

    /// The record without its times, and these.
    fn apart(&self) -> (Self::Head, &[Stamp]);

    /// The record with its times, which are asked for by their place among the fields.
    fn whole(head: Self::Head, time: impl Fn(usize) -> Stamp) -> Self;
}

/// Records of one block. As a slice they are without their times.
#[derive(Clone, Debug)]
pub struct Records<R: Timed> {
    heads: Vec<R::Head>,
    /// The times that are kept, by their place among those that such records can hold, and where each of them stands.
    places: Vec<u8>,
    slots: Slots,
    /// A row of times a record, of just those fields.
    stamps: Vec<Stamp>,
}

impl<R: Timed> Default for Records<R> {
    fn default() -> Self {
        Records { heads: Vec::new(), places: Vec::new(), slots: Slots::NONE, stamps: Vec::new() }
    }
}

impl<R: Timed> Deref for Records<R> {
    type Target = [R::Head];

    fn deref(&self) -> &[R::Head] {
        &self.heads
    }
}

impl<R: Timed> DerefMut for Records<R> {
    fn deref_mut(&mut self) -> &mut [R::Head] {
        &mut self.heads
    }
}

impl<R: Timed> Records<R> {
    /// Adds a record.
    pub fn push(&mut self, record: &R) {
        let (head, times) = record.apart();
        let tells = |times: &[Stamp]| times.iter().filter(|time| **time != Stamp::NO_COLUMN).count();
        let start = self.stamps.len();
        self.push_times(times);
        if tells(self.stamps.get(start..).unwrap_or_default()) != tells(times) {
            self.stamps.truncate(start);
            for (field, _) in R::FIELDS.iter().zip(times).filter(|(_, time)| **time != Stamp::NO_COLUMN) {
                self.hold(*field);
            }
            self.push_times(times);
        }
        self.heads.push(head);
    }

    /// Adds those times that are kept.
    fn push_times(&mut self, times: &[Stamp]) {
        let kept = self.places.iter().map(|at| times.get(usize::from(*at)).copied().unwrap_or_default());
        self.stamps.extend(kept);
    }

    /// A time of a record; [`Stamp::NO_COLUMN`] for a field that these records have none of.
    pub fn time(&self, index: usize, field: Field) -> Stamp {
        let Some(slot) = self.slots.of(field) else { return Stamp::NO_COLUMN };
        self.stamps.get(index * self.places.len() + slot).copied().unwrap_or(Stamp::NO_COLUMN)
    }

    /// Sets a time of a record; a field that such records do not hold is left alone.
    pub fn set_time(&mut self, index: usize, field: Field, time: Stamp) {
        if self.time(index, field) == time || !R::FIELDS.contains(&field) {
            return;
        }
        self.hold(field);
        let at = self.slots.of(field).map(|slot| index * self.places.len() + slot);
        if let Some(stamp) = at.and_then(|at| self.stamps.get_mut(at)) {
            *stamp = time;
        }
    }

    /// A record with its times.
    pub fn whole(&self, index: usize) -> Option<R> {
        let head = *self.heads.get(index)?;
        Some(R::whole(head, |at| {
            R::FIELDS.get(at).map_or(Stamp::NO_COLUMN, |field| self.time(index, *field))
        }))
    }

    /// All records with their times.
    pub fn wholes(&self) -> impl DoubleEndedIterator<Item = R> {
        (0..self.heads.len()).filter_map(|index| self.whole(index))
    }

    /// Whether two records have the same times, so that judging one judges both.
    pub fn same_times(&self, index: usize, other: (&Self, usize)) -> bool {
        let (others, other) = other;
        R::FIELDS.iter().all(|field| self.time(index, *field) == others.time(other, *field))
    }

    /// Forgets all records and which times they had, and keeps the memory.
    pub fn clear(&mut self) {
        self.heads.clear();
        self.stamps.clear();
        self.places.clear();
        self.slots = Slots::NONE;
    }

    /// Begins to keep the times of a field, of which the records so far have none.
    fn hold(&mut self, field: Field) {
        if self.slots.of(field).is_some() {
            return;
        }
        let old = std::mem::replace(&mut self.slots, Slots::NONE);
        let width = self.places.len();
        self.places.clear();
        for (place, known) in (0..).zip(R::FIELDS) {
            if *known == field || old.of(*known).is_some() {
                self.slots.set(*known, self.places.len() as u8);
                self.places.push(place);
            }
        }
        let new = self.slots.of(field).unwrap_or_default();
        if self.places.len() > width && !self.heads.is_empty() {
            let row = |index: usize| {
                let row = self.stamps.get(index * width..(index + 1) * width).unwrap_or_default();
                let (before, after) = row.split_at(new.min(row.len()));
                before.iter().copied().chain([Stamp::NO_COLUMN]).chain(after.iter().copied())
            };
            self.stamps = (0..self.heads.len()).flat_map(row).collect();
        }
    }
}

impl<R: Timed> FromIterator<R> for Records<R> {
    fn from_iter<I: IntoIterator<Item = R>>(records: I) -> Self {
        let mut all = Records::default();
        for record in records {
            all.push(&record);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Records;
    use crate::order::{Field, Line, Stamp};
    use proptest::prelude::*;

    fn line(row: u32, times: &[(usize, u32)]) -> Line {
        let mut line = Line { row, ..Line::default() };
        for (field, at) in times {
            let field = Line::time_fields()[*field];
            line.set_time(
                field,
                if *at == 0 { Stamp::BLANK } else { Stamp::at_second(1_800_000_000 + i64::from(*at)) },
            );
        }
        line
    }

    proptest! {
        #[test]
        fn records_come_back_as_they_were_kept_and_changed(
            all in prop::collection::vec(prop::collection::vec((0..11_usize, 0..9_u32), 0..4), 1..12),
            changes in prop::collection::vec((0..12_usize, 0..11_usize, 1..9_u32), 0..6),
        ) {
            let mut lines: Vec<Line> = all.iter().zip(1..).map(|(times, row)| line(row, times)).collect();
            let mut records: Records<Line> = lines.iter().copied().collect();
            for (index, field, at) in changes {
                let (index, field) = (index % lines.len(), Line::time_fields()[field]);
                let time = Stamp::at_second(1_900_000_000 + i64::from(at));
                lines[index].set_time(field, time);
                records.set_time(index, field, time);
            }
            prop_assert_eq!(records.len(), lines.len());
            for (index, line) in lines.iter().enumerate() {
                let kept = records.whole(index).expect("a record");
                prop_assert_eq!((kept.row, kept.times), (line.row, line.times));
                for field in Field::ALL {
                    prop_assert_eq!(records.time(index, *field), line.time(*field));
                }
                for (other, same) in lines.iter().enumerate() {
                    prop_assert_eq!(records.same_times(index, (&records, other)), line.times == same.times);
                }
            }
        }
    }

    #[test]
    fn only_times_that_come_are_kept() {
        let mut records: Records<Line> = [line(1, &[]), line(2, &[(4, 7), (1, 0)])].into_iter().collect();
        assert_eq!(records.stamps.len(), 4);
        records.set_time(0, Field::PickedUpAt, Stamp::BLANK);
        records.set_time(0, Field::ShippedAt, Stamp::NO_COLUMN);
        assert_eq!((records.stamps.len(), records.time(1, Field::PaidAt)), (4, Stamp::BLANK));
        records.clear();
        records.push(&line(3, &[(1, 3)]));
        assert_eq!((records.len(), records.stamps.len()), (1, 1));
    }
}
