//! What to do about findings of Alibaba.com, in the order in which to try it: agree on a date, have it confirmed, let
//! the buyer have the refund, prove force majeure, and last the special channels.

use crate::assess::actions::{Action, Task};
use crate::assess::alibaba::certificate_plan::apply_by;
use crate::assess::alibaba::force_majeure::{filings, wanting};
use crate::assess::case::Case;
use crate::assess::rule::{Code, Relief};
use crate::assess::standing;
use crate::casebook::FilingStatus;
use crate::order::{Field, Instant, OrderType};

const CHAT: &[&str] = &["chat"];
const RECORD: &[&str] = &["order-number", "chat"];

/// The action list of a finding.
pub fn actions(task: &Task<'_>) -> Vec<Action> {
    let order = Work::new(task);
    match task.advice() {
        "" => order.ship_date(),
        "beyond-advised-limit" => vec![task.act("alibaba-agree-earlier-date", CHAT)],
        // A certificate that comes too late for the date is worth its filing all the same: no last moment.
        "certificate-in-time" | "certificate-after-due" => {
            let by = order.case.as_ref().and_then(|case| apply_by(case, order.due?));
            vec![
                at("alibaba-certificate-agent", &["order-number"], by),
                at("alibaba-certificate-ccpit", &["order-number"], None),
            ]
        }
        "force-majeure-record" => vec![order.material("alibaba-keep-record")],
        "appeal-points" => vec![at("alibaba-appeal", RECORD, None)],
        "online-refund" => vec![at("alibaba-online-refund", &[], order.ahead())],
        "special-channel" => ["alibaba-online-service", "alibaba-partner-ticket", "alibaba-sos-mail"]
            .map(|code| at(code, RECORD, order.ahead()))
            .to_vec(),
        _ => Vec::new(),
    }
}

const fn at(code: &'static str, needs: &'static [&'static str], do_by: Option<Instant>) -> Action {
    Action::new(code, needs, do_by)
}

/// What the list depends on.
struct Work<'a> {
    task: &'a Task<'a>,
    case: Option<Case<'a>>,
    /// The judged ship date.
    due: Option<Instant>,
}

impl<'a> Work<'a> {
    fn new(task: &'a Task<'a>) -> Work<'a> {
        let line = task.run.ledger.lines(task.order).nth(task.finding.line as usize);
        let case = line.map(|line| Case::new(task.run, task.order, line, None));
        let due = case.as_ref().and_then(|case| standing(case, Code("ALI001"))?.due_at);
        Work { task, case, due }
    }

    /// The ship date, where it is still to come.
    fn ahead(&self) -> Option<Instant> {
        self.due.filter(|due| *due >= self.task.run.as_of)
    }

    /// The order is not shipped and its date is near or past.
    fn ship_date(&self) -> Vec<Action> {
        let task = self.task;
        let direct =
            task.run.ledger.lines(task.order).any(|line| line.record.order_type == OrderType::Direct);
        let ship = task.act("alibaba-ship", &[]);
        let agree = task.act("alibaba-agree-date", CHAT);
        // A date that is agreed counts only once it is confirmed, also after the due date.
        let confirm = if self.unconfirmed() { "alibaba-remind-confirm" } else { "alibaba-confirm-date" };
        let confirm = at(confirm, &[], self.advised_limit().or(task.finding.due_at));
        let mut list = match (direct, self.unconfirmed()) {
            (_, true) => vec![confirm, ship],
            (true, false) => vec![ship, agree, confirm],
            (false, false) => vec![agree, confirm, ship],
        };
        list.push(at("alibaba-online-refund", &[], self.ahead()));
        if self.filing_wants() {
            list.push(self.material("alibaba-force-majeure"));
        }
        list
    }

    /// Whether a date was agreed on that the buyer has not confirmed.
    fn unconfirmed(&self) -> bool {
        let pending =
            |(rule, relief): &(Code, Relief)| rule.0 == "ALI101" && matches!(relief, Relief::Pending { .. });
        self.task.finding.exemptions.iter().any(pending)
    }

    /// The last moment for a negotiated date, counted from payment.
    fn advised_limit(&self) -> Option<Instant> {
        let case = self.case.as_ref()?;
        case.after(&case.book.alibaba.advised_limit, case.reading(Field::PaidAt).known()?)
    }

    /// Whether a filing that is not decided yet lacks something, or is still to be handed in.
    fn filing_wants(&self) -> bool {
        self.case.as_ref().is_some_and(|case| {
            filings(case).any(|filing| match filing.status {
                FilingStatus::Draft => true,
                FilingStatus::Pending => !wanting(filing).is_empty(),
                _ => false,
            })
        })
    }

    /// The material that filings of the order lack, the one that lacks least deciding.
    fn material(&self, code: &'static str) -> Action {
        let open = |case| filings(case).map(wanting).min_by_key(|needs| needs.len());
        at(code, self.case.as_ref().and_then(open).unwrap_or(&[]), None)
    }
}
