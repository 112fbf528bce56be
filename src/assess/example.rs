//! Worked examples: the table in a rule's file is its test and stands in its documentation, character by
//! character.
//!
//! Left of `|` stand fields (`paid_at`), `status`, `payment`, `order_type`, `marks`, `handling_days`, `copies`,
//! `service`, `carrier`, `item_id`, `ship_from`, `ship_to`, `cancel_reason` (`stockout`, `buyer-wish`), `downgraded`,
//! `whereabouts`, columns of an
//! after-sales case (`case.kind`), columns of the casebook (`card.response`; `notice2.kind` for a second row of a
//! sheet) and `as_of`; right of it
//! `state` and, for exemptions, `effect`. A score is shown by the counts of a store and period (`met`, `late`,
//! `overdue`, `open`, and `delayed` orders) and what comes of them (`rate`, `points`, `headroom`). `-` is an empty cell, `?` no such column, `!` an unreadable cell.

mod casebook;
mod setting;

use crate::assess::{Context, Finding, Logic, Relief, Rule, State, judge};
use crate::order::{Field, Instant, Marketplace};
use crate::rulebook::Book;
use crate::tally::{Counts, PeriodKey, Tally};
use chrono::NaiveDate;
use chrono_tz::Tz;
pub(in crate::assess) use setting::setting;
use setting::zone_of;

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Example {
    /// Column and cell, left of the bar.
    pub given: Vec<(String, String)>,
    /// Column and cell, right of it.
    pub expected: Vec<(String, String)>,
}

/// Reads a table; cells stand apart by two blanks or more.
pub fn parse(table: &str) -> Vec<Example> {
    let mut rows = table.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let (left, right) = line.split_once('|').unwrap_or((line, ""));
        (cells(left), cells(right))
    });
    let Some((left, right)) = rows.next() else { return Vec::new() };
    let pair = |names: &[String], values: Vec<String>| names.iter().cloned().zip(values).collect();
    rows.map(|(given, expected)| Example { given: pair(&left, given), expected: pair(&right, expected) })
        .collect()
}

fn cells(text: &str) -> Vec<String> {
    text.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

impl Example {
    fn get(&self, column: &str) -> Option<&str> {
        self.given.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.as_str())
    }
}

/// What a rule says to an example, in the words of the table: state, and effect of an exemption.
///
/// # Errors
/// A cell or a column that cannot be read, named.
pub fn run(
    rule: &'static Rule,
    marketplace: Marketplace,
    example: &Example,
    book: &Book,
) -> Result<(String, String), String> {
    let zone = zone_of(marketplace);
    let (ledger, casebook, as_of) = setting(marketplace, example)?;
    let context = Context { ledger: &ledger, book, casebook: &casebook, as_of };
    let verdict = judge(context, &ledger.orders[0]);
    let found = |wanted: &dyn Fn(&Finding) -> bool| verdict.findings.iter().find(|f| wanted(f));
    let Logic::Exemption { of, .. } = rule.logic else {
        return Ok((show_state(found(&|f| f.rule.code == rule.code), as_of), "-".to_owned()));
    };
    let finding = found(&|f| of.contains(&f.rule.code));
    let effect = finding
        .and_then(|f| f.exemptions.iter().find(|(code, _)| *code == rule.code))
        .map_or("-".to_owned(), |(_, relief)| show_relief(*relief, zone));
    Ok((show_state(finding, as_of), effect))
}

/// What a score makes of the counts of an example: the value under a heading right of the bar.
///
/// # Errors
/// A count that cannot be read, named; a heading that is none of a score's.
pub fn score(
    rule: &'static Rule,
    marketplace: Marketplace,
    example: &Example,
    book: &Book,
    heading: &str,
) -> Result<String, String> {
    let Logic::Score(score) = rule.logic else { return Err(format!("{} is no score", rule.code)) };
    let count = |column: &str| match example.get(column) {
        None | Some("-") => Ok(0),
        Some(cell) => cell.parse::<u64>().map_err(|_| format!("{column}: {cell}")),
    };
    let counts = Counts {
        met: count("met")?,
        late: count("late")?,
        overdue: count("overdue")?,
        open: count("open")?,
        delayed: count("delayed")?,
    };
    let mut tally = Tally::default();
    let week = PeriodKey::week_of(NaiveDate::from_ymd_opt(2026, 11, 9).unwrap_or_default());
    tally.periods.insert((marketplace, "A".to_owned(), rule.code, week), counts);
    let periods = score(&tally, book);
    let Some(period) = periods.first() else { return Ok("nothing".to_owned()) };
    let number = |value: Option<u64>| value.map_or("-".to_owned(), |value| value.to_string());
    match heading {
        "rate" => Ok(period.rate().map_or("-".to_owned(), |rate| format!("{:.1} %", rate * 100.0))),
        "points" => Ok(number(period.points)),
        "headroom" => Ok(number(period.headroom)),
        other => Err(format!("no {other}")),
    }
}

