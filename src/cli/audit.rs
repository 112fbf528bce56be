//! `shipby audit`: read, judge, write.

use crate::audit::{Audit, audit};
use crate::casebook::{Casebook, CasebookIssue};
use crate::cli::args::{AuditArgs, FailOn};
use crate::cli::config::Config;
use crate::cli::say::{complain, err, out};
use crate::cli::{Failure, Outcome, outputs, part, past, progress, provenance, settings};
use crate::normalise::{InputKind, Ledger, load};
use crate::order::Instant;
use crate::read::Found;
use crate::report::provenance::Provenance;
use crate::report::{changes_text, fault_said, inputs, not_read, summary};
use crate::rulebook::Book;
use std::fmt::Write as _;
use std::path::Path;

/// Runs the audit.
pub fn run(args: &AuditArgs) -> Result<Outcome, Failure> {
    let (config, config_path) = settings::config_of(&args.read)?;
    let language = settings::language(args.read.lang, &config);
    let words = language.words();
    if args.inputs.is_empty() {
        return Err(Failure(words.get("cli.no-input").to_owned()));
    }
    let options = settings::load_options(&args.read, &config, &config_path)?;
    let as_of = settings::as_of(args.judge.as_of.as_deref(), &config)?;
    settings::set_threads(args.read.threads, &config);
    let quiet = args.read.quiet || config.quiet == Some(true);
    let book = settings::book(args.judge.rulebook.as_deref(), &config)?;
    // Last week's files are read before this week's are written, which may go by the same names.
    let last_week = past::LastWeek::read(args, &config, words, as_of)?;
    let (casebook, casebook_issues, casebook_read) = casebook_of(args.judge.casebook.as_deref(), &config)?;
    let found = settings::find_below(&args.inputs, args.root.as_deref(), words)?;
    for path in outputs::named(args, &config) {
        settings::is_no_input(path, &found, words)?;
    }
    let bytes = found.iter().filter_map(|f| f.path.metadata().ok()).map(|m| m.len()).sum();
    let bar = progress::bar(quiet, words, progress::Phase::Reading, bytes);
    if let Some(folder) = &args.part {
        let judged = part::Judge { book, casebook, casebook_read };
        return part::run(args, folder, &config, judged, as_of, &found, &options, &bar);
    }
    // Hashing the inputs is for whichever thread has nothing to read or to join.
    let (ledger, given) = std::thread::scope(|scope| {
        let given = scope.spawn(|| provenance::of(args, &config, &config_path, &found));
        let ledger = load(&found, &options, &|bytes| bar.inc(bytes));
        (ledger, given.join())
    });
    let given = given.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    bar.finish_and_clear();
    let judge = Judge { book, casebook, casebook_issues, casebook_read, as_of };
    report(args, &config, ledger, judge, last_week, &found, given)
}

/// What orders are judged by.
pub struct Judge {
    pub book: Book,
    pub casebook: Casebook,
    pub casebook_issues: Vec<CasebookIssue>,
    pub casebook_read: bool,
    pub as_of: Instant,
}

/// Judges a ledger and writes all that was asked for.
pub fn report(
    args: &AuditArgs,
    config: &Config,
    ledger: Ledger,
    judge: Judge,
    last_week: past::LastWeek,
    found: &[Found],
    given: Provenance,
) -> Result<Outcome, Failure> {
    let Judge { book, casebook, casebook_issues, casebook_read, as_of } = judge;
    let language = settings::language(args.read.lang, config);
    let words = language.words();
    let quiet = args.read.quiet || config.quiet == Some(true);
    if !ledger.inputs.iter().any(|input| matches!(input.kind, InputKind::Known(_))) {
        let why = ledger
            .inputs
            .iter()
            .map(|i| (&i.path, i.error.as_ref().map(|error| fault_said(words, error)).unwrap_or_default()))
            .map(|(path, why)| format!("\n  {path}: {why}"));
        return Err(Failure(format!("{}{}", words.get("cli.nothing-readable"), why.collect::<String>())));
    }
    let bar = progress::bar(quiet, words, progress::Phase::Judging, ledger.orders.len() as u64);
    let mut audit = audit(ledger, book, casebook, as_of, &|orders| bar.inc(orders))?;
    bar.finish_and_clear();
    audit.casebook_issues = casebook_issues;
    let hash = past::casebook_hash(args.judge.casebook.as_deref().or(config.casebook.as_deref()));
    audit.past = last_week.settle(&audit, hash);
    let report = outputs::write_all(args, config, &audit, found, given, language, quiet)?;
    if args.read.verbose {
        err(&inputs(&audit, words));
    }
    if quiet {
        // Quiet is about what went well: a file that was not read is named all the same.
        err(&not_read(&audit, language));
    } else {
        let mut said = summary(&audit, language);
        if let Some(changes) = &audit.past.changes {
            said.push_str(&changes_text(changes, language));
        }
        let _ = writeln!(said, "{}", words.say("cli.written", &[("path", &report.display().to_string())]));
        // What goes to standard output must not be mixed with what is for people.
        if outputs::to_stdout(args, config) {
            err(&said);
        } else {
            out(&said)?;
        }
    }
    outcome(args, config, &audit, casebook_read)
}

/// The casebook, what could not be used of it, and whether it could be read at all.
pub fn casebook_of(
    arg: Option<&Path>,
    config: &Config,
) -> Result<(Casebook, Vec<CasebookIssue>, bool), Failure> {
    let Some(path) = arg.or(config.casebook.as_deref()) else {
        return Ok((Casebook::default(), Vec::new(), true));
    };
    if !path.exists() {
        return Err(Failure(format!("--casebook {}: no such file or folder", path.display())));
    }
    match crate::casebook::load(path) {
        Ok(loaded) => {
            for failed in &loaded.failed {
                let told = format!("{}: {}: {}", path.display(), failed.sheet, failed.why);
                complain(&told);
            }
            Ok((loaded.casebook, loaded.issues, loaded.failed.is_empty()))
        }
        Err(fault) => {
            complain(&format!("{}: {fault}", path.display()));
            Ok((Casebook::default(), Vec::new(), false))
        }
    }
}

fn outcome(
    args: &AuditArgs,
    config: &Config,
    audit: &Audit,
    casebook_read: bool,
) -> Result<Outcome, Failure> {
    use crate::assess::State;
    if !settings::all_read(&audit.ledger) || !casebook_read {
        return Ok(Outcome::Incomplete);
    }
    let worst = audit.shown.iter().filter(|shown| shown.at_risk).map(|shown| shown.risk).max();
    let limit = match settings::fail_on(args.write.fail_on, config)? {
        FailOn::Overdue => State::Overdue,
        FailOn::Urgent => State::Urgent,
        FailOn::Warning => State::Warning,
        FailOn::Never => return Ok(Outcome::Done),
    };
    Ok(if worst.is_some_and(|worst| worst >= limit) { Outcome::AtRisk } else { Outcome::Done })
}
