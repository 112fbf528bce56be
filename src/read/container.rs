//! Zip containers, workbooks included, examined by their directory before anything is inflated.
//!
//! Entries cannot inflate beyond the size they declare, so judging the declared sizes bounds the real ones.

use std::io::{BufReader, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::source::{Bytes, Source};
use super::{Format, Limits, ReadFault};

pub(super) type Container = ZipArchive<BufReader<Box<dyn Bytes>>>;

/// Bytes that the place of a shared string takes, while the list of them grows.
const STRING: u64 = 72;
/// Bytes of styles below which their formats need no counting.
const STYLES_FROM: u64 = 1 << 20;
/// How long the name of a tag may be.
const TAG: usize = 64;
/// How much of the shared strings must show how many there are.
const STRINGS_HEAD: u64 = 64 << 10;

/// One entry of a container.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) index: usize,
    /// Lower case, `/` between folders.
    pub(super) key: String,
    /// As it is.
    pub(super) name: Vec<u8>,
    pub(super) bytes: u64,
    /// Inflated over deflated bytes.
    pub(super) ratio: u64,
    pub(super) encrypted: bool,
}

/// What a container holds.
#[derive(Clone, Debug)]
pub(super) struct Contents {
    pub(super) entries: Vec<Entry>,
}

impl From<ZipError> for ReadFault {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::InvalidArchive(why) if why.contains("EOCD") => ReadFault::CutOff,
            ZipError::Io(error) => ReadFault::Damaged { why: error.to_string() },
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                ReadFault::Password
            }
            error => ReadFault::Damaged { why: error.to_string() },
        }
    }
}

/// A container ready for inflating.
pub(super) fn container(source: &Source) -> Result<Container, ReadFault> {
    Ok(ZipArchive::new(BufReader::with_capacity(1 << 16, source.open()?))?)
}

/// Lists a container and refuses one that could not be honest.
pub(super) fn examine(source: &Source, limits: &Limits) -> Result<Contents, ReadFault> {
    let archive = container(source)?;
    if archive.len() > limits.entries {
        return Err(ReadFault::TooManyEntries { entries: archive.len(), limit: limits.entries });
    }
    let mut entries = Vec::with_capacity(archive.len());
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index)?;
        let name = entry.name_raw().to_vec();
        let key = String::from_utf8_lossy(&name).replace('\\', "/").to_lowercase();
        let (bytes, deflated) = (entry.size(), entry.compressed_size().max(1));
        if bytes > limits.ratio_from && bytes / deflated > limits.ratio {
            return Err(ReadFault::Inflates { what: key, ratio: bytes / deflated, limit: limits.ratio });
        }
        total = total.saturating_add(bytes);
        let ratio = bytes / deflated;
        entries.push(Entry { index, key, name, bytes, ratio, encrypted: entry.encrypted() });
    }
    if total > limits.inflated {
        return Err(ReadFault::TooLarge {
            what: "the content".to_owned(),
            bytes: total,
            limit: limits.inflated,
        });
    }
    // Parts may share their bytes, or be just small enough each.
    let ratio = total / source.len().max(1);
    if total > limits.ratio_from && ratio > limits.ratio {
        return Err(ReadFault::Inflates { what: "the content".to_owned(), ratio, limit: limits.ratio });
    }
    if archive.has_duplicate_names() {
        return Err(ReadFault::DuplicateEntry);
    }
    Ok(Contents { entries })
}

impl Contents {
    fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The kind of workbook in the container, or [`Format::Zip`].
    pub(super) fn format(&self) -> Format {
        if self.has("xl/workbook.bin") {
            Format::Xlsb
        } else if self.has("mimetype") && self.has("content.xml") {
            Format::Ods
        } else if self.has("[content_types].xml")
            && self.entries.iter().any(|entry| entry.key.contains("worksheets/"))
        {
            let macros = self.entries.iter().any(|entry| entry.key.ends_with("vbaproject.bin"));
            if macros { Format::Xlsm } else { Format::Xlsx }
        } else {
            Format::Zip
        }
    }

    /// Whether this program wrote the workbook: other programs keep who made it when they save it.
    pub(super) fn is_own(&self, source: &Source) -> Result<bool, ReadFault> {
        let Some(entry) = self.entries.iter().find(|entry| entry.key == "docprops/core.xml") else {
            return Ok(false);
        };
        let mut text = Vec::new();
        container(source)?.by_index(entry.index)?.take(STRINGS_HEAD).read_to_end(&mut text)?;
        Ok(memmem::find(&text, b"<dc:creator>shipby</dc:creator>").is_some())
    }

    /// Bytes of the shared strings, which stay in memory while a workbook is open.
    pub(super) fn strings(&self) -> u64 {
        self.shared_strings().map(|entry| entry.bytes).sum()
    }

