//! All rules, in the order in which reports show them: a plain list a marketplace, joined.

use crate::assess::rule::{Code, Logic, Rule};
use crate::assess::{alibaba, douyin, ebay, general, jd, pinduoduo};
use crate::order::Marketplace;
use std::sync::LazyLock;

/// The lists, with the marketplace each is for; `None` is for all.
pub const LISTS: &[(Option<Marketplace>, &[&Rule])] = &[
    (Some(Marketplace::Alibaba), alibaba::RULES),
    (Some(Marketplace::Jd), jd::RULES),
    (Some(Marketplace::Ebay), ebay::RULES),
    (Some(Marketplace::Douyin), douyin::RULES),
    (Some(Marketplace::Pinduoduo), pinduoduo::RULES),
    (None, general::RULES),
];

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    LISTS.iter().flat_map(|(_, rules)| rules.iter().copied())
}

/// The rules for orders of a marketplace: its own, then those for all.
pub fn rules_for(marketplace: Marketplace) -> impl Iterator<Item = &'static Rule> {
    LISTS
        .iter()
        .filter(move |(of, _)| of.is_none_or(|of| of == marketplace))
        .flat_map(|(_, rules)| rules.iter().copied())
}

/// The rule with a code, case ignored.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.0.eq_ignore_ascii_case(code.trim()))
}

/// The marketplace a rule is for; `None` for rules for all.
pub fn marketplace_of(code: Code) -> Option<Marketplace> {
    let mut lists = LISTS.iter().filter(|(_, rules)| rules.iter().any(|rule| rule.code == code));
    lists.next().and_then(|(marketplace, _)| *marketplace)
}

/// A rule that makes findings, with what else is asked for every order.
#[derive(Debug)]
pub struct Planned {
    /// The rule.
    pub rule: &'static Rule,
    /// The exemptions that act on it.
    pub exemptions: Vec<&'static Rule>,
}

/// The rules that make findings on orders of a marketplace, in the order in which reports show them.
#[derive(Debug)]
pub struct Plan {
    /// What is to be done by when.
    pub deadlines: Vec<Planned>,
    /// What else is to be known; checks find the deadlines judged.
    pub checks: Vec<Planned>,
}

/// The plan for a marketplace.
pub fn plan_for(marketplace: Marketplace) -> &'static Plan {
    let own = PLANS.iter().position(|(of, _)| *of == Some(marketplace));
    &PLANS[own.unwrap_or(PLANS.len() - 1)].1
}

/// What is asked together with a rule that makes findings.
pub fn planned(code: Code) -> Option<&'static Planned> {
    let plans = PLANS.iter().flat_map(|(_, plan)| plan.deadlines.iter().chain(&plan.checks));
    plans.into_iter().find(|planned| planned.rule.code == code)
}

/// A plan for every list of [`LISTS`]; that of the general rules alone stands last, for marketplaces of the user's own.
static PLANS: LazyLock<Vec<(Option<Marketplace>, Plan)>> = LazyLock::new(|| {
    let acting_on = |deadline: Code| {
        let acts = move |rule: &&'static Rule| matches!(rule.logic, Logic::Exemption { of, .. } if of.contains(&deadline));
        all().filter(acts).collect()
    };
    let plan = |marketplace: Option<Marketplace>| {
        let lists = LISTS.iter().filter(|(of, _)| of.is_none() || *of == marketplace);
        let rules = lists.flat_map(|(of, rules)| rules.iter().map(move |rule| (*of, *rule)));
        let found = rules.filter(|(of, rule)| match rule.logic {
            // The deadline for marketplaces of the user's own is none of the built-in ones'.
            Logic::Deadline(_) => of.is_some() || marketplace.is_none(),
            logic => logic.finds(),
        });
        let (deadlines, checks) = found
            .map(|(_, rule)| Planned { rule, exemptions: acting_on(rule.code) })
            .partition(|planned| matches!(planned.rule.logic, Logic::Deadline(_)));
        Plan { deadlines, checks }
    };
    LISTS.iter().map(|(marketplace, _)| (*marketplace, plan(*marketplace))).collect()
});

