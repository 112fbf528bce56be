//! What the words of an order's row mean: its places, its status, and what is true of it.

use super::RowReader;
use crate::normalise::clean;
use crate::normalise::issue::Problem;
use crate::normalise::region::{self, Columns, Place};
use crate::normalise::status::{read_order_type, read_status};
use crate::order::{Field, Flags, Line, Marketplace, OrderType, Region, Status};
use crate::read::Row;
use crate::recognise::normalise_word;

impl RowReader<'_> {
    pub(super) fn line_place(&mut self, row: &Row<'_>, line: &mut Line) {
        let columns = self.ship_to(row);
        // A town of 东莞 stands where others have a district: two of them are two addresses all the same.
        if columns.region.code().is_multiple_of(100) {
            self.written_to(row, line);
        }
        let (street, text) = (self.text(row, Field::Street), self.text(row, Field::Address));
        let address = region::address(columns, &street, &text);
        line.ship_to = address.region;
        if address.two.is_some() {
            line.flags.set(Flags::TWO_PROVINCES);
        }
        let from = self.text(row, Field::ShipFrom);
        if !from.is_empty() {
            line.ship_from = china(&from);
            if !line.ship_from.is_known() {
                line.ship_from = region::from_address(&from);
            }
        }
        if !line.ship_from.is_known() {
            line.ship_from = self.item_place(row);
        }
    }

    /// Keeps the columns as they stand, where the gazetteer does not know the district.
    fn written_to(&mut self, row: &Row<'_>, line: &mut Line) {
        let district = self.text(row, Field::District);
        if district.is_empty() || clean::is_masked(&district) {
            return;
        }
        let (province, city) = (self.text(row, Field::Province), self.text(row, Field::City));
        let parts = [&province, &city, &district].map(|part| part.trim());
        line.written_to = self.part.arena.keep(&parts.join("/"));
    }

    /// Reads the status word; says whether there is a status column.
    pub(super) fn line_status(&mut self, row: &Row<'_>, line: &mut Line) -> bool {
        let Some(at) = self.plan.column(Field::Status) else { return false };
        let layout = self.plan.layout;
        let status = self.known.statuses.get(row.raw(at), || {
            let text = clean::into_text(row.cell(at));
            if text.is_empty() { Some(Status::default()) } else { read_status(layout, &text) }
        });
        line.status = status.unwrap_or_default();
        if status.is_none() {
            line.flags.set(Flags::ODD_STATUS);
            let value = clean::text(&row.cell(at)).into_owned();
            self.issue(row, u16::try_from(at).ok(), value, Problem::UnknownStatus);
        }
        true
    }

    pub(super) fn line_flags(&mut self, row: &Row<'_>, line: &mut Line) {
        let layout = self.plan.layout;
        line.order_type = self.meant(
            row,
            Field::OrderType,
            |known| &mut known.order_types,
            |text| {
                if text.is_empty() { OrderType::Unknown } else { read_order_type(layout, text) }
            },
        );
        let method = self.meant(
            row,
            Field::PaymentMethod,
            |known| &mut known.methods,
            |method| {
                let mut flags = Flags::default();
                if !method.is_empty() {
                    flags.set(Flags::HAS_PAYMENT_METHOD);
                }
                if holds(method, &layout.cash_on_delivery) {
                    flags.set(Flags::CASH_ON_DELIVERY);
                }
                flags
            },
        );
        let marks = self.meant(
            row,
            Field::Marks,
            |known| &mut known.marks,
            |marks| {
                let mut flags = Flags::default();
                if holds(marks, &layout.deferred) {
                    flags.set(Flags::DEFERRED);
                }
                if holds(marks, &layout.exempted) {
                    flags.set(Flags::EXEMPTED);
                }
                flags
            },
        );
        let cancelled = self.meant(
            row,
            Field::CancelReason,
            |known| &mut known.reasons,
            |reason| {
                let mut flags = Flags::default();
                if holds(reason, &layout.stockout) {
                    flags.set(Flags::STOCKOUT);
                } else if holds(reason, &layout.buyer_wish) {
                    flags.set(Flags::BUYER_WISH);
                }
                if !reason.is_empty() && !holds(reason, &layout.not_cancelled) {
                    flags.set(Flags::CANCEL_REASON);
                }
                flags
            },
        );
        for flags in [method, marks, cancelled] {
            line.flags.set(flags);
        }
        if let Some(at) = self.plan.column(Field::Phone)
            && layout.marketplace != Some(Marketplace::Ebay)
            && clean::bad_phone(&clean::into_text(row.cell(at)))
        {
            line.flags.set(Flags::BAD_PHONE);
        }
    }

    /// The place of the province, city and district columns.
    fn ship_to(&mut self, row: &Row<'_>) -> Columns {
        let columns = [Field::Province, Field::City, Field::District];
        self.meant_together(
            row,
            columns,
            |known| &mut known.places,
            |[province, city, district]| region::columns(province, city, district),
        )
    }

    /// Where an item lies: its location says more than its country, where it lies in it.
    fn item_place(&mut self, row: &Row<'_>) -> Region {
        let columns = [Field::ItemCountry, Field::ItemLocation];
        if columns.iter().all(|field| self.plan.column(*field).is_none()) {
            return Region::UNKNOWN;
        }
        self.meant_together(
            row,
            columns,
            |known| &mut known.item_places,
            |[country, location]| {
                let country = china(country);
                let mut parts = location.split(',').map(|part| china(part.trim()));
                let nearer =
                    |part: &Region| part.is_known() && (!country.is_known() || country.covers(*part));
                parts.find(nearer).unwrap_or(country)
            },
        )
    }

    /// Whether the after-sales column says that the order was refunded.
    pub(super) fn is_refunded(&mut self, row: &Row<'_>) -> bool {
        let layout = self.plan.layout;
        self.meant(
            row,
            Field::AfterSalesState,
            |known| &mut known.refunded,
            |state| !state.is_empty() && layout.refunded.contains(&normalise_word(state)),
        )
    }
}

/// Whether a text holds one of the parts, whatever its case.
fn holds(text: &str, parts: &[String]) -> bool {
    !text.is_empty() && parts.iter().any(|part| text.to_lowercase().contains(&part.to_lowercase()))
}

/// A place in China that a text names.
fn china(text: &str) -> Region {
    match region::parse(text) {
        Some(Place::China(region)) => region,
        _ => Region::UNKNOWN,
    }
}
