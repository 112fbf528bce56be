//! The summary on the terminal: the answer in a few lines.

use crate::assess::{Code, State};
use crate::audit::Audit;
use crate::normalise::InputKind;
use crate::order::Field;
use crate::report::say::Speaker;
use crate::tally::{FEW_STORES, by_store};
use crate::words::{Language, Words};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// The summary of an audit for people, many lines, without colours.
pub fn summary(audit: &Audit, language: Language) -> String {
    let words = language.words();
    let mut text = String::new();
    let totals = audit.tally.totals();
    let as_of = audit.as_of.with_timezone(&chrono_tz::Tz::Asia__Shanghai).format("%Y-%m-%d %H:%M:%S %:z");
    let number = |n: u64| n.to_string();
    let _ = writeln!(text, "{}", words.say("terminal.as-of", &[("as_of", &as_of.to_string())]));
    let read = audit.ledger.inputs.iter().filter(|i| matches!(i.kind, InputKind::Known(_))).count();
    let rows: u64 = audit.ledger.inputs.iter().map(|i| u64::from(i.rows)).sum();
    let values = [("inputs", read.to_string()), ("rows", number(rows)), ("orders", number(totals.orders))];
    let _ = writeln!(text, "{}", say(words, "terminal.read", &values));
    text.push_str(&not_read(audit, language));
    let values = [
        ("at_risk", number(totals.at_risk)),
        ("overdue", number(totals.with_risk(State::Overdue))),
        ("due_12h", number(totals.due_12h)),
        ("due_24h", number(totals.due_24h)),
        ("late", number(totals.with_risk(State::Late))),
    ];
    let _ = writeln!(text, "{}", say(words, "terminal.answer", &values));
    stores(audit, words, &mut text);
    gaps(audit, language, &mut text);
    text
}

fn say(words: &Words, key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.say(key, &values)
}

/// Every input that was not read, with the reason and what looks like its headings, a line each.
pub fn not_read(audit: &Audit, language: Language) -> String {
    let speaker = Speaker::new(language, audit.context(), chrono_tz::Tz::Asia__Shanghai);
    let mut text = String::new();
    for input in audit.ledger.inputs.iter().filter(|i| !matches!(i.kind, InputKind::Known(_))) {
        let sheet = input.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
        let _ = write!(text, "  ! {}{sheet}: {}", input.path, speaker.fault(input).0);
        let headings = input.error.iter().flat_map(|error| &error.headings);
        let shown: Vec<&str> = headings.map(|h| h.trim()).filter(|h| !h.is_empty()).take(8).collect();
        if !shown.is_empty() {
            let _ =
                write!(text, " {}", speaker.say("terminal.headings", &[("headings", &shown.join(" | "))]));
        }
        text.push('\n');
    }
    text
}

/// What the inputs cannot answer, by rule and field: told once, with how many orders it concerns.
fn gaps(audit: &Audit, language: Language, text: &mut String) {
    let speaker = Speaker::new(language, audit.context(), chrono_tz::Tz::Asia__Shanghai);
    let mut by_rule: BTreeMap<(Code, Field), u64> = BTreeMap::new();
    for ((_, rule, field), count) in &audit.tally.gaps {
        *by_rule.entry((*rule, *field)).or_default() += count;
    }
    for ((rule, field), count) in by_rule {
        let (n, name) = (count.to_string(), speaker.field(field));
        let values = [("rule", rule.0), ("title", &speaker.title(rule)), ("field", &name), ("n", &n)];
        let _ = writeln!(text, "  ? {}", speaker.say("terminal.gap", &values));
    }
}

/// What every input was read as, a line each, for `--verbose`.
pub fn inputs(audit: &Audit, words: &Words) -> String {
    let mut text = String::new();
    for input in &audit.ledger.inputs {
        let sheet = input.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
        let kind = words.get(&format!("kind.{}", input.kind.as_str())).to_owned();
        let _ = writeln!(
            text,
            "{}{sheet}: {} {kind} · {} · {} = {} + {} + {}",
            input.path,
            input.layout.as_deref().unwrap_or("–"),
            input.store,
            input.rows,
            input.rows_in_orders,
            input.rejected,
            input.skipped,
        );
    }
    text
}

/// A table of stores, in columns as wide as their text; of many the worst.
fn stores(audit: &Audit, words: &Words, text: &mut String) {
    let heading = ["store", "orders", "at-risk", "overdue", "late", "waived", "rate", "points", "headroom"]
        .map(|name| words.get(&format!("terminal.column.{name}")).to_owned());
    let mut rows: Vec<Vec<String>> = vec![heading.to_vec()];
    let periods = by_store(audit.periods.iter().filter(|period| period.rule != Code("EBY206")));
    let stores = audit.tally.stores_shown();
    for ((marketplace, store), totals) in stores.iter().take(FEW_STORES) {
        let own = periods.get(&(*marketplace, store.as_str())).into_iter().flatten();
        let period = own.max_by_key(|period| period.first_day);
        let rate = period.and_then(|period| period.rate()).map(|rate| format!("{:.1}%", rate * 100.0));
        let name = match words.entry(&format!("marketplace.{}", marketplace.as_str())) {
            "" => marketplace.as_str(),
            name => name,
        };
        rows.push(vec![
            format!("{name} · {store}"),
            totals.orders.to_string(),
            totals.at_risk.to_string(),
            totals.with_risk(State::Overdue).to_string(),
            totals.with_risk(State::Late).to_string(),
            totals.exempt_proved.to_string(),
            rate.unwrap_or_else(|| "–".to_owned()),
            period.and_then(|p| p.points).map_or("–".to_owned(), |points| points.to_string()),
            period.and_then(|p| p.headroom).map_or("–".to_owned(), |headroom| headroom.to_string()),
        ]);
    }
    let widths: Vec<usize> =
        (0..heading.len()).map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0)).collect();
    for row in rows {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            let pad = " ".repeat(widths[at] - cell.width());
            if at == 0 { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
        });
        let _ = writeln!(text, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    if let Some(more) = stores.len().checked_sub(FEW_STORES).filter(|more| *more > 0) {
        let _ = writeln!(text, "  {}", words.say("terminal.more-stores", &[("n", &more.to_string())]));
    }
}

/// A text from an input, safe to print: control and direction characters are shown, not obeyed.
pub fn printable(text: &str) -> String {
    let obeyed = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) {
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\n店"), "a\\u{1b}[31mb\\u{202e}c\n店");
    }
}
