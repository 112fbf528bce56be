//! Times as exports write them, to instants; what is ambiguous or impossible stays unreadable.

use crate::order::{FieldKind, Instant, Reading};
use crate::read::Cell;
use crate::recognise::TimeStyle;
use chrono::{
    DateTime, Duration, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// How the times of one input are read.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Zone of times without an offset.
    pub export_zone: Tz,
    /// Zone that says where a day ends.
    pub day_zone: Tz,
    /// The ways in which it writes dates.
    pub styles: Vec<TimeStyle>,
    /// Month names beside the English ones.
    pub months: BTreeMap<String, u32>,
    /// A spreadsheet date without a fraction is a day, not its midnight.
    pub whole_days: bool,
}

/// A time as written: a day, perhaps a time of day, perhaps an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The day.
    pub date: NaiveDate,
    /// The time of day, where one is written.
    pub time: Option<NaiveTime>,
    /// The offset, where one is written.
    pub offset: Option<FixedOffset>,
}

impl Clock {
    /// Reads a cell as an instant of a field of this kind.
    pub fn read(&self, cell: &Cell<'_>, kind: FieldKind) -> Reading<Instant> {
        match cell {
            Cell::Empty => Reading::Blank,
            Cell::Text(text) => match super::clean::clean(text) {
                "" => Reading::Blank,
                text => self.write(text).map_or(Reading::Unreadable, |written| self.instant(written, kind)),
            },
            Cell::Moment { duration: true, .. } | Cell::Bool(_) | Cell::Error(_) => Reading::Unreadable,
            Cell::Moment { serial, epoch_1904, .. } => self.serial(*serial, *epoch_1904, kind),
            Cell::Number(number) => self.serial(*number, false, kind),
        }
    }

    /// Whether a text names its own offset, so that no zone of ours applies.
    pub fn has_offset(&self, cell: &Cell<'_>) -> bool {
        matches!(cell, Cell::Text(text)
            if self.write(super::clean::clean(text)).is_some_and(|w| w.offset.is_some()))
    }

    /// Reads a text in the styles of this input; the first that fits counts.
    pub fn write(&self, text: &str) -> Option<Written> {
        self.styles.iter().find_map(|style| match style {
            TimeStyle::YearFirst => year_first(text),
            TimeStyle::MonthNameFirst => named(text, &self.months, true),
            TimeStyle::DayMonthName => named(text, &self.months, false),
            TimeStyle::MonthDayYear => digits(text, '/', true),
            TimeStyle::DayDotMonth => digits(text, '.', false),
        })
    }

    /// Turns a written time into an instant: a day ends for a deadline and begins for all else.
    pub fn instant(&self, written: Written, kind: FieldKind) -> Reading<Instant> {
        let (time, zone) = match (written.time, kind) {
            (Some(time), _) => (time, self.export_zone),
            (None, FieldKind::Deadline) => (END_OF_DAY, self.day_zone),
            (None, _) => (NaiveTime::MIN, self.export_zone),
        };
        let local = written.date.and_time(time);
        match written.offset {
            Some(offset) => in_zone(&offset, local),
            None => in_zone(&zone, local),
        }
    }

    /// Spreadsheet serials outside 2000 to 2099 are no order times.
    fn serial(&self, serial: f64, epoch_1904: bool, kind: FieldKind) -> Reading<Instant> {
        let days = if epoch_1904 { serial + 1462.0 } else { serial };
        if !(36_526.0..73_051.0).contains(&days) {
            return Reading::Unreadable;
        }
        let seconds = (days * 86_400.0).round() as i64;
        let Some(day) = NaiveDate::from_ymd_opt(1899, 12, 30)
            .and_then(|epoch| epoch.checked_add_signed(Duration::days(seconds / 86_400)))
        else {
            return Reading::Unreadable;
        };
        let of_day = seconds % 86_400;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(of_day as u32, 0);
        let time = if of_day == 0 && self.whole_days { None } else { time };
        self.instant(Written { date: day, time, offset: None }, kind)
    }
}

