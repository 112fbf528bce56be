//! The order that a row of a tracking or after-sales file belongs to.

use super::waybills::{Waybills, same_carrier};
use crate::normalise::gather::Index;
use crate::normalise::ledger::{Batch, Ledger};
use crate::order::{AfterSales, Arena, Marketplace, ParcelHead, Text};

/// What a tracking or after-sales row says about the order it belongs to.
pub(super) struct Claim<'c> {
    pub order_id: &'c str,
    pub marketplace: Option<Marketplace>,
    pub input: u32,
    /// What is asked of few rows only, and where it stands.
    pub arena: &'c Arena,
    pub waybill: Text,
    pub carrier: Text,
    pub store: Text,
}

/// A record that belongs to an order which another file holds.
pub(super) trait Joined: Sync {
    /// Row in its input, counted from 1.
    fn row(&self) -> u32;
    /// What names it where its order is not found.
    fn named_by(&self) -> Text;
    /// What it says about its order.
    fn claim<'c>(&self, ledger: &Ledger, batch: &'c Batch) -> Claim<'c>;
}

impl Joined for ParcelHead {
    fn row(&self) -> u32 {
        self.row
    }

    fn named_by(&self) -> Text {
        if self.order_id.is_empty() { self.waybill } else { self.order_id }
    }

    fn claim<'c>(&self, ledger: &Ledger, batch: &'c Batch) -> Claim<'c> {
        let named = batch.arena.get(self.marketplace);
        Claim {
            order_id: batch.arena.get(self.order_id),
            marketplace: Marketplace::parse(named).or(ledger.inputs[batch.input as usize].marketplace),
            input: batch.input,
            arena: &batch.arena,
            waybill: self.waybill,
            carrier: self.carrier,
            store: self.store,
        }
    }
}

impl Joined for AfterSales {
    fn row(&self) -> u32 {
        self.row
    }

    fn named_by(&self) -> Text {
        self.order_id
    }

    fn claim<'c>(&self, ledger: &Ledger, batch: &'c Batch) -> Claim<'c> {
        Claim {
            order_id: batch.arena.get(self.order_id),
            marketplace: ledger.inputs[batch.input as usize].marketplace,
            input: batch.input,
            arena: &batch.arena,
            waybill: Text::NONE,
            carrier: Text::NONE,
            store: self.store,
        }
    }
}

/// What looking for an order gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<T = u32> {
    One(T),
    None,
    Several,
}

/// An order by its number, and the input that its first line comes from: of copies the one that counts.
pub(super) type Known = (u32, u32);

/// Orders behind the one before among which the next is looked for first.
const NEAR: u32 = 4;

/// What was found of the rows of a batch so far: most files list parcels as their orders come, and then a neighbour is
/// found without a look far away.
#[derive(Default)]
pub(super) struct Course {
    before: Option<u32>,
    /// Whether the last two orders do not stand as neighbours do, so that the next is hardly one.
    astray: bool,
    /// The inputs that the orders come from.
    pub inputs: Vec<u32>,
}

impl Course {
    /// Notes what was found of a row, and says the order.
    pub fn note(&mut self, found: Found<Known>) -> Found {
        let (order, input) = match found {
            Found::One(known) => known,
            Found::None => return Found::None,
            Found::Several => return Found::Several,
        };
        self.astray = self.before.is_some_and(|before| !(before..before + NEAR).contains(&order));
        self.before = Some(order);
        // Mostly all rows are of one.
        if self.inputs.last() != Some(&input) && !self.inputs.contains(&input) {
            self.inputs.push(input);
        }
        Found::One(order)
    }

    /// The orders among which the next is looked for first.
    fn neighbours(&self) -> std::ops::Range<u32> {
        self.before.filter(|_| !self.astray).map_or(0..0, |order| order..order + NEAR)
    }
}

