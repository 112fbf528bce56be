//! Local times of a zone to instants.
//!
//! A zone's database is asked once for its offsets in the years an order can have. After that a local time is found
//! in a table of stretches in which the zone has one offset; China has one such stretch.

use super::END_OF_DAY;
use crate::order::{Instant, Reading, Stamp};
use chrono::{
    DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike,
    Utc,
};
use chrono_tz::{TZ_VARIANTS, Tz};
use std::cell::Cell;
use std::sync::{LazyLock, OnceLock};

/// Local times between these two, in seconds since 1970 as if they were UTC, all have the same offset and come
/// once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    from: i64,
    to: i64,
    offset: i64,
}

/// 2000-01-01 and 2100-01-01 00:00 UTC, with two days to spare, as seconds since 1970.
const YEARS: std::ops::Range<i64> = 946_512_000..4_102_617_600;
const DAY: usize = 86_400;

static ZONES: LazyLock<Vec<OnceLock<Vec<Stretch>>>> =
    LazyLock::new(|| TZ_VARIANTS.iter().map(|_| OnceLock::new()).collect());

/// The stretches of a zone, in their order.
fn stretches(zone: Tz) -> &'static [Stretch] {
    ZONES.get(zone as usize).map_or(&[], |known| known.get_or_init(|| survey(zone)))
}

/// Asks the zone day by day, and within a day of change second by second, halving.
fn survey(zone: Tz) -> Vec<Stretch> {
    let offset = |at: i64| {
        let utc = DateTime::from_timestamp(at, 0).map(|at| at.naive_utc()).unwrap_or_default();
        i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    };
    // From when on, in UTC, each offset holds.
    let mut changes = vec![(YEARS.start, offset(YEARS.start))];
    let mut before = changes[0];
    for at in YEARS.step_by(DAY).skip(1) {
        let here = (at, offset(at));
        if here.1 != before.1 {
            let (mut old, mut new) = (before.0, at);
            while new - old > 1 {
                let middle = old.midpoint(new);
                if offset(middle) == before.1 { old = middle } else { new = middle }
            }
            changes.push((new, here.1));
        }
        before = here;
    }
    // A local time comes once where neither the offset before nor the one after a change gives it another instant.
    let edge = |at: usize| {
        let (change, offset) = changes[at];
        let other = if at == 0 { offset } else { changes[at - 1].1 };
        (change + offset.min(other), change + offset.max(other))
    };
    let ends = |at: usize| if at < changes.len() { edge(at).0 } else { YEARS.end + changes[at - 1].1 };
    (0..changes.len())
        .map(|at| Stretch { from: edge(at).1, to: ends(at + 1), offset: changes[at].1 })
        .filter(|stretch| stretch.from < stretch.to)
        .collect()
}

thread_local! {
    /// The stretch in which the instant before lay: the next one mostly lies there too.
    static NEAR: Cell<(Tz, Stretch)> = const { Cell::new((Tz::UTC, Stretch { from: 0, to: 0, offset: 0 })) };
}

/// The day in a zone on which an instant lies.
pub fn day_in(zone: Tz, at: Instant) -> NaiveDate {
    let seconds = at.timestamp();
    let (known, near) = NEAR.get();
    if known == zone && near.holds(seconds + near.offset) {
        return near.day(seconds).unwrap_or_else(|| at.with_timezone(&zone).date_naive());
    }
    let found = stretch_at(zone, seconds);
    if let Some(stretch) = found {
        NEAR.set((zone, stretch));
    }
    let day = found.and_then(|stretch| stretch.day(seconds));
    day.unwrap_or_else(|| at.with_timezone(&zone).date_naive())
}

/// The stretch in which an instant lies, so many seconds after 1970 in UTC; nothing within an hour that comes twice.
fn stretch_at(zone: Tz, seconds: i64) -> Option<Stretch> {
    let stretches = stretches(zone);
    // Stretches are of local times; an instant lies in that one which its local time by the offset of the stretch does.
    let found = stretches.get(stretches.partition_point(|stretch| stretch.to - stretch.offset <= seconds));
    found.copied().filter(|stretch| stretch.from - stretch.offset <= seconds)
}

/// The stretch in which a local time lies, in seconds after 1970-01-01 as its clocks show it; nothing where the zone has
/// that time twice or never.
pub(super) fn stretch(zone: Tz, local: i64) -> Option<Stretch> {
    let stretches = stretches(zone);
    let found = stretches.get(stretches.partition_point(|stretch| stretch.to <= local));
    found.copied().filter(|stretch| stretch.holds(local))
}

impl Stretch {
    /// Whether a local time lies in it.
    pub fn holds(&self, local: i64) -> bool {
        self.from <= local && local < self.to
    }

    /// The day on which an instant in it lies, so many seconds after 1970 in UTC.
    fn day(&self, seconds: i64) -> Option<NaiveDate> {
        Stamp::day_at_second(seconds + self.offset)
    }

    /// The instant of a local time in it.
    pub fn stamp(&self, local: i64) -> Stamp {
        Stamp::at_second(local - self.offset)
    }
}

/// The instant of a local time, unreadable when the zone has it twice or never.
pub fn in_zone(zone: Tz, local: NaiveDateTime) -> Reading<Instant> {
    let seconds = local.and_utc().timestamp();
    match stretch(zone, seconds).filter(|_| local.nanosecond() == 0) {
        Some(stretch) => {
            DateTime::from_timestamp(seconds - stretch.offset, 0).map_or(Reading::Unreadable, Reading::Known)
        }
        None => asked(&zone, local),
    }
}

