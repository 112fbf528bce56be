//! Which times records hold, and where each stands among them.

use crate::order::Field;

/// The times an order export itself can hold, in the order of a line's array.
pub const LINE_TIMES: [Field; 11] = [
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

/// The times of a parcel, in the order of its array.
pub const PARCEL_TIMES: [Field; 6] = [
    Field::ShippedAt,
    Field::PickedUpAt,
    Field::FirstTransitAt,
    Field::LastTraceAt,
    Field::DeliveredAt,
    Field::EstimatedDeliveryAt,
];

/// The times of an after-sales case, in the order of its array.
pub const CASE_TIMES: [Field; 7] = [
    Field::AskedAt,
    Field::AgreedAt,
    Field::RefundedAt,
    Field::CancelledAt,
    Field::CompletedAt,
    Field::AutoProcessAt,
    Field::ReturnSentAt,
];

/// Where each field's time stands among others: rules ask some sixty times an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slots([u8; Field::ALL.len()]);

/// No time of this field is held.
const NO_SLOT: u8 = u8::MAX;

impl Slots {
    /// Of no times.
    pub const NONE: Slots = Slots([NO_SLOT; Field::ALL.len()]);

    /// Of the times of these fields, one after the other.
    pub const fn new(fields: &[Field]) -> Slots {
        let mut slots = Slots::NONE;
        let mut at = 0;
        while at < fields.len() {
            slots.set(fields[at], at as u8);
            at += 1;
        }
        slots
    }

    /// Where the time of a field stands, if it is held.
    pub const fn of(&self, field: Field) -> Option<usize> {
        match self.0[field as usize] {
            NO_SLOT => None,
            at => Some(at as usize),
        }
    }

    /// Puts a field's time there.
    pub const fn set(&mut self, field: Field, at: u8) {
        self.0[field as usize] = at;
    }
}

pub static LINE_SLOTS: Slots = Slots::new(&LINE_TIMES);
pub static PARCEL_SLOTS: Slots = Slots::new(&PARCEL_TIMES);
pub static CASE_SLOTS: Slots = Slots::new(&CASE_TIMES);
