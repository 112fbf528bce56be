//! `shipby rule`: what a rule checks, with its parameters, sources and worked examples. The generated docs are the
//! same text.

use crate::assess::{Logic, Rule, example, registry};
use crate::cli::args::RuleArgs;
use crate::cli::config::Config;
use crate::cli::say::out;
use crate::cli::{Failure, Outcome, settings};
use crate::order::Marketplace;
use crate::rulebook::Book;
use crate::words::{Language, Words};
use std::fmt::Write as _;

/// Prints the list, or one rule.
pub fn run(args: &RuleArgs) -> Result<Outcome, Failure> {
    let words = settings::language(args.lang, &Config::default()).words();
    let book = Book::built_in()?;
    match &args.code {
        None => out(&list(words))?,
        Some(code) => {
            let rule = registry::find(code)
                .ok_or_else(|| Failure(words.say("rule-page.unknown", &[("code", code)])))?;
            out(&page(rule, &book, words))?;
        }
    }
    Ok(Outcome::Done)
}

fn list(words: &Words) -> String {
    let mut text = String::new();
    for (marketplace, rules) in registry::LISTS {
        let name = marketplace.map_or("general", |m| m.as_str());
        let _ = writeln!(text, "{}", words.get(&format!("rule-page.of.{name}")));
        for rule in *rules {
            let _ = writeln!(text, "  {:7} {}", rule.code.0, words.get(&format!("rule.{}.title", rule.code)));
        }
    }
    let _ = writeln!(text, "\n{}", words.get("rule-page.more"));
    text
}

/// One rule as a page.
fn page(rule: &'static Rule, book: &Book, words: &Words) -> String {
    let mut text = String::new();
    let kind = match rule.logic {
        Logic::Deadline(_) => "deadline",
        Logic::Exemption { .. } => "exemption",
        Logic::Check(_) => "check",
        Logic::Score(_) => "score",
    };
    let title = words.get(&format!("rule.{}.title", rule.code)).to_owned();
    let _ = writeln!(text, "{} {title}", rule.code);
    let _ = writeln!(text, "{} · {}\n", rule.name, words.get(&format!("rule-kind.{kind}")));
    let _ = writeln!(text, "{}\n", words.get(&format!("rule.{}.text", rule.code)));
    if let Logic::Exemption { of, .. } = rule.logic {
        let of: Vec<&str> = of.iter().map(|code| code.0).collect();
        let _ = writeln!(text, "{}\n", words.say("rule-page.acts-on", &[("rules", &of.join(", "))]));
    }
    if !rule.needs.is_empty() {
        let needs: Vec<&str> = rule.needs.iter().map(|field| field.as_str()).collect();
        let _ = writeln!(text, "{}\n", words.say("rule-page.needs", &[("fields", &needs.join(", "))]));
    }
    if !rule.params.is_empty() {
        let _ = writeln!(text, "{}", words.get("rule-page.parameters"));
        for shown in book.shown(rule.params) {
            let from = shown.from.map_or(String::new(), |day| format!(" ({day})"));
            let grade = words.get(&format!("grade.{}", shown.source.grade.as_str())).to_owned();
            let _ = writeln!(text, "  {} = {}{from}", shown.name, shown.value);
            let _ = writeln!(text, "      {grade}: {}, {}", shown.source.id, shown.source.at);
        }
        text.push('\n');
    }
    let marketplace = registry::marketplace_of(rule.code).unwrap_or(Marketplace::Pinduoduo);
    let actions = example::actions(rule, marketplace, book);
    if !actions.is_empty() {
        let _ = writeln!(text, "{}", words.get("rule-page.actions"));
        for code in actions {
            let title = words.entry(&format!("action.{code}.title"));
            let path = words.entry(&format!("action.{code}.path"));
            let _ = writeln!(text, "  {title}");
            if !path.is_empty() {
                let _ = writeln!(text, "      {path}");
            }
        }
        text.push('\n');
    }
    if !rule.examples.trim().is_empty() {
        let _ = writeln!(text, "{}", words.get("rule-page.examples"));
        for line in rule.examples.lines().filter(|line| !line.trim().is_empty()) {
            let _ = writeln!(text, "  {}", line.trim());
        }
    }
    text
}

/// All rules as one document, for `docs/rules.zh.md` and `docs/rules.en.md`.
///
/// # Errors
/// When the built-in rulebook is broken.
pub fn rules_as_markdown(language: Language) -> Result<String, crate::rulebook::BookError> {
    let (book, words) = (Book::built_in()?, language.words());
    let mut text = format!("# {}\n\n{}\n", words.get("rule-page.title"), words.get("rule-page.generated"));
    for (marketplace, rules) in registry::LISTS {
        let name = marketplace.map_or("general", |m| m.as_str());
        let _ = writeln!(text, "\n## {}", words.get(&format!("rule-page.of.{name}")));
        for rule in *rules {
            let page = page(rule, &book, words);
            let (title, rest) = page.split_once('\n').unwrap_or((&page, ""));
            let _ = writeln!(text, "\n### {title}\n\n```text\n{}\n```", rest.trim_end());
        }
    }
    Ok(text)
}
