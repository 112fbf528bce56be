//! One block of rows to records and faults.

mod joined;
mod texts;

use crate::normalise::clean::{self, Id};
use crate::normalise::issue::{Issue, Problem};
use crate::normalise::plan::{Plan, Sections};
use crate::normalise::region::{self, Place};
use crate::normalise::status::{read_order_type, read_status, settle};
use crate::order::{
    AfterSales, Arena, Field, Flags, Instant, Line, Marketplace, OrderType, Parcel, Reading, Region, Stamp,
    Status,
};
use crate::read::{Block, Cell, Row, Trouble};
use crate::recognise::{Kind, normalise_heading};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use texts::{after_label, days_of_term, first_text, is_total, whole};

/// What one block of rows gave. Row numbers count from the block's first row until [`Part::rebase`].
#[derive(Debug, Default)]
pub struct Part {
    /// The texts of all records below.
    pub arena: Arena,
    /// Lines of orders.
    pub lines: Vec<Line>,
    /// Parcels.
    pub parcels: Vec<Parcel>,
    /// After-sales cases.
    pub after_sales: Vec<AfterSales>,
    /// What could not be read.
    pub issues: Vec<Issue>,
    /// Seller ids of footers, with their rows (eBay): they name the store of the rows above them.
    pub sellers: Vec<(u32, String)>,
    /// Rows that are blank, preamble, headings, totals or footers.
    pub skipped: u32,
    /// Rows that became no record because of an issue.
    pub rejected: u32,
    /// Rows that became records.
    pub taken: u32,
    /// Rows that look like headings of other columns: somebody put two files one under the other.
    pub headings: Vec<(u32, Vec<String>)>,
    /// Rows handed out; what the block holds beyond them are blank lines.
    pub seen: u32,
    /// The latest instant of the block, to tell which of two exports is newer.
    pub newest: Option<Instant>,
}

impl Part {
    /// Turns row numbers of the block into those of the file: `rows` and `lines` stand before the block.
    pub fn rebase(&mut self, input: u32, rows: u32, lines: u32) {
        for line in &mut self.lines {
            line.row += rows;
        }
        for parcel in &mut self.parcels {
            parcel.row += rows;
        }
        for case in &mut self.after_sales {
            case.row += rows;
        }
        for issue in &mut self.issues {
            issue.input = input;
            issue.row += rows;
            issue.line += lines;
            if issue.line == issue.row {
                issue.line = 0;
            }
        }
        for (row, _) in &mut self.sellers {
            *row += rows;
        }
    }
}

/// Reads the rows of a block before which `before` rows of the table stand; while that is not known yet, 0.
pub fn read_block(sections: &Sections<'_>, before: u32, block: &mut Block<'_>) -> Part {
    let first = block.index() == 0;
    let mut reader = RowReader::new(sections.plan_for(before + 1));
    block.for_each(|row| {
        if !sections.is_one() {
            let plan = sections.plan_for(before + row.row + 1);
            if !std::ptr::eq(plan, reader.plan) {
                reader.turn_to(plan);
            }
        }
        reader.row(&row, first);
    });
    reader.part.arena.shrink();
    reader.part
}

/// Reads rows one after another; words that repeat from row to row are looked up once a block.
struct RowReader<'p> {
    plan: &'p Plan<'p>,
    part: Part,
    statuses: FxHashMap<Vec<u8>, Option<Status>>,
}

/// What a row is, before it is read as a record.
enum Role {
    Record,
    Skip,
}

impl<'p> RowReader<'p> {
    fn new(plan: &'p Plan<'p>) -> Self {
        RowReader { plan, part: Part::default(), statuses: FxHashMap::default() }
    }

    /// Goes on by the headings of another section.
    fn turn_to(&mut self, plan: &'p Plan<'p>) {
        self.plan = plan;
        self.statuses.clear();
    }

    fn row(&mut self, row: &Row<'_>, first_block: bool) {
        self.part.seen += 1;
        if first_block && row.row < self.plan.heading_row {
            self.part.skipped += 1;
            return;
        }
        match row.trouble {
            Some(Trouble::UnclosedQuote) => {
                self.reject(row, None, whole(row, self.width()), Problem::UnclosedQuote);
                return;
            }
            Some(Trouble::Undecodable { column, .. }) => {
                let value = clean::text(&row.cell(column)).into_owned();
                self.issue(row, u16::try_from(column).ok(), value, Problem::Undecodable);
            }
            None => {}
        }
        if matches!(self.role(row), Role::Skip) {
            self.part.skipped += 1;
            return;
        }
        self.ragged(row);
        match self.plan.layout.kind {
            Kind::Orders => self.order_row(row),
            Kind::Tracking => self.tracking_row(row),
            Kind::AfterSales => self.after_sales_row(row),
        }
    }

