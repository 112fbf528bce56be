//! The ways in which dates and times are written, one function each.

use super::Written;
use chrono::{FixedOffset, NaiveDate, NaiveTime};
use std::collections::BTreeMap;

/// Reads `2026-09-22 00:54[:03]`, `2026/9/22`, `2026年9月22日 0:54`, RFC 3339.
pub(super) fn year_first(text: &str) -> Option<Written> {
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
pub(super) fn fast_year_first(text: &[u8]) -> Option<Written> {
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
pub(super) fn named(text: &str, months: &BTreeMap<String, u32>, month_first: bool) -> Option<Written> {
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
pub(super) fn digits(text: &str, separator: char, month_first: bool) -> Option<Written> {
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
