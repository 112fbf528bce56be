//! A policy number: dated, cited, typed.

use chrono::{Duration, NaiveDate};
use serde::Deserialize;
use std::fmt;

/// How well a number is sourced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// The platform says so itself.
    Official,
    /// A reprint of what the platform says.
    Reprint,
    /// Ours: the sources leave it open.
    Inferred,
}

impl Grade {
    /// The word in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Grade::Official => "official",
            Grade::Reprint => "reprint",
            Grade::Inferred => "inferred",
        }
    }
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The text.
    pub id: String,
    /// The place in it.
    pub at: String,
    /// How well it is sourced.
    pub grade: Grade,
}

/// One value, and from which day it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// The first day; `None` where the source gives none.
    pub from: Option<NaiveDate>,
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
}

/// A parameter: its values over time, the newest last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param<T> {
    /// Its full name, such as `jd.pickup-trace`.
    pub name: String,
    /// At least one.
    pub entries: Vec<Entry<T>>,
}

impl<T> Param<T> {
    /// The entry in force on a day: the last one not after it. Before the first the first holds, since an
    /// audit without a number would be none.
    pub fn on(&self, day: Option<NaiveDate>) -> Option<&Entry<T>> {
        let in_force = |entry: &&Entry<T>| match (entry.from, day) {
            (Some(from), Some(day)) => from <= day,
            (Some(_), None) => false,
            (None, _) => true,
        };
        self.entries.iter().rev().find(in_force).or_else(|| self.entries.first())
    }
}

/// A length of time as written in a rulebook: `24h`, `180d`, `30m`, `90s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span(pub Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.num_seconds();
        match () {
            () if seconds % 3600 == 0 && (seconds % 86_400 != 0 || seconds < 5 * 86_400) => {
                write!(f, "{} h", seconds / 3600)
            }
            () if seconds % 86_400 == 0 => write!(f, "{} d", seconds / 86_400),
            () if seconds % 60 == 0 => write!(f, "{} min", seconds / 60),
            () => write!(f, "{seconds} s"),
        }
    }
}

/// A share as written in a rulebook: `95%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub u32);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

/// A value that a rulebook can hold.
pub trait Value: Sized {
    /// What must stand there, for the error message.
    const EXPECTED: &'static str;

    /// Reads it.
    fn read(value: &toml::Value) -> Option<Self>;

    /// Shows it.
    fn show(&self) -> String;
}

impl Value for Span {
    const EXPECTED: &'static str = "a length of time such as \"24h\" or \"180d\"";

    fn read(value: &toml::Value) -> Option<Span> {
        let text = value.as_str()?.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = text[..digits].parse().ok()?;
        let unit = match text[digits..].trim() {
            "d" => 86_400,
            "h" => 3600,
            "m" | "min" => 60,
            "s" => 1,
            _ => return None,
        };
        Duration::try_seconds(number.checked_mul(unit)?).map(Span)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for Percent {
    const EXPECTED: &'static str = "a share such as \"95%\"";

    fn read(value: &toml::Value) -> Option<Percent> {
        let number = value.as_str()?.trim().strip_suffix('%')?.trim().parse().ok()?;
        (number <= 100).then_some(Percent(number))
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for u32 {
    const EXPECTED: &'static str = "a whole number";

    fn read(value: &toml::Value) -> Option<u32> {
        value.as_integer().and_then(|number| u32::try_from(number).ok())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// Weights of the 24 hours of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyCurve(pub [u32; 24]);

impl Value for DailyCurve {
    const EXPECTED: &'static str = "a list of 24 whole numbers, not all of them 0";

    fn read(value: &toml::Value) -> Option<DailyCurve> {
        let weights: Option<Vec<u32>> = value.as_array()?.iter().map(u32::read).collect();
        let weights: [u32; 24] = weights?.try_into().ok()?;
        weights.iter().any(|weight| *weight > 0).then_some(DailyCurve(weights))
    }

    fn show(&self) -> String {
        self.0.map(|weight| weight.to_string()).join(" ")
    }
}

/// From which moment JD counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JdStart {
    /// From payment; from the order for cash on delivery.
    Paid,
    /// From the order.
    Ordered,
}

impl Value for JdStart {
    const EXPECTED: &'static str = "\"paid\" or \"ordered\"";

    fn read(value: &toml::Value) -> Option<JdStart> {
        match value.as_str()? {
            "paid" => Some(JdStart::Paid),
            "ordered" => Some(JdStart::Ordered),
            _ => None,
        }
    }

    fn show(&self) -> String {
        match self {
            JdStart::Paid => "paid".to_owned(),
            JdStart::Ordered => "ordered".to_owned(),
        }
    }
}

impl Value for Vec<String> {
    const EXPECTED: &'static str = "a list of words";

    fn read(value: &toml::Value) -> Option<Vec<String>> {
        value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
    }

    fn show(&self) -> String {
        self.join("; ")
    }
}
