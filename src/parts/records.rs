//! Lines, parcels and cases as rows of a table and back.

use super::fault::PartFault;
use super::table::{Read, Rows};
use crate::order::{
    AfterSales, Arena, Field, Flags, Line, OrderType, Parcel, Reading, Region, Stage, Stamp, Status, Text,
    Whereabouts,
};

/// Stages by their words.
const STAGES: [(Stage, &str); 13] = [
    (Stage::Unknown, ""),
    (Stage::Unpaid, "unpaid"),
    (Stage::New, "new"),
    (Stage::AwaitingShipment, "awaiting-shipment"),
    (Stage::Shipping, "shipping"),
    (Stage::PartlyShipped, "partly-shipped"),
    (Stage::Shipped, "shipped"),
    (Stage::Delivered, "delivered"),
    (Stage::Completed, "completed"),
    (Stage::Cancelled, "cancelled"),
    (Stage::RefundedUnshipped, "refunded-unshipped"),
    (Stage::RefundedShipped, "refunded-shipped"),
    (Stage::RefundedDelivered, "refunded-delivered"),
];

const ORDER_TYPES: [(OrderType, &str); 4] = [
    (OrderType::Unknown, ""),
    (OrderType::Direct, "direct"),
    (OrderType::NonDirect, "non-direct"),
    (OrderType::Presale, "presale"),
];

const WHEREABOUTS: [(Whereabouts, &str); 5] = [
    (Whereabouts::Unknown, ""),
    (Whereabouts::Unshipped, "unshipped"),
    (Whereabouts::OnItsWay, "on-its-way"),
    (Whereabouts::AtStation, "at-station"),
    (Whereabouts::Signed, "signed"),
];

fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], value: T) -> &'static str {
    words.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}

fn meaning<T: Copy>(words: &[(T, &'static str)], word: &str) -> Result<T, PartFault> {
    let known = words.iter().find(|(_, known)| *known == word);
    known.map(|(value, _)| *value).ok_or_else(|| PartFault::damaged(&format!("the word \"{word}\"")))
}

/// The times of a record, and why those that are null are.
fn put_times(rows: &mut Rows, fields: &[Field], time: impl Fn(Field) -> Stamp) {
    let mut absent = 0;
    for (at, field) in fields.iter().enumerate() {
        let reading = time(*field).reading();
        absent |= match reading {
            Reading::NoColumn | Reading::Known(_) => 0,
            Reading::NoRow => 1,
            Reading::Blank => 2,
            Reading::Unreadable => 3,
        } << (2 * at);
        rows.time(reading.known());
    }
    rows.int(absent);
}

fn get_times(
    read: &Read,
    first: usize,
    row: usize,
    fields: &[Field],
    mut set: impl FnMut(Field, Stamp),
) -> Result<(), PartFault> {
    let absent = read.int(first + fields.len(), row);
    for (at, field) in fields.iter().enumerate() {
        let stamp = match (read.time(first + at, row)?, absent >> (2 * at) & 3) {
            (Some(time), _) => Stamp::at(time),
            (None, 0) => Stamp::NO_COLUMN,
            (None, 1) => Stamp::NO_ROW,
            (None, 2) => Stamp::BLANK,
            (None, _) => Stamp::UNREADABLE,
        };
        set(*field, stamp);
    }
    Ok(())
}

/// Texts on their way into an arena: what stands in the row before is kept once.
struct Keeper<'r> {
    read: &'r Read,
    row: usize,
    arena: &'r mut Arena,
}

impl Keeper<'_> {
    fn text(&mut self, column: usize, before: Text) -> Result<Text, PartFault> {
        let text = self.read.text(column, self.row)?;
        Ok(self.arena.keep_or(text, before))
    }
}

/// Puts a line into a row of [`super::schema::LINES`].
pub fn put_line(rows: &mut Rows, input: u32, arena: &Arena, line: &Line) {
    rows.int(input).int(line.row);
    for text in [
        line.order_id,
        line.sub_order_id,
        line.waybill,
        line.carrier,
        line.service,
        line.item_id,
        line.store,
        line.written_to,
    ] {
        rows.text(arena.get(text));
    }
    rows.text(word(&STAGES, line.status.stage)).bool(line.status.held);
    rows.text(word(&ORDER_TYPES, line.order_type)).int(line.flags.bits().into());
    rows.int(line.ship_to.code()).int(line.ship_from.code());
    put_times(rows, Line::time_fields(), |field| line.time(field));
}