    /// Tells records from blank rows, repeated headings, totals and footers.
    fn role(&mut self, row: &Row<'_>) -> Role {
        if row.is_blank() {
            return Role::Skip;
        }
        let Some((at, first)) = first_text(row) else { return Role::Skip };
        let layout = self.plan.layout;
        if is_total(&first) {
            return Role::Skip;
        }
        if let Some(label) = &layout.seller_footer
            && let Some(seller) = after_label(&first, row, at, label)
        {
            self.part.sellers.push((row.row + 1, seller));
            return Role::Skip;
        }
        let counts = |text: &str| layout.footers.iter().any(|footer| text.contains(footer.as_str()));
        if !layout.footers.is_empty() && (counts(&first) || counts(&clean::text(&row.cell(at + 1)))) {
            return Role::Skip;
        }
        // The first heading again: somebody put two files one under the other.
        let heading = self.plan.headings.get(at).map_or("", String::as_str);
        if !heading.is_empty()
            && normalise_heading(&first) == normalise_heading(heading)
            && self.heading_again(row)
        {
            return Role::Skip;
        }
        if self.other_heading(row) { Role::Skip } else { Role::Record }
    }

    /// Whether a row is a heading row of other columns. Only one whose id has no digit is worth a closer look.
    fn other_heading(&mut self, row: &Row<'_>) -> bool {
        let id = self.plan.column(Field::OrderId).map_or(&[][..], |at| row.raw(at));
        if id.is_empty() || id.iter().any(u8::is_ascii_digit) {
            return false;
        }
        let known = (0..row.len()).filter(|at| {
            let name = normalise_heading(&clean::text(&row.cell(*at)));
            self.plan.layout.heading(&name).is_some()
        });
        // Half of the cells, and three at the least, are names that this layout knows.
        let found = known.count();
        if found < 3 || found * 2 < row.len() {
            return false;
        }
        self.part
            .headings
            .push((row.row, (0..row.len()).map(|at| clean::text(&row.cell(at)).into_owned()).collect()));
        true
    }

    fn heading_again(&self, row: &Row<'_>) -> bool {
        let same = |at: usize, heading: &String| {
            normalise_heading(&clean::text(&row.cell(at))) == normalise_heading(heading)
        };
        row.len() <= self.plan.headings.len()
            && self.plan.headings.iter().enumerate().all(|(at, h)| same(at, h))
    }

    /// Told, and read all the same: what is missing at the end reads as empty.
    fn ragged(&mut self, row: &Row<'_>) {
        let (has, wants) = (row.len(), self.plan.headings.len());
        let surplus = has > wants && (wants..has).any(|at| !clean::text(&row.cell(at)).is_empty());
        if surplus || (has < wants && self.plan.is_text) {
            self.issue(row, None, format!("{has}/{wants}"), Problem::Ragged);
        }
    }

    fn order_row(&mut self, row: &Row<'_>) {
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
        let state = self.text(row, Field::AfterSalesState);
        let refunded =
            !state.is_empty() && layout.refunded.contains(&crate::recognise::normalise_word(&state));
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
        let sub_id = self.plan.column(Field::SubOrderId).map(|at| row.cell(at));
        let text = match sub_id.as_ref().map(clean::id) {
            Some(Id::Text(text)) => text.into_owned(),
            // eBay reports without transaction ids tell their lines apart by the item.
            _ if self.plan.layout.summary_rows => self.text(row, Field::ItemId).into_owned(),
            _ => String::new(),
        };
        let separator = self.plan.layout.joined_sub_orders.as_deref().filter(|s| text.contains(*s));
        let Some(separator) = separator else {
            let sub_order_id = self.part.arena.keep(&text);
            self.part.lines.push(Line { sub_order_id, ..line });
            return;
        };
        for id in text.split(separator).map(clean::clean).filter(|id| !id.is_empty()) {
            let sub_order_id = self.part.arena.keep(id);
            self.part.lines.push(Line { sub_order_id, ..line });
        }
    }

