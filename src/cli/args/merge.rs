//! Arguments of `merge`: those of `audit` but for what reading has decided already.

use super::{Annotate, AuditArgs, FailOn, JudgeArgs, Lang, ReadArgs};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Parts, and folders that hold some.
    #[arg(value_name = "PART", required = true)]
    pub parts: Vec<PathBuf>,
    /// The report.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How orders are judged.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// The exports of the parts, for the annotated sheets.
    #[arg(long, value_name = "DIR")]
    pub exports: Option<PathBuf>,
    /// The whole audit as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Every order as a line of JSON.
    #[arg(long, value_name = "FILE")]
    pub ndjson: Option<PathBuf>,
    /// The orders at risk as CSV.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Every finding as Parquet.
    #[arg(long, value_name = "FILE")]
    pub parquet: Option<PathBuf>,
    /// Leave cells of the CSV as they are.
    #[arg(long)]
    pub raw_csv: bool,
    /// The JSON of the last audit.
    #[arg(long, value_name = "LAST.json")]
    pub since: Option<PathBuf>,
    /// The last report, with what staff typed.
    #[arg(long, value_name = "LAST.xlsx")]
    pub carry: Option<PathBuf>,
    /// The managers' short copy.
    #[arg(long, value_name = "FILE")]
    pub share: Option<PathBuf>,
    /// Which rows the annotated sheets hold.
    #[arg(long, value_enum, value_name = "ROWS", requires = "exports")]
    pub annotate: Option<Annotate>,
    /// Hide personal data (the default).
    #[arg(long, overrides_with = "no_mask")]
    pub mask: bool,
    /// Show personal data.
    #[arg(long, overrides_with = "mask")]
    pub no_mask: bool,
    /// When the exit status is 1.
    #[arg(long, value_enum, value_name = "STATE")]
    pub fail_on: Option<FailOn>,
    /// The configuration.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The language.
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Threads.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// No progress and no summary.
    #[arg(long, short)]
    pub quiet: bool,
    /// More about what was read.
    #[arg(long, short)]
    pub verbose: bool,
}

impl MergeArgs {
    /// What an audit of the same files would have been asked.
    pub fn into_audit(self) -> (Vec<PathBuf>, Option<PathBuf>, AuditArgs) {
        let audit = AuditArgs {
            output: self.output,
            judge: self.judge,
            json: self.json,
            ndjson: self.ndjson,
            csv: self.csv,
            parquet: self.parquet,
            raw_csv: self.raw_csv,
            since: self.since,
            carry: self.carry,
            share: self.share,
            // Without the exports there is nothing to annotate.
            annotate: if self.exports.is_some() { self.annotate } else { Some(Annotate::None) },
            mask: self.mask,
            no_mask: self.no_mask,
            fail_on: self.fail_on,
            read: ReadArgs {
                config: self.config,
                lang: self.lang,
                threads: self.threads,
                quiet: self.quiet,
                verbose: self.verbose,
                ..ReadArgs::default()
            },
            ..AuditArgs::default()
        };
        (self.parts, self.exports, audit)
    }
}
