//! The parts of a workbook, looked through tag by tag before a reader sees them.
//!
//! The reader holds a tag, a comment, a text and all of a cell in memory at once, so none of these may be long.

mod held;

use std::io::Read;
use std::time::Instant;

use memchr::memmem;

use super::container::{Contents, container};
use super::source::Source;
use super::{Limits, ReadFault};
pub(super) use held::Scan;

/// Bytes inflated in one go.
const PIECE: u64 = 1 << 18;

/// How long the reading of one workbook may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watch {
    since: Instant,
    seconds: u64,
}

impl Watch {
    /// Starts now. A large workbook honestly takes longer: a second more for each mebibyte.
    pub(super) fn new(source: &Source, limits: &Limits) -> Watch {
        Watch { since: Instant::now(), seconds: limits.seconds + (source.len() >> 20) }
    }

    /// # Errors
    ///
    /// Once it has taken too long.
    pub(super) fn check(&self) -> Result<(), ReadFault> {
        if self.since.elapsed().as_secs() >= self.seconds {
            return Err(ReadFault::TimedOut { seconds: self.seconds });
        }
        Ok(())
    }
}

/// Refuses a workbook with a tag, a text or a cell longer than any can be, or with too many merged areas. Tells
/// whether it may have any: knowing that it has none saves parsing every sheet twice.
pub(super) fn survey(
    contents: &Contents,
    source: &Source,
    limits: &Limits,
    watch: &Watch,
) -> Result<bool, ReadFault> {
    let mut archive = container(source)?;
    let mut buffer = Vec::with_capacity(PIECE as usize);
    let mut merges = false;
    for entry in &contents.entries {
        // What is short, or hardly packed, cannot hold much: looking through all there is would cost honest files a third
        // of the time that reading them takes.
        let suspect = entry.bytes > limits.stretch && entry.ratio > limits.loose;
        let sheet = entry.key.contains("worksheets/");
        if !suspect && (!sheet || merges) {
            continue;
        }
        let mut part = archive.by_index(entry.index)?;
        if !suspect {
            merges = may_have_merges(&mut part, &mut buffer)?;
            continue;
        }
        let mut scan = Scan::default();
        let mut first = true;
        loop {
            buffer.clear();
            if part.by_ref().take(PIECE).read_to_end(&mut buffer)? == 0 {
                break;
            }
            // Pictures and the like are no sheets, whatever a workbook says of them.
            if std::mem::take(&mut first) && !starts_as_markup(&buffer) {
                break;
            }
            scan.feed(&buffer);
            if scan.longest > limits.stretch {
                return Err(ReadFault::TooLarge {
                    what: format!("a cell of {}", entry.key),
                    bytes: scan.longest,
                    limit: limits.stretch,
                });
            }
            if scan.merges > limits.merges {
                return Err(ReadFault::TooManyEntries { entries: scan.merges, limit: limits.merges });
            }
            watch.check()?;
        }
        merges |= scan.merges > 0 || scan.lost;
    }
    Ok(merges)
}

fn may_have_merges(part: &mut impl Read, buffer: &mut Vec<u8>) -> Result<bool, ReadFault> {
    let finder = memmem::Finder::new(b"mergeCell");
    buffer.clear();
    while part.by_ref().take(PIECE).read_to_end(buffer)? > 0 {
        if finder.find(buffer).is_some() {
            return Ok(true);
        }
        // The start of one may be at the end.
        buffer.drain(..buffer.len().saturating_sub(finder.needle().len()));
    }
    Ok(false)
}

fn starts_as_markup(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    // In two bytes a letter as well.
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0 | 0xFE | 0xFF));
    first == Some(&b'<')
}
