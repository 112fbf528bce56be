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

use crate::assess::{Context, Finding, Logic, Relief, Rule, State, judge};
use crate::casebook::{Casebook, Sheet};
use crate::normalise::region::{self, Place};
use crate::normalise::{At, Batch, Clock, Input, InputKind, Ledger, Order, Span, Store, parse_local};
use crate::order::{
    AfterSales, Arena, Field, FieldKind, Flags, Instant, Line, Marketplace, OrderType, Parcel, Region, Stage,
    Stamp, Status, Whereabouts,
};
use crate::recognise::{Column, Kind, TimeStyle};
use crate::rulebook::Book;
use crate::tally::{Counts, PeriodKey, Tally};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use std::collections::BTreeMap;

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

/// The ledger of an example, its casebook, and its moment.
pub(super) fn setting(
    marketplace: Marketplace,
    example: &Example,
) -> Result<(Ledger, Casebook, Instant), String> {
    let other = example.get("marketplace") == Some("other");
    let marketplace = if other { Marketplace::Other("other") } else { marketplace };
    let zone = zone_of(marketplace);
    let as_of = example.get("as_of").ok_or("no as_of")?;
    let as_of = parse_local(as_of, zone, FieldKind::Moment).ok_or_else(|| format!("as_of {as_of}"))?;
    let (ledger, casebook) = build(marketplace, zone, example)?;
    Ok((ledger, casebook, as_of))
}

