//! What can be typed. Help texts stand in `words` under `help`, so that they come in both languages.

mod merge;
mod output;

use clap::{Args, Parser, Subcommand, ValueEnum};
pub use merge::MergeArgs;
pub use output::OutputArgs;
use std::path::PathBuf;

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "shipby", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do; without a command the inputs are audited.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The audit, when no command is given.
    #[command(flatten)]
    pub audit: AuditArgs,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit exports and write the report.
    Audit(Box<AuditArgs>),
    /// Merge parts into one report.
    Merge(Box<MergeArgs>),
    /// Scan a promotion that is to come.
    Scan(Box<ScanArgs>),
    /// Compare two audits.
    Compare(CompareArgs),
    /// Show one order in full.
    Explain(Box<ExplainArgs>),
    /// List the rules, or show one.
    Rule(RuleArgs),
    /// Show what files are recognised as.
    Inspect(InspectArgs),
    /// Write a file to fill in: a casebook, the rulebook or a profile.
    Template(TemplateArgs),
    /// Print a completion script for a shell.
    Completions(CompletionArgs),
}

/// What language to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// When the exit status says that orders are at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// An order is overdue.
    Overdue,
    /// An order is urgent or worse.
    Urgent,
    /// An order is in the warning window or worse.
    Warning,
    /// Never.
    Never,
}

/// Which rows the annotated sheets hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Annotate {
    /// Every row up to 200,000, beyond that those late or at risk.
    Auto,
    /// Every row.
    All,
    /// Rows of orders late or at risk.
    Risk,
    /// Every row, in a workbook an input beside the report.
    Files,
    /// No annotated sheets.
    None,
}

impl From<Annotate> for crate::report::workbook::Annotate {
    fn from(typed: Annotate) -> Self {
        match typed {
            Annotate::Auto => Self::Auto,
            Annotate::All => Self::All,
            Annotate::Risk => Self::Risk,
            Annotate::Files => Self::Files,
            Annotate::None => Self::None,
        }
    }
}

/// How inputs are read, for every command that reads some.
#[derive(Debug, Default, Args)]
pub struct ReadArgs {
    /// A layout of the user's own, as TOML.
    #[arg(long, value_name = "FILE")]
    pub profile: Vec<PathBuf>,
    /// The store of everything that is read.
    #[arg(long, value_name = "NAME")]
    pub store: Option<String>,
    /// The marketplace of everything that is read.
    #[arg(long, value_name = "NAME")]
    pub marketplace: Option<String>,
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

/// How orders are judged, for every command that judges some.
#[derive(Debug, Default, Args)]
pub struct JudgeArgs {
    /// The moment of the audit.
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    /// The casebook.
    #[arg(long, value_name = "FILE|DIR")]
    pub casebook: Option<PathBuf>,
    /// Values over the built-in rulebook.
    #[arg(long, value_name = "FILE")]
    pub rulebook: Option<PathBuf>,
}

/// Arguments of `audit`.
#[derive(Debug, Default, Args)]
pub struct AuditArgs {
    /// Files and folders; `-` is standard input.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The folder that a part is written into, instead of a report.
    #[arg(long, value_name = "DIR", conflicts_with_all = [
        "output", "json", "ndjson", "csv", "raw_csv", "parquet", "since", "carry", "share", "annotate", "fail_on",
    ])]
    pub part: Option<PathBuf>,
    /// The folder from which paths are shown and stores are named.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// What is written.
    #[command(flatten)]
    pub write: OutputArgs,
    /// How orders are judged.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// How inputs are read.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `scan`.
#[derive(Debug, Args)]
pub struct ScanArgs {
    /// Files and folders; `-` is standard input.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The first day of the promotion.
    #[arg(long, value_name = "DAY")]
    pub from: String,
    /// The last day of the promotion.
    #[arg(long, value_name = "DAY")]
    pub to: String,
    /// The orders expected in it.
    #[arg(long, value_name = "ORDERS|FILE")]
    pub expect: Option<String>,
    /// What can be shipped.
    #[arg(long, value_name = "N|FILE")]
    pub capacity: Option<String>,
    /// The hours in which one works.
    #[arg(long, value_name = "FROM-TO")]
    pub hours: Option<String>,
    /// The days on which nobody does.
    #[arg(long, value_name = "DAYS")]
    pub days_off: Option<String>,
    /// Runs by chance.
    #[arg(long, value_name = "N")]
    pub trials: Option<u32>,
    /// What chance begins with.
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// The workbook.
    #[arg(id = "scan-output", long = "output", short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How orders are judged.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// The scan as JSON.
    #[arg(id = "scan-json", long = "json", value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// How inputs are read.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The earlier audit.
    #[arg(value_name = "LAST.json")]
    pub last: PathBuf,
    /// The later audit.
    #[arg(value_name = "THIS.json")]
    pub this: PathBuf,
    /// A workbook of the changes and the trend.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The changes as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// The configuration.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The language.
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The order.
    #[arg(value_name = "ORDER_ID")]
    pub order_id: String,
    /// Files and folders.
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// How orders are judged.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// Show personal data.
    #[arg(long)]
    pub no_mask: bool,
    /// How inputs are read.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `rule`.
#[derive(Debug, Args)]
pub struct RuleArgs {
    /// A rule's code.
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// The language.
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Files and folders.
    #[arg(value_name = "FILE", required = true)]
    pub inputs: Vec<PathBuf>,
    /// How inputs are read.
    #[command(flatten)]
    pub read: ReadArgs,
}

/// Arguments of `template`.
#[derive(Debug, Args)]
pub struct TemplateArgs {
    /// The file, which says by its name what it is.
    #[arg(value_name = "casebook.xlsx|rulebook.toml|profile.toml")]
    pub template: PathBuf,
    /// The language.
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionArgs {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}
