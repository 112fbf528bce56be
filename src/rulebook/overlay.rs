//! A user's own values over the built-in rulebook.

use crate::rulebook::load::BookError;
use crate::rulebook::param::{Grade, Source};

/// The user's file: sections with keys. Nothing in it stands for "as built in".
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// The file's name, for messages.
    pub file: String,
    /// Its text, for lines and for the hash.
    pub text: String,
    table: toml::Table,
}

impl Overlay {
    /// Reads a file.
    pub fn parse(file: &str, text: &str) -> Result<Overlay, BookError> {
        let table = text
            .parse::<toml::Table>()
            .map_err(|source| BookError::OverlayToml { file: file.to_owned(), source: Box::new(source) })?;
        Ok(Overlay { file: file.to_owned(), text: text.to_owned(), table })
    }

    /// Takes out what it says of a section.
    pub fn section(&mut self, name: &str) -> Result<toml::Table, BookError> {
        match self.table.remove(name) {
            None => Ok(toml::Table::new()),
            Some(toml::Value::Table(table)) => Ok(table),
            Some(_) => Err(self.wrong_value(name, "a table of parameters")),
        }
    }

    /// The file and its text alone, to speak of places in it.
    pub fn place(&self) -> Overlay {
        Overlay { file: self.file.clone(), text: self.text.clone(), table: toml::Table::new() }
    }

    /// Ends the file: nothing may be left that is no section.
    pub fn close(&self) -> Result<(), BookError> {
        match self.table.keys().next() {
            None => Ok(()),
            Some(key) => Err(self.unknown_key(key)),
        }
    }

    /// The source of a value that the user gave without one.
    pub fn source(&self, name: &str) -> Source {
        let at = format!("line {}", self.line(name));
        Source { id: self.file.clone(), at, grade: Grade::Inferred }
    }

    /// A value of the wrong kind.
    pub fn wrong_value(&self, key: &str, expected: &'static str) -> BookError {
        BookError::OverlayValue {
            file: self.file.clone(),
            line: self.line(key),
            key: key.to_owned(),
            expected,
        }
    }

    /// A key that no rule knows.
    pub fn unknown_key(&self, key: &str) -> BookError {
        BookError::OverlayKey { file: self.file.clone(), line: self.line(key), key: key.to_owned() }
    }

    /// The line on which a key first stands, counted from 1: the TOML reader forgets where its values stood.
    fn line(&self, key: &str) -> usize {
        let last = key.rsplit('.').next().unwrap_or(key);
        let stands = |line: &str| {
            let code = line.split('#').next().unwrap_or("");
            let name = code.split('=').next().unwrap_or("").trim();
            let name = name.trim_matches(['[', ']', '"', ' ']);
            name == key || name == last || name.ends_with(&format!(".{last}"))
        };
        self.text.lines().position(stands).map_or(1, |at| at + 1)
    }
}
