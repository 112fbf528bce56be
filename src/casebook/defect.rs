//! Defects, penalties and negative feedback that the platform booked on orders.

use super::cells::{Cells, Fault};
use super::sheet::{Column, Kind, Sheet};
use super::when::When;
use super::word::{Closed, Word, words_of};
use crate::order::Marketplace;

/// What was booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DefectKind {
    /// Item not received.
    Inr,
    /// Significantly not as described.
    Snad,
    /// A shipping defect (物流不良).
    ShipDefect,
    /// Late shipment.
    LateShipment,
    /// Negative or neutral feedback (中差评).
    Nnfb,
    /// Shipped too late (超时发货).
    Delayed,
    /// Picked up too late (超时揽收).
    PickupLate,
    /// No trace for too long (超时中转).
    TransitLate,
    /// Held to be shipped in name only (虚假发货).
    FakeShipping,
    /// Refunded by the system.
    AutoRefund,
}

impl Closed for DefectKind {
    const WORDS: &'static [(Self, Word)] = &[
        (DefectKind::Inr, Word::new("INR", "未收到货", &["未收到货纠纷", "未收到", "item-not-received"])),
        (
            DefectKind::Snad,
            Word::new("SNAD", "货物与描述不符", &["与描述不符", "货物与刊登严重不符", "货不对板"]),
        ),
        (DefectKind::ShipDefect, Word::new("ship-defect", "物流不良", &["shipping-defect", "运送不良"])),
        (DefectKind::LateShipment, Word::new("late-shipment", "迟发货", &["延迟发货", "延迟运送"])),
        (DefectKind::Nnfb, Word::new("NNFB", "中差评", &["差评", "negative-feedback"])),
        (DefectKind::Delayed, Word::new("delayed", "超时发货", &["发货超时", "逾期发货", "发货逾期"])),
        (DefectKind::PickupLate, Word::new("pickup-late", "超时揽收", &["揽收超时"])),
        (
            DefectKind::TransitLate,
            Word::new("transit-late", "超时中转", &["中转超时", "发运超时", "物流停滞"]),
        ),
        (DefectKind::FakeShipping, Word::new("fake-shipping", "虚假发货", &[])),
        (DefectKind::AutoRefund, Word::new("auto-refund", "自动退款", &["系统退款", "超时自动退款"])),
    ];
}

/// A defect on an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Defect {
    /// Its row in the sheet.
    pub row: u32,
    /// Where it was booked.
    pub marketplace: Marketplace,
    /// The order.
    pub order_id: String,
    /// What was booked.
    pub kind: DefectKind,
    /// When it was opened; [`When::show`] gives back a bare day.
    pub opened_at: When,
    /// Points taken.
    pub points: Option<f64>,
    /// Money taken.
    pub amount: Option<f64>,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "defects",
    heading: "处罚",
    also: &["不良记录", "违规", "缺陷", "扣分"],
    columns: &[
        Column::must("marketplace", "平台", Kind::Marketplace),
        Column::must("order_id", "订单号", Kind::Id).or(&["订单编号"]),
        Column::must("kind", "处罚类型", Kind::Word(words_of::<DefectKind>)).or(&["类型"]),
        Column::must("opened_at", "开始时间", Kind::When).or(&["处罚时间", "开启时间"]),
        Column::may("points", "扣分", Kind::Number).or(&["分数"]),
        Column::may("amount", "金额", Kind::Number).or(&["扣款", "扣款金额"]),
    ],
    examples: &[
        &["ebay", "12-13140-45260", "INR", "2026-11-08", "", "12.99"],
        &["douyin", "6952610048392700012", "delayed", "2026-11-06 20:00", "1", "3"],
    ],
};

pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<Defect, Fault> {
    Ok(Defect {
        row,
        marketplace: cells.must("marketplace", Cells::marketplace)?,
        order_id: cells.must("order_id", Cells::id)?,
        kind: cells.must("kind", Cells::word)?,
        opened_at: cells.must("opened_at", Cells::when)?,
        points: cells.doubtful("points", Cells::number),
        amount: cells.doubtful("amount", Cells::number),
    })
}
