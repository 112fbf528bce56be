//! One block of rows to records and faults.

mod cells;
mod facts;
mod joined;
mod line;
mod memo;
mod part;
mod role;
mod texts;

use crate::normalise::clean;
use crate::normalise::issue::Problem;
use crate::normalise::moment::Near;
use crate::normalise::plan::{Plan, Sections};
use crate::normalise::region::Columns;
use crate::order::{Flags, OrderType, Region, Stamp, Status, Text, Whereabouts};
use crate::read::{Block, Row, Trouble};
use crate::recognise::Kind;
use memo::Memo;
pub use part::Part;
use role::Role;
use std::cell::RefCell;
use texts::whole;

/// Reads the rows of a block before which `before` rows of the table stand; while that is not known yet, 0.
pub fn read_block(sections: &Sections<'_>, before: u32, block: &mut Block<'_>) -> Part {
    let first = block.index() == 0;
    let plan = sections.plan_for(before + 1);
    let (part, known) = SPARE.with_borrow_mut(|spare| spare.take(plan.id));
    let mut reader = RowReader { plan, part, known };
    block.for_each(|row| {
        if !sections.is_one() {
            let plan = sections.plan_for(before + row.row + 1);
            if !std::ptr::eq(plan, reader.plan) {
                reader.turn_to(plan);
            }
        }
        reader.row(&row, first);
    });
    let part = reader.part.take();
    SPARE.with_borrow_mut(|spare| spare.put(reader.part, reader.plan.id, reader.known));
    part
}

thread_local! {
    static SPARE: RefCell<Spare> = RefCell::default();
}

/// Gives back what the threads keep from block to block, when all tables are read.
pub fn forget_spare() {
    rayon::broadcast(|_| drop(SPARE.take()));
}

/// What a thread keeps from block to block.
#[derive(Default)]
struct Spare {
    /// An empty part, with the memory it grew to.
    part: Part,
    /// What is known of the plans it worked by, the last one last.
    known: Vec<(u64, Known)>,
}

impl Spare {
    /// Plans whose meanings are remembered: a thread turns from file to file and back.
    const PLANS: usize = 4;

    fn take(&mut self, plan: u64) -> (Part, Known) {
        let known = self.known.iter().position(|(id, _)| *id == plan).map(|at| self.known.remove(at).1);
        (std::mem::take(&mut self.part), known.unwrap_or_default())
    }

    fn put(&mut self, part: Part, plan: u64, mut known: Known) {
        self.part = part;
        known.forget_texts();
        if self.known.len() == Self::PLANS {
            self.known.remove(0);
        }
        self.known.push((plan, known));
    }
}

/// Reads rows one after another; what repeats from row to row is read once a block.
struct RowReader<'p> {
    plan: &'p Plan<'p>,
    part: Part,
    known: Known,
}

/// What cells that repeat from row to row mean, by their bytes.
#[derive(Default)]
struct Known {
    statuses: Memo<Option<Status>>,
    order_types: Memo<OrderType>,
    /// What a payment method says of an order.
    methods: Memo<Flags>,
    /// What marks and reasons say of an order.
    marks: Memo<Flags>,
    reasons: Memo<Flags>,
    /// Whether an after-sales state is one of a refund.
    refunded: Memo<bool>,
    /// Ship-to columns: province, city and district.
    places: Memo<Columns>,
    /// Country and location of an item.
    item_places: Memo<Region>,
    /// Whether a first cell begins a row like all others.
    ordinary: Memo<bool>,
    /// Where a state word or a trace says that goods are.
    states: Memo<Whereabouts>,
    /// Times in rarer forms than the one that is read at once, as the end of a day where only that is written and as
    /// its beginning, and whether they name their own offset.
    times: Memo<(Stamp, Stamp, bool)>,
    /// Where the time before lay.
    near: Near,
    /// Carriers, services and stores, kept in the arena once.
    texts: Memo<Text>,
    /// Ids of items, likewise.
    ids: Memo<Text>,
    /// Where cells that are looked up together are put together.
    key: Vec<u8>,
}

impl Known {
    /// Texts are kept in the arena of one block.
    fn forget_texts(&mut self) {
        (self.texts, self.ids) = (Memo::default(), Memo::default());
    }
}

impl<'p> RowReader<'p> {
    /// Goes on by the headings of another section.
    fn turn_to(&mut self, plan: &'p Plan<'p>) {
        self.plan = plan;
        self.known = Known::default();
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

    /// Told, and read all the same: what is missing at the end reads as empty.
    fn ragged(&mut self, row: &Row<'_>) {
        let (has, wants) = (row.len(), self.plan.headings.len());
        let surplus = has > wants && (wants..has).any(|at| !clean::text(&row.cell(at)).is_empty());
        if surplus || (has < wants && self.plan.is_text) {
            self.issue(row, None, format!("{has}/{wants}"), Problem::Ragged);
        }
    }
}
