//! The common order record: fixed in size, with its texts in an arena, so that a million orders fit in a few
//! hundred megabytes.

use crate::order::records::Timed;
use crate::order::times::{CASE_SLOTS, CASE_TIMES, LINE_SLOTS, LINE_TIMES, PARCEL_SLOTS, PARCEL_TIMES};
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

/// Where goods are, as a tracking or after-sales file words it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whereabouts {
    /// Not said, or a word that says none of these.
    #[default]
    Unknown,
    /// Still with the seller.
    Unshipped,
    /// On its way.
    OnItsWay,
    /// At the station, locker or shop where the buyer is to fetch it.
    AtStation,
    /// Signed for.
    Signed,
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
        LINE_SLOTS.of(field).map_or(Stamp::NO_COLUMN, |at| self.times[at])
    }

    /// Sets a time; a field that lines do not hold is left alone.
    pub fn set_time(&mut self, field: Field, stamp: Stamp) {
        if let Some(at) = LINE_SLOTS.of(field) {
            self.times[at] = stamp;
        }
    }

    /// The fields of [`Line::time`].
    pub const fn time_fields() -> &'static [Field] {
        &LINE_TIMES
    }
}

/// One parcel of an order, as a row of a tracking file gives it.
/// In working form, [`Parcel`], it holds its times; kept among many of its block, [`ParcelHead`], it leaves them to
/// [`Records`](crate::order::Records).
#[derive(Clone, Copy, Debug, Default)]
pub struct ParcelOf<T> {
    /// Row in the input, counted from 1.
    pub row: u32,
    /// The order's id; empty in a courier's own list.
    pub order_id: Text,
    /// The id of the line it carries, where given.
    pub sub_order_id: Text,
    /// The waybill number.
    pub waybill: Text,
    /// The carrier.
    pub carrier: Text,
    /// The store, where the row itself says it.
    pub store: Text,
    /// Which of [`Parcel::time_fields`] were written with an offset of their own, one bit each.
    pub offsets: u8,
    /// The marketplace, where the row itself says it.
    pub marketplace: Text,
    /// The shipping service, where given.
    pub service: Text,
    /// Whether the store's own electronic waybill was used; `None` where not said.
    pub e_waybill: Option<bool>,
    /// Whether it went by a lesser service; `None` where not said.
    pub downgraded: Option<bool>,
    /// Where it is, as its state or its newest trace says.
    pub whereabouts: Whereabouts,
    pub(crate) times: T,
}

/// A parcel with its times.
pub type Parcel = ParcelOf<[Stamp; PARCEL_TIMES.len()]>;

/// A parcel without its times.
pub type ParcelHead = ParcelOf<()>;

impl<T> ParcelOf<T> {
    #[rustfmt::skip] // a field a word
    fn with<U>(self, times: U) -> ParcelOf<U> {
        let ParcelOf {
            row, order_id, sub_order_id, waybill, carrier, store, offsets, marketplace, service, e_waybill, downgraded,
            whereabouts, times: _,
        } = self;
        ParcelOf {
            row, order_id, sub_order_id, waybill, carrier, store, offsets, marketplace, service, e_waybill, downgraded,
            whereabouts, times,
        }
    }
}

impl Parcel {
    /// A time of this parcel; [`Stamp::NO_COLUMN`] for a field that parcels do not hold.
    pub fn time(&self, field: Field) -> Stamp {
        PARCEL_SLOTS.of(field).map_or(Stamp::NO_COLUMN, |at| self.times[at])
    }

    /// Sets a time; a field that parcels do not hold is left alone.
    pub fn set_time(&mut self, field: Field, stamp: Stamp) {
        if let Some(at) = PARCEL_SLOTS.of(field) {
            self.times[at] = stamp;
        }
    }

    /// Whether parcels hold a time of this field.
    pub fn holds(field: Field) -> bool {
        PARCEL_SLOTS.of(field).is_some()
    }

    /// The fields of [`Parcel::time`].
    pub const fn time_fields() -> &'static [Field] {
        &PARCEL_TIMES
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

impl Timed for Parcel {
    type Head = ParcelHead;
    const FIELDS: &'static [Field] = &PARCEL_TIMES;

    fn apart(&self) -> (ParcelHead, &[Stamp]) {
        (self.with(()), &self.times)
    }

    fn whole(head: ParcelHead, time: impl Fn(usize) -> Stamp) -> Parcel {
        head.with(std::array::from_fn(time))
    }
}

/// One after-sales case of an order, as a row of an after-sales export gives it.
#[derive(Clone, Copy, Debug, Default)]
pub struct AfterSales {
    /// Row in the input, counted from 1.
    pub row: u32,
    /// The case's own id.
    pub id: Text,
    /// The order's id.
    pub order_id: Text,
    /// The id of the line it is about, where given.
    pub sub_order_id: Text,
    /// The store, where the row itself says it.
    pub store: Text,
    /// Refund only, return and refund, exchange, resend: as the platform words it.
    pub kind: Text,
    /// Its state, as the platform words it.
    pub state: Text,
    /// Who granted it, as the platform words it.
    pub granted_by: Text,
    /// The waybill of the return.
    pub return_waybill: Text,
    /// State of the return parcel, as the platform words it.
    pub return_state: Text,
    /// State of an interception, as the platform words it.
    pub intercept_state: Text,
    /// Where the goods were when the case was exported.
    pub goods: Whereabouts,
    pub(crate) times: [Stamp; CASE_TIMES.len()],
}

impl AfterSales {
    /// A time of this case; [`Stamp::NO_COLUMN`] for a field that cases do not hold.
    pub fn time(&self, field: Field) -> Stamp {
        CASE_SLOTS.of(field).map_or(Stamp::NO_COLUMN, |at| self.times[at])
    }

    /// Sets a time; a field that cases do not hold is left alone.
    pub fn set_time(&mut self, field: Field, stamp: Stamp) {
        if let Some(at) = CASE_SLOTS.of(field) {
            self.times[at] = stamp;
        }
    }

    /// The fields of [`AfterSales::time`].
    pub const fn time_fields() -> &'static [Field] {
        &CASE_TIMES
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, LineHead, ParcelHead};
    use crate::order::{Field, Stamp};

    #[test]
    fn a_record_stays_small() {
        assert!(size_of::<LineHead>() <= 52, "{}", size_of::<LineHead>());
        assert!(size_of::<ParcelHead>() <= 40, "{}", size_of::<ParcelHead>());
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
