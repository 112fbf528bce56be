//! One parcel of an order, and where it is.

use crate::order::records::Timed;
use crate::order::times::Slots;
use crate::order::{Field, Stamp, Text};

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

/// The times of a parcel, in the order of its array.
const PARCEL_TIMES: [Field; 6] = [
    Field::ShippedAt,
    Field::PickedUpAt,
    Field::FirstTransitAt,
    Field::LastTraceAt,
    Field::DeliveredAt,
    Field::EstimatedDeliveryAt,
];

static SLOTS: Slots = Slots::new(&PARCEL_TIMES);

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
        SLOTS.of(field).map_or(Stamp::NO_COLUMN, |at| self.times[at])
    }

    /// Sets a time; a field that parcels do not hold is left alone.
    pub fn set_time(&mut self, field: Field, stamp: Stamp) {
        if let Some(at) = SLOTS.of(field) {
            self.times[at] = stamp;
        }
    }

    /// Whether parcels hold a time of this field.
    pub fn holds(field: Field) -> bool {
        SLOTS.of(field).is_some()
    }

    /// The fields of [`Parcel::time`].
    pub const fn time_fields() -> &'static [Field] {
        &PARCEL_TIMES
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

#[cfg(test)]
mod tests {
    #[test]
    fn a_record_stays_small() {
        assert!(size_of::<super::ParcelHead>() <= 40, "{}", size_of::<super::ParcelHead>());
    }
}
