//! The rulebook as the rules read it: a section a marketplace, every number typed.

use crate::rulebook::BookError;
use crate::rulebook::calendar::Calendar;
use crate::rulebook::load::Section;
use crate::rulebook::overlay::Overlay;
use crate::rulebook::param::Source;
use crate::rulebook::sections::{Alibaba, Douyin, Ebay, General, Jd, Pinduoduo, Scan};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// The built-in rulebook: section and text, in the order in which it is shown.
pub const SECTIONS: [(&str, &str); 7] = [
    ("general", include_str!("general.toml")),
    ("jd", include_str!("jd.toml")),
    ("ebay", include_str!("ebay.toml")),
    ("douyin", include_str!("douyin.toml")),
    ("pinduoduo", include_str!("pinduoduo.toml")),
    ("alibaba", include_str!("alibaba.toml")),
    ("scan", include_str!("scan.toml")),
];

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
    /// Alibaba.com.
    pub alibaba: Alibaba,
    /// The promotion scan.
    pub scan: Scan,
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
        Book::read(Overlay::default())
    }

    /// The built-in rulebook with a user's own values over it; `name` is the file's name for messages.
    ///
    /// # Errors
    /// A key that no rule knows, or a value of the wrong kind: with line and key.
    pub fn with_overlay(name: &str, text: &str) -> Result<Book, BookError> {
        Book::read(Overlay::parse(name, text)?)
    }

    fn read(mut overlay: Overlay) -> Result<Book, BookError> {
        let mut shown = Vec::new();
        let general = section(0, &mut overlay, &mut shown, General::read)?;
        let jd = section(1, &mut overlay, &mut shown, Jd::read)?;
        let ebay = section(2, &mut overlay, &mut shown, Ebay::read)?;
        let douyin = section(3, &mut overlay, &mut shown, Douyin::read)?;
        let pinduoduo = section(4, &mut overlay, &mut shown, Pinduoduo::read)?;
        let alibaba = section(5, &mut overlay, &mut shown, Alibaba::read)?;
        let scan = section(6, &mut overlay, &mut shown, Scan::read)?;
        overlay.close()?;
        let calendar = Calendar::new(&ebay.base_holidays, &ebay.hong_kong_holidays);
        let hash = hash_of(&overlay);
        Ok(Book { general, jd, ebay, douyin, pinduoduo, alibaba, scan, calendar, shown, hash })
    }

    /// The parameters whose names are listed, for `shipby rule` and the Rules sheet.
    pub fn shown<'b>(&'b self, names: &'b [&'b str]) -> impl Iterator<Item = &'b Shown> {
        names.iter().flat_map(|name| self.shown.iter().filter(move |shown| shown.name == *name))
    }

    /// The built-in rulebook as one file, in the form in which an overlay is written.
    pub fn template() -> String {
        let mut text = String::new();
        for (section, built_in) in SECTIONS {
            for line in built_in.lines() {
                // A key becomes one of its section: `[[pickup]]` is `[[douyin.pickup]]` in a file of all.
                let (mark, rest) = line.strip_prefix("[[").map_or(("", line), |rest| ("[[", rest));
                let section = if mark.is_empty() { "" } else { section };
                let point = if mark.is_empty() { "" } else { "." };
                text.extend([mark, section, point, rest, "\n"]);
            }
            text.push('\n');
        }
        text
    }
}

/// Reads one of [`SECTIONS`] whole; a key that nobody takes is an error.
fn section<T>(
    at: usize,
    overlay: &mut Overlay,
    shown: &mut Vec<Shown>,
    read: fn(&mut Section) -> Result<T, BookError>,
) -> Result<T, BookError> {
    let mut section = Section::open(SECTIONS[at].0, SECTIONS[at].1, overlay)?;
    let values = read(&mut section)?;
    shown.extend(section.close()?);
    Ok(values)
}

/// SHA-256 of everything the rulebook was read from.
fn hash_of(overlay: &Overlay) -> String {
    let mut hasher = Sha256::new();
    for (_, text) in SECTIONS {
        hasher.update(text.as_bytes());
    }
    hasher.update(overlay.text.as_bytes());
    hex(&hasher.finalize())
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::Book;
    use crate::rulebook::Span;
    use chrono::Duration;

    #[test]
    fn the_built_in_rulebook_is_whole_and_every_number_is_sourced() {
        let book = Book::built_in().expect("the built-in rulebook");
        assert_eq!(book.jd.pickup_trace.entries[0].value, Span(Duration::hours(48)));
        assert!(book.shown.iter().all(|shown| !shown.source.at.is_empty()));
        assert_eq!(book.hash.len(), 64);
    }

    #[test]
    fn the_template_is_an_overlay_that_changes_nothing() {
        let (built_in, again) = (
            Book::built_in().expect("built in"),
            Book::with_overlay("t", &Book::template()).expect("template"),
        );
        assert_eq!(built_in.shown, again.shown);
    }

    #[test]
    fn an_overlay_replaces_single_values_and_adds_dated_ones() {
        let text = "[jd]\npickup-trace = \"36h\"\n\n[[jd.waybill-upload]]\nfrom = 2026-11-01\nvalue = \"12h\"\n\
                    source = { id = \"notice\", at = \"1\", grade = \"official\" }\n";
        // A table and an array of tables of one name cannot stand in one file, so they come in two.
        let (single, dated) = text.split_once("\n\n").expect("two parts");
        let book = Book::with_overlay("my.toml", single).expect("an overlay");
        assert_eq!(book.jd.pickup_trace.entries.len(), 1);
        assert_eq!(book.jd.pickup_trace.entries[0].value, Span(Duration::hours(36)));
        assert_ne!(book.hash, Book::built_in().expect("built in").hash);
        let book = Book::with_overlay("my.toml", dated).expect("an overlay");
        let hours = |day: &str| {
            let day = day.parse().expect("a day");
            book.jd.waybill_upload.on(Some(day)).map(|entry| entry.value.0.num_hours())
        };
        assert_eq!((hours("2026-10-31"), hours("2026-11-01")), (Some(24), Some(12)));
    }

    #[test]
    fn what_is_wrong_in_an_overlay_is_named_with_its_line() {
        let error = |text: &str| Book::with_overlay("my.toml", text).expect_err("an error").to_string();
        assert_eq!(
            error("[jd]\n# slower\npickup-trace = 48\n"),
            "my.toml line 3: \"jd.pickup-trace\" must be a length of time such as \"24h\" or \"180d\""
        );
        assert_eq!(error("[jd]\npickup = \"1h\"\n"), "my.toml line 2: no rule knows \"jd.pickup\"");
        assert_eq!(error("[taobao]\nx = 1\n"), "my.toml line 1: no rule knows \"taobao\"");
        assert!(error("[jd\n").contains("line 1"));
    }
}
