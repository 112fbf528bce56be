//! The shared strings of a workbook, one behind the other.

use super::part::Part;
use super::xml::Walk;
use super::{NotPlain, Plainly};
use crate::read::container::{Contents, container};
use crate::read::source::Source;

/// Bytes that are taken apart at a time.
const STRETCH: usize = 1 << 20;
const HEAD: &str = "<sst";

/// All shared strings.
#[derive(Debug, Default)]
pub(in crate::read) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Those of a workbook; none where it has none.
    pub(in crate::read) fn of(source: &Source, contents: &Contents) -> Plainly<Strings> {
        let mut strings = Strings::default();
        let mut parts = contents.entries.iter().filter(|entry| entry.key.ends_with("sharedstrings.xml"));
        let Some(entry) = parts.next() else { return Ok(strings) };
        // The reader of workbooks looks for it in one place only.
        if entry.key != "xl/sharedstrings.xml" || parts.next().is_some() {
            return Err(NotPlain);
        }
        let mut archive = container(source)?;
        let mut part = Part::new(archive.by_index(entry.index)?, STRETCH, b"</si>");
        let mut start = true;
        while let Some((text, last)) = part.next()? {
            let mut text = text.as_str();
            if std::mem::take(&mut start) {
                let at = text.find(HEAD).ok_or(NotPlain)?;
                super::cells::plain_prolog(&text[..at])?;
                text = &text[at..];
            }
            strings.take(text, last)?;
        }
        strings.text.shrink_to_fit();
        Ok(strings)
    }

    fn take(&mut self, text: &str, last: bool) -> Plainly<()> {
        let mut walk = Walk::new(text);
        while let Some(tag) = walk.tag()? {
            match tag.name {
                "sst" if !tag.closed => {}
                "si" => {
                    if !tag.closed {
                        self.one(&mut walk)?;
                    }
                    self.ends.push(u32::try_from(self.text.len()).map_err(|_| NotPlain)?);
                }
                "/sst" => return Ok(()),
                _ => return Err(NotPlain),
            }
        }
        // It breaks off.
        if last { Err(NotPlain) } else { Ok(()) }
    }

    fn one(&mut self, walk: &mut Walk<'_>) -> Plainly<()> {
        loop {
            let tag = walk.must()?;
            match tag.name {
                "t" => self.text.push_str(&tag.text_of(walk)?),
                "r" | "/r" => {}
                "rPr" | "rPh" if !tag.closed => walk.skip(&format!("</{}>", tag.name))?,
                "rPr" | "phoneticPr" if tag.closed => {}
                "/si" => return Ok(()),
                _ => return Err(NotPlain),
            }
        }
    }

    /// A string by its number.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }

    /// How much memory they take.
    pub(in crate::read) fn bytes(&self) -> u64 {
        (self.text.len() + 4 * self.ends.len()) as u64
    }
}
