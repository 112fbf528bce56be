//! Hides names, numbers and addresses.

use std::borrow::Cow;

/// The first and last characters; at least one is hidden.
pub(super) fn keep(text: &str, head: usize, tail: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (head, tail) = if chars.len() > head + tail { (head, tail) } else { (1.min(chars.len()), 0) };
    let hidden = (chars.len() - head - tail).clamp(1, 16);
    let mut out: String = chars[..head].iter().collect();
    out.extend(std::iter::repeat_n('*', hidden));
    out.extend(&chars[chars.len() - tail..]);
    out
}

/// `138******00`: six digits are hidden, as the national standard for waybills asks.
pub(super) fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    keep(if digits.is_empty() { text.trim() } else { digits }, 3, 2)
}

pub(super) fn email(text: &str) -> String {
    match text.split_once('@') {
        Some((name, domain)) => format!("{}@{domain}", keep(name, 1, 0)),
        None => keep(text, 1, 0),
    }
}

/// Cut before the house: the first number that 号, 室, 单元, 栋 and the like follow, else the first number.
pub(super) fn address(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let first = chars.iter().position(|c| is_number(*c));
    let house = (0..chars.len()).find(|at| {
        let run = chars[*at..]
            .iter()
            .take_while(|c| is_number(**c) || matches!(c, '-' | 'A'..='Z' | 'a'..='z'))
            .count();
        is_number(chars[*at]) && chars.get(at + run).is_some_and(|c| "号室单栋幢弄楼层座".contains(*c))
    });
    let cut = house.or(first).unwrap_or(chars.len() * 2 / 3).min(24);
    let mut out: String = chars[..cut].iter().collect();
    out.push_str("***");
    out
}

/// Bytes of the shortest text in which [`scan`] finds anything: a mobile number.
pub(super) const SHORTEST: usize = 11;

/// Hides phone numbers and identity numbers in running text.
pub(super) fn scan(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if end - at == 17 && matches!(bytes.get(end), Some(b'X' | b'x')) {
            end += 1;
        }
        let run = &text[at..end];
        // ASCII before and behind, so both are character boundaries.
        let hidden = if is_mobile(run) || run.strip_prefix("86").is_some_and(is_mobile) {
            Some(phone(run))
        } else if is_identity(run) {
            Some(keep(run, 3, 2))
        } else {
            None
        };
        if let Some(hidden) = hidden {
            out.push_str(&text[copied..at]);
            out.push_str(&hidden);
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

fn is_mobile(run: &str) -> bool {
    let b = run.as_bytes();
    b.len() == SHORTEST && b[0] == b'1' && (b'3'..=b'9').contains(&b[1])
}

/// Eighteen digits with a birthday in them; order numbers of as many digits rarely have one.
fn is_identity(run: &str) -> bool {
    let number = |from: usize, to: usize| run.get(from..to).and_then(|t| t.parse::<u32>().ok()).unwrap_or(0);
    run.len() == 18
        && (1900..2100).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14))
}
