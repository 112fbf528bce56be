//! The rulebook as it is written, to the rulebook as the rules read it.

use crate::rulebook::calendar::Calendar;
use crate::rulebook::param::{DaysOff, Entry, JdStart, Param, Percent, Source, Span, Value};
use chrono::NaiveDate;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

const GENERAL: &str = include_str!("general.toml");
const JD: &str = include_str!("jd.toml");
const EBAY: &str = include_str!("ebay.toml");
const DOUYIN: &str = include_str!("douyin.toml");
const PINDUODUO: &str = include_str!("pinduoduo.toml");

/// Why a rulebook could not be used.
#[derive(Debug, Error)]
pub enum BookError {
    /// No TOML; the message carries the line.
    #[error("rulebook {section}: {source}")]
    Toml {
        /// The section.
        section: &'static str,
        /// What the TOML reader says.
        source: Box<toml::de::Error>,
    },
    /// A parameter is missing.
    #[error("rulebook {section}: the parameter \"{key}\" is missing")]
    Missing {
        /// The section.
        section: &'static str,
        /// The key.
        key: &'static str,
    },
    /// A parameter that no rule knows.
    #[error("rulebook {section}: no rule knows the parameter \"{key}\"")]
    Unknown {
        /// The section.
        section: &'static str,
        /// The key.
        key: String,
    },
    /// A value of the wrong kind.
    #[error("rulebook {section}: \"{key}\" must be {expected}")]
    Value {
        /// The section.
        section: &'static str,
        /// The key.
        key: &'static str,
        /// What must stand there.
        expected: &'static str,
    },
}

/// Thresholds of the judgement.
#[allow(clippy::struct_field_names)] // hours and days apart: both kinds are kinds of rules
#[derive(Clone, Debug)]
pub struct General {
    /// Urgent from this long before the deadline, for rules counted in hours.
    pub urgent_hours_rules: Param<Span>,
    /// The same for rules counted in days.
    pub urgent_days_rules: Param<Span>,
    /// Warning from this long before, for rules counted in hours.
    pub warning_hours_rules: Param<Span>,
    /// The same for rules counted in days.
    pub warning_days_rules: Param<Span>,
}

/// JD.
#[derive(Clone, Debug)]
pub struct Jd {
    /// Waybill upload after the order stands.
    pub waybill_upload: Param<Span>,
    /// Pickup trace after the order stands.
    pub pickup_trace: Param<Span>,
    /// When an order stands.
    pub start: Param<JdStart>,
    /// The weekly rate that must be reached.
    pub weekly_rate: Param<Percent>,
    /// Points for a delayed order.
    pub points_per_order: Param<u32>,
    /// Points a week at most.
    pub points_per_week: Param<u32>,
    /// How long the buyer may take to answer a delay card.
    pub card_answer: Param<Span>,
    /// How far behind the new ship time the pickup may follow.
    pub card_pickup_gap: Param<Span>,
}

/// eBay.
#[derive(Clone, Debug)]
pub struct Ebay {
    /// eBay's own days off, where they differ from the public ones.
    pub base_holidays: Param<Vec<DaysOff>>,
}

/// Douyin.
#[derive(Clone, Debug)]
pub struct Douyin {
    /// Shipping after payment, where no promise is shown.
    pub ship_after_payment: Param<Span>,
    /// Pickup after shipping.
    pub pickup: Param<Span>,
    /// First transit trace after pickup.
    pub dispatch: Param<Span>,
    /// A new trace after the last one.
    pub transit: Param<Span>,
    /// The hours of the ship rate.
    pub ship_rate_hours: Param<Span>,
}

/// Pinduoduo.
#[derive(Clone, Debug)]
pub struct Pinduoduo {
    /// Shipping after payment, where no promise is shown.
    pub ship_after_payment: Param<Span>,
    /// Pickup after shipping.
    pub pickup: Param<Span>,
    /// A new trace after the last one.
    pub stalled: Param<Span>,
}

