//! The arithmetic of a finding, written down when somebody asks.

use crate::assess::case::{Case, Context, Step};
use crate::assess::engine::{judge, judge_deadline};
use crate::assess::finding::{Finding, Verdict};
use crate::assess::registry::planned;
use crate::assess::rule::Logic;
use crate::normalise::Order;
use std::cell::RefCell;

/// The arithmetic of a finding, step by step: the rule is asked once more and writes it down.
pub fn trail(run: Context<'_>, order: &Order, finding: &Finding) -> Vec<Step> {
    let steps = RefCell::new(Vec::new());
    let Some(line) = run.ledger.lines(order).nth(finding.line as usize) else { return Vec::new() };
    let parcel = finding.parcel.and_then(|at| run.ledger.parcels(order).nth(at as usize));
    let verdict = match finding.rule.logic {
        Logic::Check(_) => judge(run, order),
        _ => Verdict::default(),
    };
    let mut case = Case::new(run, order, line, parcel).with_trail(&steps);
    case.look_at(finding.line, &verdict.findings);
    let mut again = finding.clone();
    again.exemptions.clear();
    match finding.rule.logic {
        Logic::Deadline(deadline) => {
            if let Some(planned) = planned(finding.rule.code) {
                judge_deadline(&case, planned, deadline, &mut again);
            }
            if let (Some(due), Some(base)) = (again.due_at, again.base_due_at)
                && due != base
            {
                case.note(|| Step {
                    step: "extended_due".to_owned(),
                    value: case.show(due),
                    from: "the latest extension".to_owned(),
                });
            }
            case.note(|| Step {
                step: "as_of".to_owned(),
                value: case.show(case.as_of),
                from: "argument --as-of".to_owned(),
            });
        }
        Logic::Check(check) => {
            let _ = check(&case);
        }
        Logic::Exemption { .. } | Logic::Score(_) => {}
    }
    steps.into_inner()
}
