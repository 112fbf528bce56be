//! Where the items of listings lie, as declared and in truth.

use super::cells::{Cells, Fault};
use super::sheet::{Column, Kind, Sheet};
use super::word::{Closed, Word, words_of};
use crate::normalise::region::Place;

/// From where a listing is fulfilled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fulfilment {
    /// The seller's own warehouse.
    Own,
    /// Fulfilment by Amazon.
    Fba,
    /// A warehouse abroad.
    OverseasWarehouse,
}

impl Closed for Fulfilment {
    const WORDS: &'static [(Self, Word)] = &[
        (Fulfilment::Own, Word::new("own", "自发货", &["自有仓", "自有", "国内直发"])),
        (Fulfilment::Fba, Word::new("FBA", "FBA发货", &["亚马逊", "亚马逊仓"])),
        (Fulfilment::OverseasWarehouse, Word::new("overseas-warehouse", "海外仓", &[])),
    ];
}

/// A listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Its row in the sheet.
    pub row: u32,
    /// The item's id.
    pub item_id: String,
    /// Where the listing says it lies.
    pub declared: Place,
    /// Where it lies.
    pub actual: Place,
    /// From where it is fulfilled, where that was said.
    pub fulfilled_from: Option<Fulfilment>,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "listings",
    heading: "刊登",
    also: &["商品", "商品刊登"],
    columns: &[
        Column::must("item_id", "物品编号", Kind::Id).or(&["商品编号", "商品ID", "物品ID"]),
        Column::must("declared_location", "刊登所在地", Kind::Region).or(&["申报所在地", "物品所在地"]),
        Column::must("true_location", "实际所在地", Kind::Region).or(&["真实所在地"]),
        Column::may("fulfilled_from", "发货来源", Kind::Word(words_of::<Fulfilment>)).or(&["发货方式"]),
    ],
    examples: &[&["256000000020", "United States", "CN", "own"], &["256000000021", "CN", "CN", "FBA"]],
};

pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<Listing, Fault> {
    Ok(Listing {
        row,
        item_id: cells.must("item_id", Cells::id)?,
        declared: cells.must("declared_location", Cells::region)?,
        actual: cells.must("true_location", Cells::region)?,
        fulfilled_from: cells.doubtful("fulfilled_from", Cells::word),
    })
}
