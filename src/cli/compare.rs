//! `shipby compare`: two audits side by side.

use crate::cli::args::CompareArgs;
use crate::cli::outputs::folder_of;
use crate::cli::past::{shown, snapshot};
use crate::cli::say::{err, out};
use crate::cli::{Failure, Outcome, settings};
use crate::compare::{compare, merge_weeks};
use crate::report::workbook::{WorkbookOptions, write_trend};
use crate::report::{changes_json, compared, write_aside, write_file};
use std::fmt::Write as _;

/// The schema of the JSON.
const SCHEMA: &str = "shipby.compare/1";

/// Compares.
pub fn run(args: &CompareArgs) -> Result<Outcome, Failure> {
    let (config, _) = settings::config_at(args.config.as_deref())?;
    let language = settings::language(args.lang, &config);
    settings::set_threads(None, &config);
    let words = language.words();
    let (last, this) = (snapshot(&args.last, words)?, snapshot(&args.this, words)?);
    if last.as_of > this.as_of {
        let values = [
            ("last", args.last.display().to_string()),
            ("last_time", shown(last.as_of)),
            ("this_time", shown(this.as_of)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        return Err(Failure(words.say("cli.wrong-order", &values)));
    }
    let changes = compare(&last, &this);
    let mut said = compared(&last, &this, &changes, language);
    if let Some(path) = &args.json {
        let mut json = changes_json(&changes);
        json["schema"] = SCHEMA.into();
        write_file(path, |out| {
            serde_json::to_writer(&mut *out, &json)?;
            out.write_all(b"\n")
        })?;
    }
    if let Some(path) = &args.output {
        let mask = config.mask.unwrap_or(true);
        let temporary = folder_of(path);
        let options = WorkbookOptions { language, mask, temporary, ..WorkbookOptions::default() };
        let weeks = merge_weeks(&last.weeks, &this.weeks);
        write_aside(path, |file| {
            write_trend(&changes, &weeks, &options, file).map(|_| ()).map_err(std::io::Error::other)
        })?;
        let _ = writeln!(said, "{}", words.say("cli.compared", &[("path", &path.display().to_string())]));
    }
    if args.json.as_ref().is_some_and(|path| path.as_os_str() == "-") {
        err(&said);
    } else {
        out(&said)?;
    }
    Ok(Outcome::Done)
}
