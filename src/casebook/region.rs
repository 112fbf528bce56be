//! Places that are closed or slowed: their risk, and how many couriers stand still.

use super::cells::{Cells, Fault};
use super::scene::covers;
use super::sheet::{Column, Kind, Sheet};
use super::when::Window;
use super::word::{Closed, Word, words_of};
use crate::normalise::region::Place;
use crate::order::{Instant, Region};
use chrono_tz::Tz;

/// How much a place is at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Risk {
    /// Low, or not said.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

impl Closed for Risk {
    const WORDS: &'static [(Self, Word)] = &[
        (Risk::High, Word::new("high", "高", &["高风险"])),
        (Risk::Medium, Word::new("medium", "中", &["中风险"])),
        (Risk::Low, Word::new("low", "低", &["低风险"])),
    ];
}

/// How a place stands for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionState {
    /// Its row in the sheet.
    pub row: u32,
    /// The place.
    pub region: Place,
    /// Its risk.
    pub risk: Risk,
    /// How many couriers stand still.
    pub couriers_suspended: u32,
    /// Couriers that still serve it.
    pub carriers: Vec<String>,
    /// From when until when; a day as its end is taken in whole.
    pub window: Window,
    /// Where it can be looked up.
    pub reference: Option<String>,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "regions",
    heading: "受影响地区",
    also: &["地区", "区域", "疫情地区"],
    columns: &[
        Column::must("region", "地区", Kind::Region).or(&["区域"]),
        Column::may("risk", "风险等级", Kind::Word(words_of::<Risk>)).or(&["风险"]),
        Column::may("couriers_suspended", "停运快递数", Kind::Count).or(&["停运快递公司数"]),
        Column::may("carriers", "可用快递", Kind::Names).or(&["仍可揽派的快递", "可用快递公司"]),
        Column::must("from", "开始时间", Kind::When).or(&["起", "开始日期"]),
        Column::may("to", "结束时间", Kind::When).or(&["止", "结束日期"]),
        Column::may("reference", "来源", Kind::Text).or(&["备注"]),
    ],
    examples: &[
        &["河南省/郑州市", "high", "6", "", "2026-11-06", "2026-11-12", "快递揽派能力列表"],
        &["山东省/青岛市/市南区", "", "3", "EMS；顺丰", "2026-11-07 08:00", "", ""],
    ],
};

pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<RegionState, Fault> {
    let region = cells.must("region", Cells::region)?;
    cells.must("from", Cells::when)?;
    Ok(RegionState {
        row,
        region,
        // Both weigh less when they are not there.
        risk: cells.doubtful("risk", Cells::word).unwrap_or(Risk::Low),
        couriers_suspended: cells.doubtful("couriers_suspended", Cells::count).unwrap_or(0),
        carriers: cells.names("carriers"),
        window: cells.window("from", "to")?,
        reference: cells.text("reference"),
    })
}

impl RegionState {
    /// Whether it holds for a place at an instant.
    pub fn covers(&self, region: Region, at: Instant, day_zone: Tz) -> bool {
        covers(self.region, region) && self.window.contains(at, day_zone)
    }

    /// Whether it holds for a place in some instant of `(after, until]`.
    pub fn overlaps(&self, region: Region, after: Instant, until: Instant, day_zone: Tz) -> bool {
        covers(self.region, region) && self.window.overlaps(after, until, day_zone)
    }

    /// Whether it says something about the city in which a place lies: a row anywhere in the city counts for it.
    pub fn touches_city_of(&self, region: Region) -> bool {
        let Place::China(stated) = self.region else { return false };
        stated.covers(region)
            || region.own_city().is_some_and(|city| city.covers(stated) || stated.covers(city))
    }

    /// When the place opens again: the midnight after a day; nothing while that is open.
    pub fn reopens_at(&self, day_zone: Tz) -> Option<Instant> {
        self.window.to.map(|to| to.over(day_zone))
    }
}
