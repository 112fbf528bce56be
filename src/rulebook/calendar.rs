//! Business days: Monday to Friday less the holidays of a place.

use crate::rulebook::param::{DaysOff, Param};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// A place with holidays of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    /// Mainland China.
    Cn,
    /// Hong Kong.
    Hk,
    /// Elsewhere: weekends only.
    Other,
}

impl Area {
    /// The code in rulebooks and casebooks.
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::Cn => "CN",
            Area::Hk => "HK",
            Area::Other => "other",
        }
    }
}

/// Business days by area. Make-up Saturdays (调休) are no business days here: a platform that counts business
/// days does not count them.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    platform: Vec<(Area, BTreeSet<NaiveDate>, i32)>,
}

impl Calendar {
    /// The public calendar, with the platform's own years on top: where it gives days off for a year and area,
    /// these replace the public ones of that year.
    pub fn new(base: &Param<Vec<DaysOff>>) -> Calendar {
        let mut platform: Vec<(Area, BTreeSet<NaiveDate>, i32)> = Vec::new();
        for off in base.entries.iter().flat_map(|entry| &entry.value) {
            let area = if off.area == "HK" { Area::Hk } else { Area::Cn };
            let year = off.first.year();
            let days = off.first.iter_days().take_while(|day| *day <= off.last);
            match platform.iter_mut().find(|(a, _, y)| *a == area && *y == year) {
                Some((_, set, _)) => set.extend(days),
                None => platform.push((area, days.collect(), year)),
            }
        }
        Calendar { platform }
    }

    /// Whether an order can be handled on this day.
    pub fn is_business_day(&self, area: Area, day: NaiveDate) -> bool {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            return false;
        }
        if let Some((_, off, _)) = self.platform.iter().find(|(a, _, year)| *a == area && *year == day.year())
        {
            return !off.contains(&day);
        }
        match area {
            Area::Cn => decreed(day).is_none_or(|kind| !kind.is_holiday()),
            Area::Hk | Area::Other => true,
        }
    }

    /// Whether mainland offices work on this day, make-up Saturdays (调休) among them.
    pub fn is_worked_in_china(day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        decreed(day).map_or(!weekend, |kind| kind.is_workday())
    }

    /// The day `count` business days after `start`; the start itself does not count.
    pub fn add_business_days(&self, area: Area, start: NaiveDate, count: u32) -> NaiveDate {
        let mut day = start;
        let mut left = count;
        while left > 0 {
            day = day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
            if self.is_business_day(area, day) || day == NaiveDate::MAX {
                left -= 1;
            }
        }
        day
    }
}

/// What mainland China's decrees make of this day; nothing for a year that was not decreed yet.
fn decreed(day: NaiveDate) -> Option<chinese_holiday::DayKind> {
    let known = (2004..=2026).contains(&day.year()) && (day.year(), day.month(), day.day()) <= (2026, 12, 25);
    known.then(|| {
        let (year, month, date) = (day.year() as u16, day.month() as u8, day.day() as u8);
        chinese_holiday::chinese_holiday(chinese_holiday::Ymd::new(year, month, date))
    })
}
