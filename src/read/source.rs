//! Where the bytes of a table come from, so that they can be read more than once and from several threads.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::ReadFault;

/// Members of a zip up to this size are kept in memory; larger ones go to an unnamed temporary file, so
/// that a folder of zips costs disk, not memory, and a killed run leaves nothing behind.
const IN_MEMORY: u64 = 1 << 20;

/// What can be read and searched.
pub(super) trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

/// Bytes that can be opened again and again.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A file that is opened anew for each reading, so that thousands of inputs need no handle each.
    Path { path: PathBuf, bytes: u64, modified: Option<SystemTime> },
    /// A small zip member.
    Memory(Arc<[u8]>),
    /// A large zip member, or standard input.
    Spooled { file: Arc<File>, bytes: u64 },
}

impl Source {
    /// The file at `path`, which must be a regular one: anything else is refused before it is opened.
    pub(super) fn path(path: &Path) -> Result<Source, ReadFault> {
        let meta = std::fs::metadata(path)?;
        if meta.is_dir() {
            // A folder that could not be listed comes here, to be refused in the system's words.
            std::fs::read_dir(path)?;
        }
        if !meta.is_file() {
            return Err(ReadFault::NotAFile { path: path.display().to_string() });
        }
        Ok(Source::Path { path: path.to_owned(), bytes: meta.len(), modified: meta.modified().ok() })
    }

    /// All of `from`, kept aside. Not more than `limit` bytes are taken.
    pub(super) fn spool(from: &mut dyn Read, limit: u64) -> Result<Source, ReadFault> {
        let mut head = Vec::new();
        from.take(IN_MEMORY.min(limit) + 1).read_to_end(&mut head)?;
        if head.len() as u64 <= IN_MEMORY.min(limit) {
            return Ok(Source::Memory(head.into()));
        }
        let mut file = tempfile::tempfile()?;
        file.write_all(&head)?;
        let bytes = head.len() as u64 + io::copy(&mut from.take(limit), &mut file)?;
        if bytes > limit {
            return Err(ReadFault::TooLarge { what: "the content".to_owned(), bytes, limit });
        }
        Ok(Source::Spooled { file: Arc::new(file), bytes })
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> u64 {
        match self {
            Source::Path { bytes, .. } | Source::Spooled { bytes, .. } => *bytes,
            Source::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// A file of these bytes, at its start, to hand to another process.
    pub(super) fn file(&self) -> Result<File, ReadFault> {
        let mut file = match self {
            Source::Path { path, bytes, modified } => unchanged(path, *bytes, *modified)?,
            Source::Memory(bytes) => {
                let mut copy = tempfile::tempfile()?;
                copy.write_all(bytes)?;
                copy
            }
            Source::Spooled { file, .. } => file.try_clone()?,
        };
        file.rewind()?;
        Ok(file)
    }

    /// A reader from the start, independent of all others.
    ///
    /// # Errors
    ///
    /// The system's refusal, or [`ReadFault::Changed`]: what was recognised in one reading would not fit
    /// what the next one finds.
    pub(super) fn open(&self) -> Result<Box<dyn Bytes>, ReadFault> {
        match self {
            Source::Path { path, bytes, modified } => Ok(Box::new(unchanged(path, *bytes, *modified)?)),
            Source::Memory(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Source::Spooled { file, bytes } => {
                Ok(Box::new(Spool { file: Arc::clone(file), bytes: *bytes, at: 0 }))
            }
        }
    }
}

/// The file, if it still is what it was.
fn unchanged(path: &Path, bytes: u64, modified: Option<SystemTime>) -> Result<File, ReadFault> {
    let file = File::open(path)?;
    let meta = file.metadata()?;
    if meta.len() != bytes || meta.modified().ok() != modified {
        return Err(ReadFault::Changed);
    }
    Ok(file)
}

/// A reader with a position of its own over a shared file.
struct Spool {
    file: Arc<File>,
    bytes: u64,
    at: u64,
}

impl Read for Spool {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let got = std::os::unix::fs::FileExt::read_at(&*self.file, into, self.at)?;
        #[cfg(windows)]
        let got = std::os::windows::fs::FileExt::seek_read(&*self.file, into, self.at)?;
        self.at += got as u64;
        Ok(got)
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
