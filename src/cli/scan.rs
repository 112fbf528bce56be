//! `shipby scan`: are we safe to run the promotion?

use crate::audit::{Audit, audit};
use crate::cli::args::ScanArgs;
use crate::cli::config::Config;
use crate::cli::outputs::folder_of;
use crate::cli::say::{err, out};
use crate::cli::{Failure, Outcome, audit as audits, progress, settings};
use crate::normalise::{InputKind, load};
use crate::order::{Instant, Marketplace};
use crate::read::Found;
use crate::report::workbook::WorkbookOptions;
use crate::report::{
    inputs, not_read, scan_summary, write_aside, write_file, write_scan_json, write_scan_workbook,
};
use crate::scan::{
    Capacity, Draws, Expected, Grid, HOURS, ListError, Plan, Shifts, Span, ZONE, capacities, expected,
    expected_totals, number as number_of, scan,
};
use crate::words::Words;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// Scans.
pub fn run(args: &ScanArgs) -> Result<Outcome, Failure> {
    let (config, config_path) = settings::config_of(&args.read)?;
    let language = settings::language(args.read.lang, &config);
    let words = language.words();
    if args.inputs.is_empty() {
        return Err(Failure(words.get("scan.cli.no-input").to_owned()));
    }
    let options = settings::load_options(&args.read, &config, &config_path)?;
    let as_of = settings::as_of(args.judge.as_of.as_deref(), &config)?;
    settings::set_threads(args.read.threads, &config);
    let quiet = args.read.quiet || config.quiet == Some(true);
    let book = settings::book(args.judge.rulebook.as_deref(), &config)?;
    let (casebook, issues, casebook_read) = audits::casebook_of(args.judge.casebook.as_deref(), &config)?;
    let found = settings::find(&args.inputs, words)?;
    let report = report_path(args, as_of);
    for path in args.json.iter().chain([&report]) {
        settings::is_no_input(path, &found, words)?;
    }
    let ledger = read(&found, &options, quiet, words)?;
    let known = |name: &str| {
        let own = ledger.inputs.iter().filter_map(|input| input.marketplace);
        Marketplace::parse(name).or_else(|| own.into_iter().find(|it| it.as_str() == name.trim()))
    };
    // What was typed is checked before the long work.
    let plan = plan_of(&Asked::new(args, &config), as_of, &known, words)?;
    let bar = progress::bar(quiet, words, progress::Phase::Judging, ledger.orders.len() as u64);
    let mut audit = audit(ledger, book, casebook, as_of, &|orders| bar.inc(orders))?;
    bar.finish_and_clear();
    audit.casebook_issues = issues;
    let scan = scan(&audit, &plan);
    if let Some(path) = &args.json {
        write_file(path, |out| write_scan_json(&audit, &scan, out))?;
    }
    let options = WorkbookOptions { language, temporary: folder_of(&report), ..WorkbookOptions::default() };
    write_aside(&report, |file| {
        write_scan_workbook(&audit, &scan, &options, file).map(|_| ()).map_err(std::io::Error::other)
    })?;
    if args.read.verbose {
        err(&inputs(&audit, words));
    }
    err(&not_read(&audit, language));
    if !quiet {
        let mut said = scan_summary(&scan, language);
        said.push_str(&words.say("scan.cli.written", &[("path", &report.display().to_string())]));
        said.push('\n');
        if args.json.as_ref().is_some_and(|path| path.as_os_str() == "-") {
            err(&said);
        } else {
            out(&said)?;
        }
    }
    Ok(outcome(&audit, casebook_read))
}

/// Where the workbook goes: as typed, or named after the moment of the scan.
fn report_path(args: &ScanArgs, as_of: Instant) -> PathBuf {
    args.output.clone().unwrap_or_else(|| {
        let at = as_of.with_timezone(&ZONE).format("%Y-%m-%d-%H%M");
        Path::new(".").join(format!("shipby-scan-{at}.xlsx"))
    })
}

fn outcome(audit: &Audit, casebook_read: bool) -> Outcome {
    let whole = settings::all_read(&audit.ledger) && casebook_read;
    if whole { Outcome::Done } else { Outcome::Incomplete }
}

/// Reads the inputs; nothing readable at all is a failure.
fn read(
    found: &[Found],
    options: &crate::normalise::LoadOptions,
    quiet: bool,
    words: &'static Words,
) -> Result<crate::normalise::Ledger, Failure> {
    let bytes = found.iter().filter_map(|f| f.path.metadata().ok()).map(|m| m.len()).sum();
    let bar = progress::bar(quiet, words, progress::Phase::Reading, bytes);
    let ledger = load(found, options, &|bytes| bar.inc(bytes));
    bar.finish_and_clear();
    if !ledger.inputs.iter().any(|input| matches!(input.kind, InputKind::Known(_))) {
        let why = |input: &crate::normalise::Input| {
            format!("\n  {}: {}", input.path, input.error.as_ref().map_or("", |e| e.message.as_str()))
        };
        let why: String = ledger.inputs.iter().map(why).collect();
        return Err(Failure(format!("{}{why}", words.get("cli.nothing-readable"))));
    }
    Ok(ledger)
}

/// What is asked of a scan: as typed, else as the configuration has it.
struct Asked {
    from: String,
    to: String,
    expect: Option<String>,
    capacity: Option<String>,
    hours: Option<String>,
    days_off: Option<String>,
    trials: Option<u32>,
    seed: u64,
}

