//! How much of a part a reader holds in memory at once.
//!
//! Tags are told apart here just as the reader tells them: one written into an attribute, a comment or a cell is none.

/// Bytes of a tag that are looked at: enough for the name of every one that counts.
const NAME: usize = 32;
/// Elements within one another in a cell: there are five.
const DEEP: usize = 16;

/// Where the scan is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Text,
    /// Behind `<`.
    Start,
    /// In a tag, and in which quotes.
    Tag(Option<u8>),
    /// Behind `<!`.
    Bang,
    /// In a comment, as many bytes behind `<!-`, up to three.
    Comment(u8),
    Verbatim,
    Instruction,
    /// In a declaration, whose end is not looked for: no workbook has one.
    Declaration,
}

/// The start of a tag.
#[derive(Clone, Copy, Default)]
struct Name {
    bytes: [u8; NAME],
    length: usize,
}

impl Name {
    fn put(&mut self, more: &[u8]) {
        for byte in more {
            if let Some(place) = self.bytes.get_mut(self.length) {
                *place = *byte;
            }
            self.length = (self.length + 1).min(NAME + 1);
        }
    }

    /// Nothing where the tag is longer than what is kept of it.
    fn all(&self) -> Option<&[u8]> {
        self.bytes.get(..self.length)
    }

    /// The name of an element that is opened; nothing where it is too long.
    fn opened(&self) -> Option<&[u8]> {
        let kept = self.bytes.get(..self.length.min(NAME))?;
        match kept.iter().position(u8::is_ascii_whitespace) {
            Some(end) => kept.get(..end),
            None => self.all().map(|all| all.strip_suffix(b"/").unwrap_or(all)),
        }
    }

    /// The name of an element that is closed: nothing but blanks may stand behind it.
    fn closed(&self) -> Option<&[u8]> {
        self.all()?.strip_prefix(b"/").map(<[u8]>::trim_ascii_end)
    }
}

/// Tells how much of a part a reader holds at once.
#[derive(Default)]
pub(in crate::read) struct Scan {
    at: At,
    tag: Name,
    /// The two bytes before this one, in what ends with three of a kind.
    before: [u8; 2],
    /// The elements that are open, from the cell on; none outside of cells.
    open: Vec<Name>,
    /// Whether something was met after which cells can no longer be told.
    pub(super) lost: bool,
    /// Bytes since the last tag outside of cells, and the most there were.
    stretch: u64,
    pub(in crate::read) longest: u64,
    pub(in crate::read) merges: usize,
}

impl Scan {
    pub(in crate::read) fn feed(&mut self, bytes: &[u8]) {
        let (mut at, mut since) = (0, 0);
        while at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            let step = self.step(rest);
            at += step.bytes;
            if step.bound {
                self.longest = self.longest.max(self.stretch + (at - since) as u64);
                (self.stretch, since) = (0, at);
            }
        }
        self.stretch += (bytes.len() - since) as u64;
        self.longest = self.longest.max(self.stretch);
    }

    /// Takes some bytes, at least one of those there are.
    fn step(&mut self, rest: &[u8]) -> Step {
        let on = |bytes| Step { bytes, bound: false };
        match self.at {
            At::Text => match memchr::memchr(b'<', rest) {
                Some(found) => {
                    self.at = At::Start;
                    on(found + 1)
                }
                None => on(rest.len()),
            },
            At::Start => {
                self.before = [0, 0];
                self.tag.length = 0;
                self.at = match rest.first() {
                    Some(b'!') => At::Bang,
                    Some(b'?') => At::Instruction,
                    _ => At::Tag(None),
                };
                on(usize::from(self.at == At::Bang))
            }
            At::Tag(quote) => self.within_tag(rest, quote),
            At::Bang => {
                self.at = match rest.first() {
                    Some(b'-') => At::Comment(0),
                    Some(b'[') => At::Verbatim,
                    _ => At::Declaration,
                };
                on(1)
            }
            At::Comment(seen) => self.until(rest, b'-', 2, seen),
            At::Verbatim => self.until(rest, b']', 2, 3),
            At::Instruction => self.until(rest, b'?', 1, 3),
            At::Declaration => {
                self.lost = true;
                on(rest.len())
            }
        }
    }

    /// Up to a `>` behind so many of a byte.
    fn until(&mut self, rest: &[u8], byte: u8, times: usize, seen: u8) -> Step {
        let mut seen = seen;
        for (at, &this) in rest.iter().enumerate() {
            let ends = self.before.get(2 - times..).is_some_and(|last| last.iter().all(|one| *one == byte));
            if this == b'>' && ends && seen >= 3 {
                self.at = At::Text;
                return Step { bytes: at + 1, bound: self.is_bound() };
            }
            self.before = [self.before[1], this];
            seen = (seen + 1).min(3);
        }
        if let At::Comment(kept) = &mut self.at {
            *kept = seen;
        }
        Step { bytes: rest.len(), bound: false }
    }

    fn within_tag(&mut self, rest: &[u8], quote: Option<u8>) -> Step {
        let found = match quote {
            Some(quote) => memchr::memchr(quote, rest),
            None => memchr::memchr3(b'>', b'"', b'\'', rest),
        };
        let end = found.unwrap_or(rest.len());
        if self.tag.length <= NAME {
            self.tag.put(rest.get(..end.min(NAME + 1)).unwrap_or_default());
        }
        if let Some(last) = end.checked_sub(1).and_then(|at| rest.get(at)) {
            self.before[1] = *last;
        }
        let Some(&sign) = rest.get(end) else { return Step { bytes: end, bound: false } };
        if sign == b'>' && quote.is_none() {
            self.at = At::Text;
            return Step { bytes: end + 1, bound: self.ended() };
        }
        self.at = At::Tag(if quote.is_some() { None } else { Some(sign) });
        self.before[1] = sign;
        if self.tag.length <= NAME {
            self.tag.put(&[sign]);
        }
        Step { bytes: end + 1, bound: false }
    }

    /// Whether nothing is held in memory past here.
    fn is_bound(&self) -> bool {
        self.open.is_empty() && !self.lost
    }

    /// A tag has ended: whether nothing is held past it.
    fn ended(&mut self) -> bool {
        let tag = self.tag;
        if tag.bytes.first() == Some(&b'/') && tag.length > 0 {
            let name = tag.closed();
            if name.is_some() && self.open.last().and_then(Name::opened) == name {
                self.open.pop();
            }
            return self.is_bound();
        }
        let closed = self.before[1] == b'/';
        if self.open.is_empty() {
            let name = tag.opened().unwrap_or_default();
            let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
            self.merges += usize::from(local == b"mergeCell");
            if local != b"c" || closed {
                return self.is_bound();
            }
        }
        if !closed {
            self.lost |= self.open.len() == DEEP || tag.opened().is_none();
            self.open.push(tag);
            self.open.truncate(DEEP);
        }
        false
    }
}

/// How far one step went.
struct Step {
    bytes: usize,
    /// Whether nothing is held in memory past it.
    bound: bool,
}
