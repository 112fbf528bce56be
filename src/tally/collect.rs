//! Counting verdicts, order by order; cheap enough to run beside the judging.

use crate::assess::{Code, Context, Finding, Rule, State, Verdict};
use crate::normalise::{Order, day_in};
use crate::order::{Field, Flags, Marketplace};
use crate::tally::period::{Counts, PeriodKey};
use crate::tally::totals::{StoreTotals, Tally};
use rustc_hash::FxHashMap;

/// Counts the orders of one block. Keys are small numbers here and become names once, at the end.
#[derive(Default)]
pub struct Collector {
    periods: FxHashMap<(Marketplace, u16, Code, PeriodKey), Counts>,
    stores: FxHashMap<(Marketplace, u16), StoreTotals>,
    /// By the rule: so few that looking through them is sooner done than hashing.
    fired: Vec<(&'static Rule, [u64; State::WORST_FIRST.len()])>,
    gaps: FxHashMap<(u32, Code, Field), u64>,
    due_hours: FxHashMap<i64, u64>,
}

impl Collector {
    /// Counts one order.
    pub fn add(&mut self, run: Context<'_>, order: &Order, verdict: &Verdict) {
        let input = run.ledger.input(order);
        let Some(marketplace) = input.marketplace else { return };
        // The next thing due, which is not always the worst: an order late by one rule may be open by another.
        let open = verdict.findings.iter().filter(|f| f.state.is_open()).filter_map(|f| f.left(run.as_of));
        let lead = open.filter(|left| *left >= 0).min().filter(|_| verdict.at_risk);
        let totals = self.stores.entry((marketplace, order.store)).or_default();
        totals.orders += 1;
        totals.at_risk += u64::from(verdict.at_risk);
        let risk = verdict.shown_risk();
        if let Some(at) = State::WORST_FIRST.iter().position(|state| *state == risk) {
            totals.by_risk[at] += 1;
        }
        totals.due_12h += u64::from(lead.is_some_and(|left| (0..=12 * 3600).contains(&left)));
        totals.due_24h += u64::from(lead.is_some_and(|left| (0..=24 * 3600).contains(&left)));
        let (proved, claimed) = exemptions(verdict);
        totals.exempt_proved += u64::from(proved);
        totals.exempt_claimed += u64::from(claimed);
        if let Some(left) = lead.filter(|left| (0..72 * 3600).contains(left)) {
            *self.due_hours.entry(left / 3600).or_default() += 1;
        }
        let source = run.ledger.lines[order.lines.start as usize];
        let number = run.ledger.batches[source.batch as usize].input;
        for finding in &verdict.findings {
            let known = self.fired.iter().position(|(rule, _)| std::ptr::eq(*rule, finding.rule));
            let at = known.unwrap_or_else(|| {
                self.fired.push((finding.rule, [0; State::WORST_FIRST.len()]));
                self.fired.len() - 1
            });
            self.fired[at].1[finding.state as usize] += 1;
            if let (State::NotAssessed, Some(field)) = (finding.state, finding.gap) {
                *self.gaps.entry((number, finding.rule.code, field)).or_default() += 1;
            }
        }
        match marketplace {
            Marketplace::Jd => self.jd_week(run, order, verdict),
            Marketplace::Alibaba => self.alibaba_month(run, order, verdict),
            Marketplace::Ebay => self.ebay_pressed(run, order, verdict),
            Marketplace::Douyin => self.douyin_rate(run, order, verdict),
            Marketplace::Pinduoduo => self.pinduoduo_look(run, order, verdict),
            Marketplace::Other(_) => {}
        }
        self.kept_week(run, order, verdict, marketplace);
    }

    /// Where a platform scores no week of its own: the week in which the ship deadline falls due, for the trend.
    fn kept_week(&mut self, run: Context<'_>, order: &Order, verdict: &Verdict, marketplace: Marketplace) {
        let code = match marketplace {
            Marketplace::Alibaba => Code("ALI001"),
            Marketplace::Ebay => Code("EBY001"),
            Marketplace::Pinduoduo => Code("PDD001"),
            Marketplace::Other(_) => Code("GEN004"),
            // JD301 and DY301 are weeks.
            Marketplace::Jd | Marketplace::Douyin => return,
        };
        let ours = verdict.findings.iter().filter(|finding| finding.rule.code == code);
        let Some((due, worst)) =
            ours.max_by_key(|finding| finding.state).and_then(|finding| Some((finding.due_at?, finding)))
        else {
            return;
        };
        let week = PeriodKey::week_of(day_in(zone(run, order), due));
        let counts = judged(worst);
        if counts != Counts::default() {
            self.count(marketplace, order.store, code, week, counts);
        }
    }

    /// JD301: the week of the judged pickup deadline; a delayed order counts once, whichever rule it broke.
    fn jd_week(&mut self, run: Context<'_>, order: &Order, verdict: &Verdict) {
        let of = |code| verdict.findings.iter().find(|f| f.rule.code == Code(code));
        let Some(pickup) = of("JD002") else { return };
        let Some(due) = pickup.due_at else { return };
        let zone = zone(run, order);
        let week = PeriodKey::week_of(day_in(zone, due));
        let delayed = [Some(pickup), of("JD001")]
            .into_iter()
            .flatten()
            .any(|f| matches!(f.state, State::Late | State::Overdue));
        let mut counts = judged(pickup);
        counts.delayed = u64::from(delayed);
        if counts != Counts::default() {
            self.count(Marketplace::Jd, order.store, Code("JD301"), week, counts);
        }
    }

