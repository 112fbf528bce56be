//! What eBay's notices do to the dates of an order, worked out once for the rules that ask.

use crate::assess::case::Case;
use crate::assess::ebay::days::{Days, Off};
use crate::assess::rule::Obligation;
use crate::casebook::{Miss, Notice, NoticeKind};
use crate::normalise::day_in;
use crate::order::{Field, Instant, Marketplace};
use crate::rulebook::{Area, DaysOff};
use chrono::NaiveDate;

/// A claim on an order: its new date, or the one thing for which it does not hold.
pub type Moved = Result<NaiveDate, &'static str>;

/// The dates of an order before notices, and the days off that notices add.
pub struct Span<'c> {
    case: &'c Case<'c>,
    /// The day the clock starts; it does not count itself.
    start: NaiveDate,
    /// The last day before notices.
    original: NaiveDate,
    /// The days off that hold for the order.
    off: Vec<Off>,
    /// Why days off that fall into the span do not hold.
    missed: Option<Miss>,
}

impl<'c> Span<'c> {
    /// The span of an obligation that begins with a field; nothing where the field is not known, and where no notice
    /// and no holiday is near.
    pub fn new(case: &'c Case<'c>, obligation: &Obligation, start: Field) -> Option<Span<'c>> {
        let start = case.stamp(start).known()?;
        if nothing_off(case, start, obligation.base_due_at) {
            return None;
        }
        let start = day_in(case.export_zone(), start);
        let original = day_in(case.day_zone(), obligation.base_due_at);
        let mut span = Span { case, start, original, off: Vec::new(), missed: None };
        let candidates = span.candidates();
        for (number, (off, fit)) in candidates.iter().enumerate() {
            // The latest notice on the same days replaces earlier ones.
            let replaced = candidates[number + 1..].iter().any(|(later, _)| meet(*off, *later));
            match fit {
                _ if replaced => {}
                Ok(()) => span.off.push(*off),
                Err(miss) if span.touches(*off) => span.missed = Some(*miss),
                Err(_) => {}
            }
        }
        Some(span)
    }

    /// Days off for the place, the built-in ones first.
    fn candidates(&self) -> Vec<(Off, Result<(), Miss>)> {
        let case = self.case;
        let place_unknown = place_unknown(case);
        let fit = if place_unknown { Err(Miss::PlaceUnknown) } else { Ok(()) };
        let built_in = case.book.ebay.extended_holidays.entries.iter().flat_map(|entry| &entry.value);
        let mut list: Vec<_> = built_in
            .filter(|off| off.area == case.area().as_str() || place_unknown)
            .map(|off| ((off.first, off.last), fit))
            .collect();
        let scene = case.scene();
        for notice in case.run.casebook.notices(Marketplace::Ebay) {
            let Some(off) = days_off(case, notice) else { continue };
            match notice.fit(&scene) {
                Err(Miss::Store | Miss::Place | Miss::Service) => {}
                Err(Miss::PlaceUnknown) if !place_unknown => {}
                fit => list.push((off, fit)),
            }
        }
        list
    }

    /// Whether days off add one to those of the base calendar between start and original date.
    fn touches(&self, off: Off) -> bool {
        let base = Days::base(self.case);
        let (first, last) = (off.0.max(self.start), off.1.min(self.original));
        // Most orders have nothing to do with most holidays.
        if last <= self.start || last < first {
            return false;
        }
        let days = first.iter_days().take_while(|day| *day <= last);
        days.filter(|day| *day > self.start).take(400).any(|day| base.open(day))
    }

    /// As many business days after the start as before, on the calendar with the days off.
    pub fn holiday(&self) -> Option<Moved> {
        match self.recount()? {
            Ok((count, moved)) => {
                self.note("business-days", count.to_string(), "base calendar");
                self.note("recount", moved.to_string(), "calendar with the extended holiday");
                Some(Ok(moved.max(self.original)))
            }
            Err(why) => Some(Err(why)),
        }
    }

    /// The business days of the span, and the day to which they lead on the calendar with the days off.
    fn recount(&self) -> Option<Result<(u32, NaiveDate), &'static str>> {
        if !self.off.iter().any(|off| self.touches(*off)) {
            return self.missed.map(|miss| Err(miss.as_str()));
        }
        let count = Days::base(self.case).between(self.start, self.original);
        let moved = Days::extended(self.case, &self.off).after(self.start, count)?;
        Some(Ok((count, moved)))
    }

    /// Further by the business days of the order's shipping option, after what the holiday made of the date.
    pub fn service(&self) -> Option<Moved> {
        // The steps to the holiday's date stand in the trail of the rule that owns it.
        let holiday = self.recount().and_then(Result::ok).map(|(_, moved)| moved.max(self.original));
        let days = match self.service_days(holiday.is_some())? {
            Ok(days) => days,
            Err(why) => return Some(Err(why)),
        };
        let from = holiday.unwrap_or(self.original);
        let moved = Days::extended(self.case, &self.off).after(from, days)?;
        self.note("service-days", days.to_string(), "notice or rulebook ebay.service-extension");
        self.note("moved", moved.to_string(), "calendar with the extended holiday");
        Some(Ok(moved))
    }

    /// How many business days the shipping option gets: by the latest notice that speaks of it, else built in.
    fn service_days(&self, holiday: bool) -> Option<Result<u32, &'static str>> {
        let (case, option) = (self.case, self.case.service());
        let book = &case.book.ebay;
        let five = *case.value(&book.service_extension)?;
        let scene = case.scene();
        let mut answer = None;
        for notice in case.run.casebook.notices(Marketplace::Ebay) {
            if notice.kind == NoticeKind::AfterSales
                || (notice.service.is_none() && notice.extend_business_days.is_none())
            {
                continue;
            }
            let same_days = days_off(case, notice).is_none_or(|off| self.touches(off));
            // The end of a window alone is the day of the platform's own adjustment: no window of its own.
            let own = notice.ordered.from.is_some() || !notice.paid.is_open();
            match notice.fit(&scene) {
                Ok(()) if own || (holiday && same_days) => {
                    answer = Some(Ok(notice.extend_business_days.unwrap_or(five)));
                }
                Err(miss @ (Miss::Window | Miss::TimeUnknown)) if holiday && same_days => {
                    answer = Some(Err(miss.as_str()));
                }
                _ => {}
            }
        }
        let option = option.to_lowercase();
        let holiday = holiday && self.beside_own_holiday();
        let named = case.value(&book.extended_services)?.iter().any(|s| option.contains(&s.to_lowercase()));
        answer.or(match () {
            () if !holiday => None,
            () if option.is_empty() => Some(Err("service-unknown")),
            () => named.then_some(Ok(five)),
        })
    }

    /// Whether the holiday that moves the order is the one for which the platform itself lengthened its estimates:
    /// for another holiday a notice must grant that.
    fn beside_own_holiday(&self) -> bool {
        let area = self.case.area().as_str();
        let own = self.case.book.ebay.extended_holidays.entries.iter().flat_map(|entry| &entry.value);
        let own: Vec<Off> = own.filter(|off| off.area == area).map(|off| (off.first, off.last)).collect();
        let moving = self.off.iter().filter(|off| self.touches(**off));
        moving.into_iter().any(|off| own.iter().any(|own| meet(*off, *own)))
    }

    fn note(&self, step: &str, value: String, from: &str) {
        let (step, from) = (step.to_owned(), from.to_owned());
        self.case.note(|| crate::assess::Step { step, value, from });
    }
}

