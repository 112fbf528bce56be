//! Room: the facts that no order export holds, as the user keeps them in one workbook or a folder of CSVs.

mod load;

pub use load::{CasebookIssue, load};

use crate::normalise::parse_local;
use crate::order::{FieldKind, Instant};
use chrono_tz::Tz;
use std::collections::HashMap;

/// How a buyer answered a delay card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardResponse {
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
    /// No answer yet.
    None,
}

/// A JD delay card (延迟发货卡片).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// When it was sent.
    pub sent_at: Instant,
    /// How the buyer answered.
    pub response: CardResponse,
    /// When.
    pub responded_at: Option<Instant>,
    /// The ship time agreed on.
    pub new_ship_by: Option<Instant>,
}

/// All facts, by what they are looked up by.
#[derive(Clone, Debug, Default)]
pub struct Casebook {
    cards: HashMap<String, Vec<Card>>,
}

/// JD counts its days in Shanghai, and casebook times without an offset are Shanghai's.
const CARD_ZONE: Tz = Tz::Asia__Shanghai;

impl Casebook {
    /// The cards sent for an order, the earliest first.
    pub fn cards(&self, order_id: &str) -> &[Card] {
        self.cards.get(order_id).map_or(&[], Vec::as_slice)
    }

    /// A casebook of the one card whose cells `cell` gives by column name.
    ///
    /// # Errors
    /// The name of the column that cannot be read.
    pub fn with_card<'c>(cell: &dyn Fn(&str) -> &'c str, zone: Tz) -> Result<Casebook, &'static str> {
        let (order_id, card) = read_card(cell, zone)?;
        let mut casebook = Casebook::default();
        casebook.add_card(order_id, card);
        Ok(casebook)
    }

    fn add_card(&mut self, order_id: String, card: Card) {
        let cards = self.cards.entry(order_id).or_default();
        cards.push(card);
        cards.sort_by_key(|card| card.sent_at);
    }
}

/// Reads one row of the sheet `cards`.
fn read_card<'c>(cell: &dyn Fn(&str) -> &'c str, zone: Tz) -> Result<(String, Card), &'static str> {
    let moment = |name: &'static str, kind| match cell(name) {
        "" => Ok(None),
        text => parse_local(text, zone, kind).map(Some).ok_or(name),
    };
    let order_id = match cell("order_id") {
        "" => return Err("order_id"),
        id => id.to_owned(),
    };
    let response = match cell("response").to_lowercase().as_str() {
        "accepted" | "接受" | "同意" | "已接受" | "已同意" => CardResponse::Accepted,
        "rejected" | "拒绝" | "已拒绝" => CardResponse::Rejected,
        "none" | "无" | "未点击" | "未回复" | "未答复" => CardResponse::None,
        _ => return Err("response"),
    };
    let card = Card {
        sent_at: moment("sent_at", FieldKind::Moment)?.ok_or("sent_at")?,
        response,
        responded_at: moment("responded_at", FieldKind::Moment)?,
        new_ship_by: moment("new_ship_by", FieldKind::Deadline)?,
    };
    Ok((order_id, card))
}
