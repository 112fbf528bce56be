//! Closed words of the casebook: each has an English and a Chinese form, and forms that people also write.

/// One of the words that a column takes.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// In English: the stable form.
    pub en: &'static str,
    /// In Chinese, as the template offers it.
    pub zh: &'static str,
    /// What else is understood.
    pub also: &'static [&'static str],
}

impl Word {
    pub(super) const fn new(en: &'static str, zh: &'static str, also: &'static [&'static str]) -> Word {
        Word { en, zh, also }
    }

    fn is(&self, text: &str) -> bool {
        [self.en, self.zh].iter().chain(self.also).any(|form| folded(form) == text)
    }
}

/// A type whose values stand in a column as one of a few words.
pub trait Closed: Copy + PartialEq + 'static {
    /// Every value with its word.
    const WORDS: &'static [(Self, Word)];

    /// The value that a word stands for; case ignored, `_` and a blank as good as `-`.
    fn parse(text: &str) -> Option<Self> {
        let text = folded(text);
        Self::WORDS.iter().find(|(_, word)| word.is(&text)).map(|(value, _)| *value)
    }

    /// The word of a value.
    fn word(self) -> Option<Word> {
        Self::WORDS.iter().find(|(value, _)| *value == self).map(|(_, word)| *word)
    }

    /// The stable English word of a value.
    fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(value, _)| *value == self).map_or("", |(_, word)| word.en)
    }
}

/// The words of a type, for those that do not know the type.
pub(super) fn words_of<T: Closed>() -> Vec<Word> {
    T::WORDS.iter().map(|(_, word)| *word).collect()
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace(['_', ' '], "-")
}
