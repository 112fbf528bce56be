//! Tags and text of HTML and XML, one after the other, as forgiving as the programs that open such files.

use std::io::{self, BufRead, Read};

use memchr::memmem;

use super::entity::unescape;

/// Bytes of one tag or comment that are looked at; what is longer is passed over.
const TAG: usize = 64 << 10;

/// A piece of markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Token {
    /// Names are in lower case and without their prefix.
    Open {
        name: String,
        attributes: Vec<(String, String)>,
        closed: bool,
    },
    Close(String),
    /// With its entities as characters.
    Text(String),
}

/// Takes markup apart.
pub(in crate::read) struct Tokens<R> {
    from: R,
    /// Bytes of text that are kept; the rest of a longer one is passed over.
    limit: usize,
    /// The name of an element whose content is no markup.
    raw: Option<&'static [u8]>,
    /// Whether there are such elements: not in XML.
    html: bool,
    buffer: Vec<u8>,
    /// Whether the markup ended within a tag.
    pub(super) cut: bool,
    /// Whether a text was over the limit.
    pub(in crate::read) too_long: bool,
}

impl<R: BufRead> Tokens<R> {
    pub(super) fn new(from: R, limit: usize) -> Self {
        Tokens { html: true, ..Tokens::xml(from, limit) }
    }

    /// Of a document in which no element hides its content.
    pub(in crate::read) fn xml(from: R, limit: usize) -> Self {
        Tokens { from, limit, raw: None, html: false, buffer: Vec::new(), cut: false, too_long: false }
    }

    /// The next piece, nothing at the end.
    pub(in crate::read) fn next(&mut self) -> io::Result<Option<Token>> {
        loop {
            if let Some(name) = self.raw.take() {
                self.skip_raw(name)?;
            }
            self.buffer.clear();
            self.text()?;
            if !self.buffer.is_empty() {
                return Ok(Some(Token::Text(unescape(&String::from_utf8_lossy(&self.buffer)))));
            }
            match self.peek()? {
                None => return Ok(None),
                Some(_) => {
                    if let Some(token) = self.markup()? {
                        return Ok(Some(token));
                    }
                }
            }
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.from.fill_buf()?.first().copied())
    }

    fn keep(&mut self, from: usize, upto: usize, limit: usize) -> io::Result<()> {
        let available = self.from.fill_buf()?;
        let room = limit.saturating_sub(self.buffer.len());
        let part = available.get(from..upto).unwrap_or_default();
        self.buffer.extend_from_slice(part.get(..room.min(part.len())).unwrap_or_default());
        self.too_long |= part.len() > room;
        Ok(())
    }

