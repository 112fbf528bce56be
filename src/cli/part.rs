//! `shipby audit --part`: read and judge, and leave a part for `shipby merge`.

use crate::audit::audit;
use crate::casebook::Casebook;
use crate::cli::args::AuditArgs;
use crate::cli::config::Config;
use crate::cli::say::{err, out};
use crate::cli::{Failure, Outcome, past, settings};
use crate::normalise::{LoadOptions, StoreFacts, assemble, read_files};
use crate::order::Instant;
use crate::parts::{Basis, Draft, Manifest, PartFault, PartFile};
use crate::read::Found;
use crate::report::{not_read, provenance::fingerprint, provenance::of_inputs};
use crate::rulebook::{Book, hex};
use crate::words::Words;
use indicatif::ProgressBar;
use sha2::{Digest, Sha256};
use std::path::Path;

/// What the orders of a part are judged by.
pub struct Judge {
    pub book: Book,
    pub casebook: Casebook,
    pub casebook_read: bool,
}

/// Writes a part. Files that could not be read are inputs with an error in it, as they are in a report.
#[allow(clippy::too_many_arguments)] // what `audit` has resolved by then
pub fn run(
    args: &AuditArgs,
    folder: &Path,
    config: &Config,
    judge: Judge,
    as_of: Instant,
    found: &[Found],
    options: &LoadOptions,
    bar: &ProgressBar,
) -> Result<Outcome, Failure> {
    let language = settings::language(args.read.lang, config);
    let words = language.words();
    if args.judge.as_of.is_none() && config.as_of.is_none() {
        return Err(Failure(words.get("parts.as-of").to_owned()));
    }
    if found.iter().any(|file| file.path == Path::new("-")) {
        return Err(Failure(words.get("parts.stdin").to_owned()));
    }
    let basis = Basis {
        as_of,
        rulebook: judge.book.hash.clone(),
        casebook: past::casebook_hash(args.judge.casebook.as_deref().or(config.casebook.as_deref())),
        settings: settings_hash(args, config)?,
    };
    let stores: Vec<StoreFacts> = options.stores.iter().map(|rule| rule.facts.clone()).collect();
    let given = [("store", &args.read.store), ("marketplace", &args.read.marketplace)];
    let given = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
    // Hashed before they are read: a file that is changed meanwhile is refused when it is read.
    let files = of_inputs(found).into_iter().zip(found).map(|((shown, sha256), file)| PartFile {
        shown,
        path: file.path.display().to_string(),
        sha256,
    });
    let told = |fault: PartFault| failure(&fault.of(folder), words);
    let manifest = Manifest::new(basis, &stores, given.collect(), files.collect()).map_err(told)?;
    let mut draft = Draft::begin(folder, manifest).map_err(told)?;
    let files = read_files(found, options, &|bytes| bar.inc(bytes));
    draft.records(&files).map_err(told)?;
    let ledger = assemble(files.into_iter().flatten(), &stores);
    bar.finish_and_clear();
    let audit = audit(ledger, judge.book, judge.casebook, as_of, &|_| {})?;
    draft.judged(&audit).map_err(told)?;
    let written = draft.finish().map_err(told)?;
    err(&not_read(&audit, language));
    if !args.read.quiet && config.quiet != Some(true) {
        let (orders, inputs) = (audit.ledger.orders.len(), audit.ledger.inputs.len());
        let values = [
            ("path", written.display().to_string()),
            ("orders", orders.to_string()),
            ("inputs", inputs.to_string()),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        out(&format!("{}\n", words.say("parts.written", &values)))?;
    }
    let complete = settings::all_read(&audit.ledger) && judge.casebook_read;
    Ok(if complete { Outcome::Done } else { Outcome::Incomplete })
}

/// The hash of what decides how files are read: profiles, and the stores of the configuration.
fn settings_hash(args: &AuditArgs, config: &Config) -> Result<String, Failure> {
    let mut hasher = Sha256::new();
    let profiles = if args.read.profile.is_empty() { &config.profile } else { &args.read.profile };
    for profile in profiles {
        hasher.update(fingerprint(profile)?);
    }
    hasher.update(format!("{:?}", config.store));
    Ok(hex(&hasher.finalize()))
}

/// A fault of parts, in the reader's language.
pub fn failure(fault: &PartFault, words: &Words) -> Failure {
    let (path, inner) = match fault {
        PartFault::In { path, fault } => (path.display().to_string(), &**fault),
        PartFault::NoPart { path } => (path.display().to_string(), fault),
        other => (String::new(), other),
    };
    let (mut key, mut this, mut that) = (format!("parts.{}", fault.code()), String::new(), String::new());
    let mut why = String::new();
    match inner {
        PartFault::Disagrees { what, this: a, that: b } => {
            key = format!("parts.disagrees-{what}");
            (this, that) = (a.clone(), b.clone());
        }
        PartFault::OtherVersion { schema, program } => (this, that) = (schema.clone(), program.clone()),
        PartFault::Damaged { why: told } => why.clone_from(told),
        other => why = other.to_string(),
    }
    let values = [
        ("path", path.as_str()),
        ("why", &why),
        ("this", &this),
        ("that", &that),
        ("schema", &this),
        ("program", &that),
        ("own", env!("CARGO_PKG_VERSION")),
    ];
    let said = values.iter().fold(words.entry(&key).to_owned(), |said, (name, value)| {
        said.replace(&format!("{{{name}}}"), value)
    });
    Failure(said)
}
