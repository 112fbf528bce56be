//! What a person is told of a finding, a claim or a data issue: facts of the rules in, sentences of `words` out.

mod trouble;

use crate::assess::{Action, Clock, Code, Context, Finding, Relief, State};
use crate::normalise::Order;
use crate::order::{Field, Instant, Marketplace, Stamp};
use crate::words::{Language, Words};
use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
pub use trouble::fault_said;

/// Says things of one run in one language.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    /// The words.
    pub words: &'static Words,
    language: Language,
    run: Context<'a>,
    home: Tz,
}

impl<'a> Speaker<'a> {
    /// A speaker; times in other zones than `home` name their zone.
    pub fn new(language: Language, run: Context<'a>, home: Tz) -> Speaker<'a> {
        Speaker { words: language.words(), language, run, home }
    }

    /// The text under a key with values put in.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.say(key, values)
    }

    /// The title of a rule.
    pub fn title(&self, rule: Code) -> String {
        self.text_or(&format!("rule.{rule}.title"), rule.0)
    }

    /// The name of a marketplace; of one that a profile added its id.
    pub fn marketplace(&self, marketplace: Option<Marketplace>) -> String {
        self.known("marketplace", marketplace.map_or("", Marketplace::as_str))
    }

    /// The name of a field.
    pub fn field(&self, field: Field) -> String {
        self.known("field", field.as_str())
    }

    /// A text under a section, or the bare word where there is none.
    pub fn known(&self, section: &str, word: &str) -> String {
        self.text_or(&format!("{section}.{word}"), word)
    }

    fn text_or(&self, key: &str, other: &str) -> String {
        match self.words.entry(key) {
            "" => other.to_owned(),
            text => text.to_owned(),
        }
    }

    /// A length of time in its two largest units: `2小时5分`, `2 h 5 min`.
    pub fn duration(&self, seconds: i64) -> String {
        let seconds = seconds.unsigned_abs();
        let units = [
            ("d", seconds / 86_400),
            ("h", seconds / 3600 % 24),
            ("m", seconds / 60 % 60),
            ("s", seconds % 60),
        ];
        let first = units.iter().position(|(_, n)| *n > 0).unwrap_or(3);
        let parts = units[first..].iter().take(2).filter(|(unit, n)| *n > 0 || *unit == units[first].0);
        let said: Vec<String> =
            parts.map(|(unit, n)| self.say(&format!("duration.{unit}"), &[("n", &n.to_string())])).collect();
        said.join(self.words.get("duration.join"))
    }

    /// An instant for people, with its zone where that is not the reader's own.
    pub fn moment(&self, at: Instant, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        let same_year = local.year() == self.run.as_of.with_timezone(&zone).year();
        let seconds = local.second() != 0 && local.second() != 59;
        let key = match (same_year, seconds) {
            (true, false) => "moment.short",
            (true, true) => "moment.short-seconds",
            (false, false) => "moment.long",
            (false, true) => "moment.long-seconds",
        };
        let said = local.format(self.words.get(key)).to_string();
        let foreign = zone != self.home && local.naive_local() != at.with_timezone(&self.home).naive_local();
        if foreign {
            self.say("moment.in-zone", &[("time", &said), ("zone", &self.zone(zone))])
        } else {
            said
        }
    }

    /// The name of a zone; one without words goes by its city.
    pub fn zone(&self, zone: Tz) -> String {
        let letter = |c: char| if matches!(c, '/' | '_') { '-' } else { c.to_ascii_lowercase() };
        let key: String = "zone.".chars().chain(zone.name().chars().map(letter)).collect();
        match self.words.entry(&key) {
            "" => zone.name().rsplit('/').next().unwrap_or(zone.name()).replace('_', " "),
            name => name.to_owned(),
        }
    }

    /// Why an order is where it is: one sentence on one finding.
    pub fn why(&self, order: &Order, finding: &Finding) -> String {
        let zone = self.day_zone(order);
        let mut said = self.plain(order, finding, zone);
        for (code, relief) in &finding.exemptions {
            // What was moved or taken away stands in the sentence itself when it decided the state.
            if finding.state != State::Waived || *relief != Relief::Waive {
                said.push_str(self.words.get("say.and"));
                said.push_str(&self.claim(*code, *relief, zone));
            }
        }
        said
    }

    fn plain(&self, order: &Order, finding: &Finding, zone: Tz) -> String {
        let due = finding.due_at.map(|at| self.moment(at, zone)).unwrap_or_default();
        let done = finding.done_at.map(|at| self.moment(at, zone)).unwrap_or_default();
        let left = finding.left(self.run.as_of).unwrap_or_default();
        let by = (finding.done_at.unwrap_or(self.run.as_of) - finding.due_at.unwrap_or(self.run.as_of))
            .num_seconds();
        let (term, rule) = (self.term(order, finding), self.title(finding.rule.code));
        let exempted = finding.exemptions.first().map(|(code, _)| self.title(*code)).unwrap_or_default();
        let undone = self.undone(finding);
        let say = |key: &str, time: &str| {
            let values = [
                ("due", due.as_str()),
                ("done", &done),
                ("term", &term),
                ("rule", &rule),
                ("time", time),
                ("undone", &undone),
                ("exemption", &exempted),
            ];
            self.say(key, &values)
        };
        match finding.state {
            State::Overdue => say("say.overdue", &self.duration(left)),
            State::Urgent | State::Warning | State::OnTrack => say("say.open", &self.duration(left)),
            State::Late if finding.done_at.is_some() => say("say.late", &self.duration(by)),
            State::Late => say("say.late-ended", ""),
            State::Met if finding.met_by_extension() => say("say.met-extended", ""),
            State::Met => say("say.met", ""),
            State::Waived => say("say.waived", ""),
            State::Void => say("say.void", ""),
            State::Advice => self.advice(finding, zone),
            State::Unverifiable | State::NotAssessed => self.gap(order, finding),
        }
    }