/// The codes of what is to be done about what a rule finds in its worked examples, in the order in which to try it:
/// the longest list first, then what other examples add.
pub fn actions(rule: &'static Rule, marketplace: Marketplace, book: &Book) -> Vec<&'static str> {
    let mut lists: Vec<Vec<&'static str>> = Vec::new();
    for example in parse(rule.examples) {
        let Ok((ledger, casebook, as_of)) = setting(marketplace, &example) else { continue };
        let run = Context { ledger: &ledger, book, casebook: &casebook, as_of };
        let verdict = judge(run, &ledger.orders[0]);
        let found = verdict.findings.iter().filter(|finding| finding.rule.code == rule.code);
        lists.extend(found.map(|finding| {
            let list = crate::assess::actions(run, &ledger.orders[0], finding);
            list.iter().map(|action| action.code).collect()
        }));
    }
    lists.sort_by_key(|list| std::cmp::Reverse(list.len()));
    let mut codes = Vec::new();
    for code in lists.into_iter().flatten() {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// What is said of the first defect of an example.
///
/// # Errors
/// A cell or a column that cannot be read, named; no defect.
#[cfg(test)]
pub(super) fn defect(
    marketplace: Marketplace,
    example: &Example,
    book: &Book,
) -> Result<crate::assess::DefectVerdict, String> {
    let (ledger, casebook, as_of) = setting(marketplace, example)?;
    let run = Context { ledger: &ledger, book, casebook: &casebook, as_of };
    crate::assess::defects(run).first().map(|judged| judged.verdict).ok_or_else(|| "no defect".to_owned())
}

fn show_state(finding: Option<&Finding>, as_of: Instant) -> String {
    let Some(finding) = finding else { return "nothing".to_owned() };
    let gap = finding.gap.map_or("", Field::as_str);
    match finding.state {
        State::Late => {
            let by = finding.done_at.zip(finding.due_at).map(|(done, due)| (done - due).num_seconds());
            by.map_or("late".to_owned(), |by| format!("late by {}", duration(by)))
        }
        State::Overdue => format!("overdue by {}", duration(-finding.left(as_of).unwrap_or(0))),
        State::Urgent | State::Warning => {
            format!("{}, {} left", finding.state.as_str(), duration(finding.left(as_of).unwrap_or(0)))
        }
        State::OnTrack => "on track".to_owned(),
        State::NotAssessed => format!("not assessed: {gap}"),
        State::Unverifiable => format!("unverifiable: {gap}"),
        State::Advice => format!("advice: {}", finding.advice.map_or("", |advice| advice.key)),
        other => other.as_str().to_owned(),
    }
}

fn show_relief(relief: Relief, zone: Tz) -> String {
    let at = |instant: Instant| instant.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    match relief {
        Relief::Extend(to) => format!("extended to {}", at(to)),
        Relief::Void => "void".to_owned(),
        Relief::Waive => "waived".to_owned(),
        Relief::Pending { until } => format!("pending until {}", at(until)),
        Relief::Claimable { file_by, with } => {
            format!("claimable by {} with {with}", file_by.map_or("any time".to_owned(), at))
        }
        Relief::Refused { why } => format!("refused: {why}"),
    }
}

/// A length of time in days, hours, minutes and seconds; what is zero is left out.
pub fn duration(seconds: i64) -> String {
    let parts =
        [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
    let text: Vec<String> =
        parts.iter().filter(|(n, _)| *n != 0).map(|(n, unit)| format!("{n}{unit}")).collect();
    if text.is_empty() { "0m".to_owned() } else { text.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::{parse, run, score};
    use crate::assess::{Logic, registry};
    use crate::order::Marketplace;
    use crate::rulebook::Book;

    #[test]
    fn every_worked_example_of_every_rule_holds() {
        let book = Book::built_in().expect("the rulebook");
        let mut wrong = Vec::new();
        for rule in registry::all() {
            let marketplace = registry::marketplace_of(rule.code).unwrap_or(Marketplace::Pinduoduo);
            for (number, example) in parse(rule.examples).iter().enumerate() {
                if matches!(rule.logic, Logic::Score(_)) {
                    for (heading, expected) in &example.expected {
                        let got = score(rule, marketplace, example, &book, heading)
                            .unwrap_or_else(|error| format!("error: {error}"));
                        if got != *expected {
                            let row = number + 1;
                            wrong.push(format!(
                                "{} row {row}: {heading} {expected:?}, got {got:?}",
                                rule.code
                            ));
                        }
                    }
                    continue;
                }
                let (state, effect) = match run(rule, marketplace, example, &book) {
                    Ok(answer) => answer,
                    Err(error) => (format!("error: {error}"), String::new()),
                };
                for (column, expected) in &example.expected {
                    let got = if column == "effect" { &effect } else { &state };
                    if got != expected {
                        wrong.push(format!(
                            "{} row {}: {column} {expected:?}, got {got:?}",
                            rule.code,
                            number + 1
                        ));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_rule_has_examples_enough() {
        for rule in registry::all() {
            let rows = parse(rule.examples).len();
            assert!(rows >= 5, "{}: {rows}", rule.code);
        }
    }
}
