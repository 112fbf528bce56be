//! Help in the reader's language: the texts stand in `words` under `help`.

use crate::words::Words;
use clap::{Arg, ArgAction, Command};

/// Puts the words of a language into a command and all below it.
pub fn translate(command: Command, words: &Words) -> Command {
    let name = command.get_name().to_owned();
    let mut command = describe(command, words, &name);
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in ids {
        let text = words.entry(&format!("help.argument.{}", id.replace('_', "-"))).to_owned();
        command = command.mut_arg(id, |arg| {
            let part = if arg.is_positional() { "arguments" } else { "options" };
            // The values stand in the text, in the reader's language.
            arg.help(text)
                .hide_possible_values(true)
                .help_heading(words.get(&format!("help.part.{part}")).to_owned())
        });
    }
    let below: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in below {
        command = command.mut_subcommand(name, |sub| translate(sub, words));
    }
    command
}

fn describe(command: Command, words: &Words, name: &str) -> Command {
    let text = |key: &str| words.entry(&format!("help.{key}")).to_owned();
    let flag = |id: &'static str, short: char, action: ArgAction| {
        Arg::new(id).short(short).long(id).action(action).help(text(&format!("argument.{id}")))
    };
    let mut command = command
        .about(text(&format!("command.{name}")))
        .after_help(text(&format!("after.{name}")))
        .help_template(text("template"))
        .subcommand_help_heading(text("part.commands"))
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help));
    if command.get_version().is_some() {
        command = command.disable_version_flag(true).arg(flag("version", 'V', ArgAction::Version));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::translate;
    use crate::cli::args::Cli;
    use crate::words::Language;
    use clap::CommandFactory;

    #[test]
    fn every_command_and_argument_has_help_in_both_languages() {
        fn check(command: &clap::Command, words: &crate::words::Words) {
            assert!(words.has(&format!("help.command.{}", command.get_name())), "{}", command.get_name());
            for arg in command.get_arguments() {
                let key = format!("help.argument.{}", arg.get_id().as_str().replace('_', "-"));
                assert!(words.has(&key), "{key}");
            }
            for sub in command.get_subcommands() {
                check(sub, words);
            }
        }
        for language in [Language::Chinese, Language::English] {
            check(&Cli::command(), language.words());
            translate(Cli::command(), language.words()).debug_assert();
        }
    }

    #[test]
    fn chinese_help_has_no_english_sentence() {
        let help = translate(Cli::command(), Language::Chinese.words()).render_long_help().to_string();
        for word in ["Usage", "Options", "Commands", "Arguments", "Print", "Possible", "default:"] {
            assert!(!help.contains(word), "{word}: {help}");
        }
    }
}
