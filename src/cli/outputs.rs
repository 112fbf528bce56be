//! The files that an audit leaves.

use crate::audit::Audit;
use crate::cli::args::AuditArgs;
use crate::cli::config::Config;
use crate::cli::say::complain;
use crate::cli::{Failure, progress, settings};
use crate::order::Instant;
use crate::parts::write_findings;
use crate::read::{Found, Limits, ReadFault};
use crate::report::provenance::Provenance;
use crate::report::workbook::{
    Annotate, Sources, WorkbookOptions, WorkbookSummary, planned_cells, write_annotated, write_share,
    write_workbook,
};
use crate::report::{CsvOptions, json, write_aside, write_csv, write_file};
use crate::words::{Language, Words};
use std::path::{Path, PathBuf};

/// Writes every file that was asked for; the report last, so that it never speaks of files that are not there.
pub fn write_all(
    args: &AuditArgs,
    config: &Config,
    audit: &Audit,
    found: &[Found],
    provenance: Provenance,
    language: Language,
    quiet: bool,
) -> Result<PathBuf, Failure> {
    let masked = !args.write.no_mask && (args.write.mask || config.mask != Some(false));
    if let Some(path) = args.write.ndjson.as_ref().or(config.ndjson.as_ref()) {
        write_file(path, |out| json::write_ndjson(audit, out))?;
    }
    if let Some(path) = args.write.json.as_ref().or(config.json.as_ref()) {
        write_file(path, |out| json::write_json(audit, masked, out))?;
    }
    if let Some(path) = args.write.csv.as_ref().or(config.csv.as_ref()) {
        let raw = args.write.raw_csv || config.raw_csv == Some(true);
        let options = CsvOptions { language, mask: masked, raw };
        write_file(path, |out| write_csv(audit, options, out))?;
    }
    if let Some(path) = &args.write.parquet {
        let write = |file: &mut std::fs::File| write_findings(audit, file).map(|_| ());
        write_aside(path, |file| write(file).map_err(std::io::Error::other))?;
    }
    let path = report_path(args, config, audit.as_of);
    let options = WorkbookOptions {
        language,
        annotate: settings::annotate(args.write.annotate, config)?.into(),
        mask: masked,
        temporary: folder_of(&path),
        provenance,
        ..WorkbookOptions::default()
    };
    if let Some(share) = args.write.share.as_ref().or(config.share.as_ref()) {
        let options = WorkbookOptions { temporary: folder_of(share), ..options.clone() };
        let write = |file: &mut std::fs::File| write_share(audit, &options, file).map(|_| ());
        write_aside(share, |file| write(file).map_err(std::io::Error::other))?;
    }
    let words = language.words();
    let bar = progress::bar(quiet, words, progress::Phase::Writing, planned_cells(audit, &options));
    let sources = Sources::Files { found, limits: Limits::default() };
    let mut summary = WorkbookSummary::default();
    write_aside(&path, |file| {
        let written = write_workbook(audit, &options, sources, file, &|cells| bar.inc(cells));
        summary = written.map_err(std::io::Error::other)?;
        Ok(())
    })?;
    if options.annotate == Annotate::Files {
        summary.not_again = annotated_files(audit, &options, found, &path, words, &|cells| bar.inc(cells))?;
    }
    bar.finish_and_clear();
    for (input, fault) in &summary.not_again {
        let path = &audit.ledger.inputs[*input as usize].path;
        complain(&format!("{path}: {fault}"));
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

/// Every file that was named for writing.
pub fn named<'p>(args: &'p AuditArgs, config: &'p Config) -> impl Iterator<Item = &'p PathBuf> {
    let typed = [
        &args.write.output,
        &args.write.json,
        &args.write.ndjson,
        &args.write.csv,
        &args.write.parquet,
        &args.write.share,
    ];
    let configured = [&config.output, &config.json, &config.ndjson, &config.csv, &config.share];
    typed.into_iter().chain(configured).flatten()
}

/// The folder of a file, where it is there.
pub fn folder_of(path: &Path) -> Option<PathBuf> {
    path.parent().map(Path::to_owned).filter(|folder| folder.is_dir())
}

/// Whether a file for machines goes to standard output.
pub fn to_stdout(args: &AuditArgs, config: &Config) -> bool {
    let files = [
        (&args.write.json, &config.json),
        (&args.write.ndjson, &config.ndjson),
        (&args.write.csv, &config.csv),
    ];
    files.iter().any(|(typed, configured)| {
        typed.as_ref().or(configured.as_ref()).is_some_and(|path| path.as_os_str() == "-")
    })
}

/// Where the report goes: as typed, as configured, or named after the moment of the audit.
fn report_path(args: &AuditArgs, config: &Config, as_of: Instant) -> PathBuf {
    let named = args.write.output.clone().or(config.output.clone());
    named.unwrap_or_else(|| {
        let at = as_of.with_timezone(&chrono_tz::Tz::Asia__Shanghai).format("%Y-%m-%d-%H%M");
        Path::new(".").join(format!("shipby-report-{at}.xlsx"))
    })
}