/// The instant of a local time with an offset of its own.
pub fn at_offset(offset: FixedOffset, local: NaiveDateTime) -> Reading<Instant> {
    asked(&offset, local)
}

fn asked<Z: TimeZone>(zone: &Z, local: NaiveDateTime) -> Reading<Instant> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => Reading::Known(at.with_timezone(&Utc)),
        MappedLocalTime::Ambiguous(..) | MappedLocalTime::None => Reading::Unreadable,
    }
}

/// The last second of a day in a zone.
pub fn end_of_day(zone: Tz, day: NaiveDate) -> Option<Instant> {
    in_zone(zone, day.and_time(END_OF_DAY)).known()
}

/// The first second of a day in a zone; the first that exists where the zone skips midnight.
pub fn start_of_day(zone: Tz, day: NaiveDate) -> Option<Instant> {
    let local = day.and_time(NaiveTime::MIN);
    let known = in_zone(zone, local).known();
    known.or_else(|| zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc)))
}

/// Reads the clocks of one zone as if they hung in another.
pub struct Rezone {
    from: Tz,
    to: Tz,
    /// The stretches in which the time before lay.
    near: (Stretch, Stretch),
}

impl Rezone {
    /// Times written in `from` that were meant in `to`.
    pub fn new(from: Tz, to: Tz) -> Rezone {
        Rezone { from, to, near: <(Stretch, Stretch)>::default() }
    }

    /// The instant of the same wall-clock reading in the other zone; unreadable where that zone has it twice or never.
    /// What is not known stays as it is.
    pub fn stamp(&mut self, at: Stamp) -> Stamp {
        let Some(known) = at.known() else { return at };
        let quick = self.quick(known.timestamp());
        quick.unwrap_or_else(|| Stamp::from(in_zone(self.to, known.with_timezone(&self.from).naive_local())))
    }

    fn quick(&mut self, seconds: i64) -> Option<Stamp> {
        let (from, to) = &mut self.near;
        if !from.holds(seconds + from.offset) {
            *from = stretch_at(self.from, seconds)?;
        }
        let local = seconds + from.offset;
        if !to.holds(local) {
            *to = stretch(self.to, local)?;
        }
        Some(to.stamp(local))
    }
}

#[cfg(test)]
mod tests {
    use super::{Rezone, asked, day_in, in_zone, stretch, stretches};
    use crate::order::Stamp;
    use chrono::{DateTime, NaiveDateTime};
    use chrono_tz::Tz;
    use proptest::prelude::*;

    /// The zones of the exports, and those with the oddest habits: half hours, a day left out, clocks put back for
    /// Ramadan, and a change on the first of April at three in the morning.
    const ZONES: [Tz; 10] = [
        Tz::Asia__Shanghai,
        Tz::America__Los_Angeles,
        Tz::Europe__London,
        Tz::Europe__Berlin,
        Tz::Australia__Sydney,
        Tz::Australia__Lord_Howe,
        Tz::Pacific__Apia,
        Tz::Africa__Casablanca,
        Tz::America__Sao_Paulo,
        Tz::UTC,
    ];

    fn local(seconds: i64) -> NaiveDateTime {
        DateTime::from_timestamp(seconds, 0).expect("a time").naive_utc()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_table_says_what_the_zone_says(zone in 0..ZONES.len(), seconds in 900_000_000_i64..4_200_000_000) {
            let (zone, local) = (ZONES[zone], local(seconds));
            prop_assert_eq!(in_zone(zone, local), asked(&zone, local));
            if let Some(stretch) = stretch(zone, seconds) {
                prop_assert_eq!(stretch.stamp(seconds), Stamp::from(asked(&zone, local)));
            }
            let at = local.and_utc();
            prop_assert_eq!(day_in(zone, at), at.with_timezone(&zone).date_naive());
        }

        #[test]
        fn clocks_read_in_another_zone(
            zones in (0..ZONES.len(), 0..ZONES.len()),
            seconds in prop::collection::vec(946_600_000_i64..4_102_000_000, 2),
        ) {
            let (from, to) = (ZONES[zones.0], ZONES[zones.1]);
            let mut rezone = Rezone::new(from, to);
            for seconds in seconds {
                let at = local(seconds).and_utc();
                let meant = Stamp::from(asked(&to, at.with_timezone(&from).naive_local()));
                prop_assert_eq!(rezone.stamp(Stamp::at(at)), meant);
            }
            prop_assert_eq!(rezone.stamp(Stamp::BLANK), Stamp::BLANK);
        }
    }

    #[test]
    fn edges_of_stretches_are_exact() {
        for zone in ZONES {
            for stretch in stretches(zone) {
                for edge in [stretch.from, stretch.to] {
                    for near in [-3601, -3600, -1801, -1, 0, 1, 1800, 3599, 3600] {
                        let local = local(edge + near);
                        assert_eq!(in_zone(zone, local), asked(&zone, local), "{zone} {local}");
                    }
                }
            }
        }
    }

    #[test]
    fn china_is_one_stretch_and_california_changes_twice_a_year() {
        assert_eq!(stretches(Tz::Asia__Shanghai).len(), 1);
        assert!(stretches(Tz::America__Los_Angeles).len() >= 200);
    }
}