    /// By whose clock: where the platform shows a deadline, its own word for it.
    fn term(&self, order: &Order, finding: &Finding) -> String {
        if finding.clock == Clock::Rule {
            return self.words.get("say.rule-clock").to_owned();
        }
        let input = self.run.ledger.input(order);
        let own = finding.rule.needs.iter().find_map(|field| match field {
            Field::ShipBy | Field::DeliverBy => input.heading(*field),
            _ => None,
        });
        // Of `约定发货时间(Delivery Date)` the Chinese part.
        let own = own.map(|own| own.split(['(', '（']).next().unwrap_or(own));
        let readable =
            own.filter(|own| self.language == Language::Chinese && !own.bytes().any(|b| b.is_ascii()));
        readable.unwrap_or(self.words.get("say.platform-clock")).to_owned()
    }

    /// What has not been done yet.
    fn undone(&self, finding: &Finding) -> String {
        let steps = [Field::ShippedAt, Field::PickedUpAt, Field::FirstTransitAt, Field::DeliveredAt];
        let step = finding.rule.needs.iter().rev().find(|field| steps.contains(field));
        let key = format!("undone.{}", step.map_or("step", |field| field.as_str()));
        self.text_or(&format!("undone.{}", finding.rule.code), self.words.get(&key))
    }

    fn advice(&self, finding: &Finding, zone: Tz) -> String {
        let Some(advice) = finding.advice else { return self.title(finding.rule.code) };
        let said = self.text_or(&format!("advice.{}", advice.key), &self.title(finding.rule.code));
        match advice.until {
            Some(until) => format!("{said}{}", self.say("say.until", &[("time", &self.moment(until, zone))])),
            None => said,
        }
    }

    /// Which column keeps a finding from being judged, and in what way.
    fn gap(&self, order: &Order, finding: &Finding) -> String {
        let Some(field) = finding.gap else { return self.title(finding.rule.code) };
        let input = self.run.ledger.input(order);
        let line = self.run.ledger.lines(order).nth(finding.line as usize);
        let parcel = finding.parcel.and_then(|at| self.run.ledger.parcels(order).nth(at as usize));
        let own = line.map_or(Stamp::NO_COLUMN, |line| line.time(field));
        let tracked = self.run.ledger.parcel_time(input, parcel, field);
        let tracking =
            input.tracking.iter().find_map(|at| self.run.ledger.inputs[*at as usize].heading(field));
        let column = input.heading(field).or(tracking).map_or_else(|| self.field(field), str::to_owned);
        let key = match own.or(tracked) {
            _ if finding.state == State::NotAssessed => "say.no-column",
            Stamp::UNREADABLE => "say.unreadable",
            Stamp::NO_ROW => "say.no-row",
            _ => "say.empty",
        };
        self.say(key, &[("column", &column), ("rule", &self.title(finding.rule.code))])
    }

    /// What a claim does: `延迟发货卡片：顺延至 11-11 10:00`.
    pub fn claim(&self, code: Code, relief: Relief, zone: Tz) -> String {
        let rule = self.title(code);
        let say = |key: &str, time: &str, what: &str| {
            self.say(key, &[("rule", &rule), ("time", time), ("what", what)])
        };
        match relief {
            Relief::Extend(to) => say("claim.extended", &self.moment(to, zone), ""),
            Relief::Waive => say("claim.waived", "", ""),
            Relief::Void => say("claim.void", "", ""),
            Relief::Pending { until } if until < self.run.as_of => {
                say("claim.answer-late", &self.moment(until, zone), "")
            }
            Relief::Pending { until } => say("claim.pending", &self.moment(until, zone), ""),
            Relief::Claimable { file_by: Some(by), with } => {
                say("claim.claimable-by", &self.moment(by, zone), &self.need(with))
            }
            Relief::Claimable { file_by: None, with } => say("claim.claimable", "", &self.need(with)),
            Relief::Refused { why } => say("claim.refused", "", &self.known("refused", why)),
        }
    }

    /// What must be at hand, by its word.
    pub fn need(&self, need: &str) -> String {
        self.known("need", need)
    }

    /// What to do, and where in the back end.
    pub fn action(&self, action: &Action) -> String {
        let title = self.known("action", &format!("{}.title", action.code));
        match self.words.get(&format!("action.{}.path", action.code)) {
            "" => title,
            path => format!("{title}\n{path}"),
        }
    }

    /// By when something is to be done.
    pub fn do_by(&self, at: Instant, zone: Tz) -> String {
        self.say("say.do-by", &[("time", &self.moment(at, zone))])
    }

    /// What a breach of a rule costs; its numbers are those of the rulebook in force. Empty where nobody says.
    pub fn penalty(&self, rule: Code) -> String {
        let said = self.words.entry(&format!("penalty.{rule}"));
        let mut parts = said.split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or((part, ""));
            let shown = self.run.book.shown(&[name]).last().map(|shown| shown.value.clone());
            text.push_str(&shown.unwrap_or_default());
            text.push_str(rest);
        }
        text
    }

    /// The zone in which an order's days end.
    pub fn day_zone(&self, order: &Order) -> Tz {
        self.run.ledger.input(order).day_zone()
    }
}