/// A parameter as it is shown: name, value, since when, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Full name, such as `jd.pickup-trace`.
    pub name: String,
    /// The value.
    pub value: String,
    /// The first day, where the source gives one.
    pub from: Option<NaiveDate>,
    /// Where it comes from.
    pub source: Source,
}

/// The rulebook in force for a run.
#[derive(Clone, Debug)]
pub struct Book {
    /// Thresholds of the judgement.
    pub general: General,
    /// JD.
    pub jd: Jd,
    /// eBay.
    pub ebay: Ebay,
    /// Douyin.
    pub douyin: Douyin,
    /// Pinduoduo.
    pub pinduoduo: Pinduoduo,
    /// Business days.
    pub calendar: Calendar,
    /// Everything above, for showing.
    pub shown: Vec<Shown>,
    /// SHA-256 of the rulebook's text, in hexadecimal.
    pub hash: String,
}

impl Book {
    /// The built-in rulebook.
    ///
    /// # Errors
    /// Only when the program itself was built from a broken rulebook, which a test excludes.
    pub fn built_in() -> Result<Book, BookError> {
        let mut shown = Vec::new();
        let mut s = Section::open("general", GENERAL, &mut shown)?;
        let general = General {
            urgent_hours_rules: s.param("urgent-hours-rules")?,
            urgent_days_rules: s.param("urgent-days-rules")?,
            warning_hours_rules: s.param("warning-hours-rules")?,
            warning_days_rules: s.param("warning-days-rules")?,
        };
        s.close()?;
        let mut s = Section::open("jd", JD, &mut shown)?;
        let jd = Jd {
            waybill_upload: s.param("waybill-upload")?,
            pickup_trace: s.param("pickup-trace")?,
            start: s.param("start")?,
            weekly_rate: s.param("weekly-rate")?,
            points_per_order: s.param("points-per-order")?,
            points_per_week: s.param("points-per-week")?,
            card_answer: s.param("card-answer")?,
            card_pickup_gap: s.param("card-pickup-gap")?,
        };
        s.close()?;
        let mut s = Section::open("ebay", EBAY, &mut shown)?;
        let ebay = Ebay { base_holidays: s.param("base-holidays")? };
        s.close()?;
        let mut s = Section::open("douyin", DOUYIN, &mut shown)?;
        let douyin = Douyin {
            ship_after_payment: s.param("ship-after-payment")?,
            pickup: s.param("pickup")?,
            dispatch: s.param("dispatch")?,
            transit: s.param("transit")?,
            ship_rate_hours: s.param("ship-rate-hours")?,
        };
        s.close()?;
        let mut s = Section::open("pinduoduo", PINDUODUO, &mut shown)?;
        let pinduoduo = Pinduoduo {
            ship_after_payment: s.param("ship-after-payment")?,
            pickup: s.param("pickup")?,
            stalled: s.param("stalled")?,
        };
        s.close()?;
        let calendar = Calendar::new(&ebay.base_holidays);
        let mut hasher = Sha256::new();
        for text in [GENERAL, JD, EBAY, DOUYIN, PINDUODUO] {
            hasher.update(text.as_bytes());
        }
        let hash = hex(&hasher.finalize());
        Ok(Book { general, jd, ebay, douyin, pinduoduo, calendar, shown, hash })
    }

    /// The parameters whose names are listed, for `shipby rule` and the Rules sheet.
    pub fn shown<'b>(&'b self, names: &'b [&'b str]) -> impl Iterator<Item = &'b Shown> {
        names.iter().flat_map(|name| self.shown.iter().filter(move |shown| shown.name == *name))
    }
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// One entry as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    from: toml::Value,
    value: toml::Value,
    source: Source,
}

/// A marketplace's part of the rulebook while it is read.
struct Section<'s> {
    name: &'static str,
    table: toml::Table,
    shown: &'s mut Vec<Shown>,
}

