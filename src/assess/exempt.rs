//! Lets exemptions act on an obligation; in which order they are asked means nothing.

use crate::assess::case::Case;
use crate::assess::rule::{Code, Judged, Logic, Obligation, Relief, Rule};
use crate::order::Instant;

/// The deadline as the exemptions leave it, and what each does: the latest extension counts, and none shortens. What
/// is measured by the deadline is measured by the moved one, so that the order in which rules are asked means nothing.
/// `rules` are the exemptions that act on the obligation's rule.
pub fn exempted(
    case: &Case<'_>,
    obligation: &Obligation,
    rules: &[&'static Rule],
) -> (Instant, Vec<(Code, Relief)>) {
    let base = obligation.base_due_at;
    let first = Obligation { due_at: base, ..*obligation };
    let without_trail = case.has_trail().then(|| case.without_trail());
    let quiet = without_trail.as_ref().unwrap_or(case);
    let mut asked: Vec<(Code, Relief, Exemption)> = Vec::new();
    for rule in rules {
        if let Logic::Exemption { judge, .. } = rule.logic
            && let Ok(Some(relief)) = judge(quiet, &first)
        {
            asked.push((rule.code, relief, judge));
        }
    }
    // Of most obligations nobody claims anything.
    if asked.is_empty() {
        return (base, Vec::new());
    }
    let due = asked.iter().filter_map(|(_, relief, _)| extension(*relief)).fold(base, Instant::max);
    let settle = |(code, relief, judge): (Code, Relief, Exemption)| {
        let by = if extension(relief).is_some() { base } else { due };
        if by == base && !case.has_trail() {
            return (code, relief);
        }
        let again = judge(case, &Obligation { due_at: by, ..*obligation }).ok().flatten();
        (code, again.filter(|again| extension(*again) == extension(relief)).unwrap_or(relief))
    };
    (due, asked.into_iter().map(settle).collect())
}

/// What an exemption rule is asked with.
type Exemption = fn(&Case<'_>, &Obligation) -> Judged<Option<Relief>>;

const fn extension(relief: Relief) -> Option<Instant> {
    match relief {
        Relief::Extend(to) => Some(to),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::exempted;
    use crate::assess::case::{Case, Context};
    use crate::assess::example;
    use crate::assess::registry;
    use crate::assess::rule::{Logic, Obligation, Relief, Rule};
    use crate::order::Marketplace;
    use crate::rulebook::Book;

    /// Every worked example of every exemption, under each deadline that it may act on.
    fn each_obligation(mut then: impl FnMut(&'static Rule, &Case<'_>, &Obligation)) {
        let book = Book::built_in().expect("the rulebook");
        for rule in registry::all() {
            let Logic::Exemption { of, .. } = rule.logic else { continue };
            let marketplace = registry::marketplace_of(rule.code).unwrap_or(Marketplace::Pinduoduo);
            for row in example::parse(rule.examples) {
                let (ledger, casebook, as_of) = example::setting(marketplace, &row).expect("an example");
                let run = Context { ledger: &ledger, book: &book, casebook: &casebook, as_of };
                let order = &ledger.orders[0];
                let line = ledger.lines(order).next().expect("a line");
                let case = Case::new(run, order, line, ledger.parcels(order).next());
                for deadline in registry::all().filter(|known| of.contains(&known.code)) {
                    let Logic::Deadline(deadline_of) = deadline.logic else { continue };
                    if let Ok(obligation) = (deadline_of.judge)(&case) {
                        then(rule, &case, &Obligation { rule: deadline.code, ..obligation });
                    }
                }
            }
        }
    }

    #[test]
    fn the_order_in_which_exemptions_are_asked_means_nothing_and_none_shortens() {
        let (mut rows, mut moved) = (0, 0);
        each_obligation(|rule, case, obligation| {
            let rules = &registry::planned(obligation.rule).expect("a deadline").exemptions;
            let (due, mut reliefs) = exempted(case, obligation, rules);
            assert!(due >= obligation.base_due_at, "{} shortens {}", rule.code, obligation.rule);
            reliefs.sort_by_key(|(code, _)| *code);
            for turn in 0..rules.len() {
                let (early, late) = rules.split_at(turn);
                for reversed in [false, true] {
                    let mut order: Vec<&'static Rule> = late.iter().chain(early).copied().collect();
                    if reversed {
                        order.reverse();
                    }
                    let (other_due, mut others) = exempted(case, obligation, &order);
                    others.sort_by_key(|(code, _)| *code);
                    assert_eq!((other_due, &others), (due, &reliefs), "{}", rule.code);
                }
            }
            rows += 1;
            moved += usize::from(reliefs.iter().any(|(_, relief)| matches!(relief, Relief::Extend(_))));
        });
        assert!(rows > 100 && moved > 20, "{rows} obligations, {moved} moved");
    }
}