/// Reads a line; `before` is the one of the row before.
pub fn get_line(read: &Read, row: usize, arena: &mut Arena, before: &Line) -> Result<Line, PartFault> {
    let mut keep = Keeper { read, row, arena };
    let order_id = keep.text(2, before.order_id)?;
    let mut line = Line {
        row: read.int(1, row),
        order_id,
        sub_order_id: keep.text(3, order_id)?,
        waybill: keep.text(4, before.waybill)?,
        carrier: keep.text(5, before.carrier)?,
        service: keep.text(6, before.service)?,
        item_id: keep.text(7, before.item_id)?,
        store: keep.text(8, before.store)?,
        written_to: keep.text(9, before.written_to)?,
        status: Status {
            stage: meaning(&STAGES, read.text(10, row)?)?,
            held: read.bool(11, row) == Some(true),
        },
        order_type: meaning(&ORDER_TYPES, read.text(12, row)?)?,
        flags: Flags::from_bits(read.int(13, row) as u16),
        ship_to: Region::from_code(read.int(14, row)),
        ship_from: Region::from_code(read.int(15, row)),
        ..Line::default()
    };
    get_times(read, 16, row, Line::time_fields(), |field, stamp| line.set_time(field, stamp))?;
    Ok(line)
}

/// Puts a parcel into a row of [`super::schema::PARCELS`].
pub fn put_parcel(rows: &mut Rows, input: u32, arena: &Arena, parcel: &Parcel) {
    rows.int(input).int(parcel.row);
    for text in [
        parcel.order_id,
        parcel.sub_order_id,
        parcel.waybill,
        parcel.carrier,
        parcel.store,
        parcel.marketplace,
        parcel.service,
    ] {
        rows.text(arena.get(text));
    }
    rows.int(parcel.offsets.into()).maybe_bool(parcel.e_waybill).maybe_bool(parcel.downgraded);
    rows.text(word(&WHEREABOUTS, parcel.whereabouts));
    put_times(rows, Parcel::time_fields(), |field| parcel.time(field));
}

/// Reads a parcel; `before` is the one of the row before.
pub fn get_parcel(read: &Read, row: usize, arena: &mut Arena, before: &Parcel) -> Result<Parcel, PartFault> {
    let mut keep = Keeper { read, row, arena };
    let order_id = keep.text(2, before.order_id)?;
    let mut parcel = Parcel {
        row: read.int(1, row),
        order_id,
        sub_order_id: keep.text(3, order_id)?,
        waybill: keep.text(4, before.waybill)?,
        carrier: keep.text(5, before.carrier)?,
        store: keep.text(6, before.store)?,
        marketplace: keep.text(7, before.marketplace)?,
        service: keep.text(8, before.service)?,
        offsets: read.int(9, row) as u8,
        e_waybill: read.bool(10, row),
        downgraded: read.bool(11, row),
        whereabouts: meaning(&WHEREABOUTS, read.text(12, row)?)?,
        ..Parcel::default()
    };
    get_times(read, 13, row, Parcel::time_fields(), |field, stamp| parcel.set_time(field, stamp))?;
    Ok(parcel)
}

/// Puts an after-sales case into a row of [`super::schema::CASES`].
pub fn put_case(rows: &mut Rows, input: u32, arena: &Arena, case: &AfterSales) {
    rows.int(input).int(case.row);
    for text in [
        case.id,
        case.order_id,
        case.sub_order_id,
        case.store,
        case.kind,
        case.state,
        case.granted_by,
        case.return_waybill,
        case.return_state,
        case.intercept_state,
    ] {
        rows.text(arena.get(text));
    }
    rows.text(word(&WHEREABOUTS, case.goods));
    put_times(rows, AfterSales::time_fields(), |field| case.time(field));
}

/// Reads a case; `before` is the one of the row before.
pub fn get_case(
    read: &Read,
    row: usize,
    arena: &mut Arena,
    before: &AfterSales,
) -> Result<AfterSales, PartFault> {
    let mut keep = Keeper { read, row, arena };
    let mut case = AfterSales {
        row: read.int(1, row),
        id: keep.text(2, before.id)?,
        order_id: keep.text(3, before.order_id)?,
        sub_order_id: keep.text(4, before.sub_order_id)?,
        store: keep.text(5, before.store)?,
        kind: keep.text(6, before.kind)?,
        state: keep.text(7, before.state)?,
        granted_by: keep.text(8, before.granted_by)?,
        return_waybill: keep.text(9, before.return_waybill)?,
        return_state: keep.text(10, before.return_state)?,
        intercept_state: keep.text(11, before.intercept_state)?,
        goods: meaning(&WHEREABOUTS, read.text(12, row)?)?,
        ..AfterSales::default()
    };
    get_times(read, 13, row, AfterSales::time_fields(), |field, stamp| case.set_time(field, stamp))?;
    Ok(case)
}
