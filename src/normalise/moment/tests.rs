use super::{Clock, parse_local};
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
    let moment =
        |serial| clock.read(&Cell::Moment { serial, epoch_1904: false, duration: false }, FieldKind::Moment);
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

#[test]
fn the_plain_form_is_read_as_the_others_are() {
    let seconds = |text: &str| {
        let plain = super::plain::Plain::read(text.as_bytes().try_into().ok()?)?;
        super::plain::Months::default().seconds(plain)
    };
    let asked = |text: &str| {
        let at = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok();
        at.map(|at| at.and_utc().timestamp())
    };
    let day = chrono::NaiveDate::from_ymd_opt(1999, 12, 28).expect("a day");
    for (number, day) in day.iter_days().take(37_000).enumerate() {
        let text = format!("{day} {:02}:{:02}:{:02}", number % 24, number % 60, (number * 7) % 60);
        assert_eq!(seconds(&text), asked(&text), "{text}");
    }
    for text in [
        "2026-02-29 00:00:00",
        "2100-02-29 00:00:00",
        "2026-00-10 00:00:00",
        "2026-13-10 00:00:00",
        "2026-04-31 00:00:00",
        "2026-04-00 00:00:00",
        "2026-04-01 24:00:00",
        "2026-04-01 00:60:00",
        "2026-04-01 00:00:60",
        "2026-0a-01 00:00:00",
        "2026-04-01 00:00:0:",
        "2026-04-01T00:00:00",
        "2026-04-01 00:00",
    ] {
        assert_eq!(seconds(text), None, "{text}");
    }
    assert_eq!(seconds("2024-02-29 23:59:59"), asked("2024-02-29 23:59:59"));
}

#[test]
fn months_kept_from_cell_to_cell_are_those_that_were_written() {
    let clock = clock("Asia/Shanghai", &[TimeStyle::YearFirst]);
    let mut near = super::Near::default();
    // Nothing is known before the first month, not even what memory holds at first.
    for text in ["\0\0\0\0\0\0\0\x0001 12:00:00", "        01 12:00:00", "2026-13-01 12:00:00"] {
        assert_eq!(clock.plain(text.as_bytes(), &mut near), None, "{text:?}");
    }
    // Months that end in the same digit, and the same one of other years, in turns.
    for _ in 0..2 {
        for day in ["2026-01-31", "2026-11-30", "2025-11-30", "2024-02-29", "2026-12-31", "2026-10-01"] {
            let text = format!("{day} 00:54:03");
            let known = clock.plain(text.as_bytes(), &mut near).and_then(crate::order::Stamp::known);
            let slowly = parse_local(&text, clock.export_zone, FieldKind::Moment);
            assert!(known.is_some() && known == slowly, "{text}: {known:?}");
        }
        for day in ["2026-02-29", "2026-11-31", "2026-01-00", "2026-12-32"] {
            assert_eq!(clock.plain(format!("{day} 00:54:03").as_bytes(), &mut near), None, "{day}");
        }
    }
}
