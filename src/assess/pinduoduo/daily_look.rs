//! Two lists of the back end looked at morning and evening find most trouble before it is fined.

use crate::assess::prelude::*;
use crate::rulebook::Book;
use crate::tally::{Period, Tally, rates};

/// Parcels of a Pinduoduo store that its next daily look will find: nearly late to be picked up, or stalled.
pub static RULE: Rule = Rule {
    code: Code("PDD301"),
    name: "daily-look",
    needs: &[],
    params: &["pinduoduo.next-look"],
    logic: Logic::Score(score),
    note: false,
    examples: "",
};

/// A count and no rate: what is to be looked at now is open, and of that what stalls is delayed.
fn score(tally: &Tally, _: &Book) -> Vec<Period> {
    rates(tally, RULE.code)
}
