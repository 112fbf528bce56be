//! Defects that a platform booked on orders, judged: which are protected, which are worth an appeal.

use crate::assess::case::{Case, Context};
use crate::assess::rule::Code;
use crate::assess::{alibaba, douyin, ebay, jd, pinduoduo};
use crate::casebook::Defect;
use crate::normalise::{In, Order};
use crate::order::{Instant, Marketplace, ParcelHead};
use rustc_hash::{FxHashMap, FxHashSet};

/// What is to be said of a defect, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protection {
    /// It stands.
    Unprotected,
    /// Nobody can say yet.
    Undecided,
    /// It is to be removed; elsewhere than on eBay: an appeal is worth it.
    Protected,
}

impl Protection {
    /// The word of the JSON contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Protection::Unprotected => "unprotected",
            Protection::Undecided => "undecided",
            Protection::Protected => "protected",
        }
    }
}

/// A defect judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefectVerdict {
    /// What is to be said of it.
    pub verdict: Protection,
    /// The rule that decided; none where no rule speaks of it.
    pub rule: Option<Code>,
    /// The last moment to appeal, where there is one.
    pub appeal_by: Option<Instant>,
}

impl DefectVerdict {
    /// A verdict by a rule, with no last day.
    pub const fn by(rule: &'static str, verdict: Protection) -> DefectVerdict {
        DefectVerdict { verdict, rule: Some(Code(rule)), appeal_by: None }
    }
}

/// A row of the casebook's defects with its verdict and order.
#[derive(Clone, Copy, Debug)]
pub struct JudgedDefect<'a> {
    /// The row.
    pub defect: &'a Defect,
    /// Its order, where it was read.
    pub order: Option<&'a Order>,
    /// What is to be said of it.
    pub verdict: DefectVerdict,
}

/// Every defect of the casebook, judged, in the order of the casebook.
pub fn defects(run: Context<'_>) -> Vec<JudgedDefect<'_>> {
    let rows = run.casebook.all_defects();
    if rows.is_empty() {
        return Vec::new();
    }
    let orders = orders_of(run);
    let judge = |defect| {
        let order = orders.get(&key(defect)).copied();
        let verdict = order.map_or(UNKNOWN, |order| judge_order(run, order, defect));
        JudgedDefect { defect, order, verdict }
    };
    rows.iter().map(judge).collect()
}

/// Of an order that was not read nothing can be said.
const UNKNOWN: DefectVerdict = DefectVerdict { verdict: Protection::Undecided, rule: None, appeal_by: None };

fn key(defect: &Defect) -> (Marketplace, &str) {
    (defect.marketplace, defect.order_id.as_str())
}

/// The orders that defects name.
fn orders_of(run: Context<'_>) -> FxHashMap<(Marketplace, &str), &Order> {
    let wanted: FxHashSet<_> = run.casebook.all_defects().iter().map(key).collect();
    let ledger = run.ledger;
    let named = ledger.orders.iter().filter_map(|order| {
        let key = (ledger.input(order).marketplace?, ledger.order_id(order));
        wanted.contains(&key).then_some((key, order))
    });
    named.collect()
}

/// A defect is on the whole order: what protects one line must protect all.
fn judge_order(run: Context<'_>, order: &Order, defect: &Defect) -> DefectVerdict {
    let parcels: Vec<Option<In<'_, ParcelHead>>> = match order.parcels.len {
        0 => vec![None],
        _ => run.ledger.parcels(order).map(Some).collect(),
    };
    let cases = run
        .ledger
        .lines(order)
        .flat_map(|line| parcels.iter().map(move |parcel| Case::new(run, order, line, *parcel)));
    cases.map(|case| judge_defect(&case, defect)).min_by_key(|found| found.verdict).unwrap_or(UNKNOWN)
}

/// Judges a defect by the rules of its marketplace.
fn judge_defect(case: &Case<'_>, defect: &Defect) -> DefectVerdict {
    match defect.marketplace {
        Marketplace::Ebay => ebay::judge_defect(case, defect),
        Marketplace::Alibaba => alibaba::judge_defect(case, defect),
        Marketplace::Jd => jd::judge_defect(case, defect),
        Marketplace::Pinduoduo => pinduoduo::judge_defect(case, defect),
        Marketplace::Douyin => douyin::judge_defect(case, defect),
        Marketplace::Other(_) => UNKNOWN,
    }
}
