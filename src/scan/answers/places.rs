//! Places that are closed or slowed now or in the window, and how many orders that concerns.

use crate::audit::Audit;
use crate::casebook::{Notice, NoticeKind, RegionState, Risk, Side, Window, covers};
use crate::normalise::region::Place;
use crate::order::{Instant, Marketplace, Region};
use crate::scan::backlog::Backlog;
use std::collections::{BTreeMap, BTreeSet};

/// What a marketplace lets one do about a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Restriction {
    /// 限运: no shipping there.
    LimitShipping,
    /// 不配送: no delivery there.
    NoDelivery,
    /// 限售: not for sale there.
    LimitSales,
    /// A later ship time on the goods that ship from there.
    LaterShipTime,
}

impl Restriction {
    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Restriction::LimitShipping => "limit-shipping",
            Restriction::NoDelivery => "no-delivery",
            Restriction::LimitSales => "limit-sales",
            Restriction::LaterShipTime => "later-ship-time",
        }
    }

    const fn of(marketplace: Marketplace, origin: bool) -> Restriction {
        match (marketplace, origin) {
            (_, true) => Restriction::LaterShipTime,
            (Marketplace::Douyin, _) => Restriction::LimitShipping,
            (Marketplace::Pinduoduo, _) => Restriction::NoDelivery,
            _ => Restriction::LimitSales,
        }
    }
}

/// A place that is closed or slowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The place.
    pub place: Place,
    /// Nobody carries there; else it takes longer.
    pub closed: bool,
    /// The marketplace whose notice says so; all where the sheet of regions does.
    pub marketplace: Option<Marketplace>,
    /// Whether it is where orders ship from; else where they go.
    pub origin: bool,
    /// When.
    pub window: Window,
    /// Carriers that still serve it, as far as anybody says.
    pub carriers: Vec<String>,
    /// Where in the casebook it stands: sheet and row.
    pub source: (&'static str, u32),
    /// Orders of the inputs that go there, and all whose place is known.
    pub recent: (u64, u64),
    /// Orders there that wait to be shipped.
    pub open: u64,
    /// What to restrict, by marketplace.
    pub restrict: Vec<(Marketplace, Restriction)>,
}

/// The places of a casebook that matter from the moment of the audit up to `until`, those with most orders first.
pub fn spots(audit: &Audit, backlog: &Backlog, markets: &BTreeSet<Marketplace>, until: Instant) -> Vec<Spot> {
    let counts = Counts::new(audit, backlog);
    let (book, zone) = (&audit.casebook, crate::scan::ZONE);
    // A window that ends in this very second still holds.
    let before = audit.as_of - chrono::Duration::seconds(1);
    let mut spots = Vec::new();
    for state in book.all_regions().iter().filter(|state| state.window.overlaps(before, until, zone)) {
        let slow = state.couriers_suspended > 0 || state.risk == Risk::Medium;
        if is_closed(state) || slow {
            spots.push(counts.spot_of_region(state, markets));
        }
    }
    let holds = |notice: &&Notice| {
        let window = [notice.ordered, notice.paid].into_iter().find(|window| !window.is_open());
        let shipping = notice.kind == NoticeKind::Shipping && !notice.opted_out;
        shipping && window.is_none_or(|window| window.overlaps(before, until, zone))
    };
    for notice in book.all_notices().iter().filter(holds) {
        if let Some(place) = notice.region {
            spots.extend(counts.spots_of_notice(notice, place));
        }
    }
    spots.sort_by_key(|spot| (std::cmp::Reverse((spot.recent.0, spot.closed)), spot.source, spot.origin));
    spots
}

/// As PDD101 has it: a high risk, or couriers that stopped and none that still serves.
fn is_closed(state: &RegionState) -> bool {
    state.risk == Risk::High || (state.couriers_suspended > 0 && state.carriers.is_empty())
}

/// Orders by marketplace and place: where to, where from; all, and those that wait.
struct Counts {
    ends: [BTreeMap<(Marketplace, Region), (u64, u64)>; 2],
}

impl Counts {
    fn new(audit: &Audit, backlog: &Backlog) -> Counts {
        let mut ends = [BTreeMap::new(), BTreeMap::new()];
        let ledger = &audit.ledger;
        let waiting: BTreeSet<u32> = backlog.open.iter().map(|open| open.order).collect();
        for (number, order) in ledger.orders.iter().enumerate() {
            let Some(line) = ledger.lines(order).next() else { continue };
            let Some(marketplace) = ledger.inputs[line.batch.input as usize].marketplace else { continue };
            let own = line.record.ship_from;
            let from = if own.is_known() { own } else { ledger.store(order).ships_from };
            for (end, region) in [line.record.ship_to, from].into_iter().enumerate() {
                if region.is_known() {
                    let count: &mut (u64, u64) = ends[end].entry((marketplace, region)).or_default();
                    count.0 += 1;
                    count.1 += u64::from(waiting.contains(&(number as u32)));
                }
            }
        }
        Counts { ends }
    }

    /// Orders there, all whose place is known, and those that wait there.
    fn count(&self, place: Place, origin: bool, of: Option<Marketplace>) -> (u64, u64, u64) {
        let known = self.ends[usize::from(origin)].iter();
        known.filter(|((marketplace, _), _)| of.is_none_or(|of| of == *marketplace)).fold(
            (0, 0, 0),
            |(there, all, open), ((_, region), (count, waiting))| {
                let here = covers(place, *region);
                (there + if here { *count } else { 0 }, all + count, open + if here { *waiting } else { 0 })
            },
        )
    }

    fn spot_of_region(&self, state: &RegionState, markets: &BTreeSet<Marketplace>) -> Spot {
        let (there, all, open) = self.count(state.region, false, None);
        Spot {
            place: state.region,
            closed: is_closed(state),
            marketplace: None,
            origin: false,
            window: state.window,
            carriers: state.carriers.clone(),
            source: ("regions", state.row),
            recent: (there, all),
            open,
            restrict: markets.iter().map(|it| (*it, Restriction::of(*it, false))).collect(),
        }
    }

    fn spots_of_notice(&self, notice: &Notice, place: Place) -> impl Iterator<Item = Spot> {
        let origins: &[bool] = match notice.side {
            Side::Origin => &[true],
            Side::Destination => &[false],
            Side::Either => &[false, true],
        };
        origins.iter().map(move |origin| {
            let (there, all, open) = self.count(place, *origin, Some(notice.marketplace));
            Spot {
                place,
                closed: false,
                marketplace: Some(notice.marketplace),
                origin: *origin,
                window: if notice.ordered.is_open() { notice.paid } else { notice.ordered },
                carriers: Vec::new(),
                source: ("notices", notice.row),
                recent: (there, all),
                open,
                restrict: vec![(notice.marketplace, Restriction::of(notice.marketplace, *origin))],
            }
        })
    }
}
