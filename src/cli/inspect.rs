//! `shipby inspect`: what was recognised, and which rules a file cannot answer.

use crate::assess::{Logic, registry};
use crate::cli::args::InspectArgs;
use crate::cli::say::out;
use crate::cli::{Failure, Outcome, settings};
use crate::normalise::{Input, InputKind, Ledger, Problem, load};
use crate::order::Field;
use crate::recognise::Kind;
use crate::words::Words;
use std::fmt::Write as _;

/// How many data issues of a file are shown.
const FIRST_PROBLEMS: usize = 5;

/// Shows every table of every file.
pub fn run(args: &InspectArgs) -> Result<Outcome, Failure> {
    let (config, path) = settings::config_of(&args.read)?;
    let words = settings::language(args.read.lang, &config).words();
    let options = settings::load_options(&args.read, &config, &path)?;
    settings::set_threads(args.read.threads, &config);
    let ledger = load(&settings::find(&args.inputs, words)?, &options, &|_| {});
    let mut text = String::new();
    for (number, input) in ledger.inputs.iter().enumerate() {
        describe(&ledger, number as u32, input, words, &mut text);
    }
    out(&text)?;
    Ok(if settings::all_read(&ledger) { Outcome::Done } else { Outcome::Incomplete })
}

fn describe(ledger: &Ledger, number: u32, input: &Input, words: &Words, text: &mut String) {
    let sheet = input.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
    let _ = writeln!(text, "{}{sheet}", input.path);
    let kind = words.get(&format!("kind.{}", input.kind.as_str())).to_owned();
    let marketplace = input.marketplace.map(|m| m.as_str().to_owned()).unwrap_or_default();
    let marketplace = match words.entry(&format!("marketplace.{marketplace}")) {
        "" => marketplace,
        name => name.to_owned(),
    };
    let delimiter = match input.delimiter {
        Some(b'\t') => "TAB".to_owned(),
        Some(byte) => char::from(byte).to_string(),
        None => "–".to_owned(),
    };
    let row = |key: &str, value: &str, text: &mut String| {
        let _ = writeln!(text, "  {}: {value}", words.get(&format!("inspect.{key}")));
    };
    row("what", format!("{marketplace} {kind}").trim(), text);
    row("format", &format!("{} {} {delimiter}", input.format, input.encoding.unwrap_or("")), text);
    if let Some(error) = &input.error {
        row("error", &crate::report::fault_said(words, error), text);
        return;
    }
    row("layout", input.layout.as_deref().unwrap_or(""), text);
    row("store", &input.store, text);
    row("heading-row", &input.heading_row.to_string(), text);
    let counts =
        format!("{} = {} + {} + {}", input.rows, input.rows_in_orders, input.rejected, input.skipped);
    row("rows", &counts, text);
    row("orders", &input.orders.to_string(), text);
    let _ = writeln!(text, "  {}:", words.get("inspect.columns"));
    for column in input.columns.iter().filter(|c| c.field.is_some()) {
        let field = column.field.map_or("", Field::as_str);
        let _ = writeln!(text, "    {} → {field}", column.heading);
    }
    let unknown: Vec<&str> = input
        .columns
        .iter()
        .filter(|c| !c.known && !c.heading.is_empty())
        .map(|c| c.heading.as_str())
        .collect();
    if !unknown.is_empty() {
        row("unknown", &unknown.join(" | "), text);
    }
    let gaps = unanswerable(ledger, input);
    if !gaps.is_empty() {
        row("gaps", &gaps.join("; "), text);
    }
    let issues = ledger.issues.iter().filter(|issue| issue.input == number);
    for issue in issues.take(FIRST_PROBLEMS) {
        let field = issue.problem.field().map_or("", Field::as_str);
        let field = words.get(&format!("field.{field}")).to_owned();
        let other = match issue.problem {
            Problem::ContradictoryTimes(_, other) => {
                words.get(&format!("field.{}", other.as_str())).to_owned()
            }
            _ => String::new(),
        };
        let key = format!("problem.{}.what", issue.problem.code());
        let problem = words.say(&key, &[("field", &field), ("other", &other)]);
        let place = words.say("inspect.row", &[("row", &issue.row.to_string())]);
        let _ = writeln!(text, "  ! {place}: {problem}");
    }
}

/// Rules that an orders file cannot answer by itself or with what was joined to it, and the fields missing.
fn unanswerable(ledger: &Ledger, input: &Input) -> Vec<String> {
    let (InputKind::Known(Kind::Orders), Some(marketplace)) = (input.kind, input.marketplace) else {
        return Vec::new();
    };
    let has = |field: Field| {
        let tracked = input.tracking.iter().any(|t| ledger.inputs[*t as usize].heading(field).is_some());
        let stands = [Field::PaidAt, Field::OrderedAt].iter().any(|f| input.heading(*f).is_some());
        // Cases stand in a file of their own.
        let of_cases = |other: &Input| {
            other.kind == InputKind::Known(Kind::AfterSales) && other.marketplace == input.marketplace
        };
        let asked = ledger.inputs.iter().any(|other| of_cases(other) && other.heading(field).is_some());
        input.heading(field).is_some() || tracked || asked || (field == Field::StandsAt && stands)
    };
    registry::rules_for(marketplace)
        .filter(|rule| matches!(rule.logic, Logic::Deadline(_)))
        .filter_map(|rule| {
            let missing: Vec<&str> = rule.needs.iter().filter(|f| !has(**f)).map(|f| f.as_str()).collect();
            (!missing.is_empty()).then(|| format!("{}: {}", rule.code, missing.join(", ")))
        })
        .collect()
}