    /// Text up to the next `<`.
    fn text(&mut self) -> io::Result<()> {
        loop {
            let available = self.from.fill_buf()?;
            if available.is_empty() {
                return Ok(());
            }
            let end = memchr::memchr(b'<', available);
            let upto = end.unwrap_or(available.len());
            self.keep(0, upto, self.limit)?;
            self.from.consume(upto);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// What starts with `<`; nothing for what says nothing.
    fn markup(&mut self) -> io::Result<Option<Token>> {
        self.buffer.clear();
        self.from.consume(1);
        match self.peek()? {
            Some(b'!') => self.declaration(),
            Some(b'?') => {
                self.until(b">", 0)?;
                Ok(None)
            }
            Some(b'/') => {
                self.from.consume(1);
                self.until(b">", TAG)?;
                Ok(Some(Token::Close(name_of(&String::from_utf8_lossy(&self.buffer)).0)))
            }
            Some(byte) if byte.is_ascii_alphabetic() => {
                self.tag()?;
                Ok(Some(self.open()))
            }
            // No tag: the sign itself.
            Some(_) => {
                self.buffer.push(b'<');
                self.text()?;
                Ok(Some(Token::Text(unescape(&String::from_utf8_lossy(&self.buffer)))))
            }
            None => {
                self.cut = true;
                Ok(None)
            }
        }
    }

    /// A comment is passed over, `<![CDATA[` is text, anything else of the kind says nothing.
    fn declaration(&mut self) -> io::Result<Option<Token>> {
        let mut start = [0; 8];
        let mut got = 0;
        while got < start.len() {
            let Some(byte) = self.peek()? else { break };
            // `<!>` and `<!doctype html>` may be shorter than what tells.
            if byte == b'>' {
                self.from.consume(1);
                return Ok(None);
            }
            if let Some(slot) = start.get_mut(got) {
                *slot = byte;
            }
            self.from.consume(1);
            got += 1;
            if got == 3 && start.starts_with(b"!--") {
                self.until(b"-->", 0)?;
                return Ok(None);
            }
        }
        if &start == b"![CDATA[" {
            self.until(b"]]>", self.limit)?;
            return Ok(Some(Token::Text(String::from_utf8_lossy(&self.buffer).into_owned())));
        }
        self.until(b">", 0)?;
        Ok(None)
    }

    /// Reads behind `end`; up to `limit` bytes before it are kept.
    fn until(&mut self, end: &[u8], limit: usize) -> io::Result<()> {
        let mut matched = 0;
        loop {
            let Some(byte) = self.peek()? else {
                self.cut = true;
                return Ok(());
            };
            self.from.consume(1);
            if self.buffer.len() < limit + end.len() {
                self.buffer.push(byte);
            } else {
                self.too_long |= limit == self.limit;
            }
            matched = match end.get(matched) {
                Some(wanted) if *wanted == byte => matched + 1,
                // `--->` and `]]]>` end as well.
                _ if matched == end.len() - 1 && end.first() == Some(&byte) && matched > 0 => matched,
                _ => usize::from(end.first() == Some(&byte)),
            };
            if matched == end.len() {
                let kept = self.buffer.len().saturating_sub(end.len());
                self.buffer.truncate(kept.min(limit));
                return Ok(());
            }
        }
    }

    /// Reads a tag behind its `>`, which may stand in quotes.
    fn tag(&mut self) -> io::Result<()> {
        let mut quote = None;
        let mut value = false;
        loop {
            let Some(byte) = self.peek()? else {
                self.cut = true;
                return Ok(());
            };
            self.from.consume(1);
            match (quote, byte) {
                (None, b'>') => return Ok(()),
                // A quote opens behind `=` alone; elsewhere it is a slip.
                (None, b'"' | b'\'') if value => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
            value = byte == b'=' || (value && byte.is_ascii_whitespace());
            if self.buffer.len() < TAG {
                self.buffer.push(byte);
            }
        }
    }

    fn open(&mut self) -> Token {
        let text = String::from_utf8_lossy(&self.buffer).into_owned();
        let (inner, closed) = match text.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (text.as_str(), false),
        };
        let (name, rest) = name_of(inner);
        self.raw = match name.as_str() {
            _ if !self.html => None,
            "script" if !closed => Some(b"</script"),
            "style" if !closed => Some(b"</style"),
            _ => None,
        };
        Token::Open { name, attributes: attributes(rest), closed }
    }

    /// Passes over what a browser does not take for markup, up to the tag that closes it.
    fn skip_raw(&mut self, end: &[u8]) -> io::Result<()> {
        let mut kept: Vec<u8> = Vec::new();
        loop {
            let mut part = Vec::new();
            if self.from.by_ref().take(TAG as u64).read_until(b'>', &mut part)? == 0 {
                self.cut = true;
                return Ok(());
            }
            part.make_ascii_lowercase();
            kept.extend_from_slice(&part);
            if memmem::find(&kept, end).is_some() {
                return Ok(());
            }
            kept.drain(..kept.len().saturating_sub(end.len()));
        }
    }
}

/// The name that a tag starts with, in lower case and without its prefix, and what stands behind it.
fn name_of(tag: &str) -> (String, &str) {
    let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    let (name, rest) = tag.split_at(end);
    (local(name), rest)
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    // More than anybody writes; a tag full of them must not take long.
    while all.len() < 64 {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let behind = behind.trim_start();
        let Some(value) = behind.strip_prefix('=').map(str::trim_start) else {
            all.push((local(name), String::new()));
            rest = behind;
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, behind) = match quote {
            Some(quote) => {
                let inner = value.strip_prefix(quote).unwrap_or(value);
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        all.push((local(name), unescape(value)));
        rest = behind;
    }
    all
}
