//! Arguments of what an audit writes, for every command that makes one.

use super::{Annotate, FailOn};
use clap::Args;
use std::path::PathBuf;

/// What is written of an audit, and what the last one adds to it.
#[derive(Debug, Default, Args)]
pub struct OutputArgs {
    /// The report.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
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
    #[arg(long, value_enum, value_name = "ROWS")]
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
}