impl Asked {
    fn new(args: &ScanArgs, config: &Config) -> Asked {
        let or = |typed: &Option<String>, default: &Option<String>| typed.clone().or_else(|| default.clone());
        // A list of capacities names its hours itself: those of the configuration are not meant for it.
        let listed = args.capacity.as_deref().is_some_and(|typed| Path::new(typed).is_file());
        let of_number = |default: &Option<String>| default.clone().filter(|_| !listed);
        Asked {
            from: args.from.clone(),
            to: args.to.clone(),
            expect: or(&args.expect, &config.expect),
            capacity: args.capacity.clone().or_else(|| config.capacity.as_ref().map(ToString::to_string)),
            hours: args.hours.clone().or_else(|| of_number(&config.hours)),
            days_off: args.days_off.clone().or_else(|| of_number(&config.days_off)),
            trials: args.trials.or(config.trials),
            seed: args.seed.or(config.seed).unwrap_or(1),
        }
    }
}

fn plan_of(
    args: &Asked,
    as_of: Instant,
    known: &dyn Fn(&str) -> Option<Marketplace>,
    words: &Words,
) -> Result<Plan, Failure> {
    let grid = Grid::new(as_of);
    let span = span_of(args, &grid, words)?;
    Ok(Plan {
        span,
        expected: expected_of(args.expect.as_deref(), known, words)?,
        capacity: capacity_of(args, &grid, words)?,
        open: args.capacity.is_none(),
        draws: args.trials.map(|n| Draws { n, seed: args.seed }),
    })
}

fn wrong(words: &Words, key: &str, value: &str) -> Failure {
    Failure(words.say(&format!("scan.cli.{key}"), &[("value", value)]))
}

/// The window: whole days, not over yet, within the hours of a plan.
fn span_of(args: &Asked, grid: &Grid, words: &Words) -> Result<Span, Failure> {
    let day = |text: &str| text.trim().parse::<NaiveDate>().map_err(|_| wrong(words, "no-day", text));
    let span = Span { from: day(&args.from)?, to: day(&args.to)? };
    let typed = format!("{} – {}", args.from, args.to);
    let Some((begin, over)) = span.ends().filter(|(begin, over)| begin < over) else {
        return Err(wrong(words, "backwards", &typed));
    };
    if over <= grid.as_of {
        return Err(wrong(words, "over", &typed));
    }
    if begin.max(over) > grid.begin(HOURS) {
        return Err(wrong(words, "too-far", &typed));
    }
    Ok(span)
}

fn expected_of(
    typed: Option<&str>,
    known: &dyn Fn(&str) -> Option<Marketplace>,
    words: &Words,
) -> Result<Vec<Expected>, Failure> {
    let Some(typed) = typed else { return Ok(Vec::new()) };
    let path = Path::new(typed);
    if path.is_file() || !typed.contains('=') {
        return expected(&list(path)?, known).map_err(|error| listed(path, &error, words));
    }
    expected_totals(typed, known).map_err(|part| wrong(words, "expect", &part))
}

fn capacity_of(args: &Asked, grid: &Grid, words: &Words) -> Result<Capacity, Failure> {
    let Some(typed) = args.capacity.as_deref().map(str::trim) else {
        return Ok(Capacity::Daily { orders: 0, shifts: shifts_of(args, words)? });
    };
    let number = typed.split_once('/').map_or(typed, |(number, _)| number);
    if let Some(orders) = number_of(number) {
        return Ok(Capacity::Daily { orders, shifts: shifts_of(args, words)? });
    }
    let path = Path::new(typed);
    if !path.is_file() {
        return Err(wrong(words, "capacity", typed));
    }
    if args.hours.is_some() || args.days_off.is_some() {
        return Err(wrong(words, "hours-with-list", typed));
    }
    capacities(&list(path)?, grid).map_err(|error| listed(path, &error, words))
}

fn shifts_of(args: &Asked, words: &Words) -> Result<Shifts, Failure> {
    let hours = match &args.hours {
        None => (0, 24),
        Some(typed) => {
            let parsed = typed.split_once('-').and_then(|(from, to)| {
                let hours: (u32, u32) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
                (hours.0 < hours.1 && hours.1 <= 24).then_some(hours)
            });
            parsed.ok_or_else(|| wrong(words, "hours", typed))?
        }
    };
    let days = args.days_off.iter().flat_map(|typed| typed.split([',', '，'])).map(str::trim);
    let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| wrong(words, "no-day", text));
    let days_off = days.filter(|text| !text.is_empty()).map(day).collect::<Result<_, _>>()?;
    Ok(Shifts { hours, days_off })
}

fn list(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure(format!("{}: {error}", path.display())))
}

fn listed(path: &Path, error: &ListError, words: &Words) -> Failure {
    let path = path.display().to_string();
    Failure(match error {
        ListError::NoColumn(column) => {
            words.say("scan.cli.no-column", &[("path", &path), ("column", column)])
        }
        ListError::Cell { row, column, value } => {
            let row = row.to_string();
            let values = [("path", path.as_str()), ("row", &row), ("column", column), ("value", value)];
            words.say("scan.cli.cell", &values)
        }
        ListError::Csv(why) => format!("{path}: {why}"),
    })
}
