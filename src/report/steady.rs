//! Saving a workbook where writing may fail at any moment.

use rust_xlsxwriter::{Workbook, XlsxError};
use std::io::{self, Seek, SeekFrom, Write};

/// Saves a workbook.
///
/// The library that packs it prints on standard error where closing what it could not write fails again, which no
/// reader can make sense of. So it is told of no failure: after the first one everything is let go, and the failure is
/// given back in the end.
///
/// # Errors
/// When the workbook cannot be made, or `out` takes no more. What `out` holds then is no workbook.
pub(crate) fn save_book(book: &mut Workbook, out: impl Write + Seek + Send) -> Result<(), XlsxError> {
    let mut steady = Steady { out, at: 0, end: 0, failed: None };
    let saved = book.save_to_writer(&mut steady);
    // What the library complains of after that comes of it.
    steady.failed.map_or(saved, |why| Err(XlsxError::IoError(why)))
}

/// A writer that remembers the first failure and takes everything from then on.
struct Steady<W> {
    out: W,
    /// Where the next byte goes, and how many there are, of a file that takes everything.
    at: u64,
    end: u64,
    failed: Option<io::Error>,
}

impl<W> Steady<W> {
    /// Does something with the file, unless it has failed.
    fn attempt<T>(&mut self, attempt: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<Option<T>> {
        if self.failed.is_some() {
            return Ok(None);
        }
        match attempt(&mut self.out) {
            Ok(done) => Ok(Some(done)),
            Err(again) if again.kind() == io::ErrorKind::Interrupted => Err(again),
            Err(why) => {
                self.failed = Some(why);
                Ok(None)
            }
        }
    }
}

impl<W: Write> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = match self.attempt(|out| out.write(bytes))? {
            // A file that takes nothing is full.
            Some(0) if !bytes.is_empty() => {
                self.failed = Some(io::ErrorKind::WriteZero.into());
                bytes.len()
            }
            Some(taken) => taken,
            None => bytes.len(),
        };
        self.at += taken as u64;
        self.end = self.end.max(self.at);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt(Write::flush).map(|_| ())
    }
}

impl<W: Seek> Seek for Steady<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let sought = self.attempt(|out| out.seek(to))?;
        let target = match (sought, to) {
            (Some(at), _) => Some(at),
            (None, SeekFrom::Start(at)) => Some(at),
            (None, SeekFrom::End(by)) => self.end.checked_add_signed(by),
            (None, SeekFrom::Current(by)) => self.at.checked_add_signed(by),
        };
        self.at = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::Steady;
    use crate::report::full::Full;
    use std::io::{self, Seek, SeekFrom, Write};

    #[test]
    fn after_the_first_failure_everything_is_taken_and_the_failure_is_kept() {
        let mut steady = Steady { out: Full::with_room(5), at: 0, end: 0, failed: None };
        steady.write_all(b"abcdefgh").expect("taken");
        assert_eq!(steady.stream_position().expect("a place"), 8);
        assert_eq!(steady.seek(SeekFrom::Start(2)).expect("a place"), 2);
        steady.write_all(b"XY").expect("taken");
        assert_eq!(steady.seek(SeekFrom::End(-1)).expect("a place"), 7);
        steady.flush().expect("flushed");
        assert_eq!(steady.failed.map(|why| why.kind()), Some(io::ErrorKind::StorageFull));
        assert_eq!(steady.out.into_inner(), b"abcde");
    }
}
