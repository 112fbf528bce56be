//! Which encoding a text is in, where it does not hold, and how a cell is decoded.
//!
//! Nothing is guessed among dozens of encodings: a byte order mark decides, else UTF-8 where the bytes
//! are UTF-8, else GB18030, the only other one these exports are written in. Delimiters, quotes and line
//! ends never occur inside a character of either, so rows are split before anything is decoded.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::{Encoding as Charset, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::bytes::equal;
use super::source::Source;
use super::{Encoding, ReadFault};

/// How many bytes from the first one that is not ASCII decide on the encoding.
const WINDOW: u64 = 1 << 20;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
/// U+FFFD in UTF-8: where the UTF-16 of a file could not be read.
const REPLACED: &[u8] = b"\xEF\xBF\xBD";

/// The encoding that a byte order mark at the start of `head` tells.
pub(super) fn marked(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => Some(Encoding::Utf8Bom),
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Decides on the encoding of a whole text. A file that begins with megabytes of ASCII is read on until
/// something in it decides.
pub(super) fn detect(source: &Source) -> Result<Encoding, ReadFault> {
    let mut reader = source.open()?;
    let mut window = Vec::new();
    reader.by_ref().take(WINDOW).read_to_end(&mut window)?;
    if let Some(encoding) = marked(&window) {
        return Ok(encoding);
    }
    loop {
        let ascii = Charset::ascii_valid_up_to(&window);
        let ended = (window.len() as u64) < WINDOW;
        if ascii == window.len() {
            if ended {
                return Ok(Encoding::Utf8);
            }
            window.clear();
            reader.by_ref().take(WINDOW).read_to_end(&mut window)?;
            continue;
        }
        window.drain(..ascii);
        let more = reader.by_ref().take(ascii as u64).read_to_end(&mut window)?;
        return Ok(decide(&window, ended || more < ascii));
    }
}

/// UTF-8 where the bytes are UTF-8, or nearly: text in another encoding hardly ever makes whole characters of
/// several bytes by chance. Else the one of the two that leaves fewer places unread: a single broken character must
/// not turn a whole UTF-8 file into another script. `last` tells that the text ends
/// with `bytes`, so that a character cut at their end is broken.
fn decide(bytes: &[u8], last: bool) -> Encoding {
    let utf8 = Places::of_utf8(bytes, last).bad.len();
    let whole =
        || bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(|c| !c.is_ascii()).count();
    if utf8 == 0 || whole() > utf8 * 8 || utf8 < Places::of_gb18030(bytes, last).bad.len() {
        Encoding::Utf8
    } else {
        Encoding::Gb18030
    }
}

/// A reader over the text without its mark, in the encoding that rows are split in: UTF-16 becomes UTF-8,
/// the others stay as they are.
pub(super) fn reader<'a>(
    mut raw: Box<dyn Read + Send + 'a>,
    encoding: Encoding,
) -> Result<Box<dyn Read + Send + 'a>, ReadFault> {
    let charset = match encoding {
        Encoding::Utf8 | Encoding::Gb18030 => return Ok(raw),
        Encoding::Utf8Bom => {
            let mut mark = Vec::new();
            raw.by_ref().take(UTF8_MARK.len() as u64).read_to_end(&mut mark)?;
            return Ok(raw);
        }
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
    };
    let decoded =
        DecodeReaderBytesBuilder::new().encoding(Some(charset)).build_with_buffer(raw, vec![0; 1 << 16])?;
    Ok(Box::new(decoded))
}

/// Where a block of text cannot be read, and the block as text where all of it can.
pub(super) struct Places<'a> {
    /// The block up to a character that its end may cut; `None` where anything in it is not UTF-8.
    pub(super) text: Option<&'a str>,
    /// Offsets of bytes that begin no character, ascending.
    pub(super) bad: Vec<u32>,
}

