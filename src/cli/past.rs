//! Last week: the JSON of the last audit and the report that staff filled in.

use crate::audit::Audit;
use crate::cli::Failure;
use crate::cli::args::AuditArgs;
use crate::cli::config::Config;
use crate::compare::{Moment, Notes, Past, Snapshot, SnapshotError};
use crate::order::Instant;
use crate::report::{extras, read_notes};
use crate::words::Words;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What was given of last week.
pub struct LastWeek {
    last: Option<Snapshot>,
    notes: Option<Notes>,
}

impl LastWeek {
    /// Reads what was given, before anything else is done: a wrong file is told at once.
    pub fn read(
        args: &AuditArgs,
        config: &Config,
        words: &Words,
        as_of: Instant,
    ) -> Result<LastWeek, Failure> {
        let last = match args.since.as_ref().or(config.since.as_ref()) {
            None => None,
            Some(path) => {
                let last = snapshot(path, words)?;
                if last.as_of > as_of {
                    let now = shown(as_of.with_timezone(&chrono_tz::Tz::Asia__Shanghai).fixed_offset());
                    let values = [
                        ("last", path.display().to_string()),
                        ("last_time", shown(last.as_of)),
                        ("this_time", now),
                    ];
                    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                    return Err(Failure(words.say("cli.since-later", &values)));
                }
                Some(last)
            }
        };
        let notes = match args.carry.as_ref().or(config.carry.as_ref()) {
            None => None,
            Some(path) => Some(
                read_notes(path)
                    .map_err(|why| Failure(words.say("cli.carry", &[("why", &why.to_string())])))?,
            ),
        };
        Ok(LastWeek { last, notes })
    }

    /// Puts it beside this audit.
    pub fn settle(self, audit: &Audit, casebook_hash: Option<String>) -> Past {
        extras::past(audit, casebook_hash, self.last.as_ref(), self.notes)
    }
}

/// A moment for people.
pub fn shown(at: Moment) -> String {
    at.format("%Y-%m-%d %H:%M %:z").to_string()
}

/// Reads the JSON of an audit.
pub fn snapshot(path: &Path, words: &Words) -> Result<Snapshot, Failure> {
    let name = path.display().to_string();
    let wrong = |why: &str| Failure(words.say("cli.not-an-audit", &[("path", &name), ("why", why)]));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?;
    Snapshot::read(&text).map_err(|error| match error {
        SnapshotError::NotAnAudit(why) => wrong(&why),
        SnapshotError::OtherSchema(schema) => {
            Failure(words.say("cli.other-schema", &[("path", &name), ("schema", &schema)]))
        }
        SnapshotError::TooOld => Failure(words.say("cli.too-old", &[("path", &name)])),
    })
}

/// SHA-256 of a casebook: of its file, or of all files of its folder by name. `None` where there is none that can be read.
pub fn casebook_hash(path: Option<&Path>) -> Option<String> {
    let path = path?;
    let mut files: Vec<PathBuf> = match std::fs::read_dir(path) {
        Ok(folder) => folder.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect(),
        Err(_) => vec![path.to_owned()],
    };
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        // The name of a lone file is no part of what it says.
        let name = file.file_name().filter(|_| file != path).map(|name| name.to_string_lossy().into_owned());
        hasher.update(name.unwrap_or_default().as_bytes());
        let bytes = std::fs::read(&file).ok()?;
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
    }
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Some(text)
}
