//! A disk that runs full, for tests.

use std::io::{self, Cursor, Seek, SeekFrom, Write};

/// Takes so many bytes and no more.
pub(super) struct Full {
    out: Cursor<Vec<u8>>,
    room: usize,
}

impl Full {
    /// Room for so many bytes.
    pub(super) const fn with_room(room: usize) -> Full {
        Full { out: Cursor::new(Vec::new()), room }
    }

    /// What was taken.
    pub(super) fn into_inner(self) -> Vec<u8> {
        self.out.into_inner()
    }
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.room - self.out.get_ref().len();
        if left == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.out.write(bytes.get(..left).unwrap_or(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Full {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out.seek(to)
    }
}
