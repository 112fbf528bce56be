//! Reading places one after another: from columns, and from the beginning of an address.

use std::sync::LazyLock;

use super::gazetteer::{Form, Spelling, choose, depth, gazetteer, inside};
use super::words::{WordSet, continues_a_name, is_end, is_separator, words};
use crate::order::Region;

/// Words that stand where a place could and name none: shelves of the code, the country, an area that has no
/// code of its own.
static SHELVES: LazyLock<WordSet> = LazyLock::new(|| {
    words(
        "市辖区 省直辖县级行政区划 省直辖县级行政单位 省直辖行政单位 省直辖县 自治区直辖县级行政区划 自治区直辖县级行政单位 \
        自治区直辖县 直辖县级行政区划 直辖县 县级行政区划 郊县 河北雄安新区 雄安新区 香港岛 新界 澳门半岛 中国大陆 中国",
    )
});
const CHONGQING: Region = Region::from_code(500_000);

/// What was read of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// The deepest place read.
    pub region: Region,
    /// Where, in the text, its name ends.
    pub end: usize,
    /// How the last name was written.
    pub form: Form,
}

/// One more cell of a place that is given in columns; the place as it was when the cell says nothing more.
pub(super) fn deepen(at: Region, cell: &str) -> Region {
    if cell.is_empty() {
        return at;
    }
    // Nearly every cell is a name as it stands.
    if let Some(found) = choose(scope(at), gazetteer().exact(cell)) {
        return found.region;
    }
    let text =
        cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '#' | '$' | '-' | '—' | '/'));
    if matches!(text, "" | "市辖区" | "县") {
        return at;
    }
    let known = gazetteer().exact(text);
    // A name we know that lies elsewhere, or is the place we are in, adds nothing.
    match choose(scope(at), known) {
        Some(found) => found.region,
        None if known.is_empty() => reads_inside(at, text),
        None => at,
    }
}

/// Where the next cell may lie: the county of a city column (`大理市` for the prefecture) leaves room for
/// its neighbours.
fn scope(at: Region) -> Region {
    match at.city() {
        Some(city) if depth(at) == 2 && city.code() % 10_000 < 9_000 => city,
        _ => at,
    }
}

fn reads_inside(at: Region, text: &str) -> Region {
    let reading = read(text, at);
    // Half a cell (`长安镇`, `武昌区外环`) is trusted only for what its kind makes plain.
    if reading.form == Form::Full || is_end(&text[reading.end..]) { reading.region } else { at }
}

/// Reads as many place names as follow each other at the beginning of the text, each inside the one before.
pub(super) fn read(text: &str, from: Region) -> Reading {
    let mut so_far = Reading { region: from, end: 0, form: Form::Full };
    loop {
        let start = so_far.end + skipped(&text[so_far.end..], so_far.region);
        let Some(next) = next_place(&text[start..], so_far.region) else { return so_far };
        so_far = Reading { end: start + next.end, ..next };
    }
}

/// How much of the text comes before a place could.
pub(super) fn skipped(text: &str, at: Region) -> usize {
    let mut rest = text;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(is_separator);
        if let Some(word) = SHELVES.prefix(rest) {
            rest = &rest[word.len()..];
        } else if at == CHONGQING {
            rest = rest.strip_prefix('县').unwrap_or(rest);
        }
        if rest.len() == before {
            return text.len() - before;
        }
    }
}

/// The place whose name the text begins with: one inside `at`, or `at` once more.
pub(super) fn next_place(text: &str, at: Region) -> Option<Reading> {
    let mut spellings = gazetteer().sharing_head(text);
    while let Some(first) = spellings.first() {
        let (same, others) =
            spellings.split_at(spellings.iter().take_while(|s| s.text == first.text).count());
        spellings = others;
        if let Some(rest) = text.strip_prefix(first.text)
            && let Some(reading) = settle(same, rest, at)
        {
            return Some(Reading { end: text.len() - rest.len() + reading.end, ..reading });
        }
    }
    None
}

/// Decides whether the spellings of one text, with `rest` behind them, name a place here. `end` of the
/// answer counts from the beginning of `rest`.
fn settle(same: &[Spelling], rest: &str, at: Region) -> Option<Reading> {
    let found = choose(at, same).or_else(|| same.iter().copied().find(|s| s.region.covers(at)));
    let Spelling { region, form, .. } = found?;
    if form == Form::Full {
        return Some(Reading { region: deeper(at, region), end: 0, form });
    }
    // A county that became a district, or the other way round: inside its city the stem is enough.
    if at.is_known() && depth(region) == 2 && inside(at, region) {
        if let Some(kind) = ["县", "市", "区"].into_iter().find(|kind| rest.starts_with(kind)) {
            return Some(Reading { region, end: kind.len(), form: Form::Full });
        }
        return is_end(rest).then_some(Reading { region, end: 0, form });
    }
    let accepted = depth(region) < 2
        && (is_end(rest) || goes_on_inside(rest, region) || (!continues_a_name(rest) && region != at));
    (accepted || is_end(rest)).then_some(Reading { region: deeper(at, region), end: 0, form })
}

/// Whether a place inside `region` follows, so that what came before was a place too.
fn goes_on_inside(rest: &str, region: Region) -> bool {
    let start = skipped(rest, region);
    next_place(&rest[start..], region).is_some_and(|next| inside(region, next.region))
}

/// The deeper of two places that lie in each other.
fn deeper(at: Region, region: Region) -> Region {
    if region.covers(at) { at } else { region }
}
