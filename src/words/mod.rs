//! Every sentence a person reads, in Chinese and in English.
//!
//! Logic states facts; reports ask here for the words. The two languages are two TOML files of the same keys; a
//! test holds them together. A sentence has its values in braces: `{due}`.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    #[default]
    English,
}

impl Language {
    /// The words of this language.
    pub fn words(self) -> &'static Words {
        match self {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    /// `zh` or `en`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Language::Chinese => "zh",
            Language::English => "en",
        }
    }
}

/// The words of one language.
#[derive(Debug, Default)]
pub struct Words {
    words: BTreeMap<String, String>,
}

static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("zh.toml")));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("en.toml")));

#[derive(Deserialize)]
#[serde(untagged)]
enum Node {
    Text(String),
    Table(BTreeMap<String, Node>),
}

impl Words {
    /// Reads a file of words; a test holds that the built-in ones can be read.
    fn parse(text: &str) -> Words {
        let mut words = BTreeMap::new();
        if let Ok(root) = toml::from_str::<BTreeMap<String, Node>>(text) {
            flatten("", root, &mut words);
        }
        Words { words }
    }

    /// The text under a key, such as `state.overdue`; the key itself when there is none, so that a gap shows.
    pub fn get<'w>(&'w self, key: &'w str) -> &'w str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The text under a key that is made up at run time; empty when there is none.
    pub fn entry(&self, key: &str) -> &str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// Whether there is a text under a key.
    pub fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    /// A sentence with its values put in: `{name}` becomes the value of that name.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut sentence = self.get(key).to_owned();
        for (name, value) in values {
            sentence = sentence.replace(&format!("{{{name}}}"), value);
        }
        sentence
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }
}

fn flatten(prefix: &str, table: BTreeMap<String, Node>, out: &mut BTreeMap<String, String>) {
    for (key, node) in table {
        let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match node {
            Node::Text(text) => {
                out.insert(key, text);
            }
            Node::Table(table) => flatten(&key, table, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;
    use crate::assess::{State, registry};
    use std::collections::BTreeSet;

    fn values(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_values() {
        let (zh, en) = (Language::Chinese.words(), Language::English.words());
        assert!(zh.keys().count() > 50);
        let (a, b): (BTreeSet<_>, BTreeSet<_>) = (zh.keys().collect(), en.keys().collect());
        assert_eq!(a.symmetric_difference(&b).collect::<Vec<_>>(), Vec::<&&str>::new());
        for key in a {
            assert_eq!(values(zh.get(key)), values(en.get(key)), "{key}");
        }
    }

    #[test]
    fn every_rule_and_every_state_has_words() {
        for language in [Language::Chinese, Language::English] {
            let words = language.words();
            for rule in registry::all() {
                for part in ["title", "text"] {
                    assert!(words.has(&format!("rule.{}.{part}", rule.code)), "{} {part}", rule.code);
                }
            }
            for state in State::WORST_FIRST {
                assert!(words.has(&format!("state.{}", state.as_str())), "{}", state.as_str());
            }
        }
    }
}
