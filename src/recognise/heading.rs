//! Headings and status words brought to one spelling, so that names are compared and never positions.

/// Brings a heading to the spelling under which layouts know it.
///
/// Byte-order marks, TABs, no-break spaces and all blanks go; full-width brackets, colons and commas become
/// half-width; typographic apostrophes become straight; Latin letters become small.
pub fn normalise_heading(text: &str) -> String {
    letters(text).collect()
}

/// Whether a text is a heading, given in that spelling.
pub fn is_heading(text: &str, normalised: &str) -> bool {
    letters(text).eq(normalised.chars())
}

/// The first letter of a text in that spelling.
pub fn first_letter(text: &str) -> Option<char> {
    letters(text).next()
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{feff}' && *c != '\u{200b}')
        .map(half_width)
        .flat_map(char::to_lowercase)
}

/// Brings a status word to one spelling: as [`normalise_heading`], but only at its ends and in its
/// punctuation, and the case stays.
pub fn normalise_word(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{feff}' | '\u{200b}' | '\t'))
        .map(half_width)
        .collect::<String>()
        .trim()
        .replace(", ", ",")
}

/// The half-width form of the punctuation that exports write either way.
const fn half_width(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '，' => ',',
        '’' | '‘' | '＇' => '\'',
        '／' => '/',
        other => other,
    }
}

/// The names under which a bilingual heading `中文(English)` is known: both together, the Chinese part
/// and the English part.
pub fn bilingual_parts(normalised: &str) -> Vec<String> {
    let mut names = vec![normalised.to_owned()];
    if let Some((before, rest)) = normalised.rsplit_once('(')
        && let Some(inside) = rest.strip_suffix(')')
        && !before.is_empty()
        && !inside.is_empty()
    {
        names.push(before.to_owned());
        names.push(inside.to_owned());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{bilingual_parts, normalise_heading, normalise_word};

    #[test]
    fn spellings_of_one_heading_meet() {
        for (a, b) in [
            ("\u{feff}订单号", "订单号"),
            ("商品总价（元）", "商品总价(元)"),
            ("Tracking number\t", "Tracking Number"),
            ("Numéro de l’objet", "Numéro de l'objet"),
            (" Ship By\u{a0}Date", "ship by date"),
        ] {
            assert_eq!(normalise_heading(a), normalise_heading(b));
        }
    }

    #[test]
    fn bilingual_headings_are_known_by_either_part() {
        let parts = bilingual_parts(&normalise_heading("约定发货时间(Appointed Delivery Time)"));
        assert!(
            parts.contains(&"约定发货时间".to_owned()) && parts.contains(&"appointeddeliverytime".to_owned())
        );
        assert_eq!(bilingual_parts("订单号"), ["订单号"]);
    }

    #[test]
    fn status_words_keep_their_case_and_lose_their_width() {
        assert_eq!(normalise_word("已发货，待签收\t"), "已发货,待签收");
        assert_eq!(normalise_word("（锁定）等待出库"), "(锁定)等待出库");
    }
}
