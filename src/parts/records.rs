//! Lines, parcels and cases as rows of a table and back.
//!
//! Each record is taken apart and made with all its fields named: one that is forgotten does not compile.

use super::fault::PartFault;
use super::schema::{CASES, LINES, PARCELS};
use super::table::{Read, Rows, Table};
use super::words::{order_type, stage, whereabouts};
use crate::normalise::Block;
use crate::order::{AfterSales, Arena, Flags, Line, Parcel, Reading, Region, Stamp, Status, Text};

/// A record that is a row of a table. The first column of each is the input's number.
pub trait Record: Copy + Default {
    /// Its table.
    const TABLE: &'static Table;
    /// Those of a block.
    fn of(block: &Block) -> impl DoubleEndedIterator<Item = Self>;
    /// Adds it to a block.
    fn add(self, block: &mut Block);
    /// Fills the columns after the first.
    fn put(&self, row: &mut Put<'_>);
    /// Reads them again, in the same order; `before` is the record of the row before.
    ///
    /// # Errors
    /// When a cell is not what was written.
    fn get(row: &mut Get<'_>, before: &Self) -> Result<Self, PartFault>;
}

/// Puts a record into a row.
pub fn put<R: Record>(rows: &mut Rows, input: u32, arena: &Arena, record: &R) {
    rows.int(input);
    record.put(&mut Put { rows, arena });
}

/// Reads a row into a block.
///
/// # Errors
/// When a cell is not what was written.
pub fn get<R: Record>(read: &Read, row: usize, block: &mut Block) -> Result<(), PartFault> {
    let before = R::of(block).next_back().unwrap_or_default();
    let record = R::get(&mut Get { read, row, column: 1, arena: &mut block.arena }, &before)?;
    record.add(block);
    Ok(())
}

/// A row that is being filled.
pub struct Put<'r> {
    rows: &'r mut Rows,
    arena: &'r Arena,
}

impl Put<'_> {
    fn texts<const N: usize>(&mut self, texts: [Text; N]) {
        for text in texts {
            self.rows.text(self.arena.get(text));
        }
    }

    /// Times, and why those that are null are.
    fn times(&mut self, times: &[Stamp]) {
        let mut absent = 0;
        for (at, time) in times.iter().enumerate() {
            let reading = time.reading();
            absent |= match reading {
                Reading::NoColumn | Reading::Known(_) => 0,
                Reading::NoRow => 1,
                Reading::Blank => 2,
                Reading::Unreadable => 3,
            } << (2 * at);
            self.rows.time(reading.known());
        }
        self.rows.int(absent);
    }
}

/// A row that is being read, column by column.
pub struct Get<'r> {
    read: &'r Read,
    row: usize,
    column: usize,
    arena: &'r mut Arena,
}

impl Get<'_> {
    const fn next(&mut self) -> usize {
        let column = self.column;
        self.column += 1;
        column
    }

    /// A text; what stands in the row before is kept once.
    fn text(&mut self, before: Text) -> Result<Text, PartFault> {
        let column = self.next();
        let text = self.read.text(column, self.row)?;
        Ok(self.arena.keep_or(text, before))
    }

    fn word(&mut self) -> Result<&str, PartFault> {
        let column = self.next();
        self.read.text(column, self.row)
    }

    fn int(&mut self) -> u32 {
        let column = self.next();
        self.read.int(column, self.row)
    }

    fn bool(&mut self) -> Option<bool> {
        let column = self.next();
        self.read.bool(column, self.row)
    }

    fn times<const N: usize>(&mut self) -> Result<[Stamp; N], PartFault> {
        let first = self.column;
        self.column += N;
        let absent = self.int();
        let mut times = [Stamp::NO_COLUMN; N];
        for (at, time) in times.iter_mut().enumerate() {
            *time = match (self.read.time(first + at, self.row)?, absent >> (2 * at) & 3) {
                (Some(time), _) => Stamp::at(time),
                (None, 0) => Stamp::NO_COLUMN,
                (None, 1) => Stamp::NO_ROW,
                (None, 2) => Stamp::BLANK,
                (None, _) => Stamp::UNREADABLE,
            };
        }
        Ok(times)
    }
}

impl Record for Line {
    const TABLE: &'static Table = &LINES;

    fn of(block: &Block) -> impl DoubleEndedIterator<Item = Self> {
        block.lines.wholes()
    }

    fn add(self, block: &mut Block) {
        block.lines.push(&self);
    }

