//! Arguments, configuration and environment, resolved into what a run needs.

use crate::cli::Failure;
use crate::cli::args::{Annotate, FailOn, Lang, ReadArgs};
use crate::cli::config::{self, Config};
use crate::normalise::{InputKind, Ledger, LoadOptions, parse_local};
use crate::order::{FieldKind, Instant, Marketplace};
use crate::read::{Found, Limits, below, discover};
use crate::recognise::layouts;
use crate::rulebook::Book;
use crate::words::{Language, Words};
use chrono_tz::Tz;
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// The configuration that is found in the working folder when none is named.
const CONFIG: &str = "shipby.toml";

/// The configuration, and where it was found.
pub fn config_of(args: &ReadArgs) -> Result<(Config, PathBuf), Failure> {
    config_at(args.config.as_deref())
}

/// As [`config_of`], for a command that reads no inputs.
pub fn config_at(named: Option<&Path>) -> Result<(Config, PathBuf), Failure> {
    match named {
        Some(path) => Ok((config::read(path)?, path.to_owned())),
        None if Path::new(CONFIG).is_file() => Ok((config::read(Path::new(CONFIG))?, PathBuf::from(CONFIG))),
        None => Ok((Config::default(), PathBuf::from(CONFIG))),
    }
}

/// How inputs are read.
pub fn load_options(args: &ReadArgs, config: &Config, path: &Path) -> Result<LoadOptions, Failure> {
    let marketplace = match &args.marketplace {
        Some(name) => Some(Marketplace::parse(name).ok_or_else(|| {
            let known = Marketplace::BUILT_IN.map(Marketplace::as_str).join(", ");
            Failure(format!("--marketplace {name}: no such marketplace; use one of {known}"))
        })?),
        None => None,
    };
    let files = if args.profile.is_empty() { &config.profile } else { &args.profile };
    let mut profiles = Vec::with_capacity(files.len());
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|e| Failure(format!("{}: {e}", file.display())))?;
        profiles.push((file.display().to_string(), text));
    }
    Ok(LoadOptions {
        layouts: layouts(&profiles)?,
        store: args.store.clone(),
        marketplace,
        stores: config::stores(config, path)?,
        limits: Limits::default(),
    })
}

/// The rulebook: the built-in one, with the user's own values over it.
pub fn book(arg: Option<&Path>, config: &Config) -> Result<Book, Failure> {
    match arg.or(config.rulebook.as_deref()) {
        None => Ok(Book::built_in()?),
        Some(path) => {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(|e| Failure(format!("{name}: {e}")))?;
            Ok(Book::with_overlay(&name, &text)?)
        }
    }
}

/// Finds the inputs.
pub fn find(inputs: &[PathBuf], words: &Words) -> Result<Vec<Found>, Failure> {
    let missing = inputs.iter().find(|path| path.as_os_str() != "-" && !path.exists());
    match missing {
        Some(path) => Err(Failure(words.say("cli.no-such-input", &[("path", &path.display().to_string())]))),
        None => Ok(discover(inputs)?),
    }
}

/// Finds the inputs; their paths are shown from `root` on, where one is given.
pub fn find_below(inputs: &[PathBuf], root: Option<&Path>, words: &Words) -> Result<Vec<Found>, Failure> {
    let found = find(inputs, words)?;
    let Some(root) = root else { return Ok(found) };
    below(found, root).map_err(|path| {
        let values = [("path", path.display().to_string()), ("root", root.display().to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        Failure(words.say("cli.not-below", &values))
    })
}

/// Makes sure that a file to write is none of those that are read: inputs are never changed.
pub fn is_no_input(path: &Path, found: &[Found], words: &Words) -> Result<(), Failure> {
    let Ok(target) = path.canonicalize() else { return Ok(()) };
    let is_input = |file: &Found| file.path.canonicalize().is_ok_and(|input| input == target);
    // A report of the last run may lie among the inputs; it is none, and gives way to the new one.
    if found.iter().any(is_input) && !crate::read::is_own_report(path) {
        return Err(Failure(words.say("cli.output-is-input", &[("path", &path.display().to_string())])));
    }
    Ok(())
}

/// Whether every file gave something: a workbook's sheet of notes beside its orders is no file that was not read.
pub fn all_read(ledger: &Ledger) -> bool {
    let gave = |path: &str| {
        ledger.inputs.iter().any(|other| other.path == path && matches!(other.kind, InputKind::Known(_)))
    };
    ledger.inputs.iter().all(|input| match input.kind {
        InputKind::Known(_) | InputKind::LeftOut => true,
        InputKind::Unreadable => false,
        InputKind::Unrecognised => gave(&input.path),
    })
}

/// The language: `--lang`, else the configuration's, else the locale's.
pub fn language(arg: Option<Lang>, config: &Config) -> Language {
    let configured = config.lang.as_deref().and_then(|lang| Lang::from_str(lang, true).ok());
    match arg.or(configured) {
        Some(Lang::Zh) => Language::Chinese,
        Some(Lang::En) => Language::English,
        None => language_of_locale(),
    }
}

/// The language of `--help`, which is needed before the arguments are understood.
pub fn language_of_arguments() -> Language {
    let args: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let after =
        args.iter().position(|arg| arg == "--lang").and_then(|at| args.get(at + 1)).map(String::as_str);
    let joined = args.iter().find_map(|arg| arg.strip_prefix("--lang="));
    match after.or(joined) {
        Some("zh") => Language::Chinese,
        Some("en") => Language::English,
        _ => language_of_locale(),
    }
}

/// `zh*` gives Chinese, anything else English.
fn language_of_locale() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    if locale.to_lowercase().starts_with("zh") { Language::Chinese } else { Language::English }
}

/// The moment of the audit: as typed, else as configured, else now.
pub fn as_of(arg: Option<&str>, config: &Config) -> Result<Instant, Failure> {
    match arg.or(config.as_of.as_deref()) {
        None => Ok(now()),
        Some(text) => parse_local(text, Tz::Asia__Shanghai, FieldKind::Moment).ok_or_else(|| {
            Failure(format!(
                "--as-of {text}: no time; write 2026-11-09, \"2026-11-09 12:00\" (Shanghai) or 2026-11-09T12:00:00+08:00"
            ))
        }),
    }
}

/// Now, to the second.
fn now() -> Instant {
    let now = chrono::Utc::now();
    chrono::DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now)
}

/// Which rows the annotated sheets hold.
pub fn annotate(arg: Option<Annotate>, config: &Config) -> Result<Annotate, Failure> {
    configured(arg, config.annotate.as_deref(), "annotate").map(|found| found.unwrap_or(Annotate::Auto))
}

/// When the exit status is 1.
pub fn fail_on(arg: Option<FailOn>, config: &Config) -> Result<FailOn, Failure> {
    configured(arg, config.fail_on.as_deref(), "fail-on").map(|found| found.unwrap_or(FailOn::Never))
}

fn configured<T: ValueEnum>(arg: Option<T>, text: Option<&str>, key: &str) -> Result<Option<T>, Failure> {
    match (arg, text) {
        (Some(value), _) => Ok(Some(value)),
        (None, None) => Ok(None),
        (None, Some(text)) => T::from_str(text, true)
            .map(Some)
            .map_err(|_| Failure(format!("shipby.toml: {key} = \"{text}\" is not known"))),
    }
}

/// Sets the number of threads for all that runs in parallel.
pub fn set_threads(arg: Option<usize>, config: &Config) {
    if let Some(threads) = arg.or(config.threads) {
        // A second call in one process is refused; the first then stands, which only tests ever see.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
}
