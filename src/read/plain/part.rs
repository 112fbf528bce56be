//! A part of a workbook in stretches.

use super::{NotPlain, Plainly};
use memchr::memmem;
use std::io::Read;

/// How long a stretch may get before its end is found.
const LONGEST: usize = 16 << 20;

/// Cuts a part behind what ends its entries.
pub(super) struct Part<R> {
    part: R,
    size: usize,
    end: &'static [u8],
    rest: Vec<u8>,
    over: bool,
}

impl<R: Read> Part<R> {
    /// Stretches of about `size` bytes, each but the last up to the last `end` in them.
    pub(super) const fn new(part: R, size: usize, end: &'static [u8]) -> Part<R> {
        Part { part, size, end, rest: Vec::new(), over: false }
    }

    /// The next stretch, and whether it is the last.
    pub(super) fn next(&mut self) -> Plainly<Option<(String, bool)>> {
        if self.over {
            return Ok(None);
        }
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let more = self.size.saturating_sub(bytes.len()).max(self.size / 2);
            bytes.reserve_exact(more);
            let had = bytes.len();
            if self.part.by_ref().take(more as u64).read_to_end(&mut bytes)? == 0 {
                self.over = true;
                return Ok(Some((String::from_utf8(bytes)?, true)));
            }
            // What was there already holds no end.
            let from = had.saturating_sub(self.end.len());
            if let Some(at) = memmem::rfind(&bytes[from..], self.end) {
                self.rest = bytes.split_off(from + at + self.end.len());
                return Ok(Some((String::from_utf8(bytes)?, false)));
            }
            if bytes.len() > LONGEST {
                return Err(NotPlain);
            }
        }
    }
}
