//! A zip of parts that are packed already, with ZIP64 where a size or a place needs it.

use std::io::{self, Write};

/// From this on a field of 32 bits only says that the true value stands in the ZIP64 extra.
const LARGE: u64 = 0xffff_ffff;
/// 1980-01-01: parts of a workbook have no time of their own.
const DAY: u16 = 0x21;

/// What is known of a part before it is written.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// How it is packed: 0 not at all, 8 deflated.
    pub method: u16,
    /// The checksum of the plain bytes.
    pub crc: u32,
    /// Bytes as packed.
    pub packed: u64,
    /// Bytes when unpacked.
    pub plain: u64,
}

/// A zip that is written from front to back.
pub struct Container<W> {
    out: Counted<W>,
    parts: Vec<(Part, u64)>,
    large: u64,
}

/// Counts what is written.
struct Counted<W> {
    out: W,
    written: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Container<W> {
    /// An empty zip.
    pub fn new(out: W) -> Container<W> {
        Container { out: Counted { out, written: 0 }, parts: Vec::new(), large: LARGE }
    }

    /// The same with another size from which on ZIP64 is used, so that tests need no large files.
    #[cfg(test)]
    pub fn with_large(out: W, large: u64) -> Container<W> {
        Container { large, ..Container::new(out) }
    }

    /// Writes a part; `fill` writes its packed bytes.
    ///
    /// # Errors
    /// When it cannot be written, or `fill` writes more or fewer bytes than it should.
    pub fn part(
        &mut self,
        part: Part,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = self.out.written;
        let large = part.packed >= self.large || part.plain >= self.large;
        let mut head = Vec::with_capacity(64 + part.name.len());
        four(&mut head, 0x0403_4b50);
        Self::common(&mut head, &part, large);
        two(&mut head, if large { 20 } else { 0 });
        head.extend_from_slice(part.name.as_bytes());
        if large {
            two(&mut head, 1);
            two(&mut head, 16);
            eight(&mut head, part.plain);
            eight(&mut head, part.packed);
        }
        self.out.write_all(&head)?;
        let before = self.out.written;
        fill(&mut self.out)?;
        if self.out.written - before != part.packed {
            return Err(io::Error::other("a part of the workbook has another size than it should"));
        }
        self.parts.push((part, start));
        Ok(())
    }

    /// The fields that stand both before a part and in the list of parts, up to the length of the name.
    fn common(out: &mut Vec<u8>, part: &Part, large: bool) {
        two(out, if large { 45 } else { 20 });
        two(out, 0);
        two(out, part.method);
        two(out, 0);
        two(out, DAY);
        four(out, part.crc);
        // Both sizes go to the extra as soon as one of them is too large.
        let short = |size: u64| if large { 0xffff_ffff } else { size as u32 };
        four(out, short(part.packed));
        four(out, short(part.plain));
        two(out, part.name.len() as u16);
    }

    /// Writes the list of parts.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        let start = self.out.written;
        for (part, at) in &self.parts {
            let large = part.packed >= self.large || part.plain >= self.large;
            let far = *at >= self.large;
            let mut entry = Vec::with_capacity(96 + part.name.len());
            four(&mut entry, 0x0201_4b50);
            two(&mut entry, 45);
            Self::common(&mut entry, part, large || far);
            let extra = 8 * (2 * u16::from(large || far) + u16::from(far));
            two(&mut entry, if extra > 0 { extra + 4 } else { 0 });
            // No comment, one disk, no attributes.
            for _ in 0..3 {
                two(&mut entry, 0);
            }
            four(&mut entry, 0);
            four(&mut entry, if far { 0xffff_ffff } else { *at as u32 });
            entry.extend_from_slice(part.name.as_bytes());
            if extra > 0 {
                two(&mut entry, 1);
                two(&mut entry, extra);
                eight(&mut entry, part.plain);
                eight(&mut entry, part.packed);
                if far {
                    eight(&mut entry, *at);
                }
            }
            self.out.write_all(&entry)?;
        }
        let length = self.out.written - start;
        self.end(start, length)
    }

    fn end(&mut self, start: u64, length: u64) -> io::Result<()> {
        let mut end = Vec::new();
        let count = self.parts.len() as u64;
        let far = start >= self.large || length >= self.large || count >= 0xffff;
        if far {
            let at = self.out.written;
            four(&mut end, 0x0606_4b50);
            eight(&mut end, 44);
            two(&mut end, 45);
            two(&mut end, 45);
            four(&mut end, 0);
            four(&mut end, 0);
            for value in [count, count, length, start] {
                eight(&mut end, value);
            }
            four(&mut end, 0x0706_4b50);
            four(&mut end, 0);
            eight(&mut end, at);
            four(&mut end, 1);
        }
        four(&mut end, 0x0605_4b50);
        two(&mut end, 0);
        two(&mut end, 0);
        for _ in 0..2 {
            two(&mut end, if far { 0xffff } else { count as u16 });
        }
        four(&mut end, if far { 0xffff_ffff } else { length as u32 });
        four(&mut end, if far { 0xffff_ffff } else { start as u32 });
        two(&mut end, 0);
        self.out.write_all(&end)?;
        self.out.flush()
    }
}

fn two(out: &mut Vec<u8>, value: u16) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn four(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn eight(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(&value.to_le_bytes());
}
