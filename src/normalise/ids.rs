//! Ids as exports write them, every digit: a spreadsheet may have lost some.

use super::clean::clean;
use crate::read::Cell;
use std::borrow::Cow;

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

#[cfg(test)]
mod tests {
    use super::{Id, id, plain_id};
    use crate::read::Cell;
    use proptest::prelude::*;
    use std::borrow::Cow;

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
}