    /// Reads the order's id into the line; `false` when the row was rejected for want of one.
    fn order_id(&mut self, row: &Row<'_>, line: &mut Line) -> bool {
        let column = self.plan.column(Field::OrderId);
        let cell = column.map_or(Cell::Empty, |at| match row.cell(at) {
            // An id merged over the rows of an order stands in the first of them only.
            Cell::Empty => row.merged(at),
            cell => cell,
        });
        match clean::id(&cell) {
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
        if let Id::Text(id) = clean::id(&record) {
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
            let status = crate::recognise::normalise_word(&self.text(row, Field::Status));
            status.starts_with(&parent.status) && self.text(row, Field::SellerRemark).contains(&parent.remark)
        })
    }

    fn line_texts(&mut self, row: &Row<'_>, line: &mut Line) {
        line.item_id = self.keep_id(row, Field::ItemId);
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
        for field in Line::time_fields() {
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
        let paid = paid.known()?;
        let days = days_of_term(&self.text(row, Field::ShipBy))?;
        let zone = self.plan.clock.day_zone;
        let day = paid.with_timezone(&zone).date_naive().checked_add_days(chrono::Days::new(days))?;
        crate::normalise::end_of_day(zone, day).map(Stamp::at)
    }

    fn line_place(&mut self, row: &Row<'_>, line: &mut Line) {
        let (province, city, district) =
            (self.text(row, Field::Province), self.text(row, Field::City), self.text(row, Field::District));
        line.ship_to = region::from_columns(&province, &city, &district);
        // A town of 东莞 stands where others have a district: two of them are two addresses all the same.
        let told = !district.is_empty() && !clean::is_masked(&district);
        if told && line.ship_to.code().is_multiple_of(100) {
            let parts = [&province, &city, &district].map(|part| part.trim());
            line.written_to = self.part.arena.keep(&parts.join("/"));
        }
        let address = self.text(row, Field::Address);
        if !line.ship_to.is_known() && !address.is_empty() {
            line.ship_to = region::from_address(&address);
        }
        let china = |text: &str| match region::parse(text) {
            Some(Place::China(region)) => region,
            _ => Region::UNKNOWN,
        };
        let from = self.text(row, Field::ShipFrom);
        if !from.is_empty() {
            line.ship_from = china(&from);
            if !line.ship_from.is_known() {
                line.ship_from = region::from_address(&from);
            }
        }
        if !line.ship_from.is_known() {
            line.ship_from = china(&self.text(row, Field::ItemCountry));
            let location = self.text(row, Field::ItemLocation);
            let mut parts = location.split(',').map(|part| china(part.trim()));
            // The location says more than the country, where it lies in it.
            let nearer = |part: &Region| {
                part.is_known() && (!line.ship_from.is_known() || line.ship_from.covers(*part))
            };
            line.ship_from = parts.find(nearer).unwrap_or(line.ship_from);
        }
        let street = self.text(row, Field::Street);
        if region::two_provinces(&province, &city, &district, &street, &address).is_some() {
            line.flags.set(Flags::TWO_PROVINCES);
        }
    }

    /// Reads the status word; says whether there is a status column.
    fn line_status(&mut self, row: &Row<'_>, line: &mut Line) -> bool {
        let Some(at) = self.plan.column(Field::Status) else { return false };
        let raw = row.raw(at);
        let known = self.statuses.get(raw).copied();
        let status = known.unwrap_or_else(|| {
            let text = clean::text(&row.cell(at)).into_owned();
            let status =
                if text.is_empty() { Some(Status::default()) } else { read_status(self.plan.layout, &text) };
            if !raw.is_empty() {
                self.statuses.insert(raw.to_vec(), status);
            }
            status
        });
        line.status = status.unwrap_or_default();
        if status.is_none() {
            line.flags.set(Flags::ODD_STATUS);
            let value = clean::text(&row.cell(at)).into_owned();
            self.issue(row, u16::try_from(at).ok(), value, Problem::UnknownStatus);
        }
        true
    }

    fn line_flags(&mut self, row: &Row<'_>, line: &mut Line) {
        let layout = self.plan.layout;
        let holds = |text: &str, parts: &[String]| {
            !text.is_empty() && parts.iter().any(|part| text.to_lowercase().contains(&part.to_lowercase()))
        };
        line.order_type = match self.text(row, Field::OrderType) {
            text if text.is_empty() => OrderType::Unknown,
            text => read_order_type(layout, &text),
        };
        let method = self.text(row, Field::PaymentMethod);
        if !method.is_empty() {
            line.flags.set(Flags::HAS_PAYMENT_METHOD);
        }
        if holds(&method, &layout.cash_on_delivery) {
            line.flags.set(Flags::CASH_ON_DELIVERY);
        }
        let marks = self.text(row, Field::Marks);
        if holds(&marks, &layout.deferred) {
            line.flags.set(Flags::DEFERRED);
        }
        if holds(&marks, &layout.exempted) {
            line.flags.set(Flags::EXEMPTED);
        }
        let reason = self.text(row, Field::CancelReason);
        if holds(&reason, &layout.stockout) {
            line.flags.set(Flags::STOCKOUT);
        } else if holds(&reason, &layout.buyer_wish) {
            line.flags.set(Flags::BUYER_WISH);
        }
        if !reason.is_empty() && !holds(&reason, &layout.not_cancelled) {
            line.flags.set(Flags::CANCEL_REASON);
        }
        if let Some(at) = self.plan.column(Field::Phone)
            && layout.marketplace != Some(Marketplace::Ebay)
            && clean::bad_phone(&clean::text(&row.cell(at)))
        {
            line.flags.set(Flags::BAD_PHONE);
        }
    }

    /// A time cell; what cannot be read is told with its text.
    fn time(&mut self, row: &Row<'_>, field: Field) -> Stamp {
        let Some(at) = self.plan.column(field) else { return Stamp::NO_COLUMN };
        let cell = row.cell(at);
        // A plain number counts from where the dates of its workbook do.
        let dated = match cell {
            Cell::Number(serial) if self.plan.epoch_1904 => {
                Cell::Moment { serial, epoch_1904: true, duration: false }
            }
            _ => cell.clone(),
        };
        let reading = self.plan.clock.read(&dated, field.kind());
        let stamp = Stamp::from(reading);
        if stamp == Stamp::UNREADABLE {
            let value = clean::text(&cell).into_owned();
            self.issue(row, u16::try_from(at).ok(), value, Problem::UnreadableTime(field));
        }
        if let Reading::Known(instant) = reading {
            if matches!(cell, Cell::Number(_)) {
                let value = clean::text(&cell).into_owned();
                self.issue(row, u16::try_from(at).ok(), value, Problem::NumberAsTime(field));
            }
            if field.kind() == crate::order::FieldKind::Moment {
                self.part.newest = self.part.newest.max(Some(instant));
            }
        }
        stamp
    }

    /// The cleaned text of a field's cell; empty where there is no column.
    fn text<'r>(&self, row: &'r Row<'_>, field: Field) -> Cow<'r, str> {
        let Some(at) = self.plan.column(field) else { return Cow::Borrowed("") };
        match row.cell(at) {
            Cell::Text(Cow::Borrowed(text)) => Cow::Borrowed(clean::clean(text)),
            cell => Cow::Owned(clean::text(&cell).into_owned()),
        }
    }

    fn keep(&mut self, row: &Row<'_>, field: Field) -> crate::order::Text {
        let text = self.text(row, field);
        self.part.arena.keep(&text)
    }

    /// An id that the record can do without: one that lost its digits is none.
    fn keep_id(&mut self, row: &Row<'_>, field: Field) -> crate::order::Text {
        let Some(at) = self.plan.column(field) else { return crate::order::Text::NONE };
        match clean::id(&row.cell(at)) {
            Id::Text(id) => self.part.arena.keep(&id),
            Id::DigitsLost(_) | Id::None => crate::order::Text::NONE,
        }
    }

    /// Cells that a rejected row has at the least.
    fn width(&self) -> usize {
        if self.plan.is_text { 0 } else { self.plan.headings.len() }
    }

    fn reject(&mut self, row: &Row<'_>, column: Option<u16>, value: String, problem: Problem) {
        self.issue(row, column, value, problem);
        self.part.rejected += 1;
    }

    fn issue(&mut self, row: &Row<'_>, column: Option<u16>, value: String, problem: Problem) {
        self.part.issues.push(Issue {
            input: 0,
            row: row.row + 1,
            line: row.line + 1,
            column,
            value,
            problem,
        });
    }
}
