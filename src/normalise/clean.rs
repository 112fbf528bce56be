//! Cells as exports write them, down to the text that was meant.

use crate::read::Cell;
use std::borrow::Cow;

/// Takes off what exports put around a value: blanks, TABs, no-break spaces, a leading apostrophe, `="…"`;
/// the marks for "nothing" become nothing.
pub fn clean(text: &str) -> &str {
    // Nearly every cell is what it means; whatever is taken off, and whatever means nothing, begins with one of these.
    if is_bare(text) && !matches!(text.as_bytes().first(), Some(b'=' | b'\'' | b'"' | b'-' | b'/')) {
        return text;
    }
    let mut text = trim(text);
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        text = trim(inner);
    }
    text = trim(text.strip_prefix('\'').unwrap_or(text));
    if is_nothing(text) { "" } else { text }
}

fn trim(text: &str) -> &str {
    if is_bare(text) {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{a0}' || c == '\u{200b}')
}

/// Whether nothing stands around a text that could be taken off, as its first and last bytes tell: they are visible
/// ASCII, or begin a Chinese character.
fn is_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    let last = bytes.len().checked_sub(3).and_then(|at| bytes.get(at));
    matches!(bytes.first(), Some(b'!'..=b'~' | 0xE4..=0xE9))
        && (matches!(bytes.last(), Some(b'!'..=b'~')) || matches!(last, Some(0xE4..=0xE9)))
}

fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "\"\"" | "-" | "--" | "–" | "—" | "/" | "－")
}

/// Whether a text holds nothing, or one of the marks that exports put where there is nothing.
pub fn says_nothing(text: &str) -> bool {
    clean(text).is_empty()
}

/// Whether a platform hides this value: `138****0000`, `##…`, `$$…`.
pub fn is_masked(text: &str) -> bool {
    text.contains('*') || text.starts_with("##") || text.starts_with("$$")
}

/// An id as a cell holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id<'a> {
    /// No id.
    None,
    /// The id, every digit.
    Text(Cow<'a, str>),
    /// A number of more digits than a spreadsheet keeps: no id any more.
    DigitsLost(String),
}

/// The largest number whose digits a spreadsheet keeps for certain.
const SAFE_DIGITS: f64 = 1e15;

/// An id as nearly every cell holds it: digits, letters and hyphens, and nothing to take off but blanks and TABs.
/// Nothing where a closer look is needed, as at a number that a spreadsheet may have spoilt.
pub fn plain_id(text: &str) -> Option<&str> {
    let text = text.trim_ascii();
    let bytes = text.as_bytes();
    if *bytes.first()? == b'-' {
        return None;
    }
    let Some(last) = bytes.last_chunk::<8>() else {
        let usual = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        return bytes.iter().all(usual).then_some(text);
    };
    // The last eight bytes may be looked at twice.
    let (words, _) = bytes.as_chunks::<8>();
    let all = |fits: fn([u8; 8]) -> bool| words.iter().copied().all(fits) && fits(*last);
    // Most are nothing but digits.
    (all(is_digits) || all(is_usual_in_ids)).then_some(text)
}

/// Whether eight bytes are digits, letters or hyphens.
fn is_usual_in_ids(bytes: [u8; 8]) -> bool {
    const EACH: u64 = u64::MAX / 255;
    /// What lifts a byte to its highest bit from this one on, if it is below 128.
    const fn from(byte: u8) -> u64 {
        (128 - byte as u64) * EACH
    }
    let word = u64::from_le_bytes(bytes);
    let small = word | (0x20 * EACH);
    let digits = word.wrapping_add(from(b'0')) & !word.wrapping_add(from(b'9' + 1));
    let letters = small.wrapping_add(from(b'a')) & !small.wrapping_add(from(b'z' + 1));
    let hyphens = !(word ^ (u64::from(b'-') * EACH)).wrapping_add(from(1));
    !word & (digits | letters | hyphens) & (128 * EACH) == 128 * EACH
}