fn zone_of(marketplace: Marketplace) -> Tz {
    match marketplace {
        Marketplace::Ebay => Tz::America__Los_Angeles,
        _ => Tz::Asia__Shanghai,
    }
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

/// A ledger of the one order of an example, and its casebook.
fn build(marketplace: Marketplace, zone: Tz, example: &Example) -> Result<(Ledger, Casebook), String> {
    let day_zone = if marketplace == Marketplace::Alibaba { Tz::America__Los_Angeles } else { zone };
    let clock = Clock {
        export_zone: zone,
        day_zone,
        styles: vec![TimeStyle::YearFirst],
        months: BTreeMap::new(),
        whole_days: true,
    };
    let mut arena = Arena::default();
    let mut line = Line { row: 2, order_id: arena.keep("1"), ..Line::default() };
    let mut parcel = Parcel { row: 2, ..Parcel::default() };
    let mut store = Store { name: "A".to_owned(), ..Store::default() };
    let (mut tracked, mut columns, mut copies) = (false, Vec::new(), 1);
    let mut casebook = CasebookRows::default();
    let mut after_sales = AfterSales::default();
    for (name, cell) in &example.given {
        match name.as_str() {
            "as_of" | "marketplace" => {}
            "status" => line.status = status(cell)?,
            "payment" if cell == "cash-on-delivery" => {
                line.flags.set(Flags::CASH_ON_DELIVERY);
                // A cash order has no payment yet: its clock runs from the order.
                line.set_time(Field::OrderedAt, line.time(Field::PaidAt));
            }
            "payment" => {}
            "order_type" => line.order_type = order_type(cell)?,
            "marks" => match cell.as_str() {
                "exempted" => line.flags.set(Flags::EXEMPTED),
                "deferred" => line.flags.set(Flags::DEFERRED),
                "bad-phone" => line.flags.set(Flags::BAD_PHONE),
                "two-provinces" => line.flags.set(Flags::TWO_PROVINCES),
                _ => {}
            },
            "ship_from" => line.ship_from = place(cell)?,
            "ship_to" => line.ship_to = place(cell)?,
            "carrier" => line.carrier = arena.keep(empty(cell)),
            "case.granted_by" => after_sales.granted_by = arena.keep(empty(cell)),
            "case.state" => after_sales.state = arena.keep(empty(cell)),
            "case.return_state" => after_sales.return_state = arena.keep(empty(cell)),
            "case.intercept_state" => after_sales.intercept_state = arena.keep(empty(cell)),
            "case.goods" => after_sales.goods = whereabouts(cell)?,
            "whereabouts" => {
                parcel.whereabouts = whereabouts(cell)?;
                tracked |= cell != "-";
            }
            "e_waybill" => {
                parcel.e_waybill = crate::normalise::yes_no(cell);
                tracked = true;
            }
            "service" => line.service = arena.keep(cell.trim_start_matches('-')),
            "item_id" => line.item_id = arena.keep(cell.trim_start_matches('-')),
            "cancel_reason" if cell == "stockout" => line.flags.set(Flags::STOCKOUT),
            "cancel_reason" if cell == "buyer-wish" => line.flags.set(Flags::BUYER_WISH),
            "cancel_reason" => {}
            "downgraded" => {
                parcel.downgraded = crate::normalise::yes_no(cell);
                tracked = true;
            }
            "handling_days" => store.handling_days = cell.parse().ok(),
            "copies" => copies = cell.parse().map_err(|_| format!("copies {cell}"))?,
            _ if CasebookRows::sheet(name).is_some() => casebook.set(name, cell),
            "case.kind" => after_sales.kind = arena.keep(empty(cell)),
            _ if name.starts_with("case.") => {
                let field = Field::parse(&name[5..]).ok_or_else(|| format!("no field {name}"))?;
                after_sales.set_time(field, stamp(&clock, field, cell)?);
            }
            _ => {
                let field = Field::parse(name).ok_or_else(|| format!("no field {name}"))?;
                let target = if field == Field::StandsAt { Field::PaidAt } else { field };
                let stamp = stamp(&clock, field, cell)?;
                if stamp != Stamp::NO_COLUMN {
                    columns.push(Column { heading: name.clone(), field: Some(target), known: true });
                }
                line.set_time(target, stamp);
                if line.time(target) != stamp {
                    parcel.set_time(target, stamp);
                    tracked |= stamp != Stamp::NO_COLUMN;
                }
            }
        }
    }
    let casebook = casebook.finish(marketplace)?;
    let asked = example.given.iter().any(|(name, cell)| name.starts_with("case.") && cell != "-");
    let input = |kind, tracking| Input {
        kind: InputKind::Known(kind),
        marketplace: Some(marketplace),
        clock: Some(clock.clone()),
        columns: columns.clone(),
        tracking,
        ..Input::blank("example.csv")
    };
    let batch = |input| Batch { input, arena: arena.clone(), ..Batch::default() };
    let ledger = Ledger {
        inputs: vec![input(Kind::Orders, Vec::new()), input(Kind::Tracking, Vec::new())],
        stores: vec![store],
        batches: vec![
            Batch { lines: vec![line], ..batch(0) },
            Batch { parcels: vec![parcel], after_sales: vec![after_sales], ..batch(1) },
        ],
        orders: vec![Order {
            duplicate: copies > 1,
            lines: Span { start: 0, len: 1 },
            parcels: Span { start: 0, len: u32::from(tracked) },
            after_sales: Span { start: 0, len: u32::from(asked) },
            ..Order::default()
        }],
        lines: vec![At { batch: 0, index: 0 }],
        parcels: vec![At { batch: 1, index: 0 }],
        after_sales: vec![At { batch: 1, index: 0 }],
        ..Ledger::default()
    };
    Ok((ledger, casebook))
}

fn stamp(clock: &Clock, field: Field, cell: &str) -> Result<Stamp, String> {
    Ok(match cell {
        "?" => Stamp::NO_COLUMN,
        "-" => Stamp::BLANK,
        "!" => Stamp::UNREADABLE,
        _ => {
            let written = clock.write(cell).ok_or_else(|| format!("{}: {cell}", field.as_str()))?;
            Stamp::from(clock.instant(written, field.kind()))
        }
    })
}

/// Where it ships from or to; `-` where nobody said, and so it is for a place abroad.
fn place(cell: &str) -> Result<Region, String> {
    match (cell, region::parse(cell)) {
        ("-", _) | (_, Some(Place::Foreign(_))) => Ok(Region::UNKNOWN),
        (_, Some(Place::China(region))) => Ok(region),
        (_, None) => Err(format!("place {cell}")),
    }
}

fn status(cell: &str) -> Result<Status, String> {
    let word: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = cell.into_deserializer();
    Stage::deserialize(word).map(Status::of).map_err(|_| format!("status {cell}"))
}

fn whereabouts(cell: &str) -> Result<Whereabouts, String> {
    Ok(match cell {
        "-" => Whereabouts::Unknown,
        "unshipped" => Whereabouts::Unshipped,
        "on-its-way" => Whereabouts::OnItsWay,
        "at-station" => Whereabouts::AtStation,
        "signed" => Whereabouts::Signed,
        _ => return Err(format!("whereabouts {cell}")),
    })
}

/// What a cell holds: `-` is an empty one.
fn empty(cell: &str) -> &str {
    if cell == "-" { "" } else { cell }
}

fn order_type(cell: &str) -> Result<OrderType, String> {
    Ok(match cell {
        "-" => OrderType::Unknown,
        "direct" => OrderType::Direct,
        "non-direct" => OrderType::NonDirect,
        "presale" => OrderType::Presale,
        _ => return Err(format!("order_type {cell}")),
    })
}

/// Rows of the casebook, `notice` or `notice2`, until all their cells are known.
#[derive(Default)]
struct CasebookRows(BTreeMap<String, Vec<(String, String)>>);

impl CasebookRows {
    /// The sheet of which `card.sent_at` or `notice2.kind` names a column.
    fn sheet(name: &str) -> Option<&'static Sheet> {
        Sheet::named(name.split_once('.')?.0.trim_end_matches(|c: char| c.is_ascii_digit()))
    }

    fn set(&mut self, name: &str, cell: &str) {
        let Some((row, column)) = name.split_once('.') else { return };
        self.0.entry(row.to_owned()).or_default().push((column.to_owned(), cell.to_owned()));
    }

    /// The casebook. A row without a filled cell is none; the order and its marketplace need not be named where a
    /// sheet asks for them; an unreadable cell (`!`) may cost its row.
    fn finish(self, marketplace: Marketplace) -> Result<Casebook, String> {
        let mut casebook = Casebook::default();
        for (name, cells) in &self.0 {
            let Some(sheet) = Self::sheet(&format!("{name}.")) else { continue };
            if cells.iter().all(|(_, cell)| cell == "-") {
                continue;
            }
            let required = |column: &str| sheet.columns.iter().any(|c| c.name == column && c.required);
            let get = |column: &str| match cells.iter().find(|(name, _)| name == column) {
                Some((_, cell)) if cell == "-" => "",
                Some((_, cell)) => cell,
                None if column == "marketplace" => marketplace.as_str(),
                None if column == "order_id" && required(column) => "1",
                None => "",
            };
            if let Err(fault) = casebook.add_row(sheet.name, 0, &get)
                && fault.value != "!"
            {
                return Err(format!("{name}.{}: {} {}", fault.column, fault.problem, fault.value));
            }
        }
        Ok(casebook)
    }
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
