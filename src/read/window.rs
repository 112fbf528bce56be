//! A text cut into blocks that each hold whole records, before anything of it is parsed.

use std::io::Read;

use memchr::memrchr3;

use super::ReadFault;
use crate::spare::Spare;

/// A stretch of text that is taken to start and end where records do.
pub(super) struct Window {
    pub(super) index: usize,
    /// Where in the text it starts.
    pub(super) offset: u64,
    /// Its bytes, and behind them what is left in their memory of windows before.
    pub(super) room: Vec<u8>,
    len: usize,
    /// Whether the text ends with it.
    pub(super) last: bool,
}

impl Window {
    pub(super) fn bytes(&self) -> &[u8] {
        self.room.get(..self.len).unwrap_or_default()
    }
}

/// Cuts a text at line ends that an even number of quotes goes before. Stray quotes can fool that, so
/// whoever parses a window must check that it ends a record.
pub(super) struct Windows<'a> {
    reader: Box<dyn Read + Send + 'a>,
    size: usize,
    /// Buffers of windows that are done with.
    spare: &'a Spare<Vec<u8>>,
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
    /// Windows of `size` bytes more than what the one before left over.
    pub(super) fn new(reader: Box<dyn Read + Send + 'a>, size: usize, spare: &'a Spare<Vec<u8>>) -> Self {
        Windows { reader, size, spare, index: 0, offset: 0, carry: Vec::new(), done: false }
    }

    fn read(&mut self) -> Result<Cut, ReadFault> {
        let mut room = self.spare.take();
        let known = self.carry.len();
        // Memory that was used before need not be made blank again.
        if room.len() < known + self.size {
            room.resize(known + self.size, 0);
        }
        room.get_mut(..known).unwrap_or_default().copy_from_slice(&self.carry);
        let got = fill(&mut self.reader, room.get_mut(known..known + self.size).unwrap_or_default())?;
        let bytes = room.get(..known + got).unwrap_or_default();
        let last = got < self.size;
        let cut = if last { Some(bytes.len()) } else { cut(bytes) };
        let Some(cut) = cut.filter(|&cut| last || cut > 0) else { return Ok(Cut::Nowhere) };
        self.carry.clear();
        self.carry.extend_from_slice(bytes.get(cut..).unwrap_or_default());
        self.done = last;
        let window = Window { index: self.index, offset: self.offset, room, len: cut, last };
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

/// Reads until `into` is full or nothing is left; how much was read.
fn fill(reader: &mut dyn Read, into: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(got) => filled += got,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The end of the last line that an even number of quotes goes before. A CR at the very end may be half of
/// a line end, so it does not count.
fn cut(bytes: &[u8]) -> Option<usize> {
    // A count would have to be added up; its last bit takes a third of the time.
    let mut even = bytes.iter().fold(0, |odd, byte| odd ^ u8::from(*byte == b'"')) == 0;
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