    #[rustfmt::skip] // a column a word
    fn put(&self, to: &mut Put<'_>) {
        let Line {
            row, order_id, sub_order_id, waybill, carrier, service, item_id, store, written_to,
            status: Status { stage, held }, order_type, flags, ship_to, ship_from, times,
        } = *self;
        to.rows.int(row);
        to.texts([order_id, sub_order_id, waybill, carrier, service, item_id, store, written_to]);
        to.rows.text(stage::word(stage)).bool(held).text(order_type::word(order_type));
        to.rows.int(flags.bits().into()).int(ship_to.code()).int(ship_from.code());
        to.times(&times);
    }

    fn get(from: &mut Get<'_>, before: &Self) -> Result<Self, PartFault> {
        let row = from.int();
        let order_id = from.text(before.order_id)?;
        Ok(Line {
            row,
            order_id,
            sub_order_id: from.text(order_id)?,
            waybill: from.text(before.waybill)?,
            carrier: from.text(before.carrier)?,
            service: from.text(before.service)?,
            item_id: from.text(before.item_id)?,
            store: from.text(before.store)?,
            written_to: from.text(before.written_to)?,
            status: Status { stage: stage::of(from.word()?)?, held: from.bool() == Some(true) },
            order_type: order_type::of(from.word()?)?,
            flags: Flags::from_bits(from.int() as u16),
            ship_to: Region::from_code(from.int()),
            ship_from: Region::from_code(from.int()),
            times: from.times()?,
        })
    }
}

impl Record for Parcel {
    const TABLE: &'static Table = &PARCELS;

    fn of(block: &Block) -> impl DoubleEndedIterator<Item = Self> {
        block.parcels.wholes()
    }

    fn add(self, block: &mut Block) {
        block.parcels.push(&self);
    }

    #[rustfmt::skip] // a column a word
    fn put(&self, to: &mut Put<'_>) {
        let Parcel {
            row, order_id, sub_order_id, waybill, carrier, store, offsets, marketplace, service, e_waybill, downgraded,
            whereabouts, times,
        } = *self;
        to.rows.int(row);
        to.texts([order_id, sub_order_id, waybill, carrier, store, marketplace, service]);
        to.rows.int(offsets.into()).maybe_bool(e_waybill).maybe_bool(downgraded);
        to.rows.text(whereabouts::word(whereabouts));
        to.times(&times);
    }

    fn get(from: &mut Get<'_>, before: &Self) -> Result<Self, PartFault> {
        let row = from.int();
        let order_id = from.text(before.order_id)?;
        Ok(Parcel {
            row,
            order_id,
            sub_order_id: from.text(order_id)?,
            waybill: from.text(before.waybill)?,
            carrier: from.text(before.carrier)?,
            store: from.text(before.store)?,
            marketplace: from.text(before.marketplace)?,
            service: from.text(before.service)?,
            offsets: from.int() as u8,
            e_waybill: from.bool(),
            downgraded: from.bool(),
            whereabouts: whereabouts::of(from.word()?)?,
            times: from.times()?,
        })
    }
}

impl Record for AfterSales {
    const TABLE: &'static Table = &CASES;

    fn of(block: &Block) -> impl DoubleEndedIterator<Item = Self> {
        block.after_sales.iter().copied()
    }

    fn add(self, block: &mut Block) {
        block.after_sales.push(self);
    }

    #[rustfmt::skip] // a column a word
    fn put(&self, to: &mut Put<'_>) {
        let AfterSales {
            row, id, order_id, sub_order_id, store, kind, state, granted_by, return_waybill, return_state,
            intercept_state, goods, times,
        } = *self;
        to.rows.int(row);
        to.texts([
            id, order_id, sub_order_id, store, kind, state, granted_by, return_waybill, return_state, intercept_state,
        ]);
        to.rows.text(whereabouts::word(goods));
        to.times(&times);
    }

    fn get(from: &mut Get<'_>, before: &Self) -> Result<Self, PartFault> {
        Ok(AfterSales {
            row: from.int(),
            id: from.text(before.id)?,
            order_id: from.text(before.order_id)?,
            sub_order_id: from.text(before.sub_order_id)?,
            store: from.text(before.store)?,
            kind: from.text(before.kind)?,
            state: from.text(before.state)?,
            granted_by: from.text(before.granted_by)?,
            return_waybill: from.text(before.return_waybill)?,
            return_state: from.text(before.return_state)?,
            intercept_state: from.text(before.intercept_state)?,
            goods: whereabouts::of(from.word()?)?,
            times: from.times()?,
        })
    }
}
