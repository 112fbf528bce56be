//! One line of an order, with a parcel, at a moment: what a rule may ask, in its own words.

mod deadline;
mod notes;

use crate::assess::engine::standing;
use crate::assess::finding::Finding;
use crate::assess::rule::{Code, Logic, State};
use crate::casebook::Casebook;
use crate::normalise::{In, Input, Ledger, Order, Store, day_in, end_of_day};
use crate::order::{
    AfterSales, Field, Flags, Instant, LineHead, Marketplace, OrderType, Parcel, ParcelHead, Reading, Region,
    Stage, Stamp, Status,
};
use crate::rulebook::{Area, Book, Param, Value};
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::cell::RefCell;

/// A step of the arithmetic, so that a person can redo it by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is: a field, a parameter, or a word that `words` explains.
    pub step: String,
    /// The value used.
    pub value: String,
    /// Where it came from: a column, a parameter of the rulebook, a row of the casebook, or arithmetic.
    pub from: String,
}

/// Everything that stays the same for all orders of a run.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The orders.
    pub ledger: &'a Ledger,
    /// The policy numbers.
    pub book: &'a Book,
    /// The facts that no export holds.
    pub casebook: &'a Casebook,
    /// The moment of the audit.
    pub as_of: Instant,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The run.
    pub run: Context<'a>,
    /// The policy numbers.
    pub book: &'a Book,
    /// The moment of the audit.
    pub as_of: Instant,
    /// The order.
    pub order: &'a Order,
    /// The line that is judged.
    pub line: In<'a, LineHead>,
    /// The parcel that is judged, where tracking has one.
    pub parcel: Option<In<'a, ParcelHead>>,
    /// The input of the line.
    pub input: &'a Input,
    /// The store.
    pub store: &'a Store,
    trail: Option<&'a RefCell<Vec<Step>>>,
    status: Status,
    judged: (u32, &'a [Finding]),
}

