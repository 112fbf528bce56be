//! Rows of tracking and after-sales files.

use super::RowReader;
use super::texts::whole;
use crate::normalise::clean;
use crate::normalise::ids::{self, Id};
use crate::normalise::issue::Problem;
use crate::order::{AfterSales, Field, Parcel, Whereabouts};
use crate::read::Row;

impl RowReader<'_> {
    pub(super) fn tracking_row(&mut self, row: &Row<'_>) {
        let mut parcel = Parcel { row: row.row + 1, ..Parcel::default() };
        parcel.order_id = self.keep_id(row, Field::OrderId);
        parcel.waybill = self.keep_id(row, Field::Waybill);
        if parcel.order_id.is_empty() && parcel.waybill.is_empty() {
            let lost = [Field::OrderId, Field::Waybill].into_iter().find_map(|field| {
                let at = self.plan.column(field)?;
                match ids::id(&row.cell(at)) {
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
        parcel.sub_order_id = self.keep_id_or(row, Field::SubOrderId, parcel.order_id);
        parcel.carrier = self.keep(row, Field::Carrier);
        parcel.store = self.keep(row, Field::Store);
        parcel.marketplace = self.keep(row, Field::Marketplace);
        parcel.service = self.keep(row, Field::ShippingService);
        parcel.e_waybill = clean::yes_no(&self.text(row, Field::EWaybill));
        parcel.downgraded = clean::yes_no(&self.text(row, Field::ServiceDowngraded));
        parcel.whereabouts = self.meant(row, Field::ParcelState, |known| &mut known.states, whereabouts);
        if parcel.whereabouts == Whereabouts::Unknown {
            parcel.whereabouts = self.meant(row, Field::LastTrace, |known| &mut known.states, whereabouts);
        }
        let plan = self.plan;
        for (bit, field) in &plan.times {
            let (stamp, own_offset) = self.time_and_offset(row, *field);
            parcel.set_time(*field, stamp);
            parcel.offsets |= u8::from(own_offset) << bit;
        }
        self.part.taken += 1;
        self.part.parcels.push(&parcel);
    }

    pub(super) fn after_sales_row(&mut self, row: &Row<'_>) {
        let mut case = AfterSales { row: row.row + 1, ..AfterSales::default() };
        let column = self.plan.column(Field::OrderId);
        match column.map(|at| row.cell(at)).as_ref().map_or(Id::None, ids::id) {
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
        case.sub_order_id = self.keep_id_or(row, Field::SubOrderId, case.order_id);
        case.store = self.keep(row, Field::Store);
        case.kind = self.keep(row, Field::AfterSalesKind);
        case.state = self.keep(row, Field::AfterSalesState);
        case.granted_by = self.keep(row, Field::GrantedBy);
        case.return_waybill = self.keep_id(row, Field::ReturnWaybill);
        case.return_state = self.keep(row, Field::ReturnState);
        case.intercept_state = self.keep(row, Field::InterceptState);
        case.goods = self.meant(row, Field::GoodsState, |known| &mut known.states, whereabouts);
        let plan = self.plan;
        for (_, field) in &plan.times {
            case.set_time(*field, self.time(row, *field));
        }
        self.part.taken += 1;
        self.part.after_sales.push(case);
    }
}

/// Words that tell where goods are; the first that a text holds counts, so that what has gone furthest stands first.
const WHEREABOUTS: [(&str, Whereabouts); 28] = [
    ("未签收", Whereabouts::OnItsWay),
    ("未收货", Whereabouts::OnItsWay),
    ("待收货", Whereabouts::OnItsWay),
    ("待签收", Whereabouts::OnItsWay),
    ("已签收", Whereabouts::Signed),
    ("签收成功", Whereabouts::Signed),
    ("已收货", Whereabouts::Signed),
    ("已取出", Whereabouts::Signed),
    ("已完成", Whereabouts::Signed),
    ("待取", Whereabouts::AtStation),
    ("取件码", Whereabouts::AtStation),
    ("驿站", Whereabouts::AtStation),
    ("自提", Whereabouts::AtStation),
    ("代收点", Whereabouts::AtStation),
    ("快递柜", Whereabouts::AtStation),
    ("丰巢", Whereabouts::AtStation),
    ("到达站点", Whereabouts::AtStation),
    ("到站", Whereabouts::AtStation),
    ("未发货", Whereabouts::Unshipped),
    ("待发货", Whereabouts::Unshipped),
    ("备货中", Whereabouts::Unshipped),
    ("已发货", Whereabouts::OnItsWay),
    ("已揽", Whereabouts::OnItsWay),
    ("运输", Whereabouts::OnItsWay),
    ("在途", Whereabouts::OnItsWay),
    ("中转", Whereabouts::OnItsWay),
    ("派送", Whereabouts::OnItsWay),
    ("派件", Whereabouts::OnItsWay),
];

/// Where goods are by a state word or by the text of a trace.
fn whereabouts(text: &str) -> Whereabouts {
    let said = WHEREABOUTS.iter().find(|(word, _)| text.contains(word));
    said.map_or(Whereabouts::Unknown, |(_, place)| *place)
}

#[cfg(test)]
mod tests {
    use super::{Whereabouts, whereabouts};

    #[test]
    fn a_state_word_or_a_trace_tells_where_goods_are() {
        for (text, place) in [
            ("待取件", Whereabouts::AtStation),
            ("您的快件已到达某某驿站，请凭取件码领取", Whereabouts::AtStation),
            ("已签收，签收人凭取件码签收", Whereabouts::Signed),
            ("已发货，待收货", Whereabouts::OnItsWay),
            ("运输中", Whereabouts::OnItsWay),
            ("未发货", Whereabouts::Unshipped),
            ("已收货", Whereabouts::Signed),
            ("异常", Whereabouts::Unknown),
            ("", Whereabouts::Unknown),
        ] {
            assert_eq!(whereabouts(text), place, "{text}");
        }
    }
}
