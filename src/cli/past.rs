//! Last week: the JSON of the last audit and the report that staff filled in.

use crate::audit::Audit;
use crate::cli::Failure;
use crate::cli::args::AuditArgs;
use crate::cli::config::Config;
use crate::compare::{Moment, Notes, Past, Snapshot, SnapshotError};
use crate::order::Instant;
use crate::report::provenance::fingerprint;
use crate::report::{extras, read_notes};
use crate::words::Words;
use std::path::Path;

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
        let last = match args.write.since.as_ref().or(config.since.as_ref()) {
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
        let notes = match args.write.carry.as_ref().or(config.carry.as_ref()) {
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

/// The hash of a casebook; `None` where there is none that can be read.
pub fn casebook_hash(path: Option<&Path>) -> Option<String> {
    path.and_then(|path| fingerprint(path).ok())
}
