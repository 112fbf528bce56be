//! Times as exports write them, to instants; what is ambiguous or impossible stays unreadable.

mod plain;
mod styles;
mod zone;

#[cfg(test)]
mod tests;

use crate::order::{FieldKind, Instant, Reading, Stamp};
use crate::read::Cell;
use crate::recognise::TimeStyle;
use chrono::{Duration, FixedOffset, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use zone::Stretch;
pub use zone::{Rezone, day_in, end_of_day, start_of_day};

/// How the times of one input are read.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// Where times lay lately: the next one mostly lies in one of the same months, and in the same stretch of its zone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Near {
    months: plain::Months,
    stretch: Stretch,
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

/// What the text of a cell says, before the kind of its field is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// Something that is no time, or none that is certain.
    Unreadable,
    /// A time.
    Time(Written),
}

impl Told {
    /// Whether it names its own offset, so that no zone of ours applies.
    pub const fn has_offset(self) -> bool {
        matches!(self, Told::Time(Written { offset: Some(_), .. }))
    }
}

impl Clock {
    /// Reads a cell as an instant of a field of this kind.
    pub fn read(&self, cell: &Cell<'_>, kind: FieldKind) -> Reading<Instant> {
        match cell {
            Cell::Empty => Reading::Blank,
            Cell::Text(text) => self.reading(self.tell(text), kind),
            Cell::Moment { duration: true, .. } | Cell::Bool(_) | Cell::Error(_) => Reading::Unreadable,
            Cell::Moment { serial, epoch_1904, .. } => self.serial(*serial, *epoch_1904, kind),
            Cell::Number(number) => self.serial(*number, false, kind),
        }
    }

    /// What the text of a cell says.
    pub fn tell(&self, text: &str) -> Told {
        match super::clean::clean(text) {
            "" => Told::Nothing,
            text => self.write(text).map_or(Told::Unreadable, Told::Time),
        }
    }

    /// What the bytes of a cell say, where they are in the form that nearly every export writes:
    /// `2026-09-22 00:54:03`, with nothing but blanks and TABs around it.
    /// Nothing where they are not, or where the zone has that time twice or never.
    pub fn plain(&self, bytes: &[u8], near: &mut Near) -> Option<Stamp> {
        let bytes = if bytes.len() == plain::LEN { bytes } else { bytes.trim_ascii() };
        let text = bytes.try_into().ok()?;
        if self.styles.first() != Some(&TimeStyle::YearFirst) {
            return None;
        }
        let local = near.months.seconds(plain::Plain::read(text)?)?;
        if !near.stretch.holds(local) {
            near.stretch = zone::stretch(self.export_zone, local)?;
        }
        Some(near.stretch.stamp(local))
    }

    /// The instant that a cell told of, for a field of this kind.
    pub fn reading(&self, told: Told, kind: FieldKind) -> Reading<Instant> {
        match told {
            Told::Nothing => Reading::Blank,
            Told::Unreadable => Reading::Unreadable,
            Told::Time(written) => self.instant(written, kind),
        }
    }

    /// Reads a text in the styles of this input; the first that fits counts.
    pub fn write(&self, text: &str) -> Option<Written> {
        self.styles.iter().find_map(|style| match style {
            TimeStyle::YearFirst => styles::year_first(text),
            TimeStyle::MonthNameFirst => styles::named(text, &self.months, true),
            TimeStyle::DayMonthName => styles::named(text, &self.months, false),
            TimeStyle::MonthDayYear => styles::digits(text, '/', true),
            TimeStyle::DayDotMonth => styles::digits(text, '.', false),
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
            Some(offset) => zone::at_offset(offset, local),
            None => zone::in_zone(zone, local),
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