/// Whether no days off can lie between two instants, as for most orders: no notice, and no built-in holiday within a
/// day of them, in whatever zone.
fn nothing_off(case: &Case<'_>, start: Instant, end: Instant) -> bool {
    let (first, last) = (start.date_naive().pred_opt(), end.date_naive().succ_opt());
    let mut built_in = case.book.ebay.extended_holidays.entries.iter().flat_map(|entry| &entry.value);
    let apart = |off: &DaysOff| {
        last.is_some_and(|last| last < off.first) || first.is_some_and(|first| off.last < first)
    };
    built_in.all(apart) && case.run.casebook.notices(Marketplace::Ebay).next().is_none()
}

/// Whether two stretches share a day.
fn meet(a: Off, b: Off) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// The days off of a notice.
fn days_off(case: &Case<'_>, notice: &Notice) -> Option<Off> {
    if notice.kind != NoticeKind::Holiday {
        return None;
    }
    let zone = case.day_zone();
    match (notice.off.days(zone), notice.off.to) {
        (Some(days), _) => Some(days),
        (None, Some(last)) => {
            let last = last.day(zone);
            Some((Days::base(case).holiday_before(last), last))
        }
        (None, None) => None,
    }
}

/// Whether nobody said where the item lies. A place abroad is known, though no region of ours.
fn place_unknown(case: &Case<'_>) -> bool {
    let columns = [Field::ShipFrom, Field::ItemCountry, Field::ItemLocation];
    case.area() == Area::Other
        && !case.ships_from().is_known()
        && columns.iter().all(|field| case.input.heading(*field).is_none())
}
