//! Help in the reader's language: the texts stand in `words` under `help`.

use crate::words::Words;
use clap::Command;

/// Puts the words of a language into a command and all below it.
pub fn translate(command: Command, words: &Words) -> Command {
    let name = command.get_name().to_owned();
    let mut command = describe(command, words, &name);
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in ids {
        let text = words.entry(&format!("help.argument.{}", id.replace('_', "-"))).to_owned();
        if !text.is_empty() {
            command = command.mut_arg(id, |arg| arg.help(text));
        }
    }
    let below: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in below {
        command = command.mut_subcommand(name, |sub| translate(sub, words));
    }
    command
}

fn describe(command: Command, words: &Words, name: &str) -> Command {
    let about = words.entry(&format!("help.command.{name}")).to_owned();
    let after = words.entry(&format!("help.after.{name}")).to_owned();
    let command = if about.is_empty() { command } else { command.about(about) };
    if after.is_empty() { command } else { command.after_help(after) }
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
}
