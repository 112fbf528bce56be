//! Judges orders: raises obligations, lets exemptions act on them, and says in which state they are.

use crate::assess::case::{Case, Context};
use crate::assess::exempt::exempted;
use crate::assess::registry::{Planned, plan_for, planned};
use crate::assess::rule::{Clock, Code, Deadline, Done, Gap, Logic, Obligation, Relief, Rule, State, Unit};
use crate::normalise::{In, Order, split_waybills};
use crate::order::{Field, Instant, Line, Parcel, Reading, Stage};

/// What one rule says of one order, or of one line of it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Its state.
    pub state: State,
    /// The line it is about, as an index into the order's lines.
    pub line: u32,
    /// Whether the order is judged line by line, so that the finding names its line.
    pub names_line: bool,
    /// The parcel that decided, as an index into the order's parcels.
    pub parcel: Option<u32>,
    /// By when, after exemptions.
    pub due_at: Option<Instant>,
    /// By when, before exemptions.
    pub base_due_at: Option<Instant>,
    /// What the rule's own clock says, where it differs from the platform's by more than a minute.
    pub rule_due_at: Option<Instant>,
    /// By whose clock.
    pub clock: Clock,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// Which field is missing or unclear.
    pub gap: Option<Field>,
    /// Every exemption that found a claim on this order.
    pub exemptions: Vec<(Code, Relief)>,
    /// Its state if no exemption had waived it: what goes on with a parcel does not depend on who is fined for it.
    pub unwaived: State,
    /// What a check found.
    pub advice: Option<crate::assess::rule::Advice>,
}

impl Finding {
    /// A finding of which nothing is known yet.
    fn blank(rule: &'static Rule, line: u32, parcel: Option<u32>) -> Finding {
        Finding {
            rule,
            state: State::Advice,
            line,
            names_line: false,
            parcel,
            due_at: None,
            base_due_at: None,
            rule_due_at: None,
            clock: Clock::Rule,
            done_at: None,
            gap: None,
            exemptions: Vec::new(),
            unwaived: State::Advice,
            advice: None,
        }
    }

    /// Whether it puts its order at risk.
    pub const fn is_risk(&self) -> bool {
        self.state.is_risk() && !self.rule.note
    }

    /// Seconds to the deadline; negative when it has passed.
    pub fn left(&self, as_of: Instant) -> Option<i64> {
        self.due_at.map(|due| (due - as_of).num_seconds())
    }

    /// Met only thanks to an extension.
    pub fn met_by_extension(&self) -> bool {
        self.state == State::Met && matches!((self.done_at, self.base_due_at), (Some(d), Some(b)) if d > b)
    }
}

/// What all rules say of an order.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// The worst state over the findings.
    pub risk: Option<State>,
    /// Whether any finding puts it at risk.
    pub at_risk: bool,
    /// The findings, in the order of the registry.
    pub findings: Vec<Finding>,
    /// Room for those of checks while they are made; empty.
    checked: Vec<Finding>,
}

impl Verdict {
    /// The risk shown: an order that no rule says anything of has nothing to do.
    pub fn shown_risk(&self) -> State {
        self.risk.unwrap_or(State::Void)
    }

    /// The finding that decides what to do first: the worst, then the one due first.
    pub fn leading(&self) -> Option<&Finding> {
        let urgency = |f: &&Finding| (std::cmp::Reverse(f.state), f.due_at.is_none(), f.due_at, f.rule.code);
        self.findings.iter().filter(|f| !f.rule.note).min_by_key(urgency).or(self.findings.first())
    }
}