    fn shared_strings(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.key.ends_with("sharedstrings.xml"))
    }

    /// Refuses shared strings that claim to be more than they are: the reader makes room for them all at
    /// once, and no handler catches memory running out.
    pub(super) fn check_strings(&self, source: &Source, limits: &Limits) -> Result<(), ReadFault> {
        for entry in self.shared_strings() {
            if entry.bytes > limits.strings_from && entry.ratio > limits.suspect {
                let (what, limit) = (entry.key.clone(), limits.suspect);
                return Err(ReadFault::Inflates { what, ratio: entry.ratio, limit });
            }
            let mut head = Vec::new();
            container(source)?.by_index(entry.index)?.take(STRINGS_HEAD).read_to_end(&mut head)?;
            let claimed = unique_count(&head).unwrap_or(0);
            // The shortest string, `<si/>`, takes more than four bytes.
            if claimed > entry.bytes / 4 {
                return Err(ReadFault::StringCount { claimed, bytes: entry.bytes });
            }
            if entry.bytes > STRINGS_HEAD && memmem::find(&head, b"sst").is_none() {
                return Err(ReadFault::Damaged { why: "its shared strings do not start".to_owned() });
            }
            if entry.bytes > limits.strings_from {
                let bytes = entry.bytes + STRING * count_tags(source, entry, &[b"si"])?;
                if bytes > limits.strings {
                    let what = "the text of the workbook".to_owned();
                    return Err(ReadFault::TooLarge { what, bytes, limit: limits.strings });
                }
            }
        }
        Ok(())
    }

    /// Refuses parts that list formats, sheets, names and relations at a length that no workbook has.
    pub(super) fn check_listings(&self, source: &Source, limits: &Limits) -> Result<(), ReadFault> {
        for entry in self.entries.iter().filter(|entry| entry.key.ends_with("styles.xml")) {
            if entry.bytes > limits.styles {
                let (what, bytes) = (entry.key.clone(), entry.bytes);
                return Err(ReadFault::TooLarge { what, bytes, limit: limits.styles });
            }
            if entry.bytes > STYLES_FROM {
                let formats = count_tags(source, entry, &[b"xf", b"numFmt"])? as usize;
                if formats > limits.formats {
                    return Err(ReadFault::TooManyEntries { entries: formats, limit: limits.formats });
                }
            }
        }
        let lists = |key: &str| {
            // Those of sheets have a line for each link, and are not read.
            (key.contains("_rels/") && !key.contains("worksheets/"))
                || key.ends_with("workbook.xml")
                || key == "[content_types].xml"
        };
        match self.entries.iter().find(|entry| lists(&entry.key) && entry.bytes > limits.listing) {
            Some(Entry { key, bytes, .. }) => {
                Err(ReadFault::TooLarge { what: key.clone(), bytes: *bytes, limit: limits.listing })
            }
            None => Ok(()),
        }
    }
}

/// How many tags of some names a part has, whatever their prefix.
fn count_tags(source: &Source, entry: &Entry, names: &[&[u8]]) -> Result<u64, ReadFault> {
    let mut archive = container(source)?;
    let mut part = archive.by_index(entry.index)?;
    let (mut buffer, mut count) = (Vec::with_capacity(1 << 18), 0);
    while part.by_ref().take(1 << 18).read_to_end(&mut buffer)? > 0 {
        // A tag that is cut off is looked at with what follows.
        let keep = memchr::memrchr(b'<', &buffer).filter(|at| buffer.len() - at < TAG);
        let whole = keep.unwrap_or(buffer.len());
        let tags = memchr::memchr_iter(b'<', buffer.get(..whole).unwrap_or_default());
        count += tags.filter(|at| buffer.get(at + 1..).is_some_and(|after| is_called(after, names))).count()
            as u64;
        buffer.drain(..whole);
    }
    Ok(count)
}

/// Whether a tag, given from behind its `<`, has one of some names.
fn is_called(after: &[u8], names: &[&[u8]]) -> bool {
    let name =
        after.iter().take(TAG).position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
    let name = name.and_then(|end| after.get(..end)).unwrap_or_default();
    name.rsplit(|byte| *byte == b':').next().is_some_and(|name| names.contains(&name))
}

/// The number of shared strings that the start of their part claims.
fn unique_count(head: &[u8]) -> Option<u64> {
    const NAME: &[u8] = b"uniqueCount";
    let after = memmem::find(head, NAME)? + NAME.len();
    let digits: String = head
        .get(after..)?
        .iter()
        .map(|&byte| char::from(byte))
        .skip_while(|letter| letter.is_ascii_whitespace() || matches!(letter, '=' | '"' | '\''))
        .take_while(char::is_ascii_digit)
        .collect();
    // More digits than fit are a claim like any other.
    (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
}
