//! The list of orders at risk or late, cell by cell: the same for the sheet and for the CSV.

use crate::assess::{Action, Finding, Verdict, actions};
use crate::audit::{Audit, Shown};
use crate::compare::NoteKey;
use crate::normalise::Order;
use crate::order::{Instant, Marketplace, Status};
use crate::report::say::Speaker;
use crate::words::Words;
use chrono_tz::Tz;

/// The columns, by the keys of their headings under `workbook.column`.
pub const COLUMNS: [&str; 19] = [
    "risk",
    "order-id",
    "marketplace",
    "store",
    "status",
    "due",
    "due-at",
    "zone",
    "rule-due-at",
    "hours-left",
    "why",
    "action-1",
    "action-2",
    "action-3",
    "do-by",
    "needs",
    "exemption",
    "source",
    "rule",
];
/// The columns to fill in, behind those.
pub const FILL_IN: [&str; 3] = ["handled-by", "state", "note"];

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    None,
    /// A text.
    Text(String),
    /// An instant, in the zone in which it is shown.
    Moment(Instant, Tz),
    /// Hours, negative when over.
    Hours(f64),
}

impl Value {
    fn moment(at: Option<Instant>, zone: Tz) -> Value {
        at.map_or(Value::None, |at| Value::Moment(at, zone))
    }
}

/// One order of the list.
pub struct Entry<'e> {
    /// The audit.
    pub audit: &'e Audit,
    /// Says things.
    pub speaker: &'e Speaker<'e>,
    /// What the audit says of it in short.
    pub shown: &'e Shown,
    /// The order.
    pub order: &'e Order,
    /// What all rules say of it.
    pub verdict: &'e Verdict,
}