/// The order of this id.
pub(super) fn by_order_id(
    ledger: &Ledger,
    index: &Index,
    claim: &Claim<'_>,
    course: &Course,
) -> Found<Known> {
    if claim.order_id.is_empty() {
        return Found::None;
    }
    let mut neighbours = if index.is_unique() { course.neighbours() } else { 0..0 };
    let near = neighbours.find_map(|number| {
        let order = ledger.orders.get(number as usize)?;
        let line = ledger.lines(order).next()?;
        (line.text(line.record.order_id) == claim.order_id).then_some((number, line.batch.input))
    });
    if let Some(known) = near.filter(|known| may_be(ledger, *known, claim)) {
        return Found::One(known);
    }
    // An order that two exports hold lies beside the rows of either.
    let fits = index.find(ledger, claim.order_id).filter_map(|first| {
        let known = known(ledger, first.0);
        (may_be(ledger, first, claim) || may_be(ledger, known, claim)).then_some(known)
    });
    narrow(ledger, claim, fits)
}

/// The order that shows this waybill, by one carrier's name.
pub(super) fn by_waybill(ledger: &Ledger, waybills: &Waybills, claim: &Claim<'_>) -> Found<Known> {
    let carried = |order: &u32| {
        let mut lines = ledger.lines(&ledger.orders[*order as usize]);
        lines.any(|line| same_carrier(line.text(line.record.carrier), claim.arena.get(claim.carrier)))
    };
    let of_marketplace = |(_, input): &Known| {
        claim.marketplace.is_none() || ledger.inputs[*input as usize].marketplace == claim.marketplace
    };
    let found = waybills.find(ledger, claim.arena.get(claim.waybill)).filter(carried);
    narrow(ledger, claim, found.map(|order| known(ledger, order)).filter(of_marketplace))
}

/// An order with its input.
pub(super) fn known(ledger: &Ledger, order: u32) -> Known {
    (order, ledger.lines(&ledger.orders[order as usize]).next().map_or(0, |line| line.batch.input))
}

/// Whether an order of the same id may be meant. Without a marketplace an id is only trusted among the orders it lies
/// beside.
fn may_be(ledger: &Ledger, known: Known, claim: &Claim<'_>) -> bool {
    match claim.marketplace {
        Some(marketplace) => ledger.inputs[known.1 as usize].marketplace == Some(marketplace),
        None => beside(ledger, known, claim),
    }
}

/// Among several the one of the store the row names, else the one beside it. An order may come more than once.
fn narrow(ledger: &Ledger, claim: &Claim<'_>, mut fits: impl Iterator<Item = Known>) -> Found<Known> {
    let Some(first) = fits.next() else { return Found::None };
    let Some(second) = fits.find(|known| *known != first) else { return Found::One(first) };
    let mut fits: Vec<Known> = [first, second].into_iter().chain(fits).collect();
    fits.sort_unstable();
    fits.dedup();
    if !claim.store.is_empty() {
        prefer(&mut fits, |(order, _)| {
            ledger.store(&ledger.orders[order as usize]).name == claim.arena.get(claim.store)
        });
    }
    if fits.len() > 1 {
        prefer(&mut fits, |known| beside(ledger, known, claim));
    }
    match fits.as_slice() {
        [known] => Found::One(*known),
        _ => Found::Several,
    }
}

fn prefer(fits: &mut Vec<Known>, better: impl Fn(Known) -> bool) {
    if fits.iter().any(|known| better(*known)) {
        fits.retain(|known| better(*known));
    }
}

/// Whether an order lies in the same store folder as the row, or is of the store that the row names.
fn beside(ledger: &Ledger, (order, input): Known, claim: &Claim<'_>) -> bool {
    let here = &ledger.inputs[claim.input as usize];
    let name = || &ledger.store(&ledger.orders[order as usize]).name;
    here.folder == ledger.inputs[input as usize].folder
        || *name() == here.store
        || (!claim.store.is_empty() && name() == claim.arena.get(claim.store))
}