/// Judges an order into `verdict`, whose memory is used again from order to order.
pub fn judge_into(run: Context<'_>, order: &Order, verdict: &mut Verdict) {
    verdict.findings.clear();
    let Some(marketplace) = run.ledger.input(order).marketplace else { return };
    let by_line = differs(run, order);
    let (mut one, mut many);
    let seats: &mut [Seat<'_>] = match only_seat(run, order, by_line) {
        Some(only) => {
            one = [only];
            &mut one
        }
        None => {
            many = seats(run, order, by_line);
            &mut many
        }
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

/// Whether the rows of an order differ in what the rules look at, so that it is judged line by line.
fn differs(run: Context<'_>, order: &Order) -> bool {
    if order.lines.len < 2 {
        return false;
    }
    let mut lines = run.ledger.lines(order);
    let Some(first) = lines.next() else { return false };
    lines.any(|line| {
        !line.record.same_times(first.record)
            || line.record.status != first.record.status
            || (order.parcels.len > 0 && parcels_differ(run, order, first, line))
    })
}

fn parcels_differ(run: Context<'_>, order: &Order, a: In<'_, Line>, b: In<'_, Line>) -> bool {
    run.ledger.parcels(order).any(|parcel| carries(run, order, parcel, a) != carries(run, order, parcel, b))
}

/// Whether a parcel carries a line: unless it names another line, or its waybill is another line's.
fn carries(run: Context<'_>, order: &Order, parcel: In<'_, Parcel>, line: In<'_, Line>) -> bool {
    let sub = parcel.text(parcel.record.sub_order_id);
    let own = line.text(line.record.sub_order_id);
    if !sub.is_empty() && !own.is_empty() {
        return sub == own;
    }
    let waybill = parcel.text(parcel.record.waybill);
    let claims = |line: In<'_, Line>| split_waybills(line.text(line.record.waybill)).any(|w| w == waybill);
    let same = line.text(line.record.waybill) == waybill;
    waybill.is_empty() || same || claims(line) || !run.ledger.lines(order).any(claims)
}

/// A line with one of the parcels that carry it, or with none.
struct Seat<'a> {
    line: u32,
    parcel: Option<u32>,
    case: Case<'a>,
}

/// The seat of an order that has just one, as nearly every order.
fn only_seat<'a>(run: Context<'a>, order: &'a Order, by_line: bool) -> Option<Seat<'a>> {
    if by_line || order.parcels.len > 1 {
        return None;
    }
    let line = run.ledger.lines(order).next()?;
    let parcel = run.ledger.parcels(order).next().filter(|parcel| carries(run, order, *parcel, line));
    Some(Seat { line: 0, parcel: parcel.map(|_| 0), case: Case::new(run, order, line, parcel) })
}

/// The lines that are judged, each with its parcels: found once an order, as every rule asks for them.
fn seats<'a>(run: Context<'a>, order: &'a Order, by_line: bool) -> Vec<Seat<'a>> {
    let lines = if by_line { order.lines.len as usize } else { 1 };
    let mut seats = Vec::with_capacity(lines.max(order.parcels.len as usize));
    for (at, line) in run.ledger.lines(order).take(lines).enumerate() {
        let (first, at) = (seats.len(), at as u32);
        for (number, parcel) in run.ledger.parcels(order).enumerate() {
            if carries(run, order, parcel, line) {
                let case = Case::new(run, order, line, Some(parcel));
                seats.push(Seat { line: at, parcel: Some(number as u32), case });
            }
        }
        if seats.len() == first {
            seats.push(Seat { line: at, parcel: None, case: Case::new(run, order, line, None) });
        }
    }
    seats
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
fn judge_case(
    case: &Case<'_>,
    line: u32,
    parcel: Option<u32>,
    planned: &'static Planned,
    found: &mut Vec<Finding>,
) {
    let rule = planned.rule;
    match rule.logic {
        Logic::Deadline(deadline) => {
            if !deadline.begins_with_order && !case.still_owed() {
                return;
            }
            found.push(Finding::blank(rule, line, parcel));
            let raised =
                found.last_mut().is_some_and(|finding| judge_deadline(case, planned, deadline, finding));
            if !raised {
                found.pop();
            }
        }
        Logic::Check(check) => {
            let (state, gap, advice) = match check(case) {
                Ok(None) => return,
                Ok(advice) => (State::Advice, None, advice),
                // A check numbered among the deadlines owes an answer: that it has none is a gap.
                Err(Gap::NoColumn(field)) if rule.code.is_deadline() => {
                    (State::NotAssessed, Some(field), None)
                }
                Err(_) => return,
            };
            let due_at = advice.and_then(|advice| advice.until);
            found.push(Finding { state, due_at, gap, advice, ..Finding::blank(rule, line, parcel) });
        }
        Logic::Exemption { .. } | Logic::Score(_) => {}
    }
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
    own.or_else(|| case.after_sales().filter_map(|c| c.record.time(Field::RefundedAt).known()).min())
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
