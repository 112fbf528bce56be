//! What staff saw or heard about an order.

use super::cells::{Cells, Fault};
use super::sheet::{Column, Kind, Sheet};
use super::when::When;
use super::word::{Closed, Word, words_of};
use crate::order::Marketplace;

/// What was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// Out of stock.
    OutOfStock,
    /// An address that cannot be used.
    BadAddress,
    /// The buyer cannot be reached.
    Unreachable,
    /// A malicious order.
    Malicious,
    /// The parcel is lost.
    Lost,
    /// The parcel is damaged.
    Damaged,
    /// The parcel went elsewhere.
    Misrouted,
    /// The buyer cancelled by phone.
    BuyerCancelByPhone,
    /// The buyer declines to wait, or declines the parcel.
    BuyerDeclines,
    /// The buyer cannot send it back.
    CannotReturn,
    /// No waybill can be printed: out of the courier's range.
    CannotPrint,
    /// The sender's address is wrong.
    SenderAddress,
}

impl Closed for ReportKind {
    const WORDS: &'static [(Self, Word)] = &[
        (ReportKind::OutOfStock, Word::new("out-of-stock", "缺货", &["无货", "断货"])),
        (ReportKind::BadAddress, Word::new("bad-address", "地址无效", &["地址错误", "地址异常", "地址有误"])),
        (
            ReportKind::Unreachable,
            Word::new("unreachable", "联系不上", &["无法联系", "联系不上买家", "电话不通"]),
        ),
        (ReportKind::Malicious, Word::new("malicious", "恶意下单", &["恶意订单", "恶意"])),
        (ReportKind::Lost, Word::new("lost", "丢件", &["丢失", "包裹丢失"])),
        (ReportKind::Damaged, Word::new("damaged", "破损", &["包裹破损", "损坏"])),
        (ReportKind::Misrouted, Word::new("misrouted", "错发", &["发错", "错分", "错派"])),
        (
            ReportKind::BuyerCancelByPhone,
            Word::new("buyer-cancel-by-phone", "电话取消", &["买家电话取消", "电话要求取消"]),
        ),
        (
            ReportKind::BuyerDeclines,
            Word::new("buyer-declines", "买家不同意", &["买家拒绝", "不同意延期", "拒绝"]),
        ),
        (ReportKind::CannotReturn, Word::new("cannot-return", "无法退货", &["无法寄回", "退不了货"])),
        (
            ReportKind::CannotPrint,
            Word::new("cannot-print", "无法打单", &["打不出单", "无法打印", "超派送范围"]),
        ),
        (
            ReportKind::SenderAddress,
            Word::new("sender-address", "发件地址", &["发货地址", "发件人地址", "寄件地址"]),
        ),
    ];
}

/// A report on an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its row in the sheet.
    pub row: u32,
    /// Whose order it is.
    pub marketplace: Marketplace,
    /// The order.
    pub order_id: String,
    /// What was reported.
    pub kind: ReportKind,
    /// When.
    pub reported_at: When,
    /// A remark.
    pub note: Option<String>,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "reports",
    heading: "情况上报",
    also: &["上报", "情况记录"],
    columns: &[
        Column::must("marketplace", "平台", Kind::Marketplace),
        Column::must("order_id", "订单号", Kind::Id).or(&["订单编号"]),
        Column::must("kind", "情况", Kind::Word(words_of::<ReportKind>)).or(&["类型"]),
        Column::must("reported_at", "上报时间", Kind::When).or(&["记录时间"]),
        Column::may("note", "备注", Kind::Text),
    ],
    examples: &[
        &["jd", "312600410008", "bad-address", "2026-11-09 10:00", "空号"],
        &["pinduoduo", "261103-412008371500175", "lost", "2026-11-09 09:30", ""],
    ],
};

pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<Report, Fault> {
    Ok(Report {
        row,
        marketplace: cells.must("marketplace", Cells::marketplace)?,
        order_id: cells.must("order_id", Cells::id)?,
        kind: cells.must("kind", Cells::word)?,
        reported_at: cells.must("reported_at", Cells::when)?,
        note: cells.text("note"),
    })
}
