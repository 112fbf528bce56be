//! Data issues: whatever could not be read, used or judged, and what that means for the verdict.

use super::ReportError;
use super::annotated::Annotated;
use super::desk::Desk;
use super::pages::{Pages, Sheet};
use super::text::lines;
use crate::normalise::{Input, Issue};
use crate::order::{Field, Parcel};
use crate::report::changes::{named, title};
use crate::report::mask::mask_issue;
use crate::report::rows::Row;

const COLUMNS: [(&str, f64); 8] = [
    ("kind", 12.0),
    ("file", 34.0),
    ("sheet", 14.0),
    ("row", 9.0),
    ("column", 20.0),
    ("value", 40.0),
    ("problem", 46.0),
    ("effect", 40.0),
];

/// Cells a row.
pub const CELLS: usize = COLUMNS.len();

/// One row of the sheet.
#[derive(Default)]
struct Entry {
    kind: &'static str,
    file: String,
    sheet: String,
    row: Option<u32>,
    column: String,
    value: String,
    problem: String,
    effect: String,
}

/// Writes the sheet, and more where there are too many issues for one.
pub fn write(desk: &Desk<'_>, annotated: &Annotated) -> Result<Vec<Sheet>, ReportError> {
    let columns = COLUMNS.iter().map(|(key, width)| desk.column(key, *width)).collect();
    let pages = Pages::new(desk.factory, desk.styles, desk.look("issues", columns, 1));
    let mut pages = pages.telling(desk.progress);
    let inputs = inputs(desk)
        .chain(lost(desk))
        .chain(not_again(desk, annotated))
        .chain(casebook(desk))
        .chain(gaps(desk))
        .collect::<Vec<_>>();
    pages.fill(&inputs, |(), row, entry| entry.write(desk, row))?;
    pages.fill(&desk.audit.issues, |(), row, issue| row_issue(desk, issue).write(desk, row))?;
    if inputs.is_empty() && desk.audit.issues.is_empty() {
        pages.row(|row| row.text(0, &desk.say("issue.none", &[]), &desk.styles.subtitle))?;
    }
    Ok(pages.finish(|_, _| Ok(()))?)
}

impl Entry {
    fn of(kind: &'static str, input: &Input) -> Entry {
        let sheet = input.sheet.clone().unwrap_or_default();
        Entry { kind, file: input.path.clone(), sheet, ..Entry::default() }
    }

    fn write(&self, desk: &Desk<'_>, row: &mut Row<'_>) {
        let styles = desk.styles;
        row.text(0, &desk.say(self.kind, &[]), &styles.text);
        row.text(1, &self.file, &styles.wrap);
        row.text(2, &self.sheet, &styles.wrap);
        match self.row {
            Some(number) => row.number(3, f64::from(number), &styles.count),
            None => row.blank(3, &styles.text),
        }
        let texts = [&self.column, &self.value, &self.problem, &self.effect];
        for (at, text) in texts.iter().enumerate() {
            row.text(4 + at as u16, text, &styles.wrap);
        }
        let wrapped = texts.iter().enumerate().map(|(at, text)| lines(text, COLUMNS[4 + at].1));
        let most = wrapped.max().unwrap_or(1).max(lines(&self.file, COLUMNS[1].1)).min(12);
        row.height((most as f64).mul_add(15.0, 4.0));
    }
}

/// Inputs that gave nothing.
fn inputs<'e>(desk: &'e Desk<'_>) -> impl Iterator<Item = Entry> + 'e {
    let failed = desk.audit.ledger.inputs.iter().filter(|input| !Desk::is_known(input));
    failed.map(move |input| {
        let (problem, effect) = desk.speaker.fault(input);
        let value = input.error.as_ref().map(|error| error.headings.join(" | ")).unwrap_or_default();
        Entry { value, problem, effect, ..Entry::of("issue.input", input) }
    })
}

/// What staff typed last week on rows that are gone: told, so that nothing they wrote is lost.
fn lost<'e>(desk: &'e Desk<'_>) -> impl Iterator<Item = Entry> + 'e {
    desk.audit.past.carried.lost.iter().map(move |lost| {
        let [by, state, note] = &lost.note;
        let place = named(desk.words, "marketplace", &lost.key.marketplace);
        let effect = match &lost.now {
            Some(rule) => desk.say("issue.lost-other", &[("rule", &title(desk.words, rule))]),
            None => desk.say("issue.lost-gone", &[]),
        };
        Entry {
            kind: "issue.lost",
            column: format!("{place} · {}", lost.key.store),
            value: [by, state, note]
                .into_iter()
                .filter(|t| !t.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" | "),
            problem: desk.say(
                "issue.lost-what",
                &[("id", &lost.key.order_id), ("rule", &title(desk.words, &lost.key.rule))],
            ),
            effect,
            ..Entry::default()
        }
    })
}

/// Inputs that could not be read a second time.
fn not_again<'e>(desk: &'e Desk<'_>, annotated: &'e Annotated) -> impl Iterator<Item = Entry> + 'e {
    annotated.not_again.iter().map(move |(number, fault)| Entry {
        problem: desk.say("issue.not-again", &[]),
        value: desk.speaker.known("fault", fault.code()),
        effect: desk.say("issue.not-again-effect", &[]),
        ..Entry::of("issue.input", &desk.audit.ledger.inputs[*number as usize])
    })
}

fn casebook<'e>(desk: &'e Desk<'_>) -> impl Iterator<Item = Entry> + 'e {
    desk.audit.casebook_issues.iter().map(move |issue| {
        let effect = format!("effect-{}", issue.loss.as_str());
        Entry {
            kind: "issue.casebook",
            file: desk.say("issue.casebook-file", &[]),
            sheet: issue.sheet.clone(),
            row: (issue.row > 0).then_some(issue.row),
            column: issue.column.clone(),
            value: issue.value.clone(),
            problem: desk.speaker.known("casebook-problem", issue.problem),
            effect: desk.speaker.known("casebook-problem", &effect),
        }
    })
}

/// What an input could not answer, and the export that would.
fn gaps<'e>(desk: &'e Desk<'_>) -> impl Iterator<Item = Entry> + 'e {
    desk.audit.tally.gaps.iter().map(move |((input, rule, field), count)| {
        let input = &desk.audit.ledger.inputs[*input as usize];
        let (name, rule, n) = (desk.speaker.field(*field), desk.speaker.title(*rule), count.to_string());
        let tracked = Parcel::time_fields().contains(field) && *field != Field::EstimatedDeliveryAt;
        let effect = if tracked { "issue.gap-effect-tracking" } else { "issue.gap-effect-orders" };
        Entry {
            column: name.clone(),
            problem: desk.say("issue.gap-what", &[("field", &name), ("rule", &rule), ("n", &n)]),
            effect: desk.say(effect, &[("field", &name)]),
            ..Entry::of("issue.gap", input)
        }
    })
}

fn row_issue(desk: &Desk<'_>, issue: &Issue) -> Entry {
    let input = &desk.audit.ledger.inputs[issue.input as usize];
    let column = issue.column.and_then(|at| input.columns.get(usize::from(at)));
    let (problem, effect) = desk.speaker.problem(issue.problem);
    let value = if desk.options.mask { mask_issue(issue, &input.columns) } else { issue.value.clone() };
    Entry {
        row: (issue.row > 0).then_some(issue.row),
        column: column.map(|column| column.heading.clone()).unwrap_or_default(),
        value,
        problem,
        effect,
        ..Entry::of("issue.row", input)
    }
}
