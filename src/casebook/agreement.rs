//! What seller and buyer agreed on.

use super::cells::{Cells, Fault};
use super::sheet::{Column, Kind, Sheet};
use super::when::When;
use super::word::{Closed, Word, words_of};
use crate::order::Marketplace;

/// What was agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgreementKind {
    /// A later date.
    Extension,
    /// A refund.
    Refund,
    /// To cancel the order.
    Cancel,
}

impl Closed for AgreementKind {
    const WORDS: &'static [(Self, Word)] = &[
        (AgreementKind::Extension, Word::new("extension", "延期", &["协商延期", "延期发货", "延迟发货"])),
        (AgreementKind::Refund, Word::new("refund", "退款", &["协商退款"])),
        (AgreementKind::Cancel, Word::new("cancel", "取消", &["取消订单", "取消交易", "cancellation"])),
    ];
}

/// An agreement on an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its row in the sheet.
    pub row: u32,
    /// Whose order it is.
    pub marketplace: Marketplace,
    /// The order.
    pub order_id: String,
    /// What was agreed on.
    pub kind: AgreementKind,
    /// When.
    pub agreed_at: When,
    /// The later date.
    pub new_date: Option<When>,
    /// The buyer confirmed it on the platform.
    pub confirmed_online: bool,
    /// What shows it.
    pub evidence: Option<String>,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "agreements",
    heading: "买家协商",
    also: &["协商", "协商记录"],
    columns: &[
        Column::must("marketplace", "平台", Kind::Marketplace),
        Column::must("order_id", "订单号", Kind::Id).or(&["订单编号"]),
        Column::must("kind", "协商类型", Kind::Word(words_of::<AgreementKind>)).or(&["类型"]),
        Column::must("agreed_at", "协商时间", Kind::When),
        Column::may("new_date", "新日期", Kind::When).or(&["新发货时间", "新发货日期"]),
        Column::may("confirmed_online", "已在线确认", Kind::YesNo).or(&["在线确认"]),
        Column::may("evidence", "凭证", Kind::Text).or(&["证据"]),
    ],
    examples: &[
        &["alibaba", "253126789000065", "extension", "2026-11-07 10:00", "2026-11-15", "y", "旺旺"],
        &["ebay", "12-13028-45052", "cancel", "2026-11-08 12:00", "", "", "eBay message"],
    ],
};

pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<Agreement, Fault> {
    Ok(Agreement {
        row,
        marketplace: cells.must("marketplace", Cells::marketplace)?,
        order_id: cells.must("order_id", Cells::id)?,
        kind: cells.must("kind", Cells::word)?,
        agreed_at: cells.must("agreed_at", Cells::when)?,
        // Without a date, or not confirmed, an extension does not hold, and the finding says why.
        new_date: cells.doubtful("new_date", Cells::when),
        confirmed_online: cells.doubtful("confirmed_online", Cells::yes).unwrap_or(false),
        evidence: cells.text("evidence"),
    })
}