    /// EBY206: the open orders on the day of the audit; overdue and urgent ones have failed, the others hold.
    fn ebay_pressed(&mut self, run: Context<'_>, order: &Order, verdict: &Verdict) {
        let open = verdict.findings.iter().map(|f| f.state).filter(|state| state.is_open()).max();
        let counts = match open {
            Some(State::Overdue | State::Urgent) => Counts { overdue: 1, ..Counts::default() },
            Some(_) => Counts { met: 1, ..Counts::default() },
            None => return,
        };
        let day = PeriodKey::Day(day_in(zone(run, order), run.as_of));
        self.count(Marketplace::Ebay, order.store, Code("EBY206"), day, counts);
    }

    /// ALI301: the month of the judged ship date.
    fn alibaba_month(&mut self, run: Context<'_>, order: &Order, verdict: &Verdict) {
        for finding in verdict.findings.iter().filter(|f| f.rule.code == Code("ALI001")) {
            let (Some(due), counts) = (finding.due_at, judged(finding)) else { continue };
            let month = PeriodKey::month_of(day_in(zone(run, order), due));
            if counts != Counts::default() {
                self.count(Marketplace::Alibaba, order.store, Code("ALI301"), month, counts);
            }
        }
    }

    /// DY301: orders by the day and week of payment, shipped within the hours or not; exempt ones are out.
    fn douyin_rate(&mut self, run: Context<'_>, order: &Order, verdict: &Verdict) {
        let Some(finding) =
            verdict.findings.iter().filter(|f| f.rule.code == Code("DY001")).max_by_key(|f| f.state)
        else {
            return;
        };
        let Some(line) = run.ledger.lines(order).nth(finding.line as usize) else { return };
        // 推迟发货 marks an exempt order too (source: 2.6), although its promise is moved without us.
        let deferred = line.record.flags.has(Flags::DEFERRED);
        let exempt = !finding.exemptions.is_empty() && exemptions(verdict).0;
        if exempt
            || deferred
            || matches!(finding.state, State::Void | State::Waived | State::Unverifiable | State::NotAssessed)
        {
            return;
        }
        let Some(paid) = line.time(Field::PaidAt).known() else { return };
        let Some(hours) = run.book.douyin.ship_rate_hours.on(None).map(|entry| entry.value.0) else { return };
        let end = paid + hours;
        let mut counts = Counts::default();
        match finding.done_at {
            Some(done) if done <= end => counts.met = 1,
            Some(_) => counts.late = 1,
            None if run.as_of > end => counts.overdue = 1,
            None => counts.open = 1,
        }
        let day = day_in(zone(run, order), paid);
        for period in [PeriodKey::Day(day), PeriodKey::week_of(day)] {
            self.count(Marketplace::Douyin, order.store, Code("DY301"), period, counts);
        }
    }

    /// PDD301: what stands on the two lists of 包裹中心 now, whoever would be fined for it.
    fn pinduoduo_look(&mut self, run: Context<'_>, order: &Order, verdict: &Verdict) {
        let on = |code, states: &[State]| {
            verdict.findings.iter().any(|f| f.rule.code == Code(code) && states.contains(&f.unwaived))
        };
        let near = on("PDD002", &[State::Urgent, State::Warning]);
        let stalled = on("PDD003", &[State::Overdue]);
        if near || stalled {
            let today = PeriodKey::Day(day_in(zone(run, order), run.as_of));
            let counts = Counts { open: 1, delayed: u64::from(stalled), ..Counts::default() };
            self.count(Marketplace::Pinduoduo, order.store, Code("PDD301"), today, counts);
        }
    }

    fn count(&mut self, marketplace: Marketplace, store: u16, rule: Code, period: PeriodKey, counts: Counts) {
        self.periods.entry((marketplace, store, rule, period)).or_default().add(&counts);
    }

    /// The tally, with stores by name.
    pub fn finish(self, run: Context<'_>) -> Tally {
        let name = |store: u16| run.ledger.stores[usize::from(store)].name.clone();
        let mut tally = Tally::default();
        for ((marketplace, store, rule, period), counts) in self.periods {
            tally.periods.entry((marketplace, name(store), rule, period)).or_default().add(&counts);
        }
        for ((marketplace, store), totals) in self.stores {
            tally.stores.entry((marketplace, name(store))).or_default().add(&totals);
        }
        for (rule, counts) in self.fired {
            let of_state = |state: &State| ((rule.code, *state), counts[*state as usize]);
            tally.fired.extend(State::WORST_FIRST.iter().map(of_state).filter(|(_, count)| *count > 0));
        }
        tally.gaps = self.gaps.into_iter().collect();
        tally.due_hours = self.due_hours.into_iter().collect();
        tally
    }
}

fn zone(run: Context<'_>, order: &Order) -> chrono_tz::Tz {
    run.ledger.input(order).day_zone()
}

/// One finding as a count; void, waived and not assessed count nowhere.
fn judged(finding: &Finding) -> Counts {
    let mut counts = Counts::default();
    match finding.state {
        State::Met => counts.met = 1,
        State::Late => counts.late = 1,
        State::Overdue => counts.overdue = 1,
        State::Urgent | State::Warning | State::OnTrack => counts.open = 1,
        _ => {}
    }
    counts
}

/// Whether an order is exempt by proof, and whether a claim of it is open.
fn exemptions(verdict: &Verdict) -> (bool, bool) {
    use crate::assess::Relief;
    let all = || verdict.findings.iter().flat_map(|f| &f.exemptions);
    let proved = all().any(|(_, relief)| matches!(relief, Relief::Extend(_) | Relief::Waive | Relief::Void));
    let claimed =
        all().any(|(_, relief)| matches!(relief, Relief::Pending { .. } | Relief::Claimable { .. }));
    (proved, claimed)
}
