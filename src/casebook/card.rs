//! JD delay cards (延迟发货卡片).

use super::cells::{Cells, Fault};
use super::sheet::{Column, Kind, Sheet};
use super::when::CASEBOOK_ZONE;
use super::word::{Closed, Word, words_of};
use crate::order::Instant;

/// How a buyer answered a delay card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardResponse {
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
    /// No answer yet.
    None,
}

impl Closed for CardResponse {
    const WORDS: &'static [(Self, Word)] = &[
        (CardResponse::Accepted, Word::new("accepted", "接受", &["同意", "已接受", "已同意"])),
        (CardResponse::Rejected, Word::new("rejected", "拒绝", &["已拒绝", "不同意"])),
        (CardResponse::None, Word::new("none", "未答复", &["无", "未点击", "未回复", "未处理"])),
    ];
}

/// A delay card. JD counts its days in Shanghai, so its days are instants here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its row in the sheet.
    pub row: u32,
    /// When it was sent.
    pub sent_at: Instant,
    /// How the buyer answered.
    pub response: CardResponse,
    /// When.
    pub responded_at: Option<Instant>,
    /// The ship time agreed on.
    pub new_ship_by: Option<Instant>,
}

pub(super) const SHEET: Sheet = Sheet {
    name: "cards",
    heading: "延迟卡片",
    also: &["延迟发货卡片", "卡片"],
    columns: &[
        Column::must("order_id", "订单号", Kind::Id).or(&["订单编号"]),
        Column::must("sent_at", "发送时间", Kind::When),
        Column::must("response", "回复", Kind::Word(words_of::<CardResponse>)).or(&["买家回复", "答复"]),
        Column::may("responded_at", "回复时间", Kind::When).or(&["答复时间"]),
        Column::may("new_ship_by", "新发货时间", Kind::When),
    ],
    examples: &[
        &["312600410041", "2026-11-07 20:00", "accepted", "2026-11-07 21:10", "2026-11-12 18:00"],
        &["312600410045", "2026-11-06 09:00", "none", "", ""],
    ],
};

/// Reads a card and the order it was sent for.
pub(super) fn read(row: u32, cells: &mut Cells<'_, '_>) -> Result<(String, Card), Fault> {
    let order_id = cells.must("order_id", Cells::id)?;
    let card = Card {
        row,
        response: cells.must("response", Cells::word)?,
        sent_at: cells.must("sent_at", Cells::when)?.start(CASEBOOK_ZONE),
        responded_at: cells.doubtful("responded_at", Cells::when).map(|at| at.start(CASEBOOK_ZONE)),
        // An accepted card without a ship time does not hold, and the finding says why.
        new_ship_by: cells.doubtful("new_ship_by", Cells::when).map(|at| at.end(CASEBOOK_ZONE)),
    };
    Ok((order_id, card))
}
