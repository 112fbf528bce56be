//! Presales that the window will ask for: balances still to be paid, and paid ones still to be shipped.

use crate::audit::Audit;
use crate::casebook::{ReportKind, When};
use crate::order::{Field, Instant, OrderType, Stage};
use crate::scan::backlog::Backlog;
use std::collections::BTreeMap;

/// A presale order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presale {
    /// The order, an index into the ledger.
    pub order: u32,
    /// Whether the balance is paid, and since when the ship clock runs.
    pub paid: bool,
    /// By when it ships, where it is paid.
    pub due: Option<Instant>,
    /// When it was reported out of stock.
    pub out_of_stock: Option<When>,
}

/// The presales that wait. No export says when a balance falls due, so that every unpaid one is taken to fall into the
/// window.
pub fn presales(audit: &Audit, backlog: &Backlog) -> Vec<Presale> {
    let waiting: BTreeMap<u32, Option<Instant>> =
        backlog.open.iter().map(|open| (open.order, open.due)).collect();
    let ledger = &audit.ledger;
    let mut all = Vec::new();
    for (number, order) in ledger.orders.iter().enumerate() {
        let number = number as u32;
        let Some(line) = ledger.lines(order).find(|line| line.record.order_type == OrderType::Presale) else {
            continue;
        };
        let Some(marketplace) = ledger.inputs[line.batch.input as usize].marketplace else { continue };
        let stage = ledger.status(order).stage;
        let balance = line.time(Field::BalancePaidAt).is_known();
        let unpaid = matches!(stage, Stage::Unpaid | Stage::New) && !balance;
        let due = match waiting.get(&number) {
            Some(due) => *due,
            None if unpaid => None,
            None => continue,
        };
        let reports = audit.casebook.reports(marketplace, ledger.order_id(order));
        let out_of_stock =
            reports.filter(|it| it.kind == ReportKind::OutOfStock).map(|it| it.reported_at).last();
        all.push(Presale { order: number, paid: waiting.contains_key(&number), due, out_of_stock });
    }
    all.sort_by_key(|presale| {
        (presale.out_of_stock.is_none(), presale.due.is_none(), presale.due, presale.order)
    });
    all
}
