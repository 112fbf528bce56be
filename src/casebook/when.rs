//! Moments as a casebook gives them: a day, or an instant; and windows of them.

use crate::normalise::{Clock, day_in, end_of_day, start_of_day};
use crate::order::{FieldKind, Instant};
use crate::recognise::TimeStyle;
use chrono::{Days, Duration, NaiveDate, NaiveTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Casebook times without an offset are Shanghai's.
pub const CASEBOOK_ZONE: Tz = Tz::Asia__Shanghai;

/// A day, where only a day was given; else an instant.
///
/// A day stays one until it is compared: which instants it holds depends on the marketplace's `day_zone`, which
/// every method here takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A day in the marketplace's `day_zone`.
    Day(NaiveDate),
    /// An instant.
    At(Instant),
}

impl When {
    /// Reads `YYYY-MM-DD[ HH:MM[:SS]]`, the usual Chinese spellings of it, or RFC 3339; a time without an offset is
    /// one of [`CASEBOOK_ZONE`].
    pub fn parse(text: &str) -> Option<When> {
        let clock = Clock {
            export_zone: CASEBOOK_ZONE,
            day_zone: CASEBOOK_ZONE,
            styles: vec![TimeStyle::YearFirst],
            months: BTreeMap::new(),
            whole_days: false,
        };
        let written = clock.write(text.trim())?;
        match written.time {
            None => Some(When::Day(written.date)),
            Some(_) => clock.instant(written, FieldKind::Moment).known().map(When::At),
        }
    }

    /// The first instant: when something given so begins, or was done.
    pub fn start(self, zone: Tz) -> Instant {
        match self {
            When::At(at) => at,
            When::Day(day) => midnight(zone, day),
        }
    }

    /// The last second: when a deadline given so ends, 23:59:59 of a day.
    pub fn end(self, zone: Tz) -> Instant {
        match self {
            When::At(at) => at,
            // A zone may have this second twice, or not at all.
            When::Day(day) => end_of_day(zone, day).unwrap_or_else(|| self.over(zone) - Duration::seconds(1)),
        }
    }

    /// The instant from which what lasted until then is over: the midnight after a day.
    pub fn over(self, zone: Tz) -> Instant {
        match self {
            When::At(at) => at,
            When::Day(day) => midnight(zone, day.checked_add_days(Days::new(1)).unwrap_or(day)),
        }
    }

    /// The day this is, or lies in.
    pub fn day(self, zone: Tz) -> NaiveDate {
        match self {
            When::At(at) => day_in(zone, at),
            When::Day(day) => day,
        }
    }

    /// Whether what begins so has begun at an instant. Days are compared with days.
    pub fn begun_by(self, at: Instant, zone: Tz) -> bool {
        match self {
            When::At(from) => from <= at,
            When::Day(day) => day <= When::At(at).day(zone),
        }
    }

    /// Whether what ends so still holds at an instant; a day is taken in whole.
    pub fn holds_at(self, at: Instant, zone: Tz) -> bool {
        match self {
            When::At(to) => at <= to,
            When::Day(day) => When::At(at).day(zone) <= day,
        }
    }

    /// As JSON shows it: RFC 3339 in a zone, or the bare day where a day was given.
    pub fn show(self, zone: Tz) -> String {
        match self {
            When::At(at) => at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false),
            When::Day(day) => day.format("%Y-%m-%d").to_string(),
        }
    }
}

/// The first second of a day; where a zone skips midnight, what it has instead.
fn midnight(zone: Tz, day: NaiveDate) -> Instant {
    let midnight = day.and_time(NaiveTime::MIN);
    start_of_day(zone, day)
        .or_else(|| {
            let one = zone.from_local_datetime(&(midnight + Duration::hours(1))).earliest()?;
            Some(one.with_timezone(&Utc))
        })
        .unwrap_or_else(|| midnight.and_utc())
}

/// A stretch of time, both ends in it; an end that is not given is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Its beginning.
    pub from: Option<When>,
    /// Its end; a day is taken in whole.
    pub to: Option<When>,
}

impl Window {
    /// Whether neither end is given, so that it holds always.
    pub const fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether an instant lies in it.
    pub fn contains(&self, at: Instant, zone: Tz) -> bool {
        self.from.is_none_or(|from| from.begun_by(at, zone)) && self.to.is_none_or(|to| to.holds_at(at, zone))
    }

    /// Whether any instant of `(after, until]` lies in it.
    pub fn overlaps(&self, after: Instant, until: Instant, zone: Tz) -> bool {
        after < until
            && self.from.is_none_or(|from| from.begun_by(until, zone))
            && self.to.is_none_or(|to| to.end(zone) > after)
    }

    /// Whether it ends before it begins, whatever the zone.
    pub fn is_backwards(&self) -> bool {
        let zone = CASEBOOK_ZONE;
        self.from.zip(self.to).is_some_and(|(from, to)| from.start(zone) > to.end(zone))
    }

    /// Its days from the first to the last, where it has a first; one day where no end is given.
    pub fn days(&self, zone: Tz) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.from?.day(zone);
        Some((first, self.to.map_or(first, |to| to.day(zone))))
    }
}

