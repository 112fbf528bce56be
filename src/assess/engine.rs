//! Judges orders: raises obligations, lets exemptions act on them, and says in which state they are.

use crate::assess::case::{Case, Context};
use crate::assess::exempt::exempted;
use crate::assess::finding::{Finding, Verdict};
use crate::assess::registry::{Planned, plan_for, planned};
use crate::assess::rule::{
    Advice, Code, Deadline, Done, Gap, Judged, Logic, Obligation, Relief, Rule, State, Unit,
};
use crate::assess::seats::{Seat, differs, only_seat, seats};
use crate::normalise::Order;
use crate::order::{Field, Instant, Reading, Stage};

/// Judges an order into `verdict`, whose memory is used again from order to order.
pub fn judge_into(run: Context<'_>, order: &Order, verdict: &mut Verdict) {
    verdict.findings.clear();
    let Some(marketplace) = run.ledger.input(order).marketplace else { return };
    let by_line = differs(run, order);
    let (mut one, mut many);
    let seats: &mut [Seat<'_>] = if let Some(only) = only_seat(run, order, by_line) {
        one = [only];
        &mut one
    } else {
        many = seats(run, order, by_line);
        &mut many
    };
    let plan = plan_for(marketplace);
    judge_lines(seats, &plan.deadlines, &mut verdict.findings);
    // Checks find the deadlines judged.
    let mut checked = std::mem::take(&mut verdict.checked);
    for seat in &mut *seats {
        seat.case.look_at(seat.line, &verdict.findings);
    }
    judge_lines(seats, &plan.checks, &mut checked);
    verdict.findings.append(&mut checked);
    verdict.checked = checked;
    for finding in &mut verdict.findings {
        finding.names_line = by_line;
    }
    verdict.risk = verdict.findings.iter().map(|finding| finding.state).max();
    verdict.at_risk = verdict.findings.iter().any(Finding::is_risk);
}

/// Judges one order.
pub fn judge(run: Context<'_>, order: &Order) -> Verdict {
    let mut verdict = Verdict::default();
    judge_into(run, order, &mut verdict);
    verdict
}