#[cfg(test)]
mod tests {
    use super::{LISTS, all, marketplace_of, plan_for};
    use crate::assess::rule::{Code, Logic, Rule};
    use crate::order::Marketplace;
    use crate::rulebook::Book;
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_names_are_unique_and_well_formed() {
        let codes: BTreeSet<_> = all().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), all().count());
        for (marketplace, rules) in LISTS {
            let prefix = match marketplace {
                Some(Marketplace::Alibaba) => "ALI",
                Some(Marketplace::Jd) => "JD",
                Some(Marketplace::Ebay) => "EBY",
                Some(Marketplace::Douyin) => "DY",
                Some(Marketplace::Pinduoduo) => "PDD",
                _ => "GEN",
            };
            for rule in *rules {
                let digits = rule.code.0.strip_prefix(prefix).expect("the marketplace's letters");
                assert!(digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()), "{}", rule.code);
                assert!(
                    rule.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                    "{}: {}",
                    rule.code,
                    rule.name
                );
            }
        }
    }

    #[test]
    fn the_number_says_the_kind() {
        for rule in all() {
            let digits = &rule.code.0[rule.code.0.len() - 3..];
            let kind = match rule.logic {
                Logic::Deadline(_) => '0',
                Logic::Exemption { .. } => '1',
                Logic::Check(_) => '2',
                Logic::Score(_) => '3',
            };
            // The general checks came first and keep their low numbers; JD205 ends obligations, as the
            // catalogue numbers it among the checks, and ALI002 among the deadlines it belongs to. What
            // protects eBay defects stands among the exemptions and acts on no obligation; EBY206 looks at a
            // whole store.
            let odd = ["JD205", "ALI002", "EBY103", "EBY104", "EBY105", "EBY106", "EBY107", "EBY206"];
            let apart = rule.code.0.starts_with("GEN") || odd.contains(&rule.code.0);
            assert!(digits.starts_with(kind) || apart, "{}", rule.code);
        }
    }

    #[test]
    fn a_plan_holds_the_rules_in_the_order_of_the_lists() {
        for (marketplace, _) in LISTS {
            let own = marketplace.unwrap_or(Marketplace::Other("my-shop"));
            let plan = plan_for(own);
            let planned: Vec<_> = plan.deadlines.iter().chain(&plan.checks).map(|it| it.rule.code).collect();
            let listed: Vec<_> = super::rules_for(own)
                .filter(|rule| rule.logic.finds())
                .filter(|rule| rule.code != Code("GEN004") || marketplace.is_none())
                .map(|rule| rule.code)
                .collect();
            assert_eq!(planned, listed, "deadlines before checks");
        }
    }

    #[test]
    fn exemptions_act_on_deadline_rules_of_their_own_marketplace() {
        let deadline = |rule: &&Rule| matches!(rule.logic, Logic::Deadline(_));
        for rule in all() {
            if let Logic::Exemption { of, .. } = rule.logic {
                assert!(!of.is_empty());
                for code in of {
                    let found = all().find(|r| r.code == *code).expect("a rule");
                    assert!(deadline(&found), "{}: {code}", rule.code);
                    assert_eq!(marketplace_of(*code), marketplace_of(rule.code));
                }
            }
        }
    }

    #[test]
    fn every_parameter_is_in_the_rulebook_and_every_parameter_is_used() {
        let book = Book::built_in().expect("the rulebook");
        let used: BTreeSet<&str> = all().flat_map(|rule| rule.params.iter().copied()).collect();
        for name in &used {
            assert!(book.shown.iter().any(|shown| shown.name == *name), "{name}");
        }
        // Those of the judgement itself and of the scan are read by no rule.
        let of_rules = |name: &str| !name.starts_with("general.") && !name.starts_with("scan.");
        for shown in book.shown.iter().filter(|shown| of_rules(&shown.name)) {
            assert!(used.contains(shown.name.as_str()), "{} is read by no rule", shown.name);
        }
    }
}