impl<'a> Case<'a> {
    /// A case without a trail.
    pub fn new(
        run: Context<'a>,
        order: &'a Order,
        line: In<'a, LineHead>,
        parcel: Option<In<'a, ParcelHead>>,
    ) -> Case<'a> {
        let input = &run.ledger.inputs[line.batch.input as usize];
        let store = run.ledger.store(order);
        let mut case = Case {
            run,
            book: run.book,
            as_of: run.as_of,
            order,
            line,
            parcel,
            input,
            store,
            trail: None,
            status: line.record.status,
            judged: (0, &[]),
        };
        case.status = case.settled_status();
        case
    }

    /// The same case, writing nothing down.
    #[must_use]
    pub fn without_trail(&self) -> Case<'a> {
        Case { trail: None, ..*self }
    }

    /// Whether the arithmetic is written down.
    pub const fn has_trail(&self) -> bool {
        self.trail.is_some()
    }

    /// The same case, writing down its arithmetic.
    #[must_use]
    pub fn with_trail(mut self, trail: &'a RefCell<Vec<Step>>) -> Case<'a> {
        self.trail = Some(trail);
        self
    }

    /// Shows it what was said of the order before: checks advise on that.
    pub fn look_at(&mut self, line: u32, findings: &'a [Finding]) {
        self.judged = (line, findings);
    }

    /// What deadline rules said of this line; they themselves see nothing of each other.
    pub fn judged(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let (line, findings) = self.judged;
        findings.iter().filter(move |f| f.line == line && matches!(f.rule.logic, Logic::Deadline(_)))
    }

    /// What one deadline rule said of this line.
    pub fn finding(&self, code: &str) -> Option<&'a Finding> {
        self.judged().find(|finding| finding.rule.code.0 == code)
    }

    /// Where times and status disagree, times win (GEN003).
    fn settled_status(&self) -> Status {
        let mut status = self.line.record.status;
        let now = Stamp::at(self.as_of);
        let known = |field| {
            let at = self.stamp(field);
            at.is_known() && (at <= now || !now.is_known())
        };
        if known(Field::DeliveredAt) && !status.says_delivered() {
            status.stage = if status.stage == Stage::RefundedShipped {
                Stage::RefundedDelivered
            } else {
                Stage::Delivered
            };
        } else if known(Field::ShippedAt) && (status.waiting() || status.stage == Stage::Shipping) {
            status.stage = if status.ended_unshipped() { Stage::RefundedShipped } else { Stage::Shipped };
        } else if status.stage == Stage::Unpaid && known(Field::PaidAt) {
            status.stage = Stage::AwaitingShipment;
        }
        status
    }

    /// The status, after times have been believed before words.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Whether anything of it may be owed: it was paid, and did not end before it was shipped.
    pub fn still_owed(&self) -> bool {
        self.status.stage != Stage::Unpaid && !self.status.ended_unshipped()
    }

    /// The marketplace.
    pub fn marketplace(&self) -> Option<Marketplace> {
        self.input.marketplace
    }

    /// The order's id.
    pub fn order_id(&self) -> &'a str {
        self.line.batch.arena.get(self.line.record.order_id)
    }

    /// The zone that says where a day ends.
    pub fn day_zone(&self) -> Tz {
        self.input.day_zone()
    }

    /// The zone of times without an offset.
    pub fn export_zone(&self) -> Tz {
        self.input.clock.as_ref().map_or(Tz::Asia__Shanghai, |clock| clock.export_zone)
    }

    /// The kind of order.
    pub fn order_type(&self) -> OrderType {
        self.line.record.order_type
    }

    /// Whether a fact holds.
    pub fn is(&self, flag: Flags) -> bool {
        self.line.record.flags.has(flag)
    }

    /// What the input says of a field, tracking included: the order's own export goes before tracking.
    pub fn reading(&self, field: Field) -> Reading<Instant> {
        self.stamp(field).reading()
    }

    /// The same, to be compared with others: what is known is in the order of time.
    pub fn stamp(&self, field: Field) -> Stamp {
        if field == Field::StandsAt {
            return self.line.time(self.stands_at());
        }
        let own = self.line.time(field);
        // What the order's own export says needs no other word.
        if own.tells() { own } else { own.or(self.tracked(field)) }
    }

    fn own(&self, field: Field) -> Reading<Instant> {
        self.line.time(field).reading()
    }

    fn tracked(&self, field: Field) -> Stamp {
        if !Parcel::holds(field) {
            return Stamp::NO_COLUMN;
        }
        self.run.ledger.parcel_time(self.input, self.parcel, field)
    }

    /// When a JD order stands (下单成功): payment, or the order itself for cash on delivery, or the balance of a
    /// presale.
    fn stands_at(&self) -> Field {
        let ordered_only =
            self.value(&self.book.jd.start).is_some_and(|s| *s == crate::rulebook::JdStart::Ordered);
        if ordered_only || self.is(Flags::CASH_ON_DELIVERY) {
            Field::OrderedAt
        } else if self.order_type() == OrderType::Presale && self.line.time(Field::BalancePaidAt).is_known() {
            Field::BalancePaidAt
        } else {
            Field::PaidAt
        }
    }

    /// The day by which parameters are chosen: that of the order, else of its payment.
    pub fn day(&self) -> Option<NaiveDate> {
        self.ordered_at().map(|at| day_in(self.day_zone(), at))
    }

    /// The time of ordering, as far as the export tells.
    pub fn ordered_at(&self) -> Option<Instant> {
        [Field::OrderedAt, Field::GroupedAt, Field::PaidAt]
            .into_iter()
            .find_map(|field| self.line.time(field).known())
    }

    /// The value of a parameter in force for this order.
    pub fn value<'p, T: Value>(&self, param: &'p Param<T>) -> Option<&'p T> {
        // Most parameters have one value, and then no day is needed.
        if let [only] = param.entries.as_slice() {
            return Some(&only.value);
        }
        param.on(self.day()).map(|entry| &entry.value)
    }

    /// The after-sales cases about this line.
    pub fn after_sales(&self) -> impl Iterator<Item = In<'a, AfterSales>> {
        let none = self.order.after_sales.len == 0;
        let line = if none { "" } else { self.line.batch.arena.get(self.line.record.sub_order_id) };
        self.run.ledger.after_sales(self.order).filter(move |case| {
            let sub = case.batch.arena.get(case.record.sub_order_id);
            sub.is_empty() || line.is_empty() || sub == line
        })
    }

    /// Where the item ships from, as its row says, else its store.
    pub fn ships_from(&self) -> Region {
        let own = self.line.record.ship_from;
        if own.is_known() { own } else { self.store.ships_from }
    }

    /// How a deadline rule stands on the same line and parcel, exemptions applied.
    pub fn obligation(&self, rule: Code) -> Option<Finding> {
        standing(self, rule)
    }

    /// The state of a deadline rule on the same line and parcel.
    pub fn obligation_state(&self, rule: Code) -> Option<State> {
        self.obligation(rule).map(|finding| finding.state)
    }

    /// Where the item ships from, for business days.
    pub fn area(&self) -> Area {
        match self.ships_from().code() {
            0 => Area::Other,
            810_000..=819_999 => Area::Hk,
            _ => Area::Cn,
        }
    }

    /// The end of a day in the zone that says where days end.
    pub fn end_of(&self, day: NaiveDate) -> Option<Instant> {
        end_of_day(self.day_zone(), day)
    }
}
