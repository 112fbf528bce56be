//! `shipby merge`: parts in, the report of one run out.

use crate::cli::args::MergeArgs;
use crate::cli::audit::{Judge, casebook_of, report};
use crate::cli::config::Config;
use crate::cli::part::failure;
use crate::cli::say::err;
use crate::cli::{Failure, Outcome, outputs, past, progress, provenance, settings};
use crate::parts::{Basis, Merged, PartFault, PartFile, find_parts, merge};
use crate::read::{Found, discover};
use crate::report::provenance::fingerprint;
use crate::words::Words;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Merges.
pub fn run(args: MergeArgs) -> Result<Outcome, Failure> {
    let (paths, exports, args) = args.into_audit();
    let (config, config_path) = settings::config_of(&args.read)?;
    let words = settings::language(args.read.lang, &config).words();
    settings::set_threads(args.read.threads, &config);
    let quiet = args.read.quiet || config.quiet == Some(true);
    let told = |fault: PartFault| failure(&fault, words);
    let total = find_parts(&paths).map_err(told)?.len() as u64;
    let bar = progress::bar(quiet, words, progress::Phase::Merging, total);
    let merged = merge(&paths, &|parts| bar.inc(parts)).map_err(told)?;
    bar.finish_and_clear();
    let as_of = merged.basis.as_of;
    let book = settings::book(args.judge.rulebook.as_deref(), &config)?;
    let given = Basis {
        as_of: match args.judge.as_of.as_deref() {
            Some(_) => settings::as_of(args.judge.as_of.as_deref(), &config)?,
            None => as_of,
        },
        rulebook: book.hash.clone(),
        casebook: past::casebook_hash(args.judge.casebook.as_deref().or(config.casebook.as_deref())),
        settings: merged.basis.settings.clone(),
    };
    let first = paths.first().cloned().unwrap_or_default();
    merged.basis.agree(&given).map_err(|fault| told(fault.of(&first)))?;
    let last_week = past::LastWeek::read(&args, &config, words, as_of)?;
    let (casebook, casebook_issues, casebook_read) = casebook_of(args.judge.casebook.as_deref(), &config)?;
    let found = match &exports {
        Some(folder) => exports_of(&merged.files, folder, words)?,
        None => Vec::new(),
    };
    for path in outputs::named(&args, &config) {
        settings::is_no_input(path, &found, words)?;
    }
    if !quiet {
        err(&said(&merged, words));
    }
    let mut provenance = provenance::of(&args, &config, &config_path, &[]);
    provenance.inputs = merged.files.iter().map(|file| (file.shown.clone(), file.sha256.clone())).collect();
    for known in ["store", "marketplace"] {
        let values = merged.options.iter().filter(|(name, _)| name == known);
        provenance.options.extend(values.map(|(_, value)| (known, value.clone())));
    }
    provenance.options.push(("parts", (merged.parts.0 - merged.parts.1).to_string()));
    let judge = Judge { book, casebook, casebook_issues, casebook_read, as_of };
    report(&args, &Config { annotate: None, ..config }, merged.ledger, judge, last_week, &found, provenance)
}

fn said(merged: &Merged, words: &Words) -> String {
    let (parts, same) = (merged.parts.0.to_string(), merged.parts.1.to_string());
    let sentence = if merged.parts.1 == 0 {
        words.say("parts.merged", &[("parts", &parts)])
    } else {
        words.say("parts.same", &[("parts", &parts), ("same", &same)])
    };
    sentence + "\n"
}

/// The files of the parts among the exports, in the order of the parts: by path and by content.
fn exports_of(files: &[PartFile], folder: &Path, words: &Words) -> Result<Vec<Found>, Failure> {
    let mut there: HashMap<String, Vec<Found>> = HashMap::new();
    for found in discover(&[PathBuf::from(folder)])? {
        there.entry(found.shown.clone()).or_default().push(found);
    }
    let one = |file: &PartFile| {
        let named = there.get(&file.shown).into_iter().flatten();
        let same = named.into_iter().find(|found| fingerprint(&found.path).ok() == file.sha256);
        same.cloned().ok_or_else(|| {
            let folder = folder.display().to_string();
            Failure(words.say("parts.not-the-exports", &[("path", &file.shown), ("folder", &folder)]))
        })
    };
    files.iter().map(one).collect()
}
