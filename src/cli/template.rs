//! `shipby template`: files to fill in. What is written is told by the file's name.

mod casebook;
mod guide;

use crate::cli::args::TemplateArgs;
use crate::cli::config::Config;
use crate::cli::say::out;
use crate::cli::{Failure, Outcome, settings};
use crate::report::{save_book, write_aside, write_file};
use crate::rulebook::Book;
use crate::words::Language;
use std::io;
use std::path::Path;

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Template {
    Casebook,
    Rulebook,
    Profile,
}

impl Template {
    fn of(path: &Path) -> Option<Template> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let (stem, extension) = name.rsplit_once('.')?;
        match extension {
            "xlsx" => Some(Template::Casebook),
            "toml" if stem.contains("rulebook") => Some(Template::Rulebook),
            "toml" if stem.contains("profile") => Some(Template::Profile),
            _ => None,
        }
    }
}

/// Writes the template.
pub fn run(args: &TemplateArgs) -> Result<Outcome, Failure> {
    let language = settings::language(args.lang, &Config::default());
    let (path, words) = (args.template.as_path(), language.words());
    let shown = path.display().to_string();
    let refuse = |key| Failure(words.say(key, &[("path", &shown)]));
    let template = Template::of(path).ok_or_else(|| refuse("template.unknown"))?;
    // A casebook that someone has filled in must not be lost to an empty one.
    if path.exists() {
        return Err(refuse("template.exists"));
    }
    match template {
        Template::Casebook => {
            let mut workbook = casebook::workbook(language)?;
            write_aside(path, |file| save_book(&mut workbook, file).map_err(io::Error::other))?;
        }
        Template::Rulebook => write_file(path, |out| out.write_all(Book::template().as_bytes()))?,
        Template::Profile => write_file(path, |out| out.write_all(profile(language).as_bytes()))?,
    }
    out(&format!("{}\n", words.say("template.written", &[("path", &shown)])))?;
    Ok(Outcome::Done)
}

/// A layout for a marketplace of the user's own.
const fn profile(language: Language) -> &'static str {
    match language {
        Language::Chinese => include_str!("template/profile.zh.toml"),
        Language::English => include_str!("template/profile.en.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Template, profile, run};
    use crate::cli::args::TemplateArgs;
    use crate::order::{Field, Marketplace};
    use crate::recognise::Layout;
    use crate::words::Language;
    use std::path::Path;

    #[test]
    fn the_name_of_the_file_says_what_is_written() {
        for (name, template) in [
            ("casebook.xlsx", Some(Template::Casebook)),
            ("台账.XLSX", Some(Template::Casebook)),
            ("out/my-rulebook.toml", Some(Template::Rulebook)),
            ("profile.toml", Some(Template::Profile)),
            ("shipby.toml", None),
            ("casebook", None),
        ] {
            assert_eq!(Template::of(Path::new(name)), template, "{name}");
        }
    }

    #[test]
    fn a_file_that_is_there_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let args = TemplateArgs { template: folder.path().join("casebook.xlsx"), lang: None };
        std::fs::write(&args.template, "filled in").expect("written");
        assert!(run(&args).is_err());
        assert_eq!(std::fs::read_to_string(&args.template).expect("read"), "filled in");
    }

    #[test]
    fn the_profile_is_a_layout_and_names_every_field() {
        for language in [Language::Chinese, Language::English] {
            let text = profile(language);
            let layout = Layout::parse("profile.toml", text, &[]).expect("a layout");
            assert_eq!(layout.marketplace, Some(Marketplace::Other("my-shop")));
            assert!(!layout.headings_of(Field::OrderId).is_empty());
            let named =
                |name: &str| text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| w == name);
            for field in Field::ALL.iter().filter(|field| **field != Field::StandsAt) {
                let name = field.as_str().replace('_', "-");
                assert!(named(&name), "{}: {name}", language.as_str());
            }
        }
    }
}
