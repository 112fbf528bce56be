//! What an exemption makes of a penalty that a platform booked for a broken deadline.

use crate::assess::case::Case;
use crate::assess::defects::{DefectVerdict, Protection};
use crate::assess::engine::standing;
use crate::assess::finding::Finding;
use crate::assess::rule::{Code, Relief, State};

/// Judges a penalty that stands for a breach of one of some deadlines. A breach that nothing excuses decides, then an
/// exemption that holds; where neither is known, or the deadline was kept without one, nobody can say.
pub fn by_exemption(case: &Case<'_>, deadlines: &[&'static str]) -> DefectVerdict {
    let found = deadlines.iter().filter_map(|code| standing(case, Code(code)));
    let verdicts = found.map(|finding| excused(&finding));
    let weight = |found: &DefectVerdict| match found.verdict {
        Protection::Unprotected => 2,
        Protection::Protected => 1,
        Protection::Undecided => 0,
    };
    // Of equal ones the first speaks.
    let worse = |a: DefectVerdict, b: DefectVerdict| if weight(&b) > weight(&a) { b } else { a };
    verdicts.reduce(worse).unwrap_or(DefectVerdict {
        verdict: Protection::Undecided,
        rule: None,
        appeal_by: None,
    })
}

fn excused(finding: &Finding) -> DefectVerdict {
    let exemption = |holds: &dyn Fn(&Relief) -> bool| {
        finding.exemptions.iter().find(|(_, relief)| holds(relief)).map(|(code, _)| code.0)
    };
    let freed = exemption(&|relief| matches!(relief, Relief::Waive | Relief::Void));
    if let Some(rule) = freed {
        return DefectVerdict::by(rule, Protection::Protected);
    }
    let moved = (finding.due_at > finding.base_due_at)
        .then(|| exemption(&|relief| matches!(relief, Relief::Extend(to) if Some(*to) == finding.due_at)))
        .flatten();
    let own = finding.rule.code.0;
    match (finding.state, moved) {
        (State::Late | State::Overdue, _) => DefectVerdict::by(own, Protection::Unprotected),
        (State::NotAssessed | State::Unverifiable | State::Void, _) | (_, None) => {
            DefectVerdict::by(own, Protection::Undecided)
        }
        (_, Some(rule)) => DefectVerdict::by(rule, Protection::Protected),
    }
}
