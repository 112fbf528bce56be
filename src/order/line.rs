//! One line of an order, and what is true of it: fixed in size, with its texts in an arena, so that a million orders
//! fit in a few hundred megabytes.

use crate::order::records::Timed;
use crate::order::times::Slots;
use crate::order::{Field, Region, Stamp, Status, Text};

/// What kind of order it is, where that decides a clock or an exemption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderType {
    /// No such column, or a word that says neither.
    #[default]
    Unknown,
    /// Alibaba.com 直接下单: the buyer ordered directly.
    Direct,
    /// Alibaba.com 买家起草 / 卖家起草: drafted and negotiated.
    NonDirect,
    /// A presale with a deposit and a balance (预售).
    Presale,
}

/// Yes-or-no facts of a line, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u16);

impl Flags {
    /// Paid in cash on delivery (货到付款).
    pub const CASH_ON_DELIVERY: Flags = Flags(1);
    /// The platform marked it 推迟发货: its shown deadline is already moved.
    pub const DEFERRED: Flags = Flags(1 << 1);
    /// The platform marked it 豁免判罚: no penalty.
    pub const EXEMPTED: Flags = Flags(1 << 2);
    /// The phone number cannot be one.
    pub const BAD_PHONE: Flags = Flags(1 << 3);
    /// The address names places of two provinces.
    pub const TWO_PROVINCES: Flags = Flags(1 << 4);
    /// Cancelled because it was out of stock.
    pub const STOCKOUT: Flags = Flags(1 << 5);
    /// The status word was not known.
    pub const ODD_STATUS: Flags = Flags(1 << 6);
    /// The status was derived from times because the export has no status column.
    pub const DERIVED_STATUS: Flags = Flags(1 << 7);
    /// A summary row of an order whose items follow (eBay): no line itself, but its cells count for them.
    pub const SUMMARY: Flags = Flags(1 << 8);
    /// The row left the order's id to the row above it.
    pub const CONTINUES: Flags = Flags(1 << 9);
    /// The address, as far as it is known, was unusable for the courier.
    pub const BAD_ADDRESS: Flags = Flags(1 << 10);
    /// The payment method is one we know; without it prepaid is taken for granted.
    pub const HAS_PAYMENT_METHOD: Flags = Flags(1 << 11);

    /// Cancelled because the buyer asked for it.
    pub const BUYER_WISH: Flags = Flags(1 << 12);
    /// A cancel reason is given, where no status word tells of cancellations.
    pub const CANCEL_REASON: Flags = Flags(1 << 13);

    /// Whether all of `other` is set.
    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets `other` too.
    pub const fn set(&mut self, other: Flags) {
        self.0 |= other.0;
    }

    /// As a number, a bit each.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The flags of a number that [`Flags::bits`] gave.
    pub const fn from_bits(bits: u16) -> Flags {
        Flags(bits)
    }

    /// Both together.
    #[must_use]
    pub const fn union(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

/// The times an order export itself can hold, in the order of a line's array.
const LINE_TIMES: [Field; 11] = [
    Field::OrderedAt,
    Field::PaidAt,
    Field::BalancePaidAt,
    Field::GroupedAt,
    Field::ShipBy,
    Field::ScheduledShipAt,
    Field::ShippedAt,
    Field::DeliverBy,
    Field::EstimatedDeliveryAt,
    Field::CompletedAt,
    Field::CancelledAt,
];

static SLOTS: Slots = Slots::new(&LINE_TIMES);

/// One line of an order, as one row of an export gives it.
///
/// An export without lines of its own (JD, Pinduoduo, Alibaba.com) has one line an order here, made from
/// all its rows.
/// In working form, [`Line`], it holds its times; kept among many of its block, [`LineHead`], it leaves them to
/// [`Records`](crate::order::Records).
#[derive(Clone, Copy, Debug, Default)]
pub struct LineOf<T> {
    /// Row in the input, counted from 1 as a spreadsheet counts.
    pub row: u32,
    /// The order's id.
    pub order_id: Text,
    /// The line's own id; empty where the export has none.
    pub sub_order_id: Text,
    /// The waybill number the export shows.
    pub waybill: Text,
    /// The carrier the export shows.
    pub carrier: Text,
    /// The shipping option.
    pub service: Text,
    /// The item's id.
    pub item_id: Text,
    /// The store, where the row itself says it; else the input's.
    pub store: Text,
    /// Province, city and district as written (`省/市/区`), where the gazetteer does not know the district; else
    /// empty, and `ship_to` says it all.
    pub written_to: Text,
    /// How far it has come.
    pub status: Status,
    /// The kind of order.
    pub order_type: OrderType,
    /// Yes-or-no facts.
    pub flags: Flags,
    /// Ship-to place.
    pub ship_to: Region,
    /// Ship-from place, or where the item lies.
    pub ship_from: Region,
    pub(crate) times: T,
}

/// A line with its times.
pub type Line = LineOf<[Stamp; LINE_TIMES.len()]>;

/// A line without its times.
pub type LineHead = LineOf<()>;

impl<T> LineOf<T> {
    #[rustfmt::skip] // a field a word
    fn with<U>(self, times: U) -> LineOf<U> {
        let LineOf {
            row, order_id, sub_order_id, waybill, carrier, service, item_id, store, written_to, status, order_type,
            flags, ship_to, ship_from, times: _,
        } = self;
        LineOf {
            row, order_id, sub_order_id, waybill, carrier, service, item_id, store, written_to, status, order_type,
            flags, ship_to, ship_from, times,
        }
    }
}

impl Line {
    /// A time of this line; [`Stamp::NO_COLUMN`] for a field that lines do not hold.
    pub fn time(&self, field: Field) -> Stamp {
        SLOTS.of(field).map_or(Stamp::NO_COLUMN, |at| self.times[at])
    }

    /// Sets a time; a field that lines do not hold is left alone.
    pub fn set_time(&mut self, field: Field, stamp: Stamp) {
        if let Some(at) = SLOTS.of(field) {
            self.times[at] = stamp;
        }
    }

    /// The fields of [`Line::time`].
    pub const fn time_fields() -> &'static [Field] {
        &LINE_TIMES
    }
}

impl Timed for Line {
    type Head = LineHead;
    const FIELDS: &'static [Field] = &LINE_TIMES;

    fn apart(&self) -> (LineHead, &[Stamp]) {
        (self.with(()), &self.times)
    }

    fn whole(head: LineHead, time: impl Fn(usize) -> Stamp) -> Line {
        head.with(std::array::from_fn(time))
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, LineHead};
    use crate::order::{Field, Stamp};

    #[test]
    fn a_record_stays_small() {
        assert!(size_of::<LineHead>() <= 52, "{}", size_of::<LineHead>());
    }

    #[test]
    fn times_stand_under_their_own_field() {
        let mut line = Line::default();
        for field in Line::time_fields() {
            assert_eq!(line.time(*field), Stamp::NO_COLUMN);
            line.set_time(*field, Stamp::BLANK);
            assert_eq!(line.time(*field), Stamp::BLANK);
        }
        assert_eq!(line.time(Field::PickedUpAt), Stamp::NO_COLUMN);
        line.set_time(Field::PickedUpAt, Stamp::BLANK);
        assert_eq!(line.time(Field::PickedUpAt), Stamp::NO_COLUMN);
    }
}
