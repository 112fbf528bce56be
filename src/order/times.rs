//! Where each time stands among those that a record holds.

use crate::order::Field;

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
