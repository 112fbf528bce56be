//! What a status word says about how far an order has come.

use serde::Deserialize;

/// How far an order has come, as its status word says it.
///
/// Layouts map each platform's words to these; rules never see a platform's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// No status column, an empty cell, a word we do not know, or one that says nothing about shipping.
    #[default]
    Unknown,
    /// Not paid yet.
    Unpaid,
    /// Just placed; whether it is paid shows in the payment time only (JD 新订单).
    New,
    /// Paid and waiting to be shipped.
    AwaitingShipment,
    /// Being shipped: not wholly, unless a shipping time says so (Alibaba.com 发货中).
    Shipping,
    /// Part of it was shipped.
    PartlyShipped,
    /// Shipped; silent on pickup and delivery.
    Shipped,
    /// Signed for.
    Delivered,
    /// Completed.
    Completed,
    /// Cancelled, closed or deleted before shipping, as far as the status tells.
    Cancelled,
    /// Refunded before shipping.
    RefundedUnshipped,
    /// Refunded after shipping: judged as shipped.
    RefundedShipped,
    /// Refunded after it was signed for: judged as delivered.
    RefundedDelivered,
}

/// The status of a line: its stage, and whether the platform holds it (JD `(锁定)`, `(暂停)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Status {
    /// How far it has come.
    pub stage: Stage,
    /// Locked or paused by the platform: judged as its base status, with a note.
    pub held: bool,
}

impl Status {
    /// A status that is not held.
    pub const fn of(stage: Stage) -> Status {
        Status { stage, held: false }
    }

    /// Whether the status says that nothing was shipped yet, and nothing after it either.
    pub const fn waiting(self) -> bool {
        matches!(
            self.stage,
            Stage::Unpaid
                | Stage::New
                | Stage::AwaitingShipment
                | Stage::Cancelled
                | Stage::RefundedUnshipped
        )
    }

    /// Whether the status says that the order was paid.
    pub const fn says_paid(self) -> bool {
        !matches!(self.stage, Stage::Unknown | Stage::Unpaid | Stage::New | Stage::Cancelled)
    }

    /// Whether the status says that all of it was shipped.
    pub const fn says_shipped(self) -> bool {
        matches!(
            self.stage,
            Stage::Shipped
                | Stage::Delivered
                | Stage::Completed
                | Stage::RefundedShipped
                | Stage::RefundedDelivered
        )
    }

    /// Whether the status says that it was delivered (and so picked up).
    pub const fn says_delivered(self) -> bool {
        matches!(self.stage, Stage::Delivered | Stage::Completed | Stage::RefundedDelivered)
    }

    /// Whether the order ended without being shipped, as far as the status tells.
    pub const fn ended_unshipped(self) -> bool {
        matches!(self.stage, Stage::Cancelled | Stage::RefundedUnshipped)
    }

    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self.stage {
            Stage::Cancelled => "cancelled",
            Stage::RefundedUnshipped | Stage::RefundedShipped | Stage::RefundedDelivered => "refunded",
            _ if self.held => "on-hold",
            Stage::Unknown => "unknown",
            Stage::Unpaid => "unpaid",
            Stage::New | Stage::AwaitingShipment => "awaiting-shipment",
            Stage::Shipping | Stage::PartlyShipped => "partly-shipped",
            Stage::Shipped => "shipped",
            Stage::Delivered => "delivered",
            Stage::Completed => "completed",
        }
    }

    /// The status of an order of several lines: what all of them share, or the one that is least far.
    #[must_use]
    pub fn combine(self, other: Status) -> Status {
        let held = self.held || other.held;
        if self.stage == other.stage || other.stage == Stage::Unknown {
            return Status { stage: self.stage, held };
        }
        if self.stage == Stage::Unknown || self.ended_unshipped() {
            return Status { stage: other.stage, held };
        }
        if other.ended_unshipped() {
            return Status { stage: self.stage, held };
        }
        let part = |a: Status, b: Status| {
            (a.says_shipped() || a.stage == Stage::PartlyShipped) && b.stage == Stage::AwaitingShipment
        };
        let stage = if part(self, other) || part(other, self) {
            Stage::PartlyShipped
        } else {
            self.stage.min(other.stage)
        };
        Status { stage, held }
    }
}

#[cfg(test)]
mod tests {
    use super::{Stage, Status};

    #[test]
    fn what_a_status_says() {
        let says = |stage| {
            let status = Status::of(stage);
            (status.waiting(), status.says_shipped(), status.says_delivered())
        };
        assert_eq!(says(Stage::AwaitingShipment), (true, false, false));
        assert_eq!(says(Stage::Shipped), (false, true, false));
        assert_eq!(says(Stage::Completed), (false, true, true));
        assert_eq!(says(Stage::RefundedDelivered), (false, true, true));
        assert_eq!(says(Stage::Unknown), (false, false, false));
        assert_eq!(says(Stage::PartlyShipped), (false, false, false));
    }

    #[test]
    fn lines_combine_to_the_one_that_is_least_far() {
        let combine = |a, b| Status::of(a).combine(Status::of(b)).stage;
        assert_eq!(combine(Stage::Shipped, Stage::AwaitingShipment), Stage::PartlyShipped);
        assert_eq!(combine(Stage::Cancelled, Stage::Shipped), Stage::Shipped);
        assert_eq!(combine(Stage::Completed, Stage::Shipped), Stage::Shipped);
    }
}
