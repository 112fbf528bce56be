//! Every sentence a person reads, in Chinese and in English.
//!
//! Logic states facts; reports ask here for the words. A language is a folder of TOML files, a marketplace or room
//! each; both have the same keys, and a test holds them together. A sentence has its values in braces: `{due}`.

use rustc_hash::FxHashMap;
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
    words: FxHashMap<String, String>,
}

/// The files of a language.
macro_rules! files {
    ($folder:literal) => {
        [
            include_str!(concat!($folder, "/common.toml")),
            include_str!(concat!($folder, "/general.toml")),
            include_str!(concat!($folder, "/alibaba.toml")),
            include_str!(concat!($folder, "/jd.toml")),
            include_str!(concat!($folder, "/ebay.toml")),
            include_str!(concat!($folder, "/douyin.toml")),
            include_str!(concat!($folder, "/pinduoduo.toml")),
            include_str!(concat!($folder, "/casebook.toml")),
            include_str!(concat!($folder, "/cli.toml")),
            include_str!(concat!($folder, "/workbook.toml")),
            include_str!(concat!($folder, "/scan.toml")),
            include_str!(concat!($folder, "/parts.toml")),
        ]
    };
}

const CHINESE_FILES: [&str; 12] = files!("zh");
const ENGLISH_FILES: [&str; 12] = files!("en");

static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::parse(&CHINESE_FILES));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::parse(&ENGLISH_FILES));

#[derive(Deserialize)]
#[serde(untagged)]
enum Node {
    Text(String),
    Table(BTreeMap<String, Node>),
}

impl Words {
    /// Reads files of words; a test holds that the built-in ones can be read and repeat no key.
    fn parse(files: &[&str]) -> Words {
        let mut words = FxHashMap::default();
        for root in files.iter().filter_map(|text| toml::from_str::<BTreeMap<String, Node>>(text).ok()) {
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
        let text = self.get(key);
        let mut sentence = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            sentence.push_str(before);
            let known = behind.split_once('}').and_then(|(name, behind)| {
                let value = values.iter().find(|(known, _)| *known == name)?.1;
                Some((value, behind))
            });
            rest = if let Some((value, behind)) = known {
                sentence.push_str(value);
                behind
            } else {
                // Not one of the values: a brace as it stands.
                sentence.push('{');
                behind
            };
        }
        sentence.push_str(rest);
        sentence
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let mut keys: Vec<&str> = self.words.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys.into_iter()
    }
}

fn flatten(prefix: &str, table: BTreeMap<String, Node>, out: &mut FxHashMap<String, String>) {
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
    use super::{CHINESE_FILES, ENGLISH_FILES, Language, Words};
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
    fn every_file_can_be_read_and_no_key_stands_in_two() {
        for (files, all) in
            [(CHINESE_FILES, Language::Chinese.words()), (ENGLISH_FILES, Language::English.words())]
        {
            let counts = files.map(|file| Words::parse(&[file]).keys().count());
            assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
            assert_eq!(counts.iter().sum::<usize>(), all.keys().count());
        }
    }

    #[test]
    fn every_deadline_says_what_a_breach_costs_in_numbers_of_the_rulebook() {
        let book = crate::rulebook::Book::built_in().expect("the rulebook");
        for words in [Language::Chinese.words(), Language::English.words()] {
            for rule in registry::all().filter(|rule| matches!(rule.logic, crate::assess::Logic::Deadline(_)))
            {
                let said = words.entry(&format!("penalty.{}", rule.code));
                assert_eq!(said.is_empty(), rule.code.0 == "GEN004", "{}", rule.code);
                for name in values(said) {
                    assert_eq!(book.shown(&[name]).count(), 1, "{name}");
                }
            }
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