/// Judges every line by every rule of a list; of several parcels of a line the one that stands worst decides.
fn judge_lines(seats: &[Seat<'_>], rules: &'static [Planned], found: &mut Vec<Finding>) {
    if let [only] = seats {
        for planned in rules {
            judge_case(&only.case, only.line, only.parcel, planned, found);
        }
        return;
    }
    for planned in rules {
        for of_line in seats.chunk_by(|a, b| a.line == b.line) {
            let known = found.len();
            for seat in of_line {
                judge_case(&seat.case, seat.line, seat.parcel, planned, found);
            }
            let worst = (known + 1..found.len())
                .fold(known, |worst, at| if stands_worse(&found[at], &found[worst]) { at } else { worst });
            if worst > known {
                found.swap(known, worst);
            }
            found.truncate(known + 1);
        }
    }
}

/// An order is done when its last parcel is: an open one before a done one, a later done before an earlier.
fn stands_worse(a: &Finding, b: &Finding) -> bool {
    let key = |f: &Finding| (f.state, f.done_at, std::cmp::Reverse(f.due_at));
    key(a) > key(b)
}

/// Adds what a rule says of a case, if anything.
#[inline]
fn judge_case(
    case: &Case<'_>,
    line: u32,
    parcel: Option<u32>,
    planned: &'static Planned,
    found: &mut Vec<Finding>,
) {
    match planned.rule.logic {
        Logic::Deadline(deadline) => {
            if deadline.begins_with_order || case.still_owed() {
                add_deadline(case, (line, parcel), planned, deadline, found);
            }
        }
        // Most checks say nothing of most orders.
        Logic::Check(check) => match check(case) {
            Ok(None) => {}
            said => add_check(planned.rule, (line, parcel), said, found),
        },
        Logic::Exemption { .. } | Logic::Score(_) => {}
    }
}

/// Adds how a deadline rule stands, where it raises anything.
fn add_deadline(
    case: &Case<'_>,
    (line, parcel): (u32, Option<u32>),
    planned: &'static Planned,
    deadline: Deadline,
    found: &mut Vec<Finding>,
) {
    found.push(Finding::blank(planned.rule, line, parcel));
    let raised = found.last_mut().is_some_and(|finding| judge_deadline(case, planned, deadline, finding));
    if !raised {
        found.pop();
    }
}

/// Adds what a check said.
#[inline(never)]
fn add_check(
    rule: &'static Rule,
    (line, parcel): (u32, Option<u32>),
    said: Judged<Option<Advice>>,
    found: &mut Vec<Finding>,
) {
    let (state, gap, advice) = match said {
        Ok(None) => return,
        Ok(advice) => (State::Advice, None, advice),
        // A check numbered among the deadlines owes an answer: that it has none is a gap.
        Err(Gap::NoColumn(field)) if rule.code.is_deadline() => (State::NotAssessed, Some(field), None),
        Err(_) => return,
    };
    let due_at = advice.and_then(|advice| advice.until);
    found.push(Finding { state, due_at, gap, advice, ..Finding::blank(rule, line, parcel) });
}

/// How a deadline rule stands on the line and parcel of a case. Checks ask this: rules never call each other.
pub fn standing(case: &Case<'_>, code: Code) -> Option<Finding> {
    // What was said of an order with one parcel was said of this one.
    let said = case.finding(code.0).filter(|_| case.order.parcels.len < 2);
    if let Some(said) = said {
        return Some(said.clone());
    }
    let planned = planned(code)?;
    // Without the trail, which is the check's own.
    let quiet = Case::new(case.run, case.order, case.line, case.parcel);
    let mut found = Vec::new();
    if matches!(planned.rule.logic, Logic::Deadline(_)) {
        judge_case(&quiet, 0, None, planned, &mut found);
    }
    found.pop()
}

/// Fills in the finding of a deadline rule; `false` when the rule raises nothing.
pub(super) fn judge_deadline(
    case: &Case<'_>,
    planned: &Planned,
    deadline: Deadline,
    finding: &mut Finding,
) -> bool {
    if !deadline.begins_with_order && !case.still_owed() {
        return false;
    }
    let unpaid = case.status().stage == Stage::Unpaid;
    let ended = case.status().ended_unshipped();
    let obligation = match (deadline.judge)(case) {
        Ok(obligation) => Obligation { rule: finding.rule.code, ..obligation },
        Err(_) if unpaid || ended => {
            finding.state = State::Void;
            return true;
        }
        Err(Gap::NotBegun) => return false,
        Err(Gap::NoColumn(field)) => {
            (finding.state, finding.gap) = (State::NotAssessed, Some(field));
            return true;
        }
        Err(Gap::Unclear(field)) => {
            (finding.state, finding.gap) = (State::Unverifiable, Some(field));
            return true;
        }
    };
    let (due, reliefs) = exempted(case, &obligation, &planned.exemptions);
    finding.exemptions = reliefs;
    finding.base_due_at = Some(obligation.base_due_at);
    finding.due_at = Some(due);
    finding.clock = obligation.clock;
    finding.rule_due_at =
        obligation.rule_due_at.filter(|other| (*other - obligation.base_due_at).num_seconds().abs() > 60);
    let waived = finding.exemptions.iter().any(|(_, relief)| *relief == Relief::Waive);
    let void = finding.exemptions.iter().any(|(_, relief)| *relief == Relief::Void);
    finding.unwaived = if unpaid || void {
        State::Void
    } else if ended {
        ended_state(case, due)
    } else {
        done_state(case, deadline.unit, due, obligation.done)
    };
    // An order that ended in time stays void: there was nothing left to waive.
    let ended_in_time = finding.unwaived == State::Void;
    finding.state = if waived && !ended_in_time { State::Waived } else { finding.unwaived };
    if finding.state == finding.unwaived && finding.state != State::Void && !ended {
        finding.gap = gap_of(obligation.done);
    }
    if let Done::At(at) = obligation.done
        && !unpaid
        && !ended
    {
        finding.done_at = Some(at);
    }
    true
}

/// Ended before shipping: nothing to do any more, unless it ended after its deadline had passed.
fn ended_state(case: &Case<'_>, due: Instant) -> State {
    match ended_at(case) {
        Some(at) if at > due && at <= case.as_of => State::Late,
        _ => State::Void,
    }
}

/// When an order ended, as far as its export or an after-sales file tells.
fn ended_at(case: &Case<'_>) -> Option<Instant> {
    let own = match case.reading(Field::CancelledAt) {
        Reading::Known(at) => Some(at),
        _ => None,
    };
    own.or_else(|| case.after_sales().filter_map(|c| c.time(Field::RefundedAt).known()).min())
}

fn done_state(case: &Case<'_>, unit: Unit, due: Instant, done: Done) -> State {
    match done {
        Done::At(at) if at <= due => State::Met,
        Done::At(_) => State::Late,
        Done::NoColumn(_) => State::NotAssessed,
        Done::Unclear(_) => State::Unverifiable,
        Done::NotYet => open_state(case, unit, due),
    }
}

/// Which field keeps from saying whether it was done.
fn gap_of(done: Done) -> Option<Field> {
    match done {
        Done::NoColumn(field) | Done::Unclear(field) => Some(field),
        Done::At(_) | Done::NotYet => None,
    }
}

fn open_state(case: &Case<'_>, unit: Unit, due: Instant) -> State {
    let general = &case.book.general;
    let (urgent, warning) = match unit {
        Unit::Hours => (&general.urgent_hours_rules, &general.warning_hours_rules),
        Unit::Days => (&general.urgent_days_rules, &general.warning_days_rules),
    };
    let left = due - case.as_of;
    let within = |param| case.value(param).is_some_and(|span: &crate::rulebook::Span| left <= span.0);
    if case.as_of > due {
        State::Overdue
    } else if within(urgent) {
        State::Urgent
    } else if within(warning) {
        State::Warning
    } else {
        State::OnTrack
    }
}
