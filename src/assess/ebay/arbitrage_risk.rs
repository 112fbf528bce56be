//! An item listed in mainland China and sent from an Amazon warehouse may be judged arbitrage.

use crate::assess::prelude::*;
use crate::casebook::Fulfilment;
use crate::normalise::region::Place;
use crate::order::Region;

/// A listing in China is fulfilled from FBA.
pub static RULE: Rule = Rule {
    code: Code("EBY203"),
    name: "arbitrage-risk",
    needs: &[Field::ItemId],
    params: &[],
    logic: Logic::Check(check),
    note: true,
    examples: "
        status   item_id  listing.item_id  listing.declared_location  listing.true_location  listing.fulfilled_from  as_of             | state
        shipped  256      256              CN                         CN                     FBA                     2020-02-02 12:00  | advice: arbitrage-risk
        shipped  256      256              深圳                         CN                     FBA                     2020-02-02 12:00  | advice: arbitrage-risk
        shipped  256      256              CN                         CN                     overseas-warehouse      2020-02-02 12:00  | nothing
        shipped  256      256              United States              United States          FBA                     2020-02-02 12:00  | nothing
        shipped  256      256              CN                         CN                     -                       2020-02-02 12:00  | nothing
        shipped  -        256              CN                         CN                     FBA                     2020-02-02 12:00  | nothing
    ",
};

fn check(case: &Case<'_>) -> Judged<Option<Advice>> {
    let item = case.line.text(case.line.record.item_id);
    let listing = (!item.is_empty()).then(|| case.run.casebook.listing(item)).flatten();
    let in_china = |place| matches!(place, Place::China(region) if Region::MAINLAND.covers(region));
    let risky = listing
        .is_some_and(|listing| in_china(listing.declared) && listing.fulfilled_from == Some(Fulfilment::Fba));
    Ok(risky.then_some(Advice { key: "arbitrage-risk", until: None, problem: None }))
}
