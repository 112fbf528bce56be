//! Every rule: what it checks, with which numbers and on whose word, and how often it fired.

use super::ReportError;
use super::desk::Desk;
use super::pages::{Column, Look, Pages, Role, Sheet};
use super::text::lines;
use crate::assess::{Logic, Rule, State, registry};
use crate::report::rows::Row;

const COLUMNS: [(&str, f64); 9] = [
    ("code", 10.0),
    ("marketplace", 13.0),
    ("title", 28.0),
    ("kind", 11.0),
    ("text", 56.0),
    ("parameter", 38.0),
    ("from", 14.0),
    ("source-text", 40.0),
    ("grade", 11.0),
];

/// Writes the sheet.
pub fn write(desk: &Desk<'_>) -> Result<Sheet, ReportError> {
    let mut columns: Vec<Column> = COLUMNS.iter().map(|(key, width)| desk.column(key, *width)).collect();
    let states = State::WORST_FIRST.iter().map(|state| desk.speaker.known("state", state.as_str()));
    columns.extend(states.map(|state| Column::ours(&state, 11.0, Role::Number)));
    let look = Look { pages_wide: 2, ..desk.look("rules", columns, 3) };
    let mut pages = Pages::new(desk.factory, desk.styles, look);
    let rules: Vec<_> = registry::all().collect();
    pages.fill(&rules, |(), row, rule| entry(desk, row, rule))?;
    let sheets = pages.finish(|_, _| Ok(()))?;
    // There are far fewer rules than rows on a sheet.
    sheets.into_iter().next().ok_or(ReportError::Stopped)
}

fn entry(desk: &Desk<'_>, row: &mut Row<'_>, rule: &Rule) {
    let styles = desk.styles;
    let kind = match rule.logic {
        Logic::Deadline(_) => "deadline",
        Logic::Exemption { .. } => "exemption",
        Logic::Check(_) => "check",
        Logic::Score(_) => "score",
    };
    let marketplace = match registry::marketplace_of(rule.code) {
        Some(marketplace) => desk.speaker.marketplace(Some(marketplace)),
        None => desk.say("sheet.any-marketplace", &[]),
    };
    let text = desk.speaker.known("rule", &format!("{}.text", rule.code));
    let shown: Vec<_> = desk.audit.book.shown(rule.params).collect();
    let join = |each: &dyn Fn(&crate::rulebook::Shown) -> String| -> String {
        if shown.is_empty() {
            return desk.say("rule.no-params", &[]);
        }
        shown.iter().map(|param| each(param)).collect::<Vec<_>>().join("\n")
    };
    let undated = desk.say("rule.undated", &[]);
    let texts = [
        rule.code.0.to_owned(),
        marketplace,
        desk.speaker.title(rule.code),
        desk.speaker.known("rule-kind", kind),
        text,
        join(&|param| format!("{} = {}", param.name, param.value)),
        join(&|param| param.from.map_or_else(|| undated.clone(), |from| from.to_string())),
        join(&|param| format!("{}: {}", param.source.id, param.source.at)),
        join(&|param| desk.speaker.known("grade", param.source.grade.as_str())),
    ];
    for (at, text) in texts.iter().enumerate() {
        row.text(at as u16, text, &styles.wrap);
    }
    fired(desk, row, rule);
    let most = texts.iter().zip(COLUMNS).map(|(text, (_, width))| lines(text, width)).max().unwrap_or(1);
    row.height((most as f64).mul_add(15.0, 5.0));
}

/// How often the rule came to each state.
fn fired(desk: &Desk<'_>, row: &mut Row<'_>, rule: &Rule) {
    for (at, state) in State::WORST_FIRST.iter().enumerate() {
        let column = (COLUMNS.len() + at) as u16;
        match desk.audit.tally.fired.get(&(rule.code, *state)).copied().unwrap_or(0) {
            0 => row.blank(column, &desk.styles.text),
            count => row.number(column, count as f64, &desk.styles.count),
        }
    }
}
