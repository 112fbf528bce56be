//! What ERPs and old back ends write under the name `.xls`: web pages with a table, and Excel's XML of 2003.
//!
//! Both are streamed: once to see what is in them, once for the first rows, once for all of them.

mod entity;
mod html;
mod token;
mod workbook;

use std::collections::HashSet;
use std::io::BufReader;
use std::sync::Arc;

use calamine::Dimensions;
use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::excel::Sheets;
use super::feed::{Feed, Spot};
use super::panic::caught;
use super::source::{Bytes, Source};
use super::{Block, BlockResult, Encoding, Format, Head, Limits, ReadFault, encoding};
use html::Html;
pub(super) use token::{Token, Tokens};
use workbook::{Event, Workbook};

#[cfg(test)]
mod tests;

type Reader = BufReader<DecodeReaderBytes<Box<dyn Bytes>, Vec<u8>>>;

/// Gives the next cell.
type Next = Box<dyn FnMut() -> Result<Option<Spot<'static>>, ReadFault>>;

/// A table of a page, or a worksheet.
#[derive(Clone, Debug)]
pub(super) struct Markup {
    source: Source,
    pub(super) encoding: Encoding,
    /// Which worksheet it is; nothing for a page.
    sheet: Option<usize>,
    merged: Arc<[Dimensions]>,
    limits: Limits,
}

/// Sheets in the making: their names, whether they are hidden and have cells, and merged areas.
#[derive(Default)]
struct Seen {
    name: String,
    hidden: bool,
    filled: bool,
    merged: Vec<Dimensions>,
}

/// Opens a page or a workbook: what is in it, each with the name of its sheet, which a page has not.
pub(super) fn open(source: &Source, format: Format, limits: &Limits) -> Result<Sheets<Markup>, ReadFault> {
    let encoding = encoding::detect(source)?;
    let new = |sheet, merged: Vec<Dimensions>| Markup {
        source: source.clone(),
        encoding,
        sheet,
        merged: merged.into(),
        limits: *limits,
    };
    caught(|| {
        let from = reader(source, encoding)?;
        if format == Format::Html {
            let mut page = Html::new(from, limits);
            let mut filled = false;
            while page.next()?.is_some() {
                filled = true;
            }
            return match (page.any, filled) {
                (false, _) => Err(ReadFault::Html),
                (true, false) => Err(ReadFault::Empty),
                (true, true) => Ok(vec![(String::new(), Ok(new(None, page.merged)))]),
            };
        }
        let mut names = HashSet::new();
        let found = sheets(from, limits)?.into_iter().enumerate().filter_map(|(at, sheet)| {
            let Seen { name, hidden, filled, merged } = sheet;
            if hidden {
                return Some((name, Err(ReadFault::HiddenSheet)));
            }
            if !names.insert(name.clone()) {
                return Some((name, Err(ReadFault::DuplicateEntry)));
            }
            filled.then(|| (name, Ok(new(Some(at), merged))))
        });
        Ok(found.collect())
    })
}

fn sheets(from: Reader, limits: &Limits) -> Result<Vec<Seen>, ReadFault> {
    let mut book = Workbook::new(from, limits);
    let mut all: Vec<Seen> = Vec::new();
    while let Some(event) = book.next()? {
        if let Event::Sheet(name) = event {
            if all.len() >= limits.entries {
                return Err(ReadFault::TooManyEntries { entries: all.len() + 1, limit: limits.entries });
            }
            all.push(Seen { name, ..Seen::default() });
            continue;
        }
        let Some(sheet) = all.last_mut() else { continue };
        match event {
            Event::Hidden => sheet.hidden = true,
            Event::Cell((_, _, cell)) => sheet.filled |= !cell.is_empty(),
            Event::Merged(area) => sheet.merged.push(area),
            Event::Sheet(_) => {}
        }
    }
    Ok(all)
}

fn reader(source: &Source, encoding: Encoding) -> Result<Reader, ReadFault> {
    let charset = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => UTF_8,
        Encoding::Gb18030 => GB18030,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
    };
    let decoded = DecodeReaderBytesBuilder::new()
        .encoding(Some(charset))
        .strip_bom(true)
        .build_with_buffer(source.open()?, vec![0; 1 << 16])?;
    Ok(BufReader::with_capacity(1 << 16, decoded))
}

impl Markup {
    /// Bytes of the file.
    pub(super) fn bytes(&self) -> u64 {
        self.source.len()
    }

    fn feed(&self) -> Result<Feed<'static, Next>, ReadFault> {
        let from = reader(&self.source, self.encoding)?;
        let next: Next = match self.sheet {
            None => {
                let mut page = Html::new(from, &self.limits);
                Box::new(move || page.next())
            }
            Some(wanted) => {
                let mut book = Workbook::new(from, &self.limits);
                // Sheets begun so far.
                let mut begun = 0;
                Box::new(move || {
                    while begun <= wanted + 1
                        && let Some(event) = book.next()?
                    {
                        match event {
                            Event::Sheet(_) => begun += 1,
                            Event::Cell(spot) if begun == wanted + 1 => return Ok(Some(spot)),
                            _ => {}
                        }
                    }
                    Ok(None)
                })
            }
        };
        Ok(Feed::new(next, &self.merged, &self.limits).checked())
    }

    pub(super) fn heads(&self, rows: usize) -> Result<Vec<Head>, ReadFault> {
        self.feed()?.head(rows, &self.limits)
    }

    pub(super) fn read<R: Send>(
        &self,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        self.feed()?.read(each)
    }
}
