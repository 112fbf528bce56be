//! Regions and countries as people write them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::gazetteer::{Form, choose, gazetteer, inside};
use super::reading::{read, skipped};
use crate::order::Region;

const COUNTRIES: &str = include_str!("countries.csv");

/// Where a region of the casebook or the country of an export lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In China, as precise as it was written; [`Region::MAINLAND`] for `CN`.
    China(Region),
    /// Another country or territory, by its ISO 3166 alpha-2 code in capitals.
    Foreign(&'static str),
}

static BY_NAME: LazyLock<FxHashMap<String, Place>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for (code, spellings) in COUNTRIES.lines().skip(1).filter_map(|line| line.split_once(';')) {
        let place = match code {
            "CN" => Place::China(Region::MAINLAND),
            "HK" => Place::China(Region::from_code(810_000)),
            "MO" => Place::China(Region::from_code(820_000)),
            "TW" => Place::China(Region::from_code(710_000)),
            _ => Place::Foreign(code),
        };
        for name in spellings.split('|').chain([code]) {
            names.extend([(name.to_owned(), place), (folded(name), place)]);
        }
    }
    names
});

/// Reads the country column of an export: `China`, `Hong Kong`, `United States`, `中国`, `CN`. `None` for an
/// empty cell and for a country not in the table.
pub fn country(text: &str) -> Option<Place> {
    // As exports print it, or else as people do.
    BY_NAME.get(text).or_else(|| BY_NAME.get(&folded(text))).copied()
}

/// Reads a region as people write it in a casebook: `湖北`, `湖北省`, `恩施州`, `湖北/武汉/武昌`, `湖北省武汉市`, `CN`,
/// `中国`, `Hong Kong`, `美国`, `Shenzhen, China`.
///
/// Strict, because a misread region would exempt the wrong orders: every part must name a place inside the one
/// before. A bare name that several places of one rank share (`鼓楼区`, `通州`) is `None`; one shared by places of
/// different rank is the highest (`朝阳` the city in 辽宁, `恩施` the prefecture, `吉林` the province).
pub fn parse(text: &str) -> Option<Place> {
    let text = text.trim();
    if let Some(place) = country(text) {
        return Some(place);
    }
    // `Shenzhen, China`: of a place written in English we read the country.
    if text.is_ascii() {
        return text.rsplit_once(',').and_then(|(_, last)| country(last));
    }
    let mut parts =
        text.split(|c: char| c.is_whitespace() || "/／>＞-－·,，|".contains(c)).filter(|p| !p.is_empty());
    let mut at = Region::UNKNOWN;
    for (nth, part) in parts.by_ref().enumerate() {
        if nth == 0 && matches!(country(part), Some(Place::China(Region::MAINLAND))) {
            continue;
        }
        at = descend(at, part)?;
    }
    at.is_known().then_some(Place::China(at))
}

/// The place this part of a path names, seen from the part before.
fn descend(at: Region, part: &str) -> Option<Region> {
    let known = gazetteer().exact(part);
    if let Some(found) = choose(at, known) {
        return Some(found.region);
    }
    // 上海/上海市/浦东新区, and the shelves of the code; not 临夏/临夏/临夏, where 临夏市 and 临夏县 are within.
    if at.is_known()
        && !known.iter().any(|s| inside(at, s.region))
        && (known.iter().any(|s| s.region == at) || matches!(part, "市辖区" | "县"))
    {
        return Some(at);
    }
    if !known.is_empty() {
        return None;
    }
    let reading = read(part, at);
    let whole = reading.end + skipped(&part[reading.end..], reading.region) == part.len()
        && (reading.form == Form::Full || reading.region != at);
    (whole && reading.region.is_known()).then_some(reading.region)
}

/// Names are compared without case, spaces and full stops.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && *c != '.').flat_map(char::to_lowercase).collect()
}
