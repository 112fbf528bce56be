//! A temporary file of packed text, filled by several threads in any order.

use super::row::Buffers;
use crate::spare::Spare;
use flate2::{Compress, Compression, FlushCompress};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// How hard to pack: chosen by measuring, see `docs/performance.md`.
const LEVEL: u32 = 2;

/// Packed text at its place in the spool. Pieces put one behind the other are one packed text.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// Where it begins.
    pub at: u64,
    /// Its bytes.
    pub length: u64,
    /// Bytes of the text.
    pub plain: u64,
    /// The checksum of the text.
    pub crc: u32,
}

/// The file, and where it ends.
pub struct Spool {
    file: Mutex<(File, u64)>,
    /// Of stretches that are done.
    buffers: Spare<Buffers>,
    packers: Spare<Packer>,
}

impl Spool {
    /// An empty spool in a folder; of none in that of the system. It goes when it is dropped.
    pub fn new(folder: Option<&Path>) -> io::Result<Spool> {
        let file = match folder {
            Some(folder) => tempfile::tempfile_in(folder)?,
            None => tempfile::tempfile()?,
        };
        Ok(Spool { file: Mutex::new((file, 0)), buffers: Spare::default(), packers: Spare::default() })
    }

    /// Empty buffers to write rows into.
    pub fn buffers(&self) -> Buffers {
        self.buffers.take()
    }

    /// Takes buffers back.
    pub fn put_back(&self, mut buffers: Buffers) {
        buffers.clear();
        self.buffers.put(buffers);
    }

    /// Packs a text and keeps it.
    pub fn keep(&self, text: &[u8]) -> io::Result<Packed> {
        let mut used = self.packers.take();
        let packed = used.pack(text, false)?;
        self.packers.put(used);
        let crc = crc32fast::hash(text);
        let mut held = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, end) = &mut *held;
        file.seek(SeekFrom::Start(*end))?;
        file.write_all(&packed)?;
        let kept = Packed { at: *end, length: packed.len() as u64, plain: text.len() as u64, crc };
        *end += kept.length;
        Ok(kept)
    }

    /// Copies what was kept, still packed.
    pub fn copy(&self, kept: &Packed, out: &mut impl Write) -> io::Result<()> {
        let mut held = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        held.0.seek(SeekFrom::Start(kept.at))?;
        let mut packed = vec![0; kept.length as usize];
        held.0.read_exact(&mut packed)?;
        out.write_all(&packed)
    }
}

/// Packs texts, one after the other.
pub struct Packer(Compress);

impl Default for Packer {
    fn default() -> Packer {
        Packer(Compress::new(Compression::new(LEVEL), false))
    }
}

impl Packer {
    /// Packs a text so that another packed text may follow, or, where it is the last, none.
    pub fn pack(&mut self, text: &[u8], last: bool) -> io::Result<Vec<u8>> {
        let deflate = &mut self.0;
        deflate.reset();
        let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
        let mut packed = Vec::with_capacity(text.len() / 4 + 64);
        loop {
            let read = deflate.total_in() as usize;
            deflate.compress_vec(&text[read..], &mut packed, flush).map_err(io::Error::other)?;
            // Room that is left says that all was put out.
            if deflate.total_in() as usize == text.len() && packed.len() < packed.capacity() {
                return Ok(packed);
            }
            packed.reserve(packed.capacity().max(64));
        }
    }
}
