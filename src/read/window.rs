//! A text cut into blocks that each hold whole records, before anything of it is parsed.

use std::io::Read;

use memchr::{memchr_iter, memrchr3};

use super::ReadFault;

/// A stretch of text that is taken to start and end where records do.
pub(super) struct Window {
    pub(super) index: usize,
    /// Where in the text it starts.
    pub(super) offset: u64,
    pub(super) bytes: Vec<u8>,
    /// Whether the text ends with it.
    pub(super) last: bool,
}

/// Cuts a text at line ends that an even number of quotes goes before. Stray quotes can fool that, so
/// whoever parses a window must check that it ends a record.
pub(super) struct Windows<'a> {
    reader: Box<dyn Read + Send + 'a>,
    size: usize,
    index: usize,
    offset: u64,
    carry: Vec<u8>,
    done: bool,
}

/// A window, or why there is none.
pub(super) enum Cut {
    Window(Window),
    /// No line end of the window could be one between records.
    Nowhere,
    Fault(ReadFault),
}

impl<'a> Windows<'a> {
    pub(super) fn new(reader: Box<dyn Read + Send + 'a>, size: usize) -> Self {
        Windows { reader, size, index: 0, offset: 0, carry: Vec::new(), done: false }
    }

    fn read(&mut self) -> Result<Cut, ReadFault> {
        let mut bytes = std::mem::take(&mut self.carry);
        bytes.reserve_exact(self.size);
        let got = self.reader.by_ref().take(self.size as u64).read_to_end(&mut bytes)?;
        let last = got < self.size;
        let cut = if last { Some(bytes.len()) } else { cut(&bytes) };
        let Some(cut) = cut.filter(|&cut| last || cut > 0) else { return Ok(Cut::Nowhere) };
        self.carry = bytes.split_off(cut);
        self.done = last;
        let window = Window { index: self.index, offset: self.offset, bytes, last };
        self.index += 1;
        self.offset += cut as u64;
        Ok(Cut::Window(window))
    }
}

impl Iterator for Windows<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        if self.done {
            return None;
        }
        let cut = self.read().unwrap_or_else(Cut::Fault);
        self.done |= !matches!(cut, Cut::Window(_));
        Some(cut)
    }
}

/// The end of the last line that an even number of quotes goes before. A CR at the very end may be half of
/// a line end, so it does not count.
fn cut(bytes: &[u8]) -> Option<usize> {
    let mut even = memchr_iter(b'"', bytes).count().is_multiple_of(2);
    let mut end = bytes.len();
    while let Some(at) = memrchr3(b'\n', b'\r', b'"', bytes.get(..end)?) {
        match bytes.get(at) {
            Some(b'"') => even = !even,
            Some(b'\n') if even => return Some(at + 1),
            Some(b'\r') if even && bytes.get(at + 1).is_some_and(|&byte| byte != b'\n') => {
                return Some(at + 1);
            }
            _ => {}
        }
        end = at;
    }
    None
}