impl Entry<'_> {
    /// What is due first, and what puts the order at risk: not the same where a breach is closed already and
    /// something else is still open.
    fn findings(&self) -> (Option<&Finding>, Option<&Finding>) {
        let leading = self.verdict.leading();
        let urgency = |f: &&Finding| (std::cmp::Reverse(f.state), f.due_at.is_none(), f.due_at, f.rule.code);
        let risk = self.verdict.findings.iter().filter(|f| f.is_risk()).min_by_key(urgency);
        (leading, leading.filter(|f| f.is_risk()).or(risk))
    }

    /// Why it is in the list: of what is due first, and of what is still open.
    pub fn why(&self) -> String {
        let (leading, risk) = self.findings();
        let mut said = leading.map(|finding| self.speaker.why(self.order, finding)).unwrap_or_default();
        if let (Some(leading), Some(risk)) = (leading, risk)
            && !leading.is_risk()
        {
            said.push_str(self.speaker.words.get("say.also"));
            said.push_str(&self.speaker.why(self.order, risk));
        }
        said
    }

    /// What to do, in the order in which to try it.
    pub fn actions(&self) -> Vec<Action> {
        let run = self.audit.context();
        self.findings().1.map(|finding| actions(run, self.order, finding)).unwrap_or_default()
    }

    /// The order's id.
    pub fn id(&self) -> &str {
        self.audit.ledger.order_id(self.order)
    }

    /// What notes on this row belong to.
    pub fn note_key(&self) -> NoteKey {
        let marketplace = self.audit.ledger.input(self.order).marketplace;
        NoteKey {
            marketplace: marketplace.map_or("", Marketplace::as_str).to_owned(),
            store: self.audit.ledger.store(self.order).name.clone(),
            order_id: self.id().to_owned(),
            rule: self.findings().0.map_or("", |leading| leading.rule.code.0).to_owned(),
        }
    }

    /// What staff typed on this row last week: handled by, state in this language, note.
    pub fn notes(&self) -> [String; 3] {
        let notes = &self.audit.past.carried.notes;
        if notes.is_empty() {
            return <[String; 3]>::default();
        }
        let [by, state, note] = notes.get(&self.note_key()).cloned().unwrap_or_default();
        [by, state_in(self.speaker.words, &state), note]
    }

    /// How far it has come, all lines together.
    fn status(&self) -> Status {
        self.audit.ledger.status(self.order)
    }

    /// The cells of its row; the source in short.
    pub fn cells(&self, mark: &str, place: String) -> [Value; COLUMNS.len()] {
        let (speaker, ledger) = (self.speaker, &self.audit.ledger);
        let text = |text: String| Value::Text(text);
        let zone = speaker.day_zone(self.order);
        let leading = self.findings().0;
        // Only what is still open has hours left; how late the rest is stands in the sentence.
        let left = leading.filter(|f| f.state.is_open()).and_then(|f| f.left(self.audit.as_of));
        let due_at = leading.and_then(|f| f.due_at);
        let list = self.actions();
        let action = |at: usize| text(list.get(at).map(|action| speaker.action(action)).unwrap_or_default());
        let word = speaker.known("state", self.shown.risk.as_str());
        [
            text(format!("{mark} {word}").trim().to_owned()),
            text(self.id().to_owned()),
            text(speaker.marketplace(ledger.input(self.order).marketplace)),
            text(ledger.store(self.order).name.clone()),
            text(speaker.known("status", self.status().as_str())),
            text(leading.map(|f| speaker.title(f.rule.code)).unwrap_or_default()),
            Value::moment(due_at, zone),
            due_at.map_or(Value::None, |_| text(speaker.zone(zone))),
            Value::moment(leading.and_then(|f| f.rule_due_at), zone),
            left.map_or(Value::None, |left| Value::Hours(hours(left))),
            text(self.why()),
            action(0),
            action(1),
            action(2),
            Value::moment(list.first().and_then(|action| action.do_by), zone),
            text(self.needs(&list)),
            text(self.claims(zone)),
            text(place),
            text(leading.map_or("", |f| f.rule.code.0).to_owned()),
        ]
    }

    /// What must be at hand, each thing once.
    fn needs(&self, list: &[Action]) -> String {
        let mut needs: Vec<&str> = list.iter().flat_map(|action| action.needs.iter().copied()).collect();
        let mut seen = std::collections::BTreeSet::new();
        needs.retain(|need| seen.insert(*need));
        needs.iter().map(|need| self.speaker.need(need)).collect::<Vec<_>>().join("\n")
    }

    fn claims(&self, zone: Tz) -> String {
        let claims = self.verdict.findings.iter().flat_map(|finding| &finding.exemptions);
        let mut claims: Vec<String> =
            claims.map(|(code, relief)| self.speaker.claim(*code, *relief, zone)).collect();
        claims.dedup();
        claims.join("\n")
    }
}

/// Seconds as hours with one decimal.
pub fn hours(seconds: i64) -> f64 {
    (seconds as f64 / 360.0).round() / 10.0
}

/// The choices of a state, in their order.
pub fn choices(words: &Words) -> impl Iterator<Item = &str> {
    words.get("workbook.state.options").split(',')
}

/// A state that was chosen in either language, in this one; what is none of the choices stays as it was typed.
fn state_in(words: &Words, typed: &str) -> String {
    use crate::words::Language;
    let place = [Language::Chinese, Language::English]
        .into_iter()
        .find_map(|language| choices(language.words()).position(|choice| choice == typed.trim()));
    place.and_then(|at| choices(words).nth(at)).unwrap_or(typed).to_owned()
}

#[cfg(test)]
mod tests {
    use super::state_in;
    use crate::words::Language;

    #[test]
    fn a_choice_of_one_language_is_carried_into_the_other() {
        let (zh, en) = (Language::Chinese.words(), Language::English.words());
        assert_eq!(state_in(en, "已完成"), "done");
        assert_eq!(state_in(zh, " in progress "), "处理中");
        assert_eq!(state_in(en, "done"), "done");
        assert_eq!(state_in(zh, "asked the courier"), "asked the courier");
    }
}
