//! What a cell said: three kinds of "no" mean different things.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::sync::LazyLock;

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
/// Those that are known are in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
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
        Stamp::at_second(instant.timestamp())
    }

    /// The instant so many seconds after the Unix epoch, or [`Stamp::UNREADABLE`] when it is outside the years an
    /// order can have.
    pub fn at_second(seconds: i64) -> Stamp {
        match u32::try_from(seconds - Self::EPOCH) {
            Ok(seconds) if seconds < u32::MAX - Self::FIRST => Stamp(seconds + Self::FIRST),
            _ => Stamp::UNREADABLE,
        }
    }

    /// The day so many seconds after the Unix epoch, UTC, if an order can have it: by a table, not by the arithmetic
    /// of calendars.
    pub fn day_at_second(seconds: i64) -> Option<NaiveDate> {
        let day = u32::try_from(seconds - Self::EPOCH).ok()? / DAY;
        DAYS.get(day as usize).copied()
    }

    /// Whether the cell held anything: then no other input is asked.
    pub const fn tells(self) -> bool {
        self.0 >= Stamp::UNREADABLE.0
    }

    /// What is read, or `other` where this input cannot say: as [`Reading::or`].
    #[must_use]
    pub fn or(self, other: Stamp) -> Stamp {
        match (self, other) {
            (own, _) if own.tells() => own,
            (Stamp::BLANK, other) if other.tells() => other,
            (Stamp::BLANK, _) => Stamp::BLANK,
            (Stamp::NO_ROW, Stamp::NO_COLUMN) => Stamp::NO_ROW,
            (_, other) => other,
        }
    }

    /// The reading this stands for.
    pub fn reading(self) -> Reading<Instant> {
        match self {
            Stamp::NO_COLUMN => Reading::NoColumn,
            Stamp::NO_ROW => Reading::NoRow,
            Stamp::BLANK => Reading::Blank,
            Stamp(seconds) if seconds >= Self::FIRST => {
                let seconds = seconds - Self::FIRST;
                // Rules ask some sixty times an order; days by a table, not by the arithmetic of calendars.
                let day = DAYS.get((seconds / DAY) as usize);
                let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds % DAY, 0);
                match (day, time) {
                    (Some(day), Some(time)) => Reading::Known(day.and_time(time).and_utc()),
                    _ => Reading::Unreadable,
                }
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

const DAY: u32 = 86_400;

/// The days that a [`Stamp`] can hold.
static DAYS: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| {
    let first = DateTime::from_timestamp(Stamp::EPOCH, 0).map(|at| at.date_naive()).unwrap_or_default();
    first.iter_days().take((u32::MAX / DAY) as usize + 1).collect()
});

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
    fn every_day_is_that_of_the_calendar() {
        for seconds in (Stamp::EPOCH..Stamp::EPOCH + i64::from(u32::MAX) - 20).step_by(86_399) {
            assert_eq!(Stamp::at_second(seconds).known(), chrono::DateTime::from_timestamp(seconds, 0));
        }
        assert_eq!(Stamp::at_second(Stamp::EPOCH + i64::from(u32::MAX)), Stamp::UNREADABLE);
    }

    #[test]
    fn a_second_source_fills_in_stamps_as_it_does_readings() {
        let at = Stamp::at_second(1_800_000_000);
        let all = [Stamp::NO_COLUMN, Stamp::NO_ROW, Stamp::BLANK, Stamp::UNREADABLE, at];
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (*a, *b))) {
            assert_eq!(a.or(b).reading(), a.reading().or(b.reading()), "{a:?} {b:?}");
        }
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