#[cfg(test)]
mod tests {
    use super::{CASEBOOK_ZONE, When, Window};
    use chrono_tz::Tz;

    const PACIFIC: Tz = Tz::America__Los_Angeles;

    fn when(text: &str) -> When {
        When::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    fn at(text: &str) -> crate::order::Instant {
        when(text).start(CASEBOOK_ZONE)
    }

    #[test]
    fn a_day_is_one_of_the_day_zone_and_a_time_is_shanghais() {
        for (text, zone, start, end, over) in [
            ("2026-11-08", CASEBOOK_ZONE, "2026-11-08 00:00", "2026-11-08 23:59:59", "2026-11-09 00:00"),
            ("2026-11-08", PACIFIC, "2026-11-08 16:00", "2026-11-09 15:59:59", "2026-11-09 16:00"),
            ("2026年11月8日", CASEBOOK_ZONE, "2026-11-08 00:00", "2026-11-08 23:59:59", "2026-11-09 00:00"),
            ("2026-11-08 09:30", PACIFIC, "2026-11-08 09:30", "2026-11-08 09:30", "2026-11-08 09:30"),
            ("2026-11-08T09:30:00Z", PACIFIC, "2026-11-08 17:30", "2026-11-08 17:30", "2026-11-08 17:30"),
        ] {
            let when = when(text);
            assert_eq!(
                (when.start(zone), when.end(zone), when.over(zone)),
                (at(start), at(end), at(over)),
                "{text}"
            );
        }
        for text in ["", "soon", "2026-02-30", "11/08/2026", "2026-11-08 25:00"] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_zone_without_that_midnight_has_a_day_all_the_same() {
        // São Paulo went from 23:59:59 to 01:00 on 2018-11-04, and had 23:00 to 23:59:59 of 2018-02-17 twice.
        let zone = Tz::America__Sao_Paulo;
        assert_eq!(when("2018-11-04").start(zone), at("2018-11-04 11:00"));
        assert_eq!(when("2018-02-17").end(zone), at("2018-02-18 10:59:59"));
    }

    #[test]
    fn it_shows_as_it_was_given() {
        assert_eq!(when("2026-11-08").show(PACIFIC), "2026-11-08");
        assert_eq!(when("2026-11-08 09:30").show(PACIFIC), "2026-11-07T17:30:00-08:00");
    }

    #[test]
    fn both_ends_of_a_window_are_in_it_and_a_day_is_taken_in_whole() {
        let window = |from: &str, to: &str| Window { from: When::parse(from), to: When::parse(to) };
        for (from, to, moment, zone, inside) in [
            ("2026-11-05", "2026-11-08", "2026-11-05 00:00", CASEBOOK_ZONE, true),
            ("2026-11-05", "2026-11-08", "2026-11-04 23:59:59", CASEBOOK_ZONE, false),
            ("2026-11-05", "2026-11-08", "2026-11-08 23:59:59", CASEBOOK_ZONE, true),
            ("2026-11-05", "2026-11-08", "2026-11-09 00:00", CASEBOOK_ZONE, false),
            ("2026-11-05", "2026-11-08", "2026-11-09 15:59:59", PACIFIC, true),
            ("2026-11-05", "2026-11-08", "2026-11-05 12:00", PACIFIC, false),
            ("2026-11-05 08:00", "2026-11-08 08:00", "2026-11-08 08:00", CASEBOOK_ZONE, true),
            ("2026-11-05 08:00", "2026-11-08 08:00", "2026-11-08 08:00:01", CASEBOOK_ZONE, false),
            ("2026-11-05 08:00", "2026-11-08 08:00", "2026-11-05 08:00", CASEBOOK_ZONE, true),
            ("", "2026-11-08", "2020-01-01 00:00", CASEBOOK_ZONE, true),
            ("2026-11-05", "", "2030-01-01 00:00", CASEBOOK_ZONE, true),
            ("", "", "2030-01-01 00:00", CASEBOOK_ZONE, true),
        ] {
            assert_eq!(window(from, to).contains(at(moment), zone), inside, "{from} {to} {moment}");
        }
        let closed = window("2026-11-05", "2026-11-08");
        assert!(closed.overlaps(at("2026-11-08 12:00"), at("2026-11-10 12:00"), CASEBOOK_ZONE));
        assert!(closed.overlaps(at("2026-11-01 12:00"), at("2026-11-05 00:00"), CASEBOOK_ZONE));
        assert!(!closed.overlaps(at("2026-11-08 23:59:59"), at("2026-11-10 12:00"), CASEBOOK_ZONE));
        assert!(!closed.overlaps(at("2026-11-01 12:00"), at("2026-11-04 23:59:59"), CASEBOOK_ZONE));
        assert!(window("2026-11-05 08:00", "2026-11-04").is_backwards());
        assert!(!window("2026-11-05 08:00", "2026-11-05").is_backwards());
        let days = window("2026-11-05", "").days(PACIFIC).expect("days");
        assert_eq!(days.0, days.1);
    }
}
