//! Business days: Monday to Friday less the holidays of a place.

use crate::rulebook::{DaysOff, Param};
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
    platform: BTreeSet<(Area, NaiveDate)>,
    hong_kong: BTreeSet<NaiveDate>,
    hong_kong_years: BTreeSet<i32>,
}

impl Calendar {
    /// The public calendars, with the platform's own days off on top. Hong Kong's are the rulebook's; a year that
    /// gives a day is known in full.
    pub fn new(base: &Param<Vec<DaysOff>>, hong_kong: &Param<Vec<DaysOff>>) -> Calendar {
        let area = |off: &DaysOff| if off.area == "HK" { Area::Hk } else { Area::Cn };
        let stretches = |param: &'_ Param<Vec<DaysOff>>| {
            param.entries.iter().flat_map(|entry| entry.value.clone()).collect::<Vec<_>>()
        };
        let days = |off: &DaysOff| {
            let last = off.last;
            off.first.iter_days().take_while(move |day| *day <= last)
        };
        let base = stretches(base);
        let platform = base.iter().flat_map(|off| days(off).map(|day| (area(off), day))).collect();
        let hong_kong: BTreeSet<_> = stretches(hong_kong).iter().flat_map(days).collect();
        let hong_kong_years = hong_kong.iter().map(Datelike::year).collect();
        Calendar { platform, hong_kong, hong_kong_years }
    }

    /// Whether an order can be handled on this day.
    pub fn is_business_day(&self, area: Area, day: NaiveDate) -> bool {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || self.platform.contains(&(area, day)) {
            return false;
        }
        !self.is_public(area, day) || self.is_replaced(area, day)
    }

    /// Whether the holidays around a day were published for a place. Where they were not, only weekends are known.
    pub fn knows(&self, area: Area, day: NaiveDate) -> bool {
        match area {
            Area::Cn => decreed(day).is_some(),
            Area::Hk => self.hong_kong_years.contains(&day.year()),
            Area::Other => true,
        }
    }

    fn is_public(&self, area: Area, day: NaiveDate) -> bool {
        match area {
            Area::Cn => decreed(day).is_some_and(|kind| kind.is_holiday()),
            Area::Hk => self.hong_kong.contains(&day),
            Area::Other => false,
        }
    }

    /// Whether the platform set days off of its own within the same public holiday: then its days are the days off,
    /// and the rest of that holiday is worked. The mainland's Spring Festival of 2020 was lengthened later by
    /// decree, and the platform counted from the calendar before that.
    fn is_replaced(&self, area: Area, day: NaiveDate) -> bool {
        let run = |step: fn(&NaiveDate) -> Option<NaiveDate>| {
            std::iter::successors(Some(day), step).take_while(|day| self.is_public(area, *day))
        };
        let (mut back, mut ahead) = (run(NaiveDate::pred_opt), run(NaiveDate::succ_opt));
        let own = |day: NaiveDate| self.platform.contains(&(area, day));
        back.any(own) || ahead.any(own)
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

#[cfg(test)]
mod tests {
    use super::{Area, Calendar};
    use crate::rulebook::Book;
    use chrono::NaiveDate;

    fn open(area: Area, day: &str) -> bool {
        let book = Book::built_in().expect("the rulebook");
        book.calendar.is_business_day(area, day.parse::<NaiveDate>().expect("a date"))
    }

    #[test]
    fn the_platforms_own_days_stand_for_the_public_holiday_they_lie_in_and_no_other() {
        for (day, expected) in [
            ("2020-01-23", true),
            ("2020-01-24", false),
            ("2020-01-30", false),
            // Off by the later decree, worked by eBay's base calendar.
            ("2020-01-31", true),
            ("2020-02-03", true),
            ("2020-05-01", false),
            ("2020-05-05", false),
            ("2020-05-06", true),
            ("2020-10-08", false),
            ("2026-02-23", false),
            ("2026-02-24", true),
            // Worked for the holiday, but no business day of the platform.
            ("2026-02-14", false),
        ] {
            assert_eq!(open(Area::Cn, day), expected, "{day}");
        }
    }

    #[test]
    fn hong_kong_has_its_general_holidays() {
        for (day, expected) in [
            ("2020-01-24", true),
            ("2020-01-27", false),
            ("2020-01-29", true),
            ("2020-10-26", false),
            ("2021-04-06", false),
            ("2022-09-12", false),
            ("2023-01-25", false),
            ("2023-01-26", true),
            ("2026-02-16", true),
            ("2026-02-19", false),
            ("2026-02-20", true),
            ("2026-04-07", false),
            ("2027-02-09", false),
            ("2027-12-27", false),
        ] {
            assert_eq!(open(Area::Hk, day), expected, "{day}");
            let elsewhere = open(Area::Other, day);
            assert!(elsewhere, "{day} is no weekend");
        }
    }

    #[test]
    fn every_day_from_2020_is_known_up_to_the_last_that_was_published() {
        let calendar = Book::built_in().expect("the rulebook").calendar;
        for (day, mainland, hong_kong) in [
            ("2019-12-31", true, false),
            ("2020-01-01", true, true),
            ("2026-12-25", true, true),
            // The decree for 2027 may still move these days of 2026.
            ("2026-12-28", false, true),
            ("2027-12-31", false, true),
            ("2028-01-03", false, false),
        ] {
            let day = day.parse().expect("a date");
            assert_eq!(calendar.knows(Area::Cn, day), mainland, "{day}");
            assert_eq!(calendar.knows(Area::Hk, day), hong_kong, "{day}");
            assert!(calendar.knows(Area::Other, day));
        }
    }

    #[test]
    fn make_up_days_are_worked_by_mainland_offices() {
        for (day, expected) in [
            ("2020-01-19", true),
            ("2020-02-01", false),
            ("2021-02-20", true),
            ("2022-01-29", true),
            ("2023-01-28", true),
            ("2024-02-18", true),
            ("2025-02-08", true),
            ("2026-02-28", true),
            ("2026-02-23", false),
            ("2026-03-07", false),
        ] {
            assert_eq!(Calendar::is_worked_in_china(day.parse().expect("a date")), expected, "{day}");
        }
    }
}
