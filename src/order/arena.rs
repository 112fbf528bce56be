//! Texts end to end in one allocation, so that a million orders do not need a `String` each.

/// A text in an [`Arena`]: where it stands there, from 1; 0 is no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text(u32);

impl Text {
    /// No text.
    pub const NONE: Text = Text(0);

    /// Whether there is no text.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The texts of one block of rows, end to end in one allocation. Before each stands its length, six bits a
/// character: so a handle needs four bytes, and a record has many.
#[derive(Clone, Debug, Default)]
pub struct Arena(String);

/// Bits of a length in one character, and the bit that says that more follow.
const LENGTH_BITS: usize = 6;
const MORE: usize = 1 << LENGTH_BITS;

impl Arena {
    /// Keeps a text; one longer than 65,535 bytes keeps its beginning.
    pub fn keep(&mut self, text: &str) -> Text {
        let len = text.floor_char_boundary(usize::from(u16::MAX));
        if len == 0 {
            return Text::NONE;
        }
        let Ok(start) = u32::try_from(self.0.len() + 1) else { return Text::NONE };
        let mut rest = len;
        while rest >= MORE {
            self.0.push(char::from(((rest % MORE) | MORE) as u8));
            rest /= MORE;
        }
        self.0.push(char::from(rest as u8));
        self.0.push_str(&text[..len]);
        Text(start)
    }

    /// Keeps a text, unless it is the one `before` stands for: an order of one line often has one id for both.
    pub fn keep_or(&mut self, text: &str, before: Text) -> Text {
        if !text.is_empty() && self.get(before) == text { before } else { self.keep(text) }
    }

    /// The text behind a handle of this arena.
    pub fn get(&self, text: Text) -> &str {
        let Some(start) = (text.0 as usize).checked_sub(1) else { return "" };
        let (mut len, mut at, mut shift) = (0, start, 0);
        while let Some(&byte) = self.0.as_bytes().get(at) {
            at += 1;
            len |= (usize::from(byte) % MORE) << shift;
            if usize::from(byte) < MORE {
                break;
            }
            shift += LENGTH_BITS;
        }
        self.0.get(at..at + len).unwrap_or("")
    }

    /// Forgets all texts and keeps the memory.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Arena, Text};

    #[test]
    fn texts_come_back_as_they_were_kept() {
        let mut arena = Arena::default();
        let (a, b) = (arena.keep("6917926768823643751"), arena.keep("快递"));
        assert_eq!((arena.get(a), arena.get(b)), ("6917926768823643751", "快递"));
        for len in [0, 1, 63, 64, 65, 4095, 4096, 65_535] {
            let text = "x".repeat(len);
            let kept = arena.keep(&text);
            assert_eq!((arena.get(kept), kept.is_empty()), (text.as_str(), len == 0));
        }
        assert_eq!((arena.get(a), arena.get(b), arena.get(Text::NONE)), ("6917926768823643751", "快递", ""));
        assert_eq!((arena.keep_or("快递", b), arena.keep_or("", b)), (b, Text::NONE));
        assert_ne!(arena.keep_or("快", b), b);
        let long = "长".repeat(40_000);
        let kept = arena.keep(&long);
        assert!(long.starts_with(arena.get(kept)) && arena.get(kept).len() > 65_000);
    }
}
