//! What was typed, resolved and run: the only room that reads the clock, the environment and the terminal.
#![allow(clippy::disallowed_methods)] // its ears: see clippy.toml

mod args;
mod audit;
mod compare;
mod config;
mod explain;
mod help;
mod inspect;
mod merge;
mod outputs;
mod part;
mod past;
mod progress;
mod provenance;
mod rule;
mod say;
mod scan;
mod settings;
mod template;

pub use args::Cli;
pub use rule::rules_as_markdown;

use crate::report::write_file;
use args::Command;
use clap::{CommandFactory, FromArgMatches};
use say::complain;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

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
    // This very program, as a process that reads one workbook: not a command for people.
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == crate::read::READ_COMMAND) {
        let rest: Vec<String> = arguments.map(|text| text.to_string_lossy().into_owned()).collect();
        return ExitCode::from(u8::from(crate::read::serve(&rest).is_err()));
    }
    if let Ok(program) = std::env::current_exe() {
        crate::read::isolate(program);
    }
    let language = settings::language_of_arguments();
    let cli = match command(language).try_get_matches().and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match guarded(|| dispatch(cli, language), language) {
        Ok(outcome) => outcome.into(),
        Err(Failure(message)) => {
            complain(&message);
            Outcome::Failed.into()
        }
    }
}

/// Runs a command; a panic becomes a sentence that says where, instead of what the language prints of one.
fn guarded(
    command: impl FnOnce() -> Result<Outcome, Failure>,
    language: crate::words::Language,
) -> Result<Outcome, Failure> {
    static PLACE: Mutex<String> = Mutex::new(String::new());
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| {
            let file = place.file().replace('\\', "/");
            format!("{}:{}", file.rsplit("/src/").next().unwrap_or(&file), place.line())
        });
        *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = place.unwrap_or_default();
    }));
    std::panic::catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|_| {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Err(Failure(language.words().say("cli.internal", &[("place", &place)])))
    })
}

fn dispatch(cli: Cli, language: crate::words::Language) -> Result<Outcome, Failure> {
    match cli.command {
        None => audit::run(&cli.audit),
        Some(Command::Audit(args)) => audit::run(&args),
        Some(Command::Merge(args)) => merge::run(*args),
        Some(Command::Scan(args)) => scan::run(&args),
        Some(Command::Compare(args)) => compare::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Rule(args)) => rule::run(&args),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Template(args)) => template::run(&args),
        Some(Command::Completions(args)) => {
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut command(language), "shipby", &mut script);
            write_file(Path::new("-"), |out| out.write_all(&script))?;
            Ok(Outcome::Done)
        }
    }
}
