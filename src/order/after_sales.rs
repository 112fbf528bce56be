//! One after-sales case of an order.

use crate::order::times::Slots;
use crate::order::{Field, Stamp, Text, Whereabouts};

/// The times of an after-sales case, in the order of its array.
const CASE_TIMES: [Field; 7] = [
    Field::AskedAt,
    Field::AgreedAt,
    Field::RefundedAt,
    Field::CancelledAt,
    Field::CompletedAt,
    Field::AutoProcessAt,
    Field::ReturnSentAt,
];

static SLOTS: Slots = Slots::new(&CASE_TIMES);

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
        SLOTS.of(field).map_or(Stamp::NO_COLUMN, |at| self.times[at])
    }

    /// Sets a time; a field that cases do not hold is left alone.
    pub fn set_time(&mut self, field: Field, stamp: Stamp) {
        if let Some(at) = SLOTS.of(field) {
            self.times[at] = stamp;
        }
    }

    /// The fields of [`AfterSales::time`].
    pub const fn time_fields() -> &'static [Field] {
        &CASE_TIMES
    }
}
