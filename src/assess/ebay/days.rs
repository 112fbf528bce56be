//! eBay's business days of an order: the base calendar with what the casebook says of single days, and the same
//! with a platform's days off in it. The two are counted apart.

use crate::assess::case::Case;
use crate::casebook::DayKind;
use crate::rulebook::Area;
use chrono::{Days as Count, NaiveDate};

/// No estimate reaches further; a date beyond it was misread.
const REACH: i64 = 800;

/// A stretch of days off, both ends in it.
pub type Off = (NaiveDate, NaiveDate);

/// The business days of where the item lies.
pub struct Days<'c> {
    case: &'c Case<'c>,
    area: Area,
    off: &'c [Off],
}

impl<'c> Days<'c> {
    /// The base calendar.
    pub fn base(case: &'c Case<'c>) -> Days<'c> {
        Days { case, area: case.area(), off: &[] }
    }

    /// The calendar with these days off.
    pub fn extended(case: &'c Case<'c>, off: &'c [Off]) -> Days<'c> {
        Days { off, ..Days::base(case) }
    }

    /// Whether it is a business day.
    pub fn open(&self, day: NaiveDate) -> bool {
        if self.off.iter().any(|(first, last)| (*first..=*last).contains(&day)) {
            return false;
        }
        if let Some(kind) = self.case.run.casebook.day(self.area.as_str(), day) {
            return kind == DayKind::Workday;
        }
        let calendar = &self.case.book.calendar;
        if !calendar.knows(self.area, day) {
            self.case.note_calendar(self.area, day);
        }
        calendar.is_business_day(self.area, day)
    }

    /// How many there are after `start`, up to `end`.
    pub fn between(&self, start: NaiveDate, end: NaiveDate) -> u32 {
        let days = start.iter_days().skip(1).take_while(|day| *day <= end).take(REACH as usize);
        days.filter(|day| self.open(*day)).count() as u32
    }

    /// The day `count` business days after `start`; nothing where that lies too far ahead.
    pub fn after(&self, start: NaiveDate, count: u32) -> Option<NaiveDate> {
        let Some(count) = count.checked_sub(1) else { return Some(start) };
        let days = start.iter_days().skip(1).take(REACH as usize);
        days.filter(|day| self.open(*day)).nth(count as usize)
    }

    /// Where days off begin of which only the last is given: with the last base holiday before it.
    pub fn holiday_before(&self, last: NaiveDate) -> NaiveDate {
        use chrono::{Datelike, Weekday};
        let weekend = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let back = (0..60).filter_map(|n| last.checked_sub_days(Count::new(n)));
        back.into_iter().find(|day| !weekend(*day) && !self.open(*day)).unwrap_or(last)
    }
}
