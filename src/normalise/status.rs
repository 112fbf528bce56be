//! Status words to stages, by the words of the layout.

use crate::order::{Field, Instant};
use crate::order::{Flags, Line, OrderType, Reading, Stage, Status};
use crate::recognise::{Layout, Word, normalise_word};

/// Reads a status word; `None` when the layout does not know it.
///
/// A prefix such as `(锁定)` holds the order and leaves the base status; a prefix that cancels wins over it.
pub fn read_status(layout: &Layout, text: &str) -> Option<Status> {
    let word = normalise_word(text);
    if let Some(found) = layout.status.get(&word) {
        return Some(of_word(*found));
    }
    for (prefix, meaning) in &layout.status_prefix {
        if let Some(base) = word.strip_prefix(prefix.as_str()) {
            let base = read_status(layout, base);
            return match meaning {
                Word::Stage(stage) => Some(Status::of(*stage)),
                Word::Held => Some(Status { stage: base.unwrap_or_default().stage, held: true }),
            };
        }
    }
    None
}

/// A bare "locked" or "paused" leaves open how far the order has come. It counts as waiting: platforms hold
/// orders before they leave, and an order wrongly called shipped would be a missed risk.
const fn of_word(word: Word) -> Status {
    match word {
        Word::Stage(stage) => Status::of(stage),
        Word::Held => Status { stage: Stage::AwaitingShipment, held: true },
    }
}

/// What an order type contains decides what it means; the first match counts.
pub fn read_order_type(layout: &Layout, text: &str) -> OrderType {
    let word = normalise_word(text);
    layout
        .order_type
        .iter()
        .find(|(part, _)| word.contains(part.as_str()))
        .map_or(OrderType::Unknown, |(_, t)| *t)
}

/// Completes a status from what else the row says: payment for one that was just placed, a refund in the
/// after-sales column, and the times where there is no status column at all.
pub fn settle(line: &mut Line, layout: &Layout, has_status_column: bool, refunded: bool) {
    if layout.status_from_times && (!has_status_column || line.status.stage == Stage::Unknown) {
        line.status = from_times(line);
        line.flags.set(Flags::DERIVED_STATUS);
        // A cancel reason without a status; what was shipped before stays shipped.
        if line.flags.has(Flags::CANCEL_REASON) && line.status.stage != Stage::Shipped {
            line.status.stage = Stage::Cancelled;
        }
    }
    if line.status.stage == Stage::New {
        let stands = line.flags.has(Flags::CASH_ON_DELIVERY)
            || !matches!(line.time(Field::PaidAt).reading(), Reading::Blank);
        line.status.stage = if stands { Stage::AwaitingShipment } else { Stage::Unpaid };
    }
    if refunded {
        line.status.stage = match line.status.stage {
            Stage::Unpaid | Stage::New | Stage::AwaitingShipment => Stage::RefundedUnshipped,
            Stage::Shipped | Stage::PartlyShipped => Stage::RefundedShipped,
            Stage::Delivered | Stage::Completed => Stage::RefundedDelivered,
            other => other,
        };
    }
}

/// The status that the times alone tell (eBay, whose export has no status column).
pub fn from_times(line: &Line) -> Status {
    let cell = |field| -> Reading<Instant> { line.time(field).reading() };
    let stage = match (cell(Field::PaidAt), cell(Field::ShippedAt)) {
        (_, Reading::Known(_)) => Stage::Shipped,
        (Reading::Blank, _) => Stage::Unpaid,
        (_, Reading::Blank) => Stage::AwaitingShipment,
        _ => Stage::Unknown,
    };
    Status::of(stage)
}
