//! All orders of a run, with their parcels and cases, and what was read to get them.

mod input;

use crate::normalise::issue::Issue;
use crate::order::{
    AfterSales, Arena, Field, Line, LineHead, Parcel, ParcelHead, Records, Region, Stamp, Status, Text,
};
pub use input::{Blocks, Input, InputError, InputKind};

/// A store, with what the configuration says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    /// Its name.
    pub name: String,
    /// Where it ships from, when the export does not say.
    pub ships_from: Region,
    /// eBay handling days, where the export has no Ship By Date.
    pub handling_days: Option<u32>,
    /// A Pinduoduo parcel of the store went on an electronic waybill of its own.
    pub e_waybill: bool,
}

/// Records of one block of rows with their texts.
#[derive(Debug, Default)]
pub struct Batch {
    /// The input they come from.
    pub input: u32,
    /// Their texts.
    pub arena: Arena,
    /// Lines of orders.
    pub lines: Records<Line>,
    /// Parcels.
    pub parcels: Records<Parcel>,
    /// After-sales cases.
    pub after_sales: Vec<AfterSales>,
}

/// A record in a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// The batch.
    pub batch: u32,
    /// The record in it.
    pub index: u32,
}

/// A run of records in one of the ledger's lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub start: u32,
    /// How many.
    pub len: u32,
}

impl Span {
    /// As indices.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// One order: its lines, parcels and cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Its store, an index into the ledger's stores.
    pub store: u16,
    /// It stood in more than one export.
    pub duplicate: bool,
    /// Its lines.
    pub lines: Span,
    /// Its parcels.
    pub parcels: Span,
    /// Its after-sales cases.
    pub after_sales: Span,
}

/// Everything that was read, brought to orders.
#[derive(Debug, Default)]
pub struct Ledger {
    /// What was read, in file order.
    pub inputs: Vec<Input>,
    /// The stores.
    pub stores: Vec<Store>,
    /// The records.
    pub batches: Vec<Batch>,
    /// The orders, in the order of their first rows.
    pub orders: Vec<Order>,
    /// Lines by order.
    pub lines: Vec<At>,
    /// Parcels by order.
    pub parcels: Vec<At>,
    /// Cases by order.
    pub after_sales: Vec<At>,
    /// What could not be used, by input and row.
    pub issues: Vec<Issue>,
}

/// A record together with the batch that holds its texts.
#[derive(Clone, Copy, Debug)]
pub struct In<'l, T> {
    /// The batch.
    pub batch: &'l Batch,
    /// The record, without its times.
    pub record: &'l T,
    /// Where it stands in its batch.
    pub index: u32,
}

/// Sorts records under their orders, those of one order as they came. The list comes back, and each order's `span`,
/// which is empty before, tells where in it its own stand.
pub fn lay_out(
    orders: &mut [Order],
    span: impl Fn(&mut Order) -> &mut Span,
    records: impl Iterator<Item = (u32, At)> + Clone,
) -> Vec<At> {
    // Mostly they come in the order of their orders.
    let mut list = Vec::with_capacity(records.clone().count());
    let mut before = 0;
    for (order, at) in records.clone() {
        if order < before {
            drop(list);
            for order in orders.iter_mut() {
                *span(order) = Span::default();
            }
            return sort_out(orders, span, records);
        }
        before = order;
        let span = span(&mut orders[order as usize]);
        if span.len == 0 {
            span.start = list.len() as u32;
        }
        span.len += 1;
        list.push(at);
    }
    list
}

/// The same of records that do not come in the order of their orders: a counting sort.
fn sort_out(
    orders: &mut [Order],
    span: impl Fn(&mut Order) -> &mut Span,
    records: impl Iterator<Item = (u32, At)> + Clone,
) -> Vec<At> {
    for (order, _) in records.clone() {
        span(&mut orders[order as usize]).len += 1;
    }
    let mut start = 0;
    for order in orders.iter_mut() {
        let span = span(order);
        span.start = start;
        start += span.len;
    }
    let mut list = vec![At::default(); start as usize];
    for (order, at) in records {
        let next = &mut span(&mut orders[order as usize]).start;
        list[*next as usize] = at;
        *next += 1;
    }
    // Each now starts where it ends.
    for order in orders {
        let span = span(order);
        span.start -= span.len;
    }
    list
}

