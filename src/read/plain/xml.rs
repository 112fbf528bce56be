//! Tags and texts of the plain sort.

use super::{NotPlain, Plainly};
use memchr::{memchr, memchr2, memmem};
use std::borrow::Cow;

/// Walks through tags and the texts between them.
pub(super) struct Walk<'a> {
    rest: &'a str,
}

/// A tag: what stands between `<` and `>`.
#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    attributes: &'a str,
    /// Whether it is `<name/>`.
    pub(super) closed: bool,
}

impl<'a> Walk<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Walk { rest: text }
    }

    /// The next tag, before which there may be white space only; nothing at the end.
    pub(super) fn tag(&mut self) -> Plainly<Option<Tag<'a>>> {
        let rest = self.rest.trim_ascii_start();
        if rest.is_empty() {
            return Ok(None);
        }
        let inner = rest.strip_prefix('<').ok_or(NotPlain)?;
        let end = memchr(b'>', inner.as_bytes()).ok_or(NotPlain)?;
        let (inner, rest) = inner.split_at(end);
        self.rest = &rest[1..];
        let (inner, closed) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
        let name = inner.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(name);
        Ok(Some(Tag { name, attributes, closed }))
    }

    /// A tag that must come.
    pub(super) fn must(&mut self) -> Plainly<Tag<'a>> {
        self.tag()?.ok_or(NotPlain)
    }

    /// The text up to the next tag, which must be `</name>` and is passed.
    pub(super) fn text(&mut self, name: &str) -> Plainly<&'a str> {
        let end = memchr(b'<', self.rest.as_bytes()).ok_or(NotPlain)?;
        let (text, rest) = self.rest.split_at(end);
        let rest = rest.strip_prefix("</").and_then(|rest| rest.strip_prefix(name));
        self.rest = rest.and_then(|rest| rest.strip_prefix('>')).ok_or(NotPlain)?;
        Ok(text)
    }

    /// Passes everything up to the end of an element.
    pub(super) fn skip(&mut self, end: &str) -> Plainly<()> {
        let at = memmem::find(self.rest.as_bytes(), end.as_bytes()).ok_or(NotPlain)?;
        self.rest = &self.rest[at + end.len()..];
        Ok(())
    }
}

impl<'a> Tag<'a> {
    /// Hands out names and values of the attributes.
    pub(super) fn attributes(&self, mut each: impl FnMut(&'a str, &'a str)) -> Plainly<()> {
        let mut rest = self.attributes.trim_ascii_start();
        while !rest.is_empty() {
            let equals = rest.bytes().position(|byte| byte == b'=').ok_or(NotPlain)?;
            let (name, behind) = rest.split_at(equals);
            let behind = behind.strip_prefix("=\"").ok_or(NotPlain)?;
            let end = memchr(b'"', behind.as_bytes()).ok_or(NotPlain)?;
            let (value, behind) = behind.split_at(end);
            each(name, value);
            rest = behind[1..].trim_ascii_start();
        }
        Ok(())
    }

    /// The text of a `<t>` behind its tag.
    pub(super) fn text_of(&self, walk: &mut Walk<'a>) -> Plainly<Cow<'a, str>> {
        let (mut kept, mut known) = (false, true);
        self.attributes(|name, value| match (name, value) {
            ("xml:space", "preserve") => kept = true,
            _ => known = false,
        })?;
        if !known {
            return Err(NotPlain);
        }
        let text = if self.closed { "" } else { walk.text("t")? };
        decoded(text, kept)
    }
}

/// A text as it was meant: entities and line ends, white space around it where that does not count, and characters
/// written as `_x000D_`.
pub(super) fn decoded(text: &str, kept: bool) -> Plainly<Cow<'_, str>> {
    let text = match memchr2(b'&', b'\r', text.as_bytes()) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(resolved(text)?),
    };
    let space = [' ', '\t', '\r', '\n'];
    let text = match text {
        text if kept => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(space)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(space).to_owned()),
    };
    match escape(&text) {
        None => Ok(text),
        Some(_) => unescaped(&text).map(Cow::Owned),
    }
}

/// Entities by their characters, and every line end as one.
fn resolved(text: &str) -> Plainly<String> {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('&');
    let ends = |piece: &str| piece.replace("\r\n", "\n").replace('\r', "\n");
    out.push_str(&ends(pieces.next().unwrap_or_default()));
    for piece in pieces {
        let (entity, piece) = piece.split_once(';').ok_or(NotPlain)?;
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            entity => character(entity)?,
        });
        out.push_str(&ends(piece));
    }
    Ok(out)
}

/// The character of `#10` or `#xA`.
fn character(entity: &str) -> Plainly<char> {
    let digits = entity.strip_prefix('#').ok_or(NotPlain)?;
    let (digits, radix) = digits.strip_prefix('x').map_or((digits, 10), |digits| (digits, 16));
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(NotPlain);
    }
    let found = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    found.filter(|found| *found >= ' ' || matches!(found, '\t' | '\n' | '\r')).ok_or(NotPlain)
}

/// Where `_x000D_` or its like stands, and what it says.
fn escape(text: &str) -> Option<(usize, u32)> {
    // Nearly no text has one, and a search for more than a byte costs more to begin.
    memchr(b'_', text.as_bytes())?;
    memmem::find_iter(text.as_bytes(), b"_x").find_map(|at| {
        let digits = text.as_bytes().get(at + 2..at + 7)?.strip_suffix(b"_")?;
        let digits = std::str::from_utf8(digits).ok()?;
        let hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        hexadecimal.then(|| u32::from_str_radix(digits, 16).ok())?.map(|unit| (at, unit))
    })
}

fn unescaped(mut text: &str) -> Plainly<String> {
    let mut out = String::with_capacity(text.len());
    while let Some((at, unit)) = escape(text) {
        out.push_str(&text[..at]);
        // Halves of characters are left to the general reader.
        out.push(char::from_u32(unit).ok_or(NotPlain)?);
        text = &text[at + 7..];
    }
    out.push_str(text);
    Ok(out)
}
