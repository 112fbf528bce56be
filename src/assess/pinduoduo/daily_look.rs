//! Two lists of the back end looked at morning and evening find most trouble before it is fined.

use crate::assess::prelude::*;
use crate::order::Instant;
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
    examples: "
        met  late  overdue  open  delayed | rate  points  headroom
        -    -     -        3     1       | -     -       -
        -    -     -        1     -       | -     -       -
        -    -     -        1     1       | -     -       -
        -    -     -        0     0       | -     -       -
        -    -     -        40    12      | -     -       -
    ",
};

/// A count and no rate: what is to be looked at now is open, and of that what stalls is delayed.
fn score(tally: &Tally, _: &Book) -> Vec<Period> {
    rates(tally, RULE.code)
}

/// When a store of the daily look is to be looked at again; nothing for other scores.
pub fn next_look(period: &Period, book: &Book, as_of: Instant) -> Option<Instant> {
    let after = book.pinduoduo.next_look.on(Some(period.first_day)).filter(|_| period.rule == RULE.code)?;
    as_of.checked_add_signed(after.value.0)
}

#[cfg(test)]
mod tests {
    use super::{RULE, next_look};
    use crate::assess::Code;
    use crate::order::Marketplace;
    use crate::rulebook::Book;
    use crate::tally::{Counts, PeriodKey, Tally, rates};

    #[test]
    fn the_next_look_is_half_a_day_later() {
        let book = Book::built_in().expect("the rulebook");
        let day = PeriodKey::Day("2026-11-09".parse().expect("a day"));
        let mut tally = Tally::default();
        for rule in [RULE.code, Code("JD301")] {
            let counts = Counts { open: 1, ..Counts::default() };
            tally.periods.insert((Marketplace::Pinduoduo, "A".to_owned(), rule, day), counts);
        }
        let as_of = "2026-11-09T12:00:00+08:00".parse().expect("an instant");
        let look = |rule| rates(&tally, rule).first().and_then(|period| next_look(period, &book, as_of));
        assert_eq!(look(RULE.code), "2026-11-10T00:00:00+08:00".parse().ok());
        assert_eq!(look(Code("JD301")), None);
    }
}
