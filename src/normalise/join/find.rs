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
pub(super) enum Found {
    One(u32),
    None,
    Several,
}

/// Orders behind the one before among which the next is looked for first.
const NEAR: u32 = 4;

/// What was found of the rows before: most files list parcels as their orders come, and then a neighbour is found
/// without a look far away.
#[derive(Default)]
pub(super) struct Course {
    before: Option<u32>,
    /// Whether the last two orders do not stand as neighbours do, so that the next is hardly one.
    astray: bool,
}

impl Course {
    /// Notes the order of a row.
    pub fn note(&mut self, found: Found) {
        if let Found::One(order) = found {
            self.astray = self.before.is_some_and(|before| !(before..before + NEAR).contains(&order));
            self.before = Some(order);
        }
    }

    /// The orders among which the next is looked for first.
    fn neighbours(&self) -> std::ops::Range<u32> {
        self.before.filter(|_| !self.astray).map_or(0..0, |order| order..order + NEAR)
    }
}

/// The order of this id.
pub(super) fn by_order_id(ledger: &Ledger, index: &Index, claim: &Claim<'_>, course: &Course) -> Found {
    if claim.order_id.is_empty() {
        return Found::None;
    }
    let mut neighbours = if index.is_unique() { course.neighbours() } else { 0..0 };
    let near = neighbours.find_map(|number| {
        let order = ledger.orders.get(number as usize)?;
        let line = ledger.lines(order).next()?;
        (line.text(line.record.order_id) == claim.order_id).then_some((number, line.batch.input))
    });
    match near {
        Some(known) if may_be(ledger, known, claim) => Found::One(known.0),
        Some(_) => Found::None,
        None => {
            let same = index.find(ledger, claim.order_id);
            narrow(ledger, claim, same.filter(|known| may_be(ledger, *known, claim)).map(|(order, _)| order))
        }
    }
}

/// The order that shows this waybill, by one carrier's name.
pub(super) fn by_waybill(ledger: &Ledger, waybills: &Waybills, claim: &Claim<'_>) -> Found {
    let carried = |order: &u32| {
        let mut lines = ledger.lines(&ledger.orders[*order as usize]);
        lines.any(|line| same_carrier(line.text(line.record.carrier), claim.arena.get(claim.carrier)))
    };
    let of_marketplace = |order: &u32| {
        claim.marketplace.is_none()
            || ledger.input(&ledger.orders[*order as usize]).marketplace == claim.marketplace
    };
    let found = waybills.find(ledger, claim.arena.get(claim.waybill)).filter(carried).filter(of_marketplace);
    narrow(ledger, claim, found)
}

/// Whether an order of the same id, which comes from `input`, may be meant. Without a marketplace an id is only trusted
/// among the orders it lies beside.
fn may_be(ledger: &Ledger, (order, input): (u32, u32), claim: &Claim<'_>) -> bool {
    match claim.marketplace {
        Some(marketplace) => ledger.inputs[input as usize].marketplace == Some(marketplace),
        None => beside(ledger, (order, input), claim),
    }
}

/// Among several the one of the store the row names, else the one beside it. An order may come more than once.
fn narrow(ledger: &Ledger, claim: &Claim<'_>, mut fits: impl Iterator<Item = u32>) -> Found {
    let Some(first) = fits.next() else { return Found::None };
    let Some(second) = fits.find(|order| *order != first) else { return Found::One(first) };
    let mut fits: Vec<u32> = [first, second].into_iter().chain(fits).collect();
    fits.sort_unstable();
    fits.dedup();
    if !claim.store.is_empty() {
        prefer(&mut fits, |order| {
            ledger.store(&ledger.orders[order as usize]).name == claim.arena.get(claim.store)
        });
    }
    if fits.len() > 1 {
        prefer(&mut fits, |order| beside(ledger, (order, ledger.input_number(order)), claim));
    }
    match fits.as_slice() {
        [order] => Found::One(*order),
        _ => Found::Several,
    }
}

fn prefer(fits: &mut Vec<u32>, better: impl Fn(u32) -> bool) {
    if fits.iter().any(|order| better(*order)) {
        fits.retain(|order| better(*order));
    }
}

/// Whether an order, which comes from `input`, lies in the same store folder as the row, or is of the store that the row
/// names.
fn beside(ledger: &Ledger, (order, input): (u32, u32), claim: &Claim<'_>) -> bool {
    let here = &ledger.inputs[claim.input as usize];
    let name = || &ledger.store(&ledger.orders[order as usize]).name;
    here.folder == ledger.inputs[input as usize].folder
        || *name() == here.store
        || (!claim.store.is_empty() && name() == claim.arena.get(claim.store))
}
