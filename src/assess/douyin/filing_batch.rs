//! Orders that a place holds back and nothing exempts are filed, in filings of few addresses (source: 1.1, 2.4).

use super::plight;
use crate::assess::actions::case_of;
use crate::assess::prelude::*;
use crate::assess::{Context, Finding};
use crate::normalise::Order;
use crate::normalise::region::name;
use crate::order::{Flags, Region};

/// A Douyin order that an affected region holds back, without an exemption, is filed.
pub static RULE: Rule = Rule {
    code: Code("DY201"),
    name: "filing-batch",
    needs: &[],
    params: &["douyin.filing-addresses"],
    logic: Logic::Check(advice),
    note: false,
    examples: "
        ordered_at        ship_by           status             ship_to             region.region  region.risk  region.from  filing.kind  filing.order_id  filing.submitted_at  filing.status  marks     as_of                | state
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   -            -                -                    -              -         2026-11-08 10:00     | advice: file-in-batches
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   -            -                -                    -              -         2026-11-08 09:59:59  | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   -            -                -                    -              -         2026-11-09 10:01     | advice: file-in-batches
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      low          2026-11-08   -            -                -                    -              -         2026-11-09 10:01     | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  -                   湖北/武汉      high         2026-11-08   -            -                -                    -              -         2026-11-09 10:01     | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   region       1                2026-11-08 10:00     pending        -         2026-11-09 10:01     | nothing
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   region       1                2026-11-08 10:00     rejected       -         2026-11-09 10:01     | advice: file-in-batches
        2026-11-07 10:00  2026-11-09 10:00  awaiting-shipment  湖北省武汉市武昌区  湖北/武汉      high         2026-11-08   -            -                -                    -              deferred  2026-11-09 10:01     | nothing
    ",
};

fn advice(case: &Case<'_>) -> Judged<Option<Advice>> {
    // A marked order is in an exempt region already.
    if case.is(Flags::DEFERRED) || case.is(Flags::EXEMPTED) || !plight::affected(case).any() {
        return Ok(None);
    }
    let clocks = plight::clocks(case);
    if !clocks.iter().any(plight::presses) || clocks.iter().any(|c| plight::exempt(c) || plight::pending(c)) {
        return Ok(None);
    }
    let due = clocks.iter().filter(|clock| plight::presses(clock)).filter_map(|clock| clock.due_at);
    let until = due.filter(|due| *due >= case.as_of).min();
    Ok(Some(Advice { key: "file-in-batches", until, problem: None }))
}

/// An address that a filing names (省/市/区).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address<'a> {
    /// The place, as deep as the gazetteer knows it.
    pub region: Region,
    /// As the export writes it, where the gazetteer does not know its district; else empty.
    pub written: &'a str,
}

impl Address<'_> {
    /// As it is entered: `湖北省/武汉市/武昌区`; empty for an unknown place.
    pub fn name(&self) -> String {
        if self.written.is_empty() { name(self.region) } else { self.written.to_owned() }
    }
}

/// An order to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingOrder<'a> {
    /// Its store.
    pub store: &'a str,
    /// Why it is filed: a stable word.
    pub reason: &'static str,
    /// The address to be named, down to the district.
    pub address: Address<'a>,
    /// Its id.
    pub order_id: &'a str,
}

/// One filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingBatch<'a> {
    /// The store that files.
    pub store: &'a str,
    /// Why.
    pub reason: &'static str,
    /// The addresses it names, each once.
    pub addresses: Vec<Address<'a>>,
    /// The orders it covers.
    pub order_ids: Vec<&'a str>,
}

/// Reasons to file, the strongest first: an end of the way is affected, the courier is late, the buyer is not
/// reached, the order is late and the casebook knows no cause.
const REASONS: [&str; 5] = ["origin", "destination", "transport", "unreachable", "unstated"];

/// Where a reason stands among them; the strongest is first.
pub fn filing_rank(reason: &str) -> usize {
    REASONS.iter().position(|known| *known == reason).unwrap_or(REASONS.len())
}