impl<'s> Section<'s> {
    fn open(name: &'static str, text: &str, shown: &'s mut Vec<Shown>) -> Result<Section<'s>, BookError> {
        let table = text
            .parse::<toml::Table>()
            .map_err(|source| BookError::Toml { section: name, source: Box::new(source) })?;
        Ok(Section { name, table, shown })
    }

    fn param<T: Value>(&mut self, key: &'static str) -> Result<Param<T>, BookError> {
        let section = self.name;
        let value = self.table.remove(key).ok_or(BookError::Missing { section, key })?;
        let raw: Vec<RawEntry> =
            value.try_into().map_err(|source| BookError::Toml { section, source: Box::new(source) })?;
        let name = format!("{section}.{key}");
        let mut entries = Vec::with_capacity(raw.len());
        for entry in raw {
            let value =
                T::read(&entry.value).ok_or(BookError::Value { section, key, expected: T::EXPECTED })?;
            let from = first_day(&entry.from).map_err(|()| BookError::Value {
                section,
                key,
                expected: "dated by `from`: a day such as 2020-01-24, or \"inferred\"",
            })?;
            self.shown.push(Shown {
                name: name.clone(),
                value: value.show(),
                from,
                source: entry.source.clone(),
            });
            entries.push(Entry { from, value, source: entry.source });
        }
        if entries.is_empty() {
            return Err(BookError::Missing { section, key });
        }
        entries.sort_by_key(|entry| entry.from);
        Ok(Param { name, entries })
    }

    fn close(self) -> Result<(), BookError> {
        match self.table.keys().next() {
            None => Ok(()),
            Some(key) => Err(BookError::Unknown { section: self.name, key: key.clone() }),
        }
    }
}

fn first_day(value: &toml::Value) -> Result<Option<NaiveDate>, ()> {
    match value {
        toml::Value::String(text) if text == "inferred" => Ok(None),
        toml::Value::Datetime(day) => day.to_string().parse().map(Some).map_err(|_| ()),
        toml::Value::String(text) => text.parse().map(Some).map_err(|_| ()),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Book, BookError, Section};
    use crate::rulebook::{Param, Span};
    use chrono::{Duration, NaiveDate};

    #[test]
    fn the_built_in_rulebook_is_whole_and_every_number_is_sourced() {
        let book = Book::built_in().expect("the built-in rulebook");
        assert_eq!(book.jd.pickup_trace.entries[0].value, Span(Duration::hours(48)));
        assert!(book.shown.iter().all(|shown| !shown.source.at.is_empty()));
        assert_eq!(book.hash.len(), 64);
    }

    fn param(text: &str) -> Result<Param<Span>, BookError> {
        let mut shown = Vec::new();
        let mut section = Section::open("test", text, &mut shown)?;
        let param = section.param("wait")?;
        section.close()?;
        Ok(param)
    }

    #[test]
    fn the_last_entry_not_after_the_day_is_in_force() {
        let source = "source = { id = \"t\", at = \"x\", grade = \"official\" }";
        let param = param(&format!(
            "[[wait]]\nfrom = \"inferred\"\nvalue = \"24h\"\n{source}\n[[wait]]\nfrom = 2021-05-01\nvalue = \"36h\"\n{source}\n"
        ))
        .expect("a parameter");
        let hours = |day: &str| {
            let day: NaiveDate = day.parse().expect("a day");
            param.on(Some(day)).map(|entry| entry.value.0.num_hours())
        };
        assert_eq!(hours("2021-04-30"), Some(24));
        assert_eq!(hours("2021-05-01"), Some(36));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let source = "source = { id = \"t\", at = \"x\", grade = \"official\" }";
        let error = |text: String| param(&text).expect_err("an error").to_string();
        assert_eq!(error(String::new()), "rulebook test: the parameter \"wait\" is missing");
        let wrong = error(format!("[[wait]]\nfrom = \"inferred\"\nvalue = 3\n{source}\n"));
        assert!(wrong.contains("must be a length of time"), "{wrong}");
        let more =
            error(format!("[[wait]]\nfrom = \"inferred\"\nvalue = \"3h\"\n{source}\n[[other]]\nx = 1\n"));
        assert!(more.contains("no rule knows the parameter \"other\""), "{more}");
    }
}
