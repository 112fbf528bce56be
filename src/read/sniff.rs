//! What a file is, told from its first bytes: names lie, above all those that end in `.xls`.

use std::io::Read;

use memchr::memmem;

use super::source::Source;
use super::{ReadFault, encoding};

/// Bytes that tell; a NUL among them is no text.
const HEAD: u64 = 8 << 10;

/// The containers that are looked into further, and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A zip: a workbook or an archive of exports.
    Zip,
    /// The compound file of Excel 97 to 2003.
    Compound,
    /// A web page.
    Html,
    /// Excel's XML of 2003.
    Xml2003,
    /// A table of a lake.
    Parquet,
    /// The compound file around an encrypted workbook.
    Encrypted,
}

/// First bytes of files that are refused, with the reason.
const REFUSED: &[(&[u8], ReadFault)] = &[
    (b"%PDF", ReadFault::Pdf),
    (b"7z\xBC\xAF\x27\x1C", ReadFault::OtherArchive { kind: "7z" }),
    (b"Rar!\x1A\x07", ReadFault::OtherArchive { kind: "rar" }),
    (b"\x1F\x8B", ReadFault::OtherArchive { kind: "gzip" }),
    (b"MIME-Version:", ReadFault::Html),
    (b"{\"schema\":\"shipby.", ReadFault::OwnReport),
];

/// Ends of a first line of JSON and beginnings of first lines of text that this program writes: orders, and the list
/// of those at risk in either language.
const OWN_ORDER: (&[u8], &[u8]) = (b"{\"marketplace\":\"", b"\"findings\":[");
const OWN_LISTS: [&str; 2] = ["风险,订单号,平台,店铺,订单状态,", "Risk,Order id,Marketplace,Store,Status,"];

/// Starts of web pages, in lower case.
const HTML: &[&str] =
    &["<!doctype html", "<html", "<head", "<meta", "<body", "<style", "<table", "<div", "<center"];

/// Tells what the bytes are, or why they are refused.
pub(super) fn sniff(source: &Source) -> Result<Kind, ReadFault> {
    let mut head = Vec::new();
    source.open()?.take(HEAD).read_to_end(&mut head)?;
    match head.as_slice() {
        [] => return Err(ReadFault::Empty),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Ok(Kind::Zip),
        [b'P', b'A', b'R', b'1', ..] => return Ok(Kind::Parquet),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => return compound(source),
        _ => {}
    }
    if let Some((_, fault)) = REFUSED.iter().find(|(start, _)| head.starts_with(start)) {
        return Err(fault.clone());
    }
    let wide = matches!(encoding::marked(&head), Some(super::Encoding::Utf16Le | super::Encoding::Utf16Be));
    if !wide && head.contains(&0) {
        return Err(ReadFault::Binary);
    }
    if is_own(&head) {
        return Err(ReadFault::OwnReport);
    }
    markup(&head).unwrap_or(Ok(Kind::Text))
}

/// Whether a text was written by this program.
fn is_own(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let order = head.starts_with(OWN_ORDER.0) && memmem::find(head, OWN_ORDER.1).is_some();
    order || OWN_LISTS.iter().any(|list| head.starts_with(list.as_bytes()))
}

/// A compound file is an encrypted workbook if it has a stream named `EncryptedPackage`, else one of Excel
/// 97 to 2003. Its directory may lie anywhere, and names in it are UTF-16.
fn compound(source: &Source) -> Result<Kind, ReadFault> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut reader = source.open()?;
    let mut bytes = Vec::new();
    while reader.by_ref().take(1 << 20).read_to_end(&mut bytes)? > 0 {
        if memmem::find(&bytes, &name).is_some() {
            return Ok(Kind::Encrypted);
        }
        bytes.drain(..bytes.len().saturating_sub(name.len()));
    }
    Ok(Kind::Compound)
}

/// Markup that passes for a spreadsheet.
fn markup(head: &[u8]) -> Option<Result<Kind, ReadFault>> {
    let text: Vec<u8> = head.iter().filter(|&&byte| byte != 0).map(u8::to_ascii_lowercase).collect();
    let start = text.iter().position(|byte| !byte.is_ascii_whitespace() && byte.is_ascii())?;
    let text = text.get(start..).filter(|text| text.starts_with(b"<"))?;
    if HTML.iter().any(|tag| text.starts_with(tag.as_bytes())) {
        return Some(Ok(Kind::Html));
    }
    let has = |word: &str| memmem::find(text, word.as_bytes()).is_some();
    if has("urn:schemas-microsoft-com:office:spreadsheet") {
        return Some(Ok(Kind::Xml2003));
    }
    if has("<html") || (text.starts_with(b"<!--") && has("<table")) {
        return Some(Ok(Kind::Html));
    }
    (text.starts_with(b"<?xml") || text.starts_with(b"<workbook")).then_some(Err(ReadFault::Xml))
}
