//! When a file was exported, by its name.

use crate::order::Instant;
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

/// The time of export that a file's name tells: Douyin's ten digits of Unix time, or a local date and time
/// such as Pinduoduo's `2026-07-20-10-09-23`, read in Shanghai.
pub fn export_time(path: &str) -> Option<Instant> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some((digits, _)) = name.split_once('_')
        && digits.len() == 10
        && let Ok(seconds) = digits.parse::<i64>()
    {
        return DateTime::from_timestamp(seconds, 0).map(|at| at.with_timezone(&Utc));
    }
    let starts = name.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    starts.map(|at| &name[at..]).find_map(local_time)
}

/// `2026-07-20-10-09-23`, `2026-07-20_10.09.23`, `20260720100923`.
fn local_time(text: &str) -> Option<Instant> {
    let mut digits = String::with_capacity(14);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '-' | '_' | '.' | ' ' if !digits.is_empty() => {}
            _ => break,
        }
        if digits.len() == 14 {
            break;
        }
    }
    if digits.len() != 14 || !digits.starts_with("20") {
        return None;
    }
    let local = NaiveDateTime::parse_from_str(&digits, "%Y%m%d%H%M%S").ok()?;
    Tz::Asia__Shanghai.from_local_datetime(&local).single().map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::export_time;

    #[test]
    fn file_names_tell_when_they_were_exported() {
        let time = |name| export_time(name).map(|at| at.to_rfc3339());
        assert_eq!(
            time("pdd/0123456789abcdef0123456789abcdeforders_export2026-07-20-10-09-23.csv").as_deref(),
            Some("2026-07-20T02:09:23+00:00")
        );
        assert_eq!(time("1768222209_ab12.csv").as_deref(), Some("2026-01-12T12:50:09+00:00"));
        assert_eq!(time("订单20261109120000.xlsx").as_deref(), Some("2026-11-09T04:00:00+00:00"));
        assert_eq!(time("1158620043.csv"), None);
        assert_eq!(time("orders.csv"), None);
    }
}
