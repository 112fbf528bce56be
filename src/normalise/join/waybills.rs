//! Orders by waybill.

use crate::normalise::gather::hash_of;
use crate::normalise::ledger::Ledger;
use hashbrown::HashTable;

/// Orders by waybill, without a copy of any waybill: an order may stand under several.
pub(super) struct Waybills(HashTable<(u64, u32)>);

impl Waybills {
    pub fn of(ledger: &Ledger) -> Waybills {
        let mut table = HashTable::new();
        for (number, order) in ledger.orders.iter().enumerate() {
            for line in ledger.lines(order) {
                for waybill in split_waybills(line.text(line.record.waybill)) {
                    let hash = hash_of(waybill);
                    table.insert_unique(hash, (hash, number as u32), |(hash, _)| *hash);
                }
            }
        }
        Waybills(table)
    }

    pub fn find<'w>(&'w self, ledger: &'w Ledger, waybill: &'w str) -> impl Iterator<Item = u32> + 'w {
        self.0.iter_hash(hash_of(waybill)).map(|(_, order)| *order).filter(move |order| {
            ledger
                .lines(&ledger.orders[*order as usize])
                .any(|line| split_waybills(line.text(line.record.waybill)).any(|w| w == waybill))
        })
    }
}

/// Whether two names are one carrier's, as far as both are given: 圆通 and 圆通速递 are, 圆通快递 and 中通快递 are not.
pub(super) fn same_carrier(a: &str, b: &str) -> bool {
    let core = |name: &str| {
        let mut name = name.to_lowercase().replace(' ', "");
        for word in ["快递", "速递", "速运", "快运", "物流", "express", "logistics"] {
            name = name.replace(word, "");
        }
        name
    };
    let (a, b) = (core(a), core(b));
    a.is_empty() || b.is_empty() || a.contains(&b) || b.contains(&a)
}

/// Several waybills may stand in one cell.
pub fn split_waybills(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', ' ', '，', '；', '、', '|']).map(str::trim).filter(|waybill| !waybill.is_empty())
}
