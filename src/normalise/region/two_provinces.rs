//! Addresses that name places of two provinces: what buyers write to have a parcel forwarded for less.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::gazetteer::{Form, Spelling, by_head, choose, depth, gazetteer, head};
use super::mention::{Mention, is_common_word};
use super::reading::{Reading, read};
use crate::order::Region;

/// Nicknames too short to look for in running text: `巴州` is also the head of 巴州区.
const COLUMNS_ONLY: &[&str] = &["博州", "巴州", "克州", "锡盟", "阿盟"];

/// What the columns of a ship-to address say.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// The place they name, as deep as they agree.
    pub region: Region,
    /// The place from which a second one would be in another province; a text in a column may begin with it.
    base: Region,
    /// A place in another province.
    stray: Option<Region>,
}

/// Reads the columns of an address; any of them may be empty.
pub fn columns(province: &str, city: &str, district: &str) -> Columns {
    let region = super::from_columns(province, city, district);
    let mut search = Search { base: region };
    let stray = [province, city, district].into_iter().find_map(|cell| search.cell(cell));
    Columns { region, base: search.base, stray }
}

/// An address, as its columns and its texts say.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// The place of the columns, else the one that the text begins with.
    pub region: Region,
    /// Two places in two provinces that it names: the one it starts from and the first other.
    pub two: Option<(Region, Region)>,
}

/// Reads an order's address. The texts are free and may be empty.
///
/// Of two provinces it is when it names provinces or prefecture-level cities of both. Counties do not count, and a name
/// that is part of another (a road, an estate, a school, a shop, a dish) does not either. Made to be right when it
/// speaks: where a bare name could be anything, it is silent.
pub fn address(columns: Columns, street: &str, text: &str) -> Address {
    let first = (!columns.region.is_known()).then(|| read(text, Region::UNKNOWN));
    let mut search = Search { base: columns.base };
    let other = columns.stray.or_else(|| search.text(street, None)).or_else(|| search.text(text, first));
    let region = first.map_or(columns.region, |first| first.region);
    Address { region, two: other.map(|other| (search.base, other)) }
}

/// Looks for a place outside the province of `base`, which is the first place found when it begins unknown.
struct Search {
    base: Region,
}

impl Search {
    /// A column as a whole: a place the other columns contradict, or a text with several.
    fn cell(&mut self, cell: &str) -> Option<Region> {
        let cell = cell.trim();
        let named = gazetteer().exact(cell);
        if named.is_empty() {
            return self.text(cell, None);
        }
        if !self.base.is_known() || named.iter().any(|s| self.is_home(s.region)) {
            return None;
        }
        let stray = choose(Region::UNKNOWN, named).filter(|s| depth(s.region) < 2)?;
        (stray.form == Form::Full || !is_common_word(stray.text)).then_some(stray.region)
    }

    /// Looks through a text, whose beginning may have been read before.
    fn text(&mut self, text: &str, first: Option<Reading>) -> Option<Region> {
        let (mut at, mut before) = (0, None);
        if !self.base.is_known() {
            let start = first.unwrap_or_else(|| read(text, Region::UNKNOWN));
            if start.region.is_known() {
                self.base = start.region;
                (at, before) = (start.end, Some((start.end, depth(start.region))));
            }
        }
        while let Some((start, name)) = next_name(text, at) {
            let mention = Mention::read(text, start, name, before);
            let (end, beyond) =
                (start + name.text.len(), (mention.end, Some((mention.end, depth(mention.region)))));
            if self.is_home(name.region) {
                (at, before) = beyond;
            } else if gazetteer().exact(name.text).iter().any(|s| self.is_home(s.region)) {
                // A district of the own province that shares its name, such as 朝阳 in 北京.
                at = self.end_at_home(text, start).max(end);
                before = Some((at, 2));
            } else if mention.counts() {
                if self.base.is_known() {
                    return Some(mention.region);
                }
                self.base = mention.region;
                (at, before) = beyond;
            } else {
                at = end;
            }
        }
        None
    }

    fn is_home(&self, region: Region) -> bool {
        self.base.is_known() && self.base.province() == region.province()
    }

    /// Where a name of the own province ends.
    fn end_at_home(&self, text: &str, start: usize) -> usize {
        start + read(&text[start..], self.base.province()).end
    }
}

/// The names to look for: those of provinces and prefecture-level cities.
struct Names {
    list: Vec<Spelling>,
    heads: FxHashMap<u64, Range<usize>>,
    /// A bit for every character of three bytes: whether a name begins with it.
    first: Vec<u64>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let wanted = |s: &&Spelling| {
        depth(s.region) < 2 && head(s.text.as_bytes()).is_some() && !COLUMNS_ONLY.contains(&s.text)
    };
    let list: Vec<Spelling> = gazetteer().spellings().iter().filter(wanted).copied().collect();
    let mut first = vec![0; 1024];
    for c in list.iter().filter_map(|s| s.text.chars().next()) {
        let c = c as usize & 0xFFFF;
        first[c / 64] |= 1 << (c % 64);
    }
    Names { heads: by_head(&list), list, first }
});

/// The next name in the text from `from` on, and where it begins; the longest of those that begin there.
fn next_name(text: &str, from: usize) -> Option<(usize, Spelling)> {
    let names = &*NAMES;
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&[a, b, c]) = bytes.get(at..).and_then(|rest| rest.first_chunk::<3>()) {
        // Chinese characters take three bytes, led by 1110xxxx; anything else is stepped over bytewise.
        if a & 0xF0 != 0xE0 {
            at += 1;
            continue;
        }
        let code = usize::from(a & 0x0F) << 12 | usize::from(b & 0x3F) << 6 | usize::from(c & 0x3F);
        if names.first[code / 64] >> (code % 64) & 1 == 1
            && let Some(found) = names.at(&text[at..])
        {
            return Some((at, found));
        }
        at += 3;
    }
    None
}

impl Names {
    fn at(&self, text: &str) -> Option<Spelling> {
        let range = self.heads.get(&head(text.as_bytes())?)?;
        let same_head = &self.list[range.clone()];
        let longest = same_head.iter().find(|s| text.starts_with(s.text))?;
        // 海南 is the province before it is the prefecture in 青海.
        same_head.iter().filter(|s| s.text == longest.text).min_by_key(|s| depth(s.region)).copied()
    }
}
