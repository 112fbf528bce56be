//! One section of the rulebook as it is written, to typed parameters.

use crate::rulebook::book::Shown;
use crate::rulebook::overlay::Overlay;
use crate::rulebook::param::{Entry, Param, Source, Value};
use chrono::NaiveDate;
use serde::Deserialize;
use thiserror::Error;

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
        key: String,
    },
    /// A parameter that no rule knows.
    #[error("rulebook {section}: no rule knows the parameter \"{key}\"")]
    Unknown {
        /// The section.
        section: &'static str,
        /// The key.
        key: String,
    },
    /// A value of an overlay that is of the wrong kind.
    #[error("{file} line {line}: \"{key}\" must be {expected}")]
    OverlayValue {
        /// The file.
        file: String,
        /// The line.
        line: usize,
        /// The key with its section.
        key: String,
        /// What must stand there.
        expected: &'static str,
    },
    /// A key of an overlay that no rule knows.
    #[error("{file} line {line}: no rule knows \"{key}\"")]
    OverlayKey {
        /// The file.
        file: String,
        /// The line.
        line: usize,
        /// The key.
        key: String,
    },
    /// An overlay that is no TOML; the message carries the line.
    #[error("{file}: {source}")]
    OverlayToml {
        /// The file.
        file: String,
        /// What the TOML reader says.
        source: Box<toml::de::Error>,
    },
    /// A value of the wrong kind.
    #[error("rulebook {section}: \"{key}\" must be {expected}")]
    Value {
        /// The section.
        section: &'static str,
        /// The key.
        key: String,
        /// What must stand there.
        expected: &'static str,
    },
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
pub struct Section {
    name: &'static str,
    table: toml::Table,
    own: toml::Table,
    overlay: Overlay,
    shown: Vec<Shown>,
}

impl Section {
    /// Opens a built-in section, and takes the overlay's part for it.
    pub fn open(name: &'static str, text: &str, overlay: &mut Overlay) -> Result<Section, BookError> {
        let table = text
            .parse::<toml::Table>()
            .map_err(|source| BookError::Toml { section: name, source: Box::new(source) })?;
        let own = overlay.section(name)?;
        Ok(Section { name, table, own, overlay: overlay.place(), shown: Vec::new() })
    }

    /// Takes a parameter out of the section: the key is its name with hyphens.
    pub fn param<T: Value>(&mut self, name: &str) -> Result<Param<T>, BookError> {
        let section = self.name;
        let key = name.replace('_', "-");
        let missing = || BookError::Missing { section, key: key.clone() };
        let value = self.table.remove(&key).ok_or_else(missing)?;
        let name = format!("{section}.{key}");
        let mut entries: Vec<Entry<T>> = read_entries(value).map_err(|expected| BookError::Value {
            section,
            key: key.clone(),
            expected,
        })?;
        if let Some(own) = self.own.remove(&key) {
            let own = self.read_own(&name, own)?;
            match own {
                Own::Single(entry) => entries = vec![entry],
                Own::Dated(list) => {
                    for entry in list {
                        entries.retain(|known: &Entry<T>| known.from != entry.from);
                        entries.push(entry);
                    }
                }
            }
        }
        if entries.is_empty() {
            return Err(missing());
        }
        entries.sort_by_key(|entry| entry.from);
        self.shown.extend(entries.iter().map(|entry| Shown {
            name: name.clone(),
            value: entry.value.show(),
            from: entry.from,
            source: entry.source.clone(),
        }));
        Ok(Param { name, entries })
    }

    /// An overlay's value: a single one in place of all, or dated ones beside the built-in.
    fn read_own<T: Value>(&self, name: &str, value: toml::Value) -> Result<Own<T>, BookError> {
        let wrong = |expected| self.overlay.wrong_value(name, expected);
        if value.as_array().is_some_and(|list| list.iter().all(toml::Value::is_table)) {
            return read_entries(value).map(Own::Dated).map_err(wrong);
        }
        let value = T::read(&value).ok_or_else(|| wrong(T::EXPECTED))?;
        Ok(Own::Single(Entry { from: None, value, source: self.overlay.source(name) }))
    }

    /// Ends the section: nothing may be left that no rule asked for. Gives what is shown of it.
    pub fn close(self) -> Result<Vec<Shown>, BookError> {
        if let Some(key) = self.table.keys().next() {
            return Err(BookError::Unknown { section: self.name, key: key.clone() });
        }
        match self.own.keys().next() {
            None => Ok(self.shown),
            Some(key) => Err(self.overlay.unknown_key(&format!("{}.{key}", self.name))),
        }
    }
}

/// What an overlay says of a parameter.
enum Own<T> {
    Single(Entry<T>),
    Dated(Vec<Entry<T>>),
}

/// Reads dated entries; the error says what must stand there.
fn read_entries<T: Value>(value: toml::Value) -> Result<Vec<Entry<T>>, &'static str> {
    const SHAPE: &str = "tables with `from`, `value` and `source = { id, at, grade }`";
    let raw: Vec<RawEntry> = value.try_into().map_err(|_| SHAPE)?;
    let one = |entry: RawEntry| {
        let value = T::read(&entry.value).ok_or(T::EXPECTED)?;
        let from = first_day(&entry.from)?;
        Ok(Entry { from, value, source: entry.source })
    };
    raw.into_iter().map(one).collect()
}

fn first_day(value: &toml::Value) -> Result<Option<NaiveDate>, &'static str> {
    const EXPECTED: &str = "dated by `from`: a day such as 2020-01-24, or \"inferred\"";
    match value {
        toml::Value::String(text) if text == "inferred" => Ok(None),
        toml::Value::Datetime(day) => day.to_string().parse().map(Some).map_err(|_| EXPECTED),
        toml::Value::String(text) => text.parse().map(Some).map_err(|_| EXPECTED),
        _ => Err(EXPECTED),
    }
}

#[cfg(test)]
mod tests {
    use super::Section;
    use crate::rulebook::overlay::Overlay;
    use crate::rulebook::{BookError, Param, Span};
    use chrono::NaiveDate;

    fn param(text: &str) -> Result<Param<Span>, BookError> {
        let mut section = Section::open("test", text, &mut Overlay::default())?;
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
