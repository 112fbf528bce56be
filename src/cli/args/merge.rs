//! Arguments of `merge`: those of `audit` but for what reading has decided already.

use super::{Annotate, AuditArgs, JudgeArgs, Lang, OutputArgs, ReadArgs};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Parts, and folders that hold some.
    #[arg(value_name = "PART", required = true)]
    pub parts: Vec<PathBuf>,
    /// The exports of the parts, without which there is nothing to annotate.
    #[arg(long, value_name = "DIR", required_if_eq_any = [
        ("annotate", "auto"), ("annotate", "all"), ("annotate", "risk"), ("annotate", "files"), ("annotate", "none"),
    ])]
    pub exports: Option<PathBuf>,
    /// What is written.
    #[command(flatten)]
    pub write: OutputArgs,
    /// How orders are judged.
    #[command(flatten)]
    pub judge: JudgeArgs,
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
        let MergeArgs { parts, exports, mut write, judge, config, lang, threads, quiet, verbose } = self;
        if exports.is_none() {
            write.annotate = Some(Annotate::None);
        }
        let read = ReadArgs { config, lang, threads, quiet, verbose, ..ReadArgs::default() };
        (parts, exports, AuditArgs { write, judge, read, ..AuditArgs::default() })
    }
}
