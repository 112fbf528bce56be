//! Days off and days worked that the built-in calendar does not know.

use super::cells::{Cells, Fault};
use super::sheet::{Column, Kind, Sheet};
use super::when::CASEBOOK_ZONE;
use super::word::{Closed, Word, words_of};
use crate::normalise::region::Place;
use chrono::NaiveDate;

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// A day off.
    Holiday,
    /// A day worked.
    Workday,
}

impl Closed for DayKind {
    const WORDS: &'static [(Self, Word)] = &[
        (DayKind::Holiday, Word::new("holiday", "假日", &["假期", "节假日", "休息日", "放假"])),
        (DayKind::Workday, Word::new("workday", "工作日", &["上班", "调休上班", "working-day"])),
    ];
}

/// A day of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    /// Its row in the sheet.
    pub row: u32,
    /// The area, by its country code: `CN`, `HK`.
    pub area: &'static str,
    /// The day.
    pub date: NaiveDate,
    /// What it is.
    pub kind: DayKind,
    /// Where it can be looked up.
    pub reference: Option<String>,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "calendar",
    heading: "日历",
    also: &["工作日历", "假日"],
    columns: &[
        Column::must("area", "国家或地区", Kind::Region).or(&["地区", "区域"]),
        Column::must("date", "日期", Kind::Day),
        Column::must("kind", "类型", Kind::Word(words_of::<DayKind>)),
        Column::may("reference", "来源", Kind::Text).or(&["备注"]),
    ],
    examples: &[&["CN", "2026-10-08", "holiday", ""], &["HK", "2026-10-10", "workday", ""]],
};

pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<CalendarDay, Fault> {
    Ok(CalendarDay {
        row,
        area: cells.must("area", Cells::area)?,
        date: cells.must("date", Cells::when)?.day(CASEBOOK_ZONE),
        kind: cells.must("kind", Cells::word)?,
        reference: cells.text("reference"),
    })
}

/// The country code under which a place has its own calendar; a province has none.
pub(super) fn area_code(place: Place) -> Option<&'static str> {
    match place {
        Place::Foreign(code) => Some(code),
        Place::China(region) if region == crate::order::Region::MAINLAND => Some("CN"),
        Place::China(region) => match region.code() {
            810_000 => Some("HK"),
            820_000 => Some("MO"),
            710_000 => Some("TW"),
            _ => None,
        },
    }
}