impl<T> In<'_, T> {
    /// A text of this record.
    pub fn text(&self, text: Text) -> &str {
        self.batch.arena.get(text)
    }
}

impl In<'_, LineHead> {
    /// A time of this line; [`Stamp::NO_COLUMN`] for a field that lines do not hold.
    pub fn time(&self, field: Field) -> Stamp {
        self.batch.lines.time(self.index as usize, field)
    }

    /// Whether it has the same times as another, so that judging one judges both.
    pub fn same_times(&self, other: In<'_, LineHead>) -> bool {
        self.batch.lines.same_times(self.index as usize, (&other.batch.lines, other.index as usize))
    }
}

impl In<'_, ParcelHead> {
    /// A time of this parcel; [`Stamp::NO_COLUMN`] for a field that parcels do not hold.
    pub fn time(&self, field: Field) -> Stamp {
        self.batch.parcels.time(self.index as usize, field)
    }
}

impl In<'_, AfterSales> {
    /// A time of this case; [`Stamp::NO_COLUMN`] for a field that cases do not hold.
    pub fn time(&self, field: Field) -> Stamp {
        self.record.time(field)
    }
}

impl Ledger {
    /// The lines of an order; at least one.
    pub fn lines(&self, order: &Order) -> impl ExactSizeIterator<Item = In<'_, LineHead>> {
        self.lines[order.lines.range()].iter().map(|at| {
            let batch = &self.batches[at.batch as usize];
            In { batch, record: &batch.lines[at.index as usize], index: at.index }
        })
    }

    /// The parcels of an order.
    pub fn parcels(&self, order: &Order) -> impl ExactSizeIterator<Item = In<'_, ParcelHead>> {
        self.parcels[order.parcels.range()].iter().map(|at| {
            let batch = &self.batches[at.batch as usize];
            In { batch, record: &batch.parcels[at.index as usize], index: at.index }
        })
    }

    /// The after-sales cases of an order.
    pub fn after_sales(&self, order: &Order) -> impl ExactSizeIterator<Item = In<'_, AfterSales>> {
        self.after_sales[order.after_sales.range()].iter().map(|at| {
            let batch = &self.batches[at.batch as usize];
            In { batch, record: &batch.after_sales[at.index as usize], index: at.index }
        })
    }

    /// The status of an order: what its lines share, or that of the one that is least far.
    pub fn status(&self, order: &Order) -> Status {
        let all = self.lines(order).map(|line| line.record.status);
        all.reduce(Status::combine).unwrap_or_default()
    }

    /// The id of an order.
    pub fn order_id(&self, order: &Order) -> &str {
        self.lines(order).next().map_or("", |line| line.batch.arena.get(line.record.order_id))
    }

    /// The input an order's first line comes from.
    pub fn input(&self, order: &Order) -> &Input {
        &self.inputs[self.lines(order).next().map_or(0, |line| line.batch.input as usize)]
    }

    /// The store of an order.
    pub fn store(&self, order: &Order) -> &Store {
        &self.stores[usize::from(order.store)]
    }

    /// The time of a parcel, where a tracking file that has no row for it is told from one without the column.
    pub fn parcel_time(&self, input: &Input, parcel: Option<In<'_, ParcelHead>>, field: Field) -> Stamp {
        match parcel.map_or(Stamp::NO_COLUMN, |parcel| parcel.time(field)) {
            Stamp::NO_COLUMN
                if input.tracking.iter().any(|tracking| self.inputs[*tracking as usize].has(field)) =>
            {
                Stamp::NO_ROW
            }
            stamp => stamp,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{At, Order, lay_out};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn records_stand_under_their_orders_as_they_came(
            mut of in prop::collection::vec(0..6_u32, 0..20),
            sorted in any::<bool>(),
        ) {
            if sorted {
                of.sort_unstable();
            }
            let at = |index: usize| At { batch: 0, index: index as u32 };
            let mut orders = vec![Order::default(); 6];
            let records = of.iter().enumerate().map(|(index, order)| (*order, at(index)));
            let list = lay_out(&mut orders, |order| &mut order.parcels, records);
            prop_assert_eq!(list.len(), of.len());
            for (number, order) in orders.iter().enumerate() {
                let own = (0..of.len()).filter(|index| of[*index] as usize == number).map(at);
                prop_assert_eq!(&list[order.parcels.range()], own.collect::<Vec<_>>());
            }
        }
    }
}
