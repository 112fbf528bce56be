//! Entities of HTML and XML.

/// Names of characters that exports write.
const NAMED: [(&str, char); 18] = [
    ("nbsp", ' '),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("yen", '¥'),
    ("middot", '·'),
    ("times", '×'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("copy", '©'),
    ("reg", '®'),
];

/// The text with its entities as characters. What is no entity stands as it is.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inner = from.get(1..).unwrap_or_default();
        let end = inner.bytes().take(10).position(|byte| byte == b';');
        let name = end.and_then(|end| inner.get(..end));
        match name.and_then(character) {
            Some(character) => {
                out.push(character);
                rest = end.and_then(|end| inner.get(end + 1..)).unwrap_or_default();
            }
            // Browsers take it without the semicolon too.
            None if inner.starts_with("nbsp") => {
                out.push(' ');
                rest = inner.get(4..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match char::from_u32(code)? {
        '\u{a0}' => Some(' '),
        character => Some(character),
    }
}
