//! One order in full: as it was read, every obligation with its arithmetic, every exemption tried. A person can
//! check it with a pocket calculator.

use crate::assess::{
    Context, Finding, Logic, Relief, Rule, State, Step, filing_note, judge, registry, trail,
};
use crate::normalise::Order;
use crate::order::{Field, Line, Parcel, Reading};
use crate::report::mask::{mask, private};
use crate::report::say::Speaker;
use crate::words::Language;
use chrono_tz::Tz;
use std::fmt::Write as _;

/// A row of an input that tells something of the order, cell by cell as it stands there.
#[derive(Clone, Debug)]
pub struct SourceRow {
    /// The input.
    pub input: u32,
    /// The row, counted from 1.
    pub row: u32,
    /// Its cells, as text.
    pub cells: Vec<String>,
}

/// Explains an order.
pub fn explain(
    run: Context<'_>,
    number: u32,
    rows: &[SourceRow],
    language: Language,
    masked: bool,
) -> String {
    let order = &run.ledger.orders[number as usize];
    let speaker = Speaker::new(language, run, Tz::Asia__Shanghai);
    let mut text = String::new();
    head(run, order, &speaker, &mut text);
    for row in rows {
        source(run, row, &speaker, masked, &mut text);
    }
    let verdict = judge(run, order);
    for finding in &verdict.findings {
        obligation(run, order, finding, &speaker, &mut text);
    }
    if verdict.findings.is_empty() {
        let _ = writeln!(text, "\n{}", speaker.say("explain.nothing", &[]));
    }
    text
}

fn head(run: Context<'_>, order: &Order, speaker: &Speaker<'_>, text: &mut String) {
    let input = run.ledger.input(order);
    let (id, status) = (run.ledger.order_id(order), run.ledger.status(order));
    let _ = writeln!(
        text,
        "{} {id} · {} · {}",
        speaker.marketplace(input.marketplace),
        run.ledger.store(order).name,
        speaker.known("status", status.as_str())
    );
    let as_of =
        run.as_of.with_timezone(&Tz::Asia__Shanghai).to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
    let _ = writeln!(text, "{}", speaker.say("terminal.as-of", &[("as_of", &as_of)]));
    for line in run.ledger.lines(order) {
        let sub = line.text(line.record.sub_order_id);
        let _ = writeln!(
            text,
            "\n{}",
            speaker.say("explain.line", &[("line", if sub.is_empty() { "–" } else { sub })])
        );
        times(input, Line::time_fields(), &|field| line.time(field).reading(), speaker, text);
    }
    for parcel in run.ledger.parcels(order) {
        let waybill = parcel.text(parcel.record.waybill);
        let _ = writeln!(text, "\n{}", speaker.say("explain.parcel", &[("waybill", waybill)]));
        let of = &run.ledger.inputs[parcel.batch.input as usize];
        times(of, Parcel::time_fields(), &|field| parcel.time(field).reading(), speaker, text);
    }
}

/// What was read of every time that the input has a column for.
fn times(
    input: &crate::normalise::Input,
    fields: &[Field],
    reading: &dyn Fn(Field) -> Reading<crate::order::Instant>,
    speaker: &Speaker<'_>,
    text: &mut String,
) {
    let zone = input.day_zone();
    for field in fields {
        let shown = match reading(*field) {
            Reading::NoColumn | Reading::NoRow => continue,
            Reading::Blank => speaker.say("explain.blank", &[]),
            Reading::Unreadable => speaker.say("explain.unreadable", &[]),
            Reading::Known(at) => at.with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        };
        let _ = writeln!(text, "  {} = {shown}", speaker.field(*field));
    }
}

/// Each field of a row with file, sheet, row, column and raw text.
fn source(run: Context<'_>, row: &SourceRow, speaker: &Speaker<'_>, masked: bool, text: &mut String) {
    let input = &run.ledger.inputs[row.input as usize];
    let sheet = input.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
    let place = speaker.say("inspect.row", &[("row", &row.row.to_string())]);
    let _ = writeln!(text, "\n{}{sheet} {place}", input.path);
    for (column, cell) in input.columns.iter().zip(&row.cells) {
        let Some(field) = column.field else { continue };
        let shown = if masked {
            mask(cell, private(column.field, &column.heading)).into_owned()
        } else {
            cell.clone()
        };
        let _ = writeln!(text, "  {} → {}: {:?}", column.heading, speaker.field(field), shown);
    }
}

fn obligation(run: Context<'_>, order: &Order, finding: &Finding, speaker: &Speaker<'_>, text: &mut String) {
    let state = speaker.known("state", finding.state.as_str());
    let _ = writeln!(text, "\n{} {}: {state}", finding.rule.code, speaker.title(finding.rule.code));
    let _ = writeln!(text, "  {}", speaker.why(order, finding));
    let steps = trail(run, order, finding);
    for step in &steps {
        let _ = writeln!(text, "    {} = {}  ({})", step.step, step.value, step.from);
    }
    if finding.state != State::Advice {
        exemptions(run, order, (finding, &steps), speaker, text);
    }
}

/// Every exemption of the rule, with why it did or did not apply.
fn exemptions(
    run: Context<'_>,
    order: &Order,
    (finding, steps): (&Finding, &[Step]),
    speaker: &Speaker<'_>,
    text: &mut String,
) {
    let Some(marketplace) = run.ledger.input(order).marketplace else { return };
    let acts =
        |rule: &&Rule| matches!(rule.logic, Logic::Exemption { of, .. } if of.contains(&finding.rule.code));
    for rule in registry::rules_for(marketplace).filter(acts) {
        let tried = finding.exemptions.iter().find(|(code, _)| *code == rule.code);
        let said = match tried {
            Some((code, relief)) => {
                let mark = if matches!(relief, Relief::Refused { .. }) { "✗" } else { "✓" };
                let note = filing_note(*code, steps)
                    .map_or(String::new(), |note| format!(" · {}", speaker.known("note", note)));
                let claim = speaker.claim(*code, *relief, speaker.day_zone(order));
                format!("{mark} {} {claim}{note}", rule.code)
            }
            None => format!(
                "– {} {}",
                rule.code,
                speaker.say("explain.no-claim", &[("rule", &speaker.title(rule.code))])
            ),
        };
        let _ = writeln!(text, "  {said}");
    }
}
