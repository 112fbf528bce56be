//! What a cell said: three kinds of "no" mean different things.

use chrono::{DateTime, Utc};

/// A point in time, UTC, to the second.
pub type Instant = DateTime<Utc>;

/// What the input says about a field of one order.
///
/// The kinds of "no" are judged differently: a missing column is a gap in the coverage, a blank cell may
/// mean "not yet", and an unreadable one is never guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// No input that feeds this order has such a column.
    NoColumn,
    /// A tracking file with such a column was joined to the order's input, but it has no row for this order.
    NoRow,
    /// The column is there and the cell is empty.
    Blank,
    /// The cell holds something that cannot be read; its text stands in the data issues.
    Unreadable,
    /// The value.
    Known(T),
}

impl<T> Reading<T> {
    /// The value, if there is one.
    pub fn known(self) -> Option<T> {
        match self {
            Reading::Known(value) => Some(value),
            _ => None,
        }
    }

    /// The value read, or `other` where this input cannot say.
    #[must_use]
    pub fn or(self, other: Reading<T>) -> Reading<T> {
        match (&self, &other) {
            (Reading::Known(_) | Reading::Unreadable, _) => self,
            (Reading::Blank, Reading::Known(_) | Reading::Unreadable) => other,
            (Reading::Blank, _) => self,
            (Reading::NoRow, Reading::NoColumn) => self,
            (Reading::NoRow | Reading::NoColumn, _) => other,
        }
    }
}

/// A [`Reading`] of an [`Instant`] in four bytes, so that a million orders fit in memory.
///
/// Order times lie in the years 2000 to 2099, which seconds in 32 bits hold with room for the other kinds
/// of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Stamp(u32);

impl Stamp {
    /// See [`Reading::NoColumn`].
    pub const NO_COLUMN: Stamp = Stamp(0);
    /// See [`Reading::NoRow`].
    pub const NO_ROW: Stamp = Stamp(1);
    /// See [`Reading::Blank`].
    pub const BLANK: Stamp = Stamp(2);
    /// See [`Reading::Unreadable`].
    pub const UNREADABLE: Stamp = Stamp(3);

    /// Seconds from the Unix epoch to the first representable instant, 1999-12-30 00:00 UTC: two days of
    /// room for local times of early 2000 in any zone.
    const EPOCH: i64 = 946_512_000;
    const FIRST: u32 = 16;

    /// The instant, or [`Stamp::UNREADABLE`] when it is outside the years an order can have.
    pub fn at(instant: Instant) -> Stamp {
        match u32::try_from(instant.timestamp() - Self::EPOCH) {
            Ok(seconds) if seconds < u32::MAX - Self::FIRST => Stamp(seconds + Self::FIRST),
            _ => Stamp::UNREADABLE,
        }
    }

    /// The reading this stands for.
    pub fn reading(self) -> Reading<Instant> {
        match self {
            Stamp::NO_COLUMN => Reading::NoColumn,
            Stamp::NO_ROW => Reading::NoRow,
            Stamp::BLANK => Reading::Blank,
            Stamp(seconds) if seconds >= Self::FIRST => {
                let seconds = Self::EPOCH + i64::from(seconds - Self::FIRST);
                DateTime::from_timestamp(seconds, 0).map_or(Reading::Unreadable, Reading::Known)
            }
            _ => Reading::Unreadable,
        }
    }

    /// The instant, if one is known.
    pub fn known(self) -> Option<Instant> {
        self.reading().known()
    }

    /// Whether an instant is known.
    pub const fn is_known(self) -> bool {
        self.0 >= Self::FIRST
    }
}

impl From<Reading<Instant>> for Stamp {
    fn from(reading: Reading<Instant>) -> Stamp {
        match reading {
            Reading::NoColumn => Stamp::NO_COLUMN,
            Reading::NoRow => Stamp::NO_ROW,
            Reading::Blank => Stamp::BLANK,
            Reading::Unreadable => Stamp::UNREADABLE,
            Reading::Known(instant) => Stamp::at(instant),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, Stamp};
    use chrono::{TimeZone, Utc};

    #[test]
    fn instants_of_a_century_survive_to_the_second() {
        for (y, mo, d, h, mi, s) in
            [(2000, 1, 1, 0, 0, 0), (2026, 11, 9, 12, 0, 1), (2099, 12, 31, 23, 59, 59)]
        {
            let at = Utc.with_ymd_and_hms(y, mo, d, h, mi, s).single().expect("a real time");
            assert_eq!(Stamp::at(at).reading(), Reading::Known(at));
        }
        let old = Utc.with_ymd_and_hms(1899, 12, 31, 0, 0, 0).single().expect("a real time");
        assert_eq!(Stamp::at(old).reading(), Reading::Unreadable);
    }

    #[test]
    fn every_kind_of_no_survives() {
        for reading in [Reading::NoColumn, Reading::NoRow, Reading::Blank, Reading::Unreadable] {
            assert_eq!(Stamp::from(reading).reading(), reading);
        }
    }

    #[test]
    fn a_second_source_fills_in_but_never_overrules() {
        assert_eq!(Reading::Known(1).or(Reading::Known(2)), Reading::Known(1));
        assert_eq!(Reading::Blank.or(Reading::Known(2)), Reading::Known(2));
        assert_eq!(Reading::NoColumn.or(Reading::Blank), Reading::<i32>::Blank);
        assert_eq!(Reading::Unreadable.or(Reading::Known(2)), Reading::Unreadable);
    }
}
