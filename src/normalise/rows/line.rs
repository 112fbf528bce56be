//! Rows of orders: ids, texts and times.

use super::RowReader;
use super::cells::plain_id;
use super::texts::{days_of_term, whole};
use crate::normalise::clean;
use crate::normalise::end_of_day;
use crate::normalise::ids::{self, Id};
use crate::normalise::issue::Problem;
use crate::normalise::status::settle;
use crate::order::{Field, Flags, Line, Stamp};
use crate::read::{Cell, Row};
use crate::recognise::normalise_word;
use std::borrow::Cow;

impl RowReader<'_> {
    pub(super) fn order_row(&mut self, row: &Row<'_>) {
        let layout = self.plan.layout;
        let mut line = Line { row: row.row + 1, ..Line::default() };
        if !self.order_id(row, &mut line) {
            return;
        }
        if self.is_split_parent(row) {
            self.part.skipped += 1;
            return;
        }
        self.line_texts(row, &mut line);
        self.line_times(row, &mut line);
        self.line_place(row, &mut line);
        let has_status = self.line_status(row, &mut line);
        self.line_flags(row, &mut line);
        let refunded = self.is_refunded(row);
        settle(&mut line, layout, has_status, refunded);
        if layout.summary_rows
            && self.text(row, Field::ItemId).is_empty()
            && self.text(row, Field::ItemTitle).is_empty()
        {
            line.flags.set(Flags::SUMMARY);
        }
        self.part.taken += 1;
        self.push_lines(row, line);
    }

    /// One row of several sub-orders (`a;b`) becomes a line for each.
    fn push_lines(&mut self, row: &Row<'_>, line: Line) {
        let column = self.plan.column(Field::SubOrderId);
        if let Some(id) = column.and_then(|at| plain_id(row, at))
            && self.plan.layout.joined_sub_orders.as_deref().is_none_or(|separator| !id.contains(separator))
        {
            let sub_order_id = self.part.arena.keep_or(id, line.order_id);
            self.part.lines.push(&Line { sub_order_id, ..line });
            return;
        }
        let sub_id = column.map(|at| row.cell(at));
        let text = match sub_id.as_ref().map(ids::id) {
            Some(Id::Text(text)) => text,
            // eBay reports without transaction ids tell their lines apart by the item.
            _ if self.plan.layout.summary_rows => self.text(row, Field::ItemId),
            _ => Cow::Borrowed(""),
        };
        let separator = self.plan.layout.joined_sub_orders.as_deref().filter(|s| text.contains(*s));
        let Some(separator) = separator else {
            let sub_order_id = self.part.arena.keep_or(&text, line.order_id);
            self.part.lines.push(&Line { sub_order_id, ..line });
            return;
        };
        for id in text.split(separator).map(clean::clean).filter(|id| !id.is_empty()) {
            let sub_order_id = self.part.arena.keep(id);
            self.part.lines.push(&Line { sub_order_id, ..line });
        }
    }

    /// Reads the order's id into the line; `false` when the row was rejected for want of one.
    fn order_id(&mut self, row: &Row<'_>, line: &mut Line) -> bool {
        let column = self.plan.column(Field::OrderId);
        let plain = column.and_then(|at| plain_id(row, at));
        if let Some(id) = plain.filter(|id| id.bytes().any(|byte| byte.is_ascii_digit())) {
            line.order_id = self.part.arena.keep(id);
            return true;
        }
        let cell = column.map_or(Cell::Empty, |at| match row.cell(at) {
            // An id merged over the rows of an order stands in the first of them only.
            Cell::Empty => row.merged(at),
            cell => cell,
        });
        match ids::id(&cell) {
            // Every platform's ids have digits; a text without any explains the column below its heading.
            Id::Text(id) if !id.bytes().any(|b| b.is_ascii_digit()) => {
                self.reject(
                    row,
                    column.and_then(|at| u16::try_from(at).ok()),
                    whole(row, self.width()),
                    Problem::MissingId,
                );
                return false;
            }
            Id::Text(id) => {
                line.order_id = self.part.arena.keep(&id);
                return true;
            }
            Id::DigitsLost(id) => {
                let column = column.and_then(|at| u16::try_from(at).ok());
                self.reject(row, column, id, Problem::DigitsLost);
                return false;
            }
            Id::None => {}
        }
        let record = self.plan.column(Field::SalesRecord).map_or(Cell::Empty, |at| row.cell(at));
        if let Id::Text(id) = ids::id(&record) {
            line.order_id = self.part.arena.keep(&id);
            return true;
        }
        if self.plan.layout.rows_share_cells && !self.text(row, Field::ItemTitle).is_empty() {
            line.flags.set(Flags::CONTINUES);
            return true;
        }
        self.reject(
            row,
            column.and_then(|at| u16::try_from(at).ok()),
            whole(row, self.width()),
            Problem::MissingId,
        );
        false
    }

    fn is_split_parent(&self, row: &Row<'_>) -> bool {
        self.plan.layout.split_parent.as_ref().is_some_and(|parent| {
            // The remark first: it is mostly empty.
            self.text(row, Field::SellerRemark).contains(&parent.remark)
                && normalise_word(&self.text(row, Field::Status)).starts_with(&parent.status)
        })
    }

    fn line_texts(&mut self, row: &Row<'_>, line: &mut Line) {
        line.item_id = self.keep_common_id(row, Field::ItemId);
        line.service = self.keep(row, Field::ShippingService);
        line.store = self.keep(row, Field::Store);
        line.waybill = self.keep_id(row, Field::Waybill);
        line.carrier = self.keep(row, Field::Carrier);
        let joined = self.text(row, Field::WaybillAndCarrier);
        if !joined.is_empty() {
            // The number itself may hold hyphens; the carrier's name stands behind the last.
            let (waybill, carrier) = joined.rsplit_once('-').unwrap_or((&joined, ""));
            line.waybill = self.part.arena.keep(clean::clean(waybill));
            line.carrier = self.part.arena.keep(clean::clean(carrier));
        }
    }

    fn line_times(&mut self, row: &Row<'_>, line: &mut Line) {
        let plan = self.plan;
        for (_, field) in &plan.times {
            let stamp = match field {
                Field::ShipBy => self.agreed_term(row, line.time(Field::PaidAt)),
                _ => None,
            };
            let stamp = stamp.unwrap_or_else(|| self.time(row, *field));
            line.set_time(*field, stamp);
        }
    }

    /// A ship date agreed as a term (收到预付款后 7 天): that many days after payment, to the end of the day. A term
    /// without a known payment is read as a time, and so told as unreadable.
    fn agreed_term(&self, row: &Row<'_>, paid: Stamp) -> Option<Stamp> {
        let at = self.plan.column(Field::ShipBy)?;
        // A term counts its days in three digits at the most; what begins with a year is a date.
        if row.raw(at).trim_ascii().first_chunk::<4>().is_some_and(|year| year.iter().all(u8::is_ascii_digit))
        {
            return None;
        }
        let paid = paid.known()?;
        let days = days_of_term(&self.text(row, Field::ShipBy))?;
        let zone = self.plan.clock.day_zone;
        let day = paid.with_timezone(&zone).date_naive().checked_add_days(chrono::Days::new(days))?;
        end_of_day(zone, day).map(Stamp::at)
    }
}
