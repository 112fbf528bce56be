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
    use super::{bad_phone, clean, is_masked};

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