/// Reads an id: text as it stands, a number only while all its digits are certain.
pub fn id<'a>(cell: &'a Cell<'a>) -> Id<'a> {
    match cell {
        Cell::Text(text) => match clean(text) {
            "" => Id::None,
            text if all_digits(text) => Id::Text(Cow::Borrowed(text)),
            text if looks_exponential(text) => Id::DigitsLost(text.to_owned()),
            text => {
                Id::Text(Cow::Borrowed(text.strip_suffix(".0").filter(|t| all_digits(t)).unwrap_or(text)))
            }
        },
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < SAFE_DIGITS => {
            Id::Text(Cow::Owned(format!("{number:.0}")))
        }
        Cell::Number(number) => Id::DigitsLost(format!("{number}")),
        _ => Id::None,
    }
}

fn all_digits(text: &str) -> bool {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    !text.is_empty() && words.iter().copied().all(is_digits) && rest.iter().all(u8::is_ascii_digit)
}

/// Whether eight bytes are digits: what they are over the digit 0 is 9 at the most.
fn is_digits(bytes: [u8; 8]) -> bool {
    let over = u64::from_le_bytes(bytes) ^ u64::from_le_bytes(*b"00000000");
    (over | over.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0
}

/// `6.91793E+18`: what a spreadsheet makes of a long id.
fn looks_exponential(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = mantissa.replace('.', "");
    all_digits(&digits) && exponent.strip_prefix('+').is_some_and(all_digits)
}

/// A cell as text, whatever it holds; numbers without a fraction lose the point.
pub fn text<'a>(cell: &'a Cell<'a>) -> Cow<'a, str> {
    match cell {
        Cell::Text(text) => Cow::Borrowed(clean(text)),
        Cell::Number(number) => Cow::Owned(format!("{number}")),
        Cell::Moment { serial, .. } => Cow::Owned(format!("{serial}")),
        Cell::Bool(value) => Cow::Borrowed(if *value { "TRUE" } else { "FALSE" }),
        Cell::Error(_) | Cell::Empty => Cow::Borrowed(""),
    }
}

/// The same, of a cell that nobody needs any more.
pub fn into_text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Text(Cow::Borrowed(text)) => Cow::Borrowed(clean(text)),
        Cell::Text(Cow::Owned(text)) => match clean(&text) {
            cleaned if cleaned.len() == text.len() => Cow::Owned(text),
            cleaned => Cow::Owned(cleaned.to_owned()),
        },
        cell => Cow::Owned(self::text(&cell).into_owned()),
    }
}

/// 是 and yes, 否 and no, in the ways people write them; `None` for anything else.
pub fn yes_no(text: &str) -> Option<bool> {
    if text.is_empty() {
        return None;
    }
    let text = text.trim();
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match () {
        () if is(&["是", "y", "yes", "true", "1", "有"]) => Some(true),
        () if is(&["否", "n", "no", "false", "0", "无"]) => Some(false),
        () => None,
    }
}

/// Whether a phone number cannot be one: empty, all one digit, or without the shape of a mainland mobile or
/// fixed line. Masked ones say nothing, so they are not bad.
pub fn bad_phone(text: &str) -> bool {
    if is_masked(text) {
        return false;
    }
    // No number has as many digits as there is room for: one that has is bad whatever else is in it.
    let (mut room, mut count) = ([0; 20], 0);
    for digit in text.bytes().filter(u8::is_ascii_digit).take(room.len()) {
        room[count] = digit;
        count += 1;
    }
    let digits = &room[..count];
    let digits = digits.strip_prefix(b"86").filter(|rest| rest.len() >= 10).unwrap_or(digits);
    let Some(first) = digits.first() else { return true };
    if digits.iter().all(|d| d == first) {
        return true;
    }
    let mobile = |d: &[u8]| d.len() == 11 && d[0] == b'1' && (b'3'..=b'9').contains(&d[1]);
    // A mobile number with the extension of a privacy number behind it, or a fixed line with its area code.
    let fixed = digits[0] == b'0' && (10..=12).contains(&digits.len());
    let local = (7..=8).contains(&digits.len()) && digits[0] != b'0';
    // An extension has three digits or more: a digit or two too many is a slip of the hand.
    let extended = (14..=17).contains(&digits.len()) && mobile(&digits[..11]);
    !(mobile(digits) || extended || fixed || local)
}

