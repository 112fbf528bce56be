//! What the texts of a row tell before it is read as a record.

use crate::normalise::clean;
use crate::read::Row;
use crate::recognise::{first_letter, normalise_heading};
use std::borrow::Cow;

/// The days of a term such as `收到预付款后 7 天内` or `within 15 days`: one number, of days.
pub fn days_of_term(text: &str) -> Option<u64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 3 {
        return None;
    }
    let unit = rest[digits..].trim_start().to_lowercase();
    let one_number = !rest[digits..].contains(|c: char| c.is_ascii_digit());
    let days = ["天", "日", "day", "个自然日"].iter().any(|word| unit.starts_with(word));
    if days && one_number { rest[..digits].parse().ok() } else { None }
}

/// Whether a row's first text says that it sums up others: `总计`, `合 计：`, `Total`, `共 12 条`.
pub fn is_total(first: &str) -> bool {
    // Nearly every row begins with an id.
    if !matches!(first_letter(first), Some('共' | '总' | '合' | '小' | 't' | 'g' | 's')) {
        return false;
    }
    let text = normalise_heading(first);
    let counted = text.strip_prefix('共').is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.starts_with('条') || rest.starts_with('单') || rest.starts_with('行')
    });
    let named = ["总计", "合计", "小计", "总合计"].iter().any(|total| text.starts_with(total));
    let english = text.trim_end_matches([':', '.']);
    counted || named || ["total", "totals", "grandtotal", "subtotal", "sum"].contains(&english)
}

/// The first cell with text, and where it stands.
pub fn first_text<'r>(row: &'r Row<'_>) -> Option<(usize, Cow<'r, str>)> {
    (0..row.len()).find_map(|at| {
        let text = clean::into_text(row.cell(at));
        (!text.is_empty()).then_some((at, text))
    })
}

/// What stands behind a label such as `Seller ID : x`, in the same cell or the next one.
pub fn after_label(first: &str, row: &Row<'_>, at: usize, label: &str) -> Option<String> {
    let rest = first.trim().strip_prefix(label)?.trim_start_matches([' ', ':', '：', '\t']);
    if !rest.is_empty() {
        return Some(rest.trim().to_owned());
    }
    let next = clean::text(&row.cell(at + 1)).into_owned();
    (!next.is_empty()).then(|| next.trim_start_matches([' ', ':']).to_owned())
}

/// A rejected row as it stands, for the data issues: its cells, joined. Cells of a worksheet have their columns, so
/// that row is filled up to `width`; a row of text is as long as it is, because what is missing may be anywhere.
pub fn whole(row: &Row<'_>, width: usize) -> String {
    let cells: Vec<String> =
        (0..row.len().max(width)).map(|at| clean::text(&row.cell(at)).into_owned()).collect();
    cells.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::{days_of_term, is_total};

    #[test]
    fn terms_are_one_number_of_days() {
        for (text, days) in [
            ("收到预付款后 7 天", Some(7)),
            ("收到预付款后15天内发货", Some(15)),
            ("within 30 days", Some(30)),
            ("2026-11-09", None),
            ("2026年11月9日", None),
            ("7-10 天", None),
            ("3 weeks", None),
        ] {
            assert_eq!(days_of_term(text), days, "{text}");
        }
    }

    #[test]
    fn totals_are_told_from_ids() {
        for total in ["合计", "合 计：", "总计：2单", "Total", "Grand Total:", "共 12 条", "共1单"]
        {
            assert!(is_total(total), "{total}");
        }
        for id in ["260201-1", "Totally", "共享单车", "1"] {
            assert!(!is_total(id), "{id}");
        }
    }
}