/// The last second of a day.
const END_OF_DAY: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// The instant of a local time, unreadable when the zone has it twice or never.
pub fn in_zone<Z: TimeZone>(zone: &Z, local: NaiveDateTime) -> Reading<Instant> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => Reading::Known(at.with_timezone(&Utc)),
        MappedLocalTime::Ambiguous(..) | MappedLocalTime::None => Reading::Unreadable,
    }
}

/// The last second of a day in a zone.
pub fn end_of_day(zone: Tz, day: NaiveDate) -> Option<Instant> {
    in_zone(&zone, day.and_time(END_OF_DAY)).known()
}

/// The first second of a day in a zone; the first that exists where the zone skips midnight.
pub fn start_of_day(zone: Tz, day: NaiveDate) -> Option<Instant> {
    zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest().map(|at| at.with_timezone(&Utc))
}

/// Reads `2026-09-22 00:54[:03]`, `2026/9/22`, `2026年9月22日 0:54`, RFC 3339.
fn year_first(text: &str) -> Option<Written> {
    if let Some(written) = fast_year_first(text.as_bytes()) {
        return Some(written);
    }
    let (year, rest) = number(text, 4, 4)?;
    let rest = rest.strip_prefix(['-', '/', '.', '年'])?;
    let (month, rest) = number(rest, 1, 2)?;
    let rest = rest.strip_prefix(['-', '/', '.', '月'])?;
    let (day, rest) = number(rest, 1, 2)?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    let date = NaiveDate::from_ymd_opt(year as i32, month, day)?;
    with_time(date, rest)
}

/// The one form that nearly every cell has, `2026-09-22 00:54:03`, without the detours of the others.
fn fast_year_first(text: &[u8]) -> Option<Written> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ', h1, h2, b':', n1, n2, b':', s1, s2] = text else {
        return None;
    };
    let all = [y1, y2, y3, y4, m1, m2, d1, d2, h1, h2, n1, n2, s1, s2];
    if !all.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let two = |a: u8, b: u8| u32::from(a - b'0') * 10 + u32::from(b - b'0');
    let date = NaiveDate::from_ymd_opt((two(y1, y2) * 100 + two(y3, y4)) as i32, two(m1, m2), two(d1, d2))?;
    let time = NaiveTime::from_hms_opt(two(h1, h2), two(n1, n2), two(s1, s2))?;
    Some(Written { date, time: Some(time), offset: None })
}

/// Reads dates with a month's name: `Sep-18-26`, `Oct 5, 2026` (month first), `26-May-26`, `05-oct.-26`.
fn named(text: &str, months: &BTreeMap<String, u32>, month_first: bool) -> Option<Written> {
    let separators: &[char] = &['-', ' ', '.', ',', '/'];
    let (first, rest) = text.split_once(separators)?;
    let rest = rest.trim_start_matches(separators);
    let (second, rest) = rest.split_once(separators)?;
    let rest = rest.trim_start_matches(separators);
    let (name, day) = if month_first { (first, second) } else { (second, first) };
    let month = month_named(name, months)?;
    let (day, left) = number(day, 1, 2)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (year, rest) = number(rest, digits.max(1), digits)?;
    let year = full_year(year, digits)?;
    if !left.is_empty() {
        return None;
    }
    with_time(NaiveDate::from_ymd_opt(year, month, day)?, rest)
}

/// Reads `06/24/2026` (month first) and `24.06.2026`.
fn digits(text: &str, separator: char, month_first: bool) -> Option<Written> {
    let (first, rest) = number(text, 1, 2)?;
    let (second, rest) = number(rest.strip_prefix(separator)?, 1, 2)?;
    let rest = rest.strip_prefix(separator)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (year, rest) = number(rest, digits.max(1), digits)?;
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    with_time(NaiveDate::from_ymd_opt(full_year(year, digits)?, month, day)?, rest)
}

/// Two digits are a year of this century, four are the year; anything else is none.
fn full_year(year: u32, digits: usize) -> Option<i32> {
    match digits {
        2 => Some(2000 + year as i32),
        4 => Some(year as i32),
        _ => None,
    }
}

/// What may stand behind a day: nothing, or a time of day, or that with an offset.
fn with_time(date: NaiveDate, rest: &str) -> Option<Written> {
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some(Written { date, time: None, offset: None });
    }
    let (hour, rest) = number(rest, 1, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 1, 2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest, 1, 2)?,
        None => (0, rest),
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let (hour, rest) = half_day(hour, rest.trim())?;
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
    Some(Written { date, time: Some(time), offset })
}