#[cfg(test)]
mod tests {
    use super::{Id, bad_phone, clean, id, is_masked, plain_id};
    use crate::read::Cell;
    use proptest::prelude::*;
    use std::borrow::Cow;

    #[test]
    fn what_exports_put_around_values_is_taken_off() {
        for (raw, meant) in [
            ("\t6917926768823643751", "6917926768823643751"),
            ("168.99\t", "168.99"),
            ("\t", ""),
            ("=\"240101\"", "240101"),
            ("'00123", "00123"),
            ("\u{a0}x\u{a0}", "x"),
            ("-", ""),
            ("--", ""),
            ("–", ""),
            ("/", ""),
            ("\"\"", ""),
            ("-5", "-5"),
        ] {
            assert_eq!(clean(raw), meant, "{raw:?}");
        }
    }

    #[test]
    fn an_id_is_text_or_it_is_lost() {
        let read = |cell: Cell<'_>| match id(&cell) {
            Id::Text(text) => format!("id {text}"),
            Id::DigitsLost(text) => format!("lost {text}"),
            Id::None => "none".to_owned(),
        };
        assert_eq!(read(Cell::Text(Cow::Borrowed("\t6917926768823643751"))), "id 6917926768823643751");
        assert_eq!(read(Cell::Number(123_456_789_012_345.0)), "id 123456789012345");
        assert_eq!(read(Cell::Number(6.917_926_768_823_644e18)), "lost 6917926768823644000");
        assert_eq!(read(Cell::Number(1e15)), "lost 1000000000000000");
        assert_eq!(read(Cell::Number(1.5)), "lost 1.5");
        assert_eq!(read(Cell::Text(Cow::Borrowed("6.91793E+18"))), "lost 6.91793E+18");
        assert_eq!(read(Cell::Text(Cow::Borrowed("20200101.0"))), "id 20200101");
        assert_eq!(read(Cell::Text(Cow::Borrowed("12-3E45-1"))), "id 12-3E45-1");
        assert_eq!(read(Cell::Empty), "none");
    }

    proptest! {
        #[test]
        fn a_plain_id_is_what_the_closer_look_finds(raw in "[\t ]?([0-9]{1,12}|[-0-9aEe+.;'\"= \t快]{0,12})[\t ]?") {
            let cell = Cell::Text(Cow::Borrowed(&*raw));
            if let Some(plain) = plain_id(&raw) {
                prop_assert_eq!(id(&cell), Id::Text(Cow::Borrowed(plain)));
            }
        }
    }

    #[test]
    fn most_ids_are_plain() {
        for (raw, plain) in [
            ("\t6917926768823643751", Some("6917926768823643751")),
            ("10-10000-41761", Some("10-10000-41761")),
            ("SF1234567890123 ", Some("SF1234567890123")),
            ("6.9E+18", None),
            ("-", None),
            ("", None),
            ("快递1", None),
        ] {
            assert_eq!(plain_id(raw), plain, "{raw:?}");
        }
    }

    #[test]
    fn each_character_is_plain_or_not_wherever_it_stands() {
        for len in [3, 8, 11, 19] {
            for (at, other) in
                (1..len - 1).flat_map(|at| (0..=255_u8).map(move |other| (at, char::from(other))))
            {
                let mut raw = "7zA9-xZ0a8-1B5y2c3D".to_owned();
                raw.replace_range(at..=at, other.encode_utf8(&mut [0; 2]));
                let raw: String = raw.chars().take(len).collect();
                let plain = other.is_ascii_alphanumeric() || other == '-';
                assert_eq!(plain_id(&raw), plain.then_some(&*raw), "{raw:?}");
            }
        }
    }

    #[test]
    fn phones_that_cannot_be() {
        for bad in ["", "11111111111", "12345", "00000000", "12000000000", "138123456789", "1381234567"] {
            assert!(bad_phone(bad), "{bad:?}");
        }
        for good in [
            "13812345678",
            "138****0000",
            "027-87654321",
            "+86 138 1234 5678",
            "13812345678-1234",
            "87654321",
        ] {
            assert!(!bad_phone(good), "{good:?}");
        }
        assert!(is_masked("138****0000") && is_masked("##abc") && !is_masked("13800000000"));
    }
}
