//! Rows of tracking and after-sales files.

use super::RowReader;
use super::texts::whole;
use crate::normalise::clean::{self, Id};
use crate::normalise::issue::Problem;
use crate::order::{AfterSales, Field, Parcel};
use crate::read::Row;

impl RowReader<'_> {
    pub(super) fn tracking_row(&mut self, row: &Row<'_>) {
        let mut parcel = Parcel { row: row.row + 1, ..Parcel::default() };
        parcel.order_id = self.keep_id(row, Field::OrderId);
        parcel.waybill = self.keep_id(row, Field::Waybill);
        if parcel.order_id.is_empty() && parcel.waybill.is_empty() {
            let lost = [Field::OrderId, Field::Waybill].into_iter().find_map(|field| {
                let at = self.plan.column(field)?;
                match clean::id(&row.cell(at)) {
                    Id::DigitsLost(text) => Some((at, text)),
                    _ => None,
                }
            });
            match lost {
                Some((at, text)) => self.reject(row, u16::try_from(at).ok(), text, Problem::DigitsLost),
                None => self.reject(row, None, whole(row, self.width()), Problem::MissingId),
            }
            return;
        }
        parcel.sub_order_id = self.keep_id(row, Field::SubOrderId);
        parcel.carrier = self.keep(row, Field::Carrier);
        parcel.store = self.keep(row, Field::Store);
        parcel.marketplace = self.keep(row, Field::Marketplace);
        parcel.service = self.keep(row, Field::ShippingService);
        parcel.e_waybill = clean::yes_no(&self.text(row, Field::EWaybill));
        parcel.downgraded = clean::yes_no(&self.text(row, Field::ServiceDowngraded));
        for (bit, field) in Parcel::time_fields().iter().enumerate() {
            parcel.set_time(*field, self.time(row, *field));
            let own = self.plan.column(*field).is_some_and(|at| self.plan.clock.has_offset(&row.cell(at)));
            parcel.offsets |= u8::from(own) << bit;
        }
        self.part.taken += 1;
        self.part.parcels.push(parcel);
    }

    pub(super) fn after_sales_row(&mut self, row: &Row<'_>) {
        let mut case = AfterSales { row: row.row + 1, ..AfterSales::default() };
        let column = self.plan.column(Field::OrderId);
        match column.map(|at| row.cell(at)).as_ref().map_or(Id::None, clean::id) {
            Id::Text(id) => case.order_id = self.part.arena.keep(&id),
            Id::DigitsLost(text) => {
                self.reject(row, column.and_then(|at| u16::try_from(at).ok()), text, Problem::DigitsLost);
                return;
            }
            Id::None => {
                self.reject(row, None, whole(row, self.width()), Problem::MissingId);
                return;
            }
        }
        case.id = self.keep_id(row, Field::AfterSalesId);
        case.sub_order_id = self.keep_id(row, Field::SubOrderId);
        case.store = self.keep(row, Field::Store);
        case.kind = self.keep(row, Field::AfterSalesKind);
        case.state = self.keep(row, Field::AfterSalesState);
        case.granted_by = self.keep(row, Field::GrantedBy);
        case.return_waybill = self.keep_id(row, Field::ReturnWaybill);
        case.return_state = self.keep(row, Field::ReturnState);
        case.intercept_state = self.keep(row, Field::InterceptState);
        for field in AfterSales::time_fields() {
            case.set_time(*field, self.time(row, *field));
        }
        self.part.taken += 1;
        self.part.after_sales.push(case);
    }
}
