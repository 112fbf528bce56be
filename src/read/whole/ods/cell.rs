//! One cell of an `.ods` while it is being read: its text comes in pieces.

use super::Attributes;
use crate::read::Cell;
use std::borrow::Cow;

/// Words of errors; calculated cells hold one as a text.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// A cell that is being read.
#[derive(Default)]
pub(super) struct OpenCell {
    kind: String,
    /// What stands in the attribute of its kind.
    value: Option<String>,
    error: bool,
    /// Whether a larger one lies over it.
    covered: bool,
    /// Columns that it stands for.
    pub repeated: u32,
    /// Rows that it lies over.
    pub spanned: u32,
    text: String,
    paragraphs: usize,
    /// Whether text belongs to a paragraph of it, and ended with a blank of the markup's own.
    within: bool,
    blank: bool,
}

impl OpenCell {
    /// A cell as its element begins.
    pub fn new(name: &str, attributes: &Attributes<'_>) -> OpenCell {
        let kind = attributes.get("value-type").unwrap_or_default();
        let value = match kind {
            "date" => "date-value",
            "time" => "time-value",
            "boolean" => "boolean-value",
            "string" => "string-value",
            _ => "value",
        };
        OpenCell {
            value: attributes.get(value).map(str::to_owned),
            error: attributes.0.iter().any(|(name, kind)| name == "value-type" && kind == "error"),
            kind: kind.to_owned(),
            covered: name == "covered-table-cell",
            repeated: attributes.times("number-columns-repeated"),
            spanned: attributes.times("number-rows-spanned"),
            ..OpenCell::default()
        }
    }

    /// Bytes of its text so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Another paragraph begins.
    pub fn paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.text.push('\n');
        }
        self.paragraphs += 1;
        (self.within, self.blank) = (true, true);
    }

    /// The paragraph ends.
    pub fn paragraph_ends(&mut self) {
        if self.blank && self.text.ends_with(' ') {
            self.text.pop();
        }
        self.within = false;
    }

    /// Blanks that are meant.
    pub fn blanks(&mut self, times: usize) {
        self.text.extend(std::iter::repeat_n(' ', times));
        self.blank = false;
    }

    /// A TAB or a line break that is meant.
    pub fn sign(&mut self, sign: char) {
        self.text.push(sign);
    }

    /// Text, where it belongs to a paragraph. Blanks and line ends of the markup are one blank, and none where a
    /// paragraph starts.
    pub fn add(&mut self, text: &str) {
        if !self.within {
            return;
        }
        for letter in text.chars() {
            let blank = matches!(letter, ' ' | '\t' | '\r' | '\n');
            match (blank, self.blank) {
                (true, true) => {}
                (true, false) => self.text.push(' '),
                (false, _) => self.text.push(letter),
            }
            self.blank = blank;
        }
    }

    /// What it holds.
    pub fn value(self) -> Cell<'static> {
        if self.covered {
            return Cell::Empty;
        }
        let value = self.value.as_deref().map(str::trim);
        let shown = |text: String| if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(text)) };
        if self.error {
            return Cell::Error(ERRORS.into_iter().find(|word| *word == self.text).unwrap_or("#VALUE!"));
        }
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => {
                match value.and_then(|value| value.parse::<f64>().ok()).filter(|number| number.is_finite()) {
                    Some(number) => Cell::Number(number),
                    None => shown(self.text),
                }
            }
            "boolean" => Cell::Bool(value == Some("true")),
            "date" | "time" => match value {
                Some(value) => shown(value.to_owned()),
                None => shown(self.text),
            },
            _ if self.text.is_empty() => shown(self.value.unwrap_or_default()),
            _ => shown(self.text),
        }
    }
}