/// Why an order is filed, and the address that its filing names: the end of its way that is affected, else where it
/// goes to.
pub fn douyin_filing<'a>(
    run: Context<'a>,
    order: &'a Order,
    finding: &Finding,
) -> (&'static str, Address<'a>) {
    let Some(case) = case_of(run, order, finding) else {
        return ("unstated", Address { region: Region::UNKNOWN, written: "" });
    };
    let (affected, line) = (plight::affected(&case), case.line);
    let to = Address { region: line.record.ship_to, written: line.batch.arena.get(line.record.written_to) };
    let from = Address { region: case.ships_from(), written: "" };
    match finding.rule.code.0 {
        _ if affected.origin && from.region.is_known() => ("origin", from),
        _ if affected.destination => ("destination", to),
        "DY002" | "DY003" | "DY004" => ("transport", to),
        "DY210" => ("unreachable", to),
        _ => ("unstated", to),
    }
}

/// Puts orders into filings by store and reason, of at most `most` different addresses each. Orders of one
/// address stay together, in the order of the codes, so that the same orders always make the same filings.
pub fn filing_batches<'a>(orders: &[FilingOrder<'a>], most: u32) -> Vec<FilingBatch<'a>> {
    let most = most.max(1) as usize;
    let mut sorted: Vec<_> = orders.iter().collect();
    sorted.sort_by_key(|order| (order.store, order.reason, order.address, order.order_id));
    sorted.dedup();
    let mut batches: Vec<FilingBatch<'a>> = Vec::new();
    for order in sorted {
        let fits = batches.last_mut().filter(|batch| {
            let same = batch.store == order.store && batch.reason == order.reason;
            same && (batch.addresses.len() < most || batch.addresses.last() == Some(&order.address))
        });
        if let Some(batch) = fits {
            if batch.addresses.last() != Some(&order.address) {
                batch.addresses.push(order.address);
            }
            batch.order_ids.push(order.order_id);
        } else {
            batches.push(FilingBatch {
                store: order.store,
                reason: order.reason,
                addresses: vec![order.address],
                order_ids: vec![order.order_id],
            });
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::{Address, FilingOrder, filing_batches};
    use crate::order::Region;

    fn order<'a>(store: &'a str, reason: &'static str, code: u32, order_id: &'a str) -> FilingOrder<'a> {
        FilingOrder {
            store,
            reason,
            address: Address { region: Region::from_code(420_100 + code), written: "" },
            order_id,
        }
    }

    #[test]
    fn a_filing_names_ten_addresses_and_an_eleventh_begins_the_next() {
        let ids: Vec<String> = (0..11).map(|n| format!("{n}")).collect();
        let ten: Vec<_> =
            ids[..10].iter().zip(1..).map(|(id, code)| order("A", "origin", code, id)).collect();
        assert_eq!(filing_batches(&ten, 10).len(), 1);
        let eleven: Vec<_> = ids.iter().zip(1..).map(|(id, code)| order("A", "origin", code, id)).collect();
        let batches = filing_batches(&eleven, 10);
        let sizes: Vec<_> = batches.iter().map(|b| (b.addresses.len(), b.order_ids.len())).collect();
        assert_eq!(sizes, [(10, 10), (1, 1)]);
    }

    #[test]
    fn orders_of_one_address_count_once_and_stay_together() {
        let orders =
            [order("A", "origin", 1, "1"), order("A", "origin", 2, "2"), order("A", "origin", 2, "3")];
        let batches = filing_batches(&orders, 2);
        assert_eq!((batches.len(), batches[0].addresses.len(), batches[0].order_ids.len()), (1, 2, 3));
    }

    #[test]
    fn stores_and_reasons_file_apart_and_the_order_given_does_not_matter() {
        let mut orders = vec![
            order("A", "origin", 1, "1"),
            order("A", "destination", 1, "2"),
            order("B", "origin", 1, "3"),
        ];
        let batches = filing_batches(&orders, 10);
        assert_eq!(batches.len(), 3);
        orders.reverse();
        assert_eq!(filing_batches(&orders, 10), batches);
        assert!(filing_batches(&[], 10).is_empty());
    }
}
