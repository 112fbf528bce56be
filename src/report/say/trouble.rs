//! What a person is told of inputs that could not be read, and of cells and rows that could not be used.

use super::Speaker;
use crate::normalise::{Input, InputError, InputKind, Problem};
use crate::words::Words;

/// Why an input could not be read or is not known: what it is, where, and what to do.
pub fn fault_said(words: &Words, error: &InputError) -> String {
    let key = format!("fault.{}", error.code);
    let mut what = if words.has(&key) { words.get(&key).to_owned() } else { error.code.to_owned() };
    if let Some(line) = error.line {
        what = words.say("fault.at-line", &[("line", &line.to_string()), ("what", &what)]);
    }
    if !error.detail.is_empty() {
        what.push_str(&words.say("fault.detail", &[("detail", &error.detail)]));
    }
    if let Some(nearest) = &error.nearest {
        let missing = error.missing.join("; ");
        what.push_str(&words.say("fault.nearest", &[("layout", nearest), ("missing", &missing)]));
    }
    what
}

impl Speaker<'_> {
    /// What is wrong with a cell or row, and what that means for the verdict.
    pub fn problem(&self, problem: Problem) -> (String, String) {
        let other = match problem {
            Problem::ContradictoryTimes(_, other) => self.field(other),
            _ => String::new(),
        };
        let field = problem.field().map(|field| self.field(field)).unwrap_or_default();
        let values = [("field", field.as_str()), ("other", &other)];
        let say = |part: &str| self.say(&format!("problem.{}.{part}", problem.code()), &values);
        (say("what"), say("effect"))
    }

    /// Why an input gave no rows.
    pub fn fault(&self, input: &Input) -> (String, String) {
        let Some(error) = &input.error else { return (String::new(), String::new()) };
        let what = fault_said(self.words, error);
        let key = if input.kind == InputKind::LeftOut { "fault.left-out-effect" } else { "fault.effect" };
        (what, self.words.get(key).to_owned())
    }
}
