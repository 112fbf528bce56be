//! Texts as cells take them: cut to what a cell holds, measured as they are shown, names that sheets accept.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// UTF-16 units that a cell holds.
const UNITS: usize = 32_767;
/// Line feeds that a cell holds.
const LINE_FEEDS: usize = 253;
/// UTF-16 units that a sheet's name holds.
const NAME_UNITS: usize = 31;

/// A text as a cell can hold it: one that is too long ends in `…`, line feeds beyond the limit become blanks.
pub fn fit(text: &str) -> Cow<'_, str> {
    // Bytes are never fewer than UTF-16 units, so most texts need no counting.
    if text.len() <= LINE_FEEDS {
        return Cow::Borrowed(text);
    }
    let mut text = Cow::Borrowed(text);
    if text.len() > UNITS && text.encode_utf16().count() > UNITS {
        text = Cow::Owned(format!("{}…", head(&text, UNITS - 1)));
    }
    if text.bytes().filter(|b| *b == b'\n').count() > LINE_FEEDS {
        let mut seen = 0;
        let fold = |c| {
            seen += usize::from(c == '\n');
            if c == '\n' && seen > LINE_FEEDS { ' ' } else { c }
        };
        text = Cow::Owned(text.chars().map(fold).collect());
    }
    text
}

/// A name of at most so many columns: of a longer one beginning and end.
pub fn elide(name: &str, columns: usize) -> String {
    if line_width(name) <= columns {
        return name.to_owned();
    }
    let half = (columns - 1) / 2;
    let taken = |chars: &mut dyn Iterator<Item = char>| -> Vec<char> {
        let mut used = 0;
        let fits = |c: &char| {
            used += c.width().unwrap_or(0);
            used <= half
        };
        chars.take_while(fits).collect()
    };
    let (start, end) = (taken(&mut name.chars()), taken(&mut name.chars().rev()));
    start.into_iter().chain(['…']).chain(end.into_iter().rev()).collect()
}

/// The longest beginning of at most so many UTF-16 units, whole characters only.
pub fn head(text: &str, units: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.len_utf16();
        used > units
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Columns of the widest line, a Chinese character counting as two.
pub fn width(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Lines that a text takes when it is wrapped into so many columns.
pub fn lines(text: &str, columns: f64) -> usize {
    let columns = (columns - 1.0).max(1.0);
    let of = |line: &str| (line_width(line) as f64 / columns).ceil().max(1.0) as usize;
    text.lines().map(of).sum::<usize>().max(1)
}

/// Columns of a line. Letters and Chinese characters, of which nearly all are made, need no table.
fn line_width(line: &str) -> usize {
    let plain = |c| match c {
        ' '..='~' => Some(1),
        '一'..='鿿' | '、' | '。' | '！' | '（' | '）' | '，' | '：' | '；' | '？' => Some(2),
        _ => None,
    };
    line.chars().map(plain).sum::<Option<usize>>().unwrap_or_else(|| line.width())
}

/// A name that a sheet accepts, made of our own words only.
pub fn sheet_name(name: &str) -> String {
    let clean: String =
        name.chars().map(|c| if c.is_control() || "[]:*?/\\'".contains(c) { '-' } else { c }).collect();
    head(clean.trim(), NAME_UNITS).trim().to_owned()
}

/// The name of the `page`th sheet of a table that is too long for one.
pub fn page_name(name: &str, page: usize) -> String {
    if page == 0 {
        return name.to_owned();
    }
    let tail = format!(" ({})", page + 1);
    format!("{}{tail}", head(name, NAME_UNITS - tail.len()).trim_end())
}

#[cfg(test)]
mod tests {
    use super::{elide, fit, line_width, lines, page_name, sheet_name, width};

    #[test]
    fn long_texts_are_cut_at_a_character() {
        for (text, units) in
            [("字".repeat(40_000), 32_767), ("😀".repeat(20_000), 32_767), ("a".repeat(32_767), 32_767)]
        {
            let cut = fit(&text);
            assert_eq!(cut.encode_utf16().count(), units);
            assert!(cut.ends_with('…') || cut.len() == text.len());
        }
        assert_eq!(fit("short"), "short");
        let feeds = fit(&"x\n".repeat(400)).into_owned();
        assert_eq!((feeds.matches('\n').count(), feeds.len()), (253, 800));
    }

    #[test]
    fn widths_count_chinese_as_two() {
        assert_eq!(width("订单号\nab"), 6);
        assert_eq!(lines("订单号订单号", 7.0), 2);
        assert_eq!(lines("a\nb\n", 10.0), 2);
        for text in ["", "订单 6917，已超时：2小时5分！", "é“”…😀👨‍👩‍👧", "ｶﾅ 한국", "a\u{300}\t"]
        {
            assert_eq!(line_width(text), unicode_width::UnicodeWidthStr::width(text), "{text:?}");
        }
        for c in ('\0'..='\u{ffff}').filter(|c| !c.is_control()) {
            let text = c.to_string();
            assert_eq!(line_width(&text), unicode_width::UnicodeWidthStr::width(&*text), "{c:?}");
        }
        assert_eq!(elide("订单_20261109113500.csv", 12), "订单_…0.csv");
        assert_eq!(elide("short.csv", 12), "short.csv");
    }

    #[test]
    fn names_are_those_that_sheets_accept() {
        assert_eq!(sheet_name("1 a[b]:c*?/\\'d"), "1 a-b--c-----d");
        assert_eq!(sheet_name(&"订单".repeat(30)).encode_utf16().count(), 31);
        assert_eq!(page_name("1 JD orders", 0), "1 JD orders");
        assert_eq!(page_name("1 JD orders", 1), "1 JD orders (2)");
        assert_eq!(page_name(&"a".repeat(31), 9).encode_utf16().count(), 31);
    }
}
