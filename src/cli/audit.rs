//! `shipby audit`: read, judge, write.

use crate::audit::{Audit, audit};
use crate::casebook::{Casebook, CasebookIssue};
use crate::cli::args::{AuditArgs, FailOn};
use crate::cli::config::Config;
use crate::cli::{Failure, Outcome, progress, provenance, settings};
use crate::normalise::{InputKind, load};
use crate::order::Instant;
use crate::read::{Found, Limits, ReadFault};
use crate::report::provenance::Provenance;
use crate::report::workbook::{
    Annotate, Sources, WorkbookOptions, WorkbookSummary, planned_rows, write_annotated, write_workbook,
};
use crate::report::{fault_said, inputs, json, not_read, printable, summary, write_aside, write_file};
use crate::words::{Language, Words};
use std::path::{Path, PathBuf};

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
    let (casebook, casebook_issues, casebook_read) = casebook_of(args.judge.casebook.as_deref(), &config)?;
    let found = settings::find(&args.inputs, words)?;
    let outputs = [&args.output, &args.json, &args.ndjson, &config.output, &config.json, &config.ndjson];
    for path in outputs.into_iter().flatten() {
        settings::is_no_input(path, &found, words)?;
    }
    let bytes = found.iter().filter_map(|f| f.path.metadata().ok()).map(|m| m.len()).sum();
    let bar = progress::bar(quiet, words.get("cli.reading"), bytes, true);
    let ledger = load(&found, &options, &|bytes| bar.inc(bytes));
    bar.finish_and_clear();
    if !ledger.inputs.iter().any(|input| matches!(input.kind, InputKind::Known(_))) {
        let why = ledger
            .inputs
            .iter()
            .map(|i| (&i.path, i.error.as_ref().map(|error| fault_said(words, error)).unwrap_or_default()))
            .map(|(path, why)| format!("\n  {path}: {why}"));
        return Err(Failure(format!("{}{}", words.get("cli.nothing-readable"), why.collect::<String>())));
    }
    let bar = progress::bar(quiet, words.get("cli.judging"), ledger.orders.len() as u64, false);
    let mut audit = audit(ledger, book, casebook, as_of, &|orders| bar.inc(orders))?;
    bar.finish_and_clear();
    audit.casebook_issues = casebook_issues;
    let given = provenance::of(args, &config, &config_path, &found);
    let report = write_all(args, &config, &audit, &found, given, language, quiet)?;
    if args.read.verbose {
        eprint!("{}", printable(&inputs(&audit, words)));
    }
    if quiet {
        // Quiet is about what went well: a file that was not read is named all the same.
        eprint!("{}", printable(&not_read(&audit, language)));
    } else {
        print!("{}", printable(&summary(&audit, language)));
        println!("{}", printable(&words.say("cli.written", &[("path", &report.display().to_string())])));
    }
    outcome(args, &config, &audit, casebook_read)
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
                eprintln!("shipby: {}", printable(&told));
            }
            Ok((loaded.casebook, loaded.issues, loaded.failed.is_empty()))
        }
        Err(fault) => {
            eprintln!("shipby: {}", printable(&format!("{}: {fault}", path.display())));
            Ok((Casebook::default(), Vec::new(), false))
        }
    }
}

/// Writes every file that was asked for; the report last, so that it never speaks of files that are not there.
fn write_all(
    args: &AuditArgs,
    config: &Config,
    audit: &Audit,
    found: &[Found],
    provenance: Provenance,
    language: Language,
    quiet: bool,
) -> Result<PathBuf, Failure> {
    let masked = !args.no_mask && (args.mask || config.mask != Some(false));
    if let Some(path) = args.ndjson.as_ref().or(config.ndjson.as_ref()) {
        write_file(path, |out| json::write_ndjson(audit, out))?;
    }
    if let Some(path) = args.json.as_ref().or(config.json.as_ref()) {
        write_file(path, |out| json::write_json(audit, masked, out))?;
    }
    let path = report_path(args, config, audit.as_of);
    let options = WorkbookOptions {
        language,
        annotate: settings::annotate(args.annotate, config)?.into(),
        mask: masked,
        temporary: path.parent().map(Path::to_owned).filter(|folder| folder.is_dir()),
        provenance,
        ..WorkbookOptions::default()
    };
    let words = language.words();
    let bar = progress::bar(quiet, words.get("cli.writing"), planned_rows(audit, &options), false);
    let sources = Sources::Files { found, limits: Limits::default() };
    let mut summary = WorkbookSummary::default();
    write_aside(&path, |file| {
        let written = write_workbook(audit, &options, sources, file, &|rows| bar.inc(rows));
        summary = written.map_err(std::io::Error::other)?;
        Ok(())
    })?;
    if options.annotate == Annotate::Files {
        summary.not_again = annotated_files(audit, &options, found, &path, words, &|rows| bar.inc(rows))?;
    }
    bar.finish_and_clear();
    for (input, fault) in &summary.not_again {
        let path = &audit.ledger.inputs[*input as usize].path;
        eprintln!("shipby: {}", printable(&format!("{path}: {fault}")));
    }
    Ok(path)
}

/// Writes the inputs with their verdicts beside the report, named after it and after them.
fn annotated_files(
    audit: &Audit,
    options: &WorkbookOptions,
    found: &[Found],
    report: &Path,
    words: &Words,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<(u32, ReadFault)>, Failure> {
    let stem = report.file_stem().unwrap_or_default().to_string_lossy();
    write_annotated(audit, options, found, &Limits::default(), progress, |number, name, fill| {
        let path = report.with_file_name(format!("{stem}-{number}-{name}.xlsx"));
        settings::is_no_input(&path, found, words)?;
        write_aside(&path, |file| fill(file))?;
        Ok(())
    })
}

/// Where the report goes: as typed, as configured, or named after the moment of the audit.
fn report_path(args: &AuditArgs, config: &Config, as_of: Instant) -> PathBuf {
    let named = args.output.clone().or(config.output.clone());
    named.unwrap_or_else(|| {
        let at = as_of.with_timezone(&chrono_tz::Tz::Asia__Shanghai).format("%Y-%m-%d-%H%M");
        Path::new(".").join(format!("shipby-report-{at}.xlsx"))
    })
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
    let limit = match settings::fail_on(args.fail_on, config)? {
        FailOn::Overdue => State::Overdue,
        FailOn::Urgent => State::Urgent,
        FailOn::Warning => State::Warning,
        FailOn::Never => return Ok(Outcome::Done),
    };
    Ok(if worst.is_some_and(|worst| worst >= limit) { Outcome::AtRisk } else { Outcome::Done })
}
