//! Policy values made of days: windows of a platform, days off, ship dates that were set.

use super::param::{Span, Value};
use chrono::NaiveDate;
use std::fmt;

/// Orders of some days, and the day by which all of them are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShipWindow {
    /// The first day of ordering.
    pub first: NaiveDate,
    /// The last one.
    pub last: NaiveDate,
    /// The day by whose end they are done.
    pub due: NaiveDate,
}

/// A day in a table of a rulebook.
fn day_of(value: &toml::Value, key: &str) -> Option<NaiveDate> {
    value.get(key)?.as_str()?.parse().ok()
}

impl Value for ShipWindow {
    const EXPECTED: &'static str = "a table { first, last, due } of days such as \"2023-01-16\"";

    fn read(value: &toml::Value) -> Option<ShipWindow> {
        let day = |key| day_of(value, key);
        Some(ShipWindow { first: day("first")?, last: day("last")?, due: day("due")? })
    }

    fn show(&self) -> String {
        format!("{} – {} → {}", self.first, self.last, self.due)
    }
}

/// A time in which orders from or to a region are not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegionWindow {
    /// The region, by its six-digit code.
    pub region: u32,
    /// The first day of a promised ship time.
    pub promised_from: NaiveDate,
    /// The first day of shipping, for what comes after it.
    pub shipped_from: NaiveDate,
    /// The last day of either.
    pub last: NaiveDate,
}

impl Value for RegionWindow {
    const EXPECTED: &'static str =
        "a table { region, promised_from, shipped_from, last }: a six-digit code, and days";

    fn read(value: &toml::Value) -> Option<RegionWindow> {
        let day = |key| day_of(value, key);
        Some(RegionWindow {
            region: u32::read(value.get("region")?)?,
            promised_from: day("promised_from")?,
            shipped_from: day("shipped_from")?,
            last: day("last")?,
        })
    }

    fn show(&self) -> String {
        format!("{}: {} / {} – {}", self.region, self.promised_from, self.shipped_from, self.last)
    }
}

/// A ship date that a platform set, and for which orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShipDate {
    /// Paid from the first to the last of these days.
    pub paid: (NaiveDate, NaiveDate),
    /// Where the payment is not known, the time of ordering stands for it.
    pub or_ordered: bool,
    /// The agreed ship date from the first to the last of these days.
    pub agreed: (NaiveDate, NaiveDate),
    /// The day up to which they may ship.
    pub ship_by: NaiveDate,
}

impl Value for Vec<ShipDate> {
    const EXPECTED: &'static str = "a list of [\"paid from\", \"paid to\", \"agreed from\", \"agreed to\", \"ship by\"], \
         with \"or-ordered\" last where the time of ordering may stand for the payment";

    fn read(value: &toml::Value) -> Option<Vec<ShipDate>> {
        let one = |item: &toml::Value| {
            let all = item.as_array()?;
            let or_ordered = all.last()?.as_str() == Some("or-ordered");
            let days = &all[..all.len() - usize::from(or_ordered)];
            let days: Option<Vec<NaiveDate>> = days.iter().map(|day| day.as_str()?.parse().ok()).collect();
            let [paid_from, paid_to, agreed_from, agreed_to, ship_by] = days?[..] else { return None };
            let (paid, agreed) = ((paid_from, paid_to), (agreed_from, agreed_to));
            Some(ShipDate { paid, or_ordered, agreed, ship_by })
        };
        value.as_array()?.iter().map(one).collect()
    }

    fn show(&self) -> String {
        let one = |date: &ShipDate| {
            let ShipDate { paid, agreed, ship_by, .. } = date;
            format!("{} – {} / {} – {}: {ship_by}", paid.0, paid.1, agreed.0, agreed.1)
        };
        self.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

/// Days off of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysOff {
    /// `CN`, `HK` …
    pub area: String,
    /// The first day off.
    pub first: NaiveDate,
    /// The last day off.
    pub last: NaiveDate,
}

impl Value for Vec<DaysOff> {
    const EXPECTED: &'static str = "a list of [\"area\", \"first day\", \"last day\"]";

    fn read(value: &toml::Value) -> Option<Vec<DaysOff>> {
        let one = |item: &toml::Value| {
            let [area, first, last] = item.as_array()?.as_slice() else { return None };
            let day = |v: &toml::Value| v.as_str()?.parse::<NaiveDate>().ok();
            Some(DaysOff { area: area.as_str()?.to_owned(), first: day(first)?, last: day(last)? })
        };
        value.as_array()?.iter().map(one).collect()
    }

    fn show(&self) -> String {
        let one = |off: &DaysOff| format!("{} {} – {}", off.area, off.first, off.last);
        self.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

/// Orders of some days that ship later, as a platform grants it over a holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderWindow {
    /// Orders placed from this day on.
    pub first: NaiveDate,
    /// Up to this day, itself included.
    pub last: NaiveDate,
    /// By when they ship.
    pub due: WindowDue,
}

/// By when the orders of a window ship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowDue {
    /// By the end of a day.
    On(NaiveDate),
    /// Within a time after payment.
    AfterPayment(Span),
}

impl fmt::Display for OrderWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.due {
            WindowDue::On(day) => write!(f, "{} – {}: {day}", self.first, self.last),
            WindowDue::AfterPayment(span) => write!(f, "{} – {}: {span}", self.first, self.last),
        }
    }
}

impl Value for Vec<OrderWindow> {
    const EXPECTED: &'static str = "a list of [\"first day\", \"last day\", \"day due\" or \"72h\"]";

    fn read(value: &toml::Value) -> Option<Vec<OrderWindow>> {
        let one = |item: &toml::Value| {
            let [first, last, due] = item.as_array()?.as_slice() else { return None };
            let day = |v: &toml::Value| v.as_str()?.parse::<NaiveDate>().ok();
            let after = || Span::read(due).map(WindowDue::AfterPayment);
            let due = day(due).map(WindowDue::On).or_else(after)?;
            Some(OrderWindow { first: day(first)?, last: day(last)?, due })
        };
        value.as_array()?.iter().map(one).collect()
    }

    fn show(&self) -> String {
        self.iter().map(OrderWindow::to_string).collect::<Vec<_>>().join("; ")
    }
}