impl<'a> Places<'a> {
    /// Checks `bytes`; `last` tells that the text ends with them.
    pub(super) fn of(bytes: &'a [u8], encoding: Encoding, last: bool) -> Places<'a> {
        match encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => Places::of_utf8(bytes, last),
            Encoding::Gb18030 => Places::of_gb18030(bytes, last),
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let mut places = Places::of_utf8(bytes, last);
                places.bad.extend(memchr::memmem::find_iter(bytes, REPLACED).map(|at| at as u32));
                places.bad.sort_unstable();
                places
            }
        }
    }

    fn of_utf8(bytes: &'a [u8], last: bool) -> Places<'a> {
        // A character that the end cuts is completed by what follows.
        let bytes = if last { bytes } else { bytes.split_at(whole_characters(bytes)).0 };
        // Several times as fast as the standard library where the text is Chinese, and mostly all is well.
        if let Some(Cow::Borrowed(text)) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
            return Places { text: Some(text), bad: Vec::new() };
        }
        let Err(error) = std::str::from_utf8(bytes) else { return Places { text: None, bad: Vec::new() } };
        let (whole, cut) = bytes.split_at(error.valid_up_to());
        let mut bad = Vec::new();
        let mut at = whole.len();
        for chunk in cut.utf8_chunks() {
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                bad.push(at as u32);
            }
            at += chunk.invalid().len();
        }
        Places { text: None, bad }
    }

    fn of_gb18030(bytes: &'a [u8], last: bool) -> Places<'a> {
        let ascii = Charset::ascii_valid_up_to(bytes);
        if ascii == bytes.len() {
            return Places { text: std::str::from_utf8(bytes).ok(), bad: Vec::new() };
        }
        let mut bad = Vec::new();
        let mut at = ascii;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let length = gb18030_length(rest);
            if length.is_none() && (last || !gb18030_cut(rest)) {
                bad.push(at as u32);
            }
            at += length.unwrap_or(1);
        }
        Places { text: None, bad }
    }
}

/// How many bytes are left without the beginning of a character of UTF-8 at their end.
fn whole_characters(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(3);
    for (at, &byte) in bytes.iter().enumerate().skip(tail).rev() {
        let needs = match byte {
            0x80..=0xBF => continue,
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 1,
        };
        let cut = at + needs > bytes.len();
        // Only what the next bytes can complete: not every beginning is one of a character.
        let open = cut
            && std::str::from_utf8(bytes.get(at..).unwrap_or_default())
                .is_err_and(|e| e.error_len().is_none());
        return if open { at } else { bytes.len() };
    }
    bytes.len()
}

/// Length of the character that `rest` starts with, or of several.
fn gb18030_length(rest: &[u8]) -> Option<usize> {
    if let Some(&word) = rest.first_chunk() {
        const TOP: u64 = u64::from_le_bytes([0x80; 8]);
        let word = u64::from_le_bytes(word);
        let ascii = (word & TOP).trailing_zeros() as usize / 8;
        if ascii > 0 {
            return Some(ascii);
        }
        // Four characters of two bytes, as in most Chinese.
        if word & TOP == TOP && equal(word, 0x80) | equal(word, 0xFF) == 0 {
            return Some(8);
        }
    }
    match *rest {
        // 0x80 is the euro sign of Windows' GBK.
        [0..=0x80, ..] => Some(1),
        [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..] => Some(2),
        [a @ 0x81..=0xFE, b @ 0x30..=0x39, c @ 0x81..=0xFE, d @ 0x30..=0x39, ..] => {
            let pointer = ((u32::from(a) - 0x81) * 10 + u32::from(b) - 0x30) * 1260
                + (u32::from(c) - 0x81) * 10
                + (u32::from(d) - 0x30);
            // The Basic Multilingual Plane, then the others; between them nothing is assigned.
            matches!(pointer, 0..=39_419 | 189_000..=1_237_575).then_some(4)
        }
        _ => None,
    }
}

/// Whether `rest` is the beginning of a character that the next block may complete.
fn gb18030_cut(rest: &[u8]) -> bool {
    matches!(rest, [0x81..=0xFE] | [0x81..=0xFE, 0x30..=0x39] | [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE])
}

/// The characters of one cell. What cannot be read becomes U+FFFD.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Gb18030 => GB18030.decode_without_bom_handling(bytes).0,
        _ => String::from_utf8_lossy(bytes),
    }
}
