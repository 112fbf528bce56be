//! The table of places and the indexes over its spellings, built once.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::order::Region;

const REGIONS: &str = include_str!("regions.csv");
const SPELLINGS: &str = include_str!("spellings.csv");

/// Bytes that two Chinese characters take: enough to tell most places apart.
const HEAD: usize = 6;

/// Whether a spelling says which kind of place it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `武汉市`, `恩施州`, `西藏自治区`.
    Full,
    /// `武汉`, `恩施`, `西藏`: may just as well be part of some other name.
    Short,
}

/// One way of writing one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling {
    pub text: &'static str,
    pub region: Region,
    pub form: Form,
}

/// How deep a place lies: `0` province, `1` prefecture-level city, `2` county.
pub(super) const fn depth(region: Region) -> u8 {
    match region.code() {
        0..100 => 0,
        code if code % 10_000 == 0 => 0,
        code if code % 100 == 0 => 1,
        _ => 2,
    }
}

/// Whether `place` lies inside `whole` and is not `whole` itself; everything lies inside the unknown.
pub(super) fn inside(whole: Region, place: Region) -> bool {
    !whole.is_known() || (whole != place && whole.covers(place))
}

/// All places with all their spellings.
pub(super) struct Gazetteer {
    spellings: Vec<Spelling>,
    exact: FxHashMap<&'static str, Range<usize>>,
    heads: FxHashMap<u64, Range<usize>>,
    names: FxHashMap<u32, (&'static str, &'static str)>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::build);

/// The gazetteer.
pub(super) fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

/// The first two characters of a text as a key; `None` for shorter ones.
pub(super) fn head(text: &[u8]) -> Option<u64> {
    let mut key = [0; 8];
    key[..HEAD].copy_from_slice(text.first_chunk::<HEAD>()?);
    Some(u64::from_le_bytes(key))
}

/// The spellings under each head, as ranges of a list sorted by [`order_of_heads`].
pub(super) fn by_head(spellings: &[Spelling]) -> FxHashMap<u64, Range<usize>> {
    let mut heads: FxHashMap<u64, Range<usize>> = FxHashMap::default();
    for (at, spelling) in spellings.iter().enumerate() {
        if let Some(key) = head(spelling.text.as_bytes()) {
            heads.entry(key).or_insert(at..at).end = at + 1;
        }
    }
    heads
}

/// By first two characters, then longest first, then by text: those of one text stand together.
fn order_of_heads(spelling: &Spelling) -> (Option<u64>, std::cmp::Reverse<usize>, &'static str, u32) {
    let text = spelling.text;
    (head(text.as_bytes()), std::cmp::Reverse(text.len()), text, spelling.region.code())
}

impl Gazetteer {
    fn build() -> Gazetteer {
        let mut spellings = Vec::with_capacity(8000);
        let mut names = FxHashMap::default();
        for (code, [name, short, also]) in rows(REGIONS) {
            names.insert(code, (name, if short.is_empty() { name } else { short }));
            spell(&mut spellings, code, name, Form::Full);
            spell(&mut spellings, code, also, Form::Full);
            spell(&mut spellings, code, short, Form::Short);
        }
        for (code, [full, short, _]) in rows(SPELLINGS) {
            spell(&mut spellings, code, full, Form::Full);
            spell(&mut spellings, code, short, Form::Short);
        }
        spellings.sort_by_key(order_of_heads);
        let mut exact: FxHashMap<&'static str, Range<usize>> = FxHashMap::default();
        for (at, spelling) in spellings.iter().enumerate() {
            exact.entry(spelling.text).or_insert(at..at).end = at + 1;
        }
        let heads = by_head(&spellings);
        Gazetteer { spellings, exact, heads, names }
    }

    /// Every spelling of every place, those of one text together.
    pub fn spellings(&self) -> &[Spelling] {
        &self.spellings
    }

    /// The places that this text, as a whole, may name.
    pub fn exact(&self, text: &str) -> &[Spelling] {
        self.exact.get(text).map_or(&[], |range| &self.spellings[range.clone()])
    }

    /// The spellings that share the first two characters of this text, the longest first.
    pub fn sharing_head(&self, text: &str) -> &[Spelling] {
        head(text.as_bytes()).and_then(|key| self.heads.get(&key)).map_or(&[], |r| &self.spellings[r.clone()])
    }

    /// The official name and the short name of a place in the table.
    pub fn names(&self, region: Region) -> Option<(&'static str, &'static str)> {
        self.names.get(&region.code()).copied()
    }
}

/// The one place meant by spellings of one text, seen from `whole`: the highest inside it, if it is the
/// only one so high (`朝阳` is the city in 辽宁 and not one of the districts; `鼓楼区` is none of the four).
pub(super) fn choose(whole: Region, spellings: &[Spelling]) -> Option<Spelling> {
    let mut best: Option<Spelling> = None;
    let mut alone = true;
    for &spelling in spellings.iter().filter(|s| inside(whole, s.region)) {
        match best {
            Some(other) if depth(other.region) < depth(spelling.region) => {}
            Some(other) if depth(other.region) == depth(spelling.region) => {
                alone &= other.region == spelling.region;
            }
            _ => (best, alone) = (Some(spelling), true),
        }
    }
    best.filter(|_| alone)
}

fn rows(table: &'static str) -> impl Iterator<Item = (u32, [&'static str; 3])> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let code = cells.next()?.parse().ok()?;
        Some((code, std::array::from_fn(|_| cells.next().unwrap_or_default())))
    })
}

fn spell(list: &mut Vec<Spelling>, code: u32, texts: &'static str, form: Form) {
    let region = Region::from_code(code);
    list.extend(texts.split('|').filter(|t| !t.is_empty()).map(|text| Spelling { text, region, form }));
}
