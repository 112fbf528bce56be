//! Generated documents are fresh.

use crate::support::root;
use shipby::cli::rules_as_markdown;
use shipby::words::Language;

#[test]
fn the_documents_of_the_rules_are_what_the_program_prints() {
    for language in [Language::Chinese, Language::English] {
        let path = root().join(format!("docs/rules.{}.md", language.as_str()));
        let fresh = rules_as_markdown(language).expect("the rules");
        if std::env::var_os("SHIPBY_WRITE_DOCS").is_some() {
            std::fs::write(&path, &fresh).expect("written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == fresh, "{} is stale: run `just docs`", path.display());
    }
}
