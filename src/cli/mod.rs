//! What was typed, resolved and run: the only room that reads the clock, the environment and the terminal.
#![allow(clippy::print_stdout, clippy::print_stderr)] // this room is the program's mouth
#![allow(clippy::disallowed_methods)] // and its ears: see clippy.toml

mod args;
mod audit;
mod compare;
mod config;
mod explain;
mod help;
mod inspect;
mod outputs;
mod past;
mod progress;
mod provenance;
mod rule;
mod scan;
mod settings;
mod template;

pub use args::Cli;
pub use rule::rules_as_markdown;

use args::Command;
use clap::{CommandFactory, FromArgMatches};
use std::process::ExitCode;

/// How a run ended. Numbers are a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, and what `--fail-on` asks for was met.
    AtRisk,
    /// It could not be done.
    Failed,
    /// Done, but an input could not be read or is of no known kind.
    Incomplete,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Done => 0,
            Outcome::AtRisk => 1,
            Outcome::Failed => 2,
            Outcome::Incomplete => 3,
        })
    }
}

/// Why a run could not be done: a sentence that says what to do.
#[derive(Debug)]
pub struct Failure(pub String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.to_string())
    }
}

/// The command with its help in the reader's language.
pub fn command(language: crate::words::Language) -> clap::Command {
    help::translate(Cli::command(), language.words())
}

/// Runs the program.
pub fn run() -> ExitCode {
    let language = settings::language_of_arguments();
    let cli = match command(language).try_get_matches().and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let outcome = match cli.command {
        None => audit::run(&cli.audit),
        Some(Command::Audit(args)) => audit::run(&args),
        Some(Command::Scan(args)) => scan::run(&args),
        Some(Command::Compare(args)) => compare::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Rule(args)) => rule::run(&args),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Template(args)) => template::run(&args),
        Some(Command::Completions(args)) => {
            clap_complete::generate(args.shell, &mut command(language), "shipby", &mut std::io::stdout());
            Ok(Outcome::Done)
        }
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(Failure(message)) => {
            eprintln!("shipby: {}", crate::report::printable(&message));
            Outcome::Failed.into()
        }
    }
}