/// `AM` and `PM` behind a time of twelve hours.
fn half_day(hour: u32, rest: &str) -> Option<(u32, &str)> {
    let Some(mark) = rest.get(..2) else { return Some((hour, rest)) };
    let afternoon = match mark.to_ascii_uppercase().as_str() {
        "AM" => false,
        "PM" => true,
        _ => return Some((hour, rest)),
    };
    if !(1..=12).contains(&hour) {
        return None;
    }
    Some((hour % 12 + if afternoon { 12 } else { 0 }, rest[2..].trim()))
}

/// An offset: `Z`, `+08:00`, `+0800`.
fn offset(text: &str) -> Option<FixedOffset> {
    if text.eq_ignore_ascii_case("z") || text.eq_ignore_ascii_case("utc") {
        return FixedOffset::east_opt(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = number(&text[1..], 2, 2)?;
    let (minutes, rest) = number(rest.strip_prefix(':').unwrap_or(rest), 2, 2)?;
    if !rest.is_empty() || minutes > 59 {
        return None;
    }
    FixedOffset::east_opt(sign * (hours as i32 * 3600 + minutes as i32 * 60))
}

/// The month a name stands for: an English one, or one of the layout's.
fn month_named(name: &str, months: &BTreeMap<String, u32>) -> Option<u32> {
    const ENGLISH: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_lowercase();
    if let Some(month) = months.get(&name) {
        return Some(*month);
    }
    if name.len() < 3 {
        return None;
    }
    ENGLISH.iter().position(|full| full.starts_with(&name)).map(|at| at as u32 + 1)
}

/// A number of `least` to `most` digits, and what stands behind it.
fn number(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let len = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if len < least {
        return None;
    }
    Some((text[..len].parse().ok()?, &text[len..]))
}

/// Reads an instant from a configuration, a casebook or the command line: RFC 3339, or a local
/// `YYYY-MM-DD[ HH:MM[:SS]]` in `zone`; a bare day is read as `kind` says.
pub fn parse_local(text: &str, zone: Tz, kind: FieldKind) -> Option<Instant> {
    let clock = Clock {
        export_zone: zone,
        day_zone: zone,
        styles: vec![TimeStyle::YearFirst],
        months: BTreeMap::new(),
        whole_days: false,
    };
    clock.write(text.trim()).and_then(|written| clock.instant(written, kind).known())
}

/// A spreadsheet date as the local time it shows, `2026-11-09 12:00:00`, or the day alone.
pub fn show_serial(serial: f64, epoch_1904: bool) -> String {
    let days = if epoch_1904 { serial + 1462.0 } else { serial };
    let seconds = (days * 86_400.0).round();
    let shown = NaiveDate::from_ymd_opt(1899, 12, 30)
        .map(|epoch| epoch.and_time(NaiveTime::MIN))
        .filter(|_| seconds.abs() < 1e12)
        .and_then(|epoch| epoch.checked_add_signed(Duration::seconds(seconds as i64)));
    match shown {
        Some(at) if at.time() == NaiveTime::MIN => at.format("%Y-%m-%d").to_string(),
        Some(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
        None => serial.to_string(),
    }
}

/// The instant of the same wall-clock reading in another zone; unreadable where that zone has it twice or
/// never.
pub fn rezone(at: Instant, from: Tz, to: Tz) -> Reading<Instant> {
    let local: DateTime<Tz> = at.with_timezone(&from);
    in_zone(&to, local.naive_local())
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::order::{FieldKind, Reading};
    use crate::read::Cell;
    use crate::recognise::TimeStyle;
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    fn clock(zone: &str, styles: &[TimeStyle]) -> Clock {
        let zone = zone.parse().expect("a zone");
        Clock {
            export_zone: zone,
            day_zone: zone,
            styles: styles.to_vec(),
            months: BTreeMap::from([("dez".to_owned(), 12), ("oct".to_owned(), 10)]),
            whole_days: false,
        }
    }

    fn read(clock: &Clock, text: &str, kind: FieldKind) -> String {
        match clock.read(&Cell::Text(Cow::Borrowed(text)), kind) {
            Reading::Known(at) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn chinese_exports() {
        let clock = clock("Asia/Shanghai", &[TimeStyle::YearFirst]);
        for (text, at) in [
            ("2026-09-22 00:54:03", "2026-09-21T16:54:03Z"),
            ("2026/9/22 0:54", "2026-09-21T16:54:00Z"),
            ("2026-09-22 00:54", "2026-09-21T16:54:00Z"),
            ("2026年9月22日 0:54", "2026-09-21T16:54:00Z"),
            ("\t2026-09-22 00:54:03\t", "2026-09-21T16:54:03Z"),
            ("2026-09-22T00:54:03+00:00", "2026-09-22T00:54:03Z"),
            ("2026-09-22", "2026-09-21T16:00:00Z"),
            ("\t", "Blank"),
            ("-", "Blank"),
            ("2026-13-40", "Unreadable"),
            ("2026-02-29 10:00:00", "Unreadable"),
            ("2026-09-22 24:54:03", "Unreadable"),
            ("明天", "Unreadable"),
            ("22/9/2026", "Unreadable"),
        ] {
            assert_eq!(read(&clock, text, FieldKind::Moment), at, "{text:?}");
        }
        assert_eq!(read(&clock, "2026-09-22", FieldKind::Deadline), "2026-09-22T15:59:59Z");
    }

    #[test]
    fn ebay_dates_end_their_day_in_the_site_s_zone() {
        let us = clock("America/Los_Angeles", &[TimeStyle::MonthNameFirst, TimeStyle::MonthDayYear]);
        for (text, at) in [
            ("Sep-18-26", "2026-09-19T06:59:59Z"),
            ("Jun-24-2026", "2026-06-25T06:59:59Z"),
            ("06/24/2026", "2026-06-25T06:59:59Z"),
            ("Oct 5, 2026", "2026-10-06T06:59:59Z"),
            // The day on which American summer time ends has 25 hours.
            ("Nov-01-26", "2026-11-02T07:59:59Z"),
            ("Oct-31-26", "2026-11-01T06:59:59Z"),
            ("Oct-02-26 01:53:00", "2026-10-02T08:53:00Z"),
            // An hour that comes twice, and one that never comes.
            ("Nov-01-26 01:30:00", "Unreadable"),
            ("Mar-08-26 02:30:00", "Unreadable"),
            ("24/06/2026", "Unreadable"),
        ] {
            assert_eq!(read(&us, text, FieldKind::Deadline), at, "{text:?}");
        }
        let de = clock("Europe/Berlin", &[TimeStyle::DayMonthName, TimeStyle::DayDotMonth]);
        assert_eq!(read(&de, "10-Dez-25", FieldKind::Moment), "2025-12-09T23:00:00Z");
        assert_eq!(read(&de, "05-oct.-26", FieldKind::Moment), "2026-10-04T22:00:00Z");
        assert_eq!(read(&de, "24.06.2026", FieldKind::Moment), "2026-06-23T22:00:00Z");
    }

    #[test]
    fn spreadsheet_serials_count_only_in_this_century() {
        let clock = clock("Asia/Shanghai", &[TimeStyle::YearFirst]);
        let moment = |serial| {
            clock.read(&Cell::Moment { serial, epoch_1904: false, duration: false }, FieldKind::Moment)
        };
        assert_eq!(
            moment(46_335.5).known().map(|at| at.to_rfc3339()),
            Some("2026-11-09T04:00:00+00:00".to_owned())
        );
        for bad in [-1.0, 60.0, 36_525.9, 73_051.0, 1e308, f64::NAN] {
            assert_eq!(moment(bad), Reading::Unreadable, "{bad}");
        }
        let duration = Cell::Moment { serial: 46_335.5, epoch_1904: false, duration: true };
        assert_eq!(clock.read(&duration, FieldKind::Moment), Reading::Unreadable);
        // A third of a second of rounding in the file is no other second.
        assert_eq!(
            moment(46_335.999_988_425_9).known().map(|at| at.to_rfc3339()),
            Some("2026-11-09T15:59:59+00:00".to_owned())
        );
    }
}
