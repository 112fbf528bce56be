//! What a run was given, for its report.

use crate::cli::args::AuditArgs;
use crate::cli::config::Config;
use crate::read::Found;
use crate::report::provenance::{Provenance, of_inputs};
use std::path::Path;

/// Inputs with their hashes, the files beside them, and the options that decide what a report says.
pub fn of(args: &AuditArgs, config: &Config, config_path: &Path, found: &[Found]) -> Provenance {
    let mut all = Provenance { inputs: of_inputs(found), ..Provenance::default() };
    let casebook = args.judge.casebook.as_deref().or(config.casebook.as_deref());
    let rulebook = args.judge.rulebook.as_deref().or(config.rulebook.as_deref());
    let profiles = if args.read.profile.is_empty() { &config.profile } else { &args.read.profile };
    let config_file = config_path.is_file().then_some(config_path);
    let since = args.write.since.as_deref().or(config.since.as_deref());
    let carry = args.write.carry.as_deref().or(config.carry.as_deref());
    let files = [
        ("casebook", casebook),
        ("rulebook", rulebook),
        ("config", config_file),
        ("since", since),
        ("carry", carry),
    ];
    for (option, path) in files.into_iter().filter_map(|(option, path)| Some((option, path?))) {
        all.note(option, path);
    }
    for profile in profiles {
        all.note("profile", profile);
    }
    let words = [("store", &args.read.store), ("marketplace", &args.read.marketplace)];
    all.options.extend(words.into_iter().filter_map(|(option, value)| Some((option, value.clone()?))));
    all
}
