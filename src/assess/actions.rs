//! What to do about a finding: by when, where in the back end, with what at hand.

use crate::assess::case::Context;
use crate::assess::engine::Finding;
use crate::assess::rule::{Relief, State};
use crate::normalise::Order;
use crate::order::{Instant, Marketplace, OrderType};

/// One thing to do. What it is called, where it is done and what it takes stand in `words` under
/// `action.<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its stable code, such as `jd-send-card`.
    pub code: &'static str,
    /// When it loses its effect.
    pub do_by: Option<Instant>,
    /// What must be at hand: words under `need.<name>`.
    pub needs: &'static [&'static str],
}

/// What to do about a finding, in the order in which to try it; nothing for one that is not at risk.
pub fn actions(run: Context<'_>, order: &Order, finding: &Finding) -> Vec<Action> {
    if !finding.is_risk() {
        return Vec::new();
    }
    let do_by = finding.due_at;
    let act = |code, needs| Action { code, do_by, needs };
    if finding.state == State::Unverifiable {
        return vec![act("look-up", &[])];
    }
    let Some(marketplace) = run.ledger.input(order).marketplace else { return Vec::new() };
    let code = finding.rule.code.0;
    match (marketplace, code) {
        (_, "GEN101") => advised(finding, GENERAL_ADVICE, &act),
        (Marketplace::Alibaba, "ALI001") => alibaba(run, order, &act),
        (Marketplace::Jd, "JD001" | "JD002") => jd(run, order, finding, &act),
        (Marketplace::Jd, _) => advised(finding, JD_ADVICE, &act),
        (Marketplace::Ebay, "EBY001") => vec![act("ebay-ship", &[]), act("ebay-tell-buyer", &[])],
        (Marketplace::Ebay, "EBY002") => {
            vec![act("ebay-ask-carrier", &["waybill"]), act("ebay-tell-buyer", &[])]
        }
        (Marketplace::Douyin, _) => douyin(finding, &act),
        (Marketplace::Pinduoduo, "PDD001") => pinduoduo(finding, &act),
        (Marketplace::Pinduoduo, "PDD002") => vec![act("pinduoduo-hand-over", &["waybill"])],
        (Marketplace::Pinduoduo, "PDD003") => {
            vec![act("ask-courier", &["waybill"]), act("pinduoduo-reship", &[])]
        }
        (Marketplace::Pinduoduo, _) => advised(finding, PINDUODUO_ADVICE, &act),
        _ => vec![act("ship", &[])],
    }
}

/// What an advice comes down to: its key, then actions with what they need.
type Answers = &'static [(&'static str, &'static [(&'static str, &'static [&'static str])])];

const JD_ADVICE: Answers = &[
    ("presale-end-before-balance", &[("jd-end-presale", &["buyer-agrees"]), ("ship", &[])]),
    ("presale-phone-buyer", &[("jd-phone-presale", &[]), ("jd-delete-presale", &["buyer-agrees"])]),
    ("presale-counts-as-delayed", &[("jd-delete-presale", &["buyer-agrees"]), ("ship", &[])]),
    ("cancel-in-back-end", &[("jd-cancel", &[])]),
    ("cancel-and-file", &[("jd-cancel", &[]), ("jd-emergency-filing", &["order-number", "cancel-record"])]),
    ("report-abnormal-order", &[("jd-abnormal-order", &["order-number"])]),
    ("report-malicious", &[("jd-malicious-order", &["order-number"])]),
    ("malicious-no-longer-warned", &[("jd-malicious-order", &["order-number"])]),
    ("sender-address-change", &[("jd-sender-address", &[])]),
    ("sender-address-jd-courier", &[("jd-sender-address", &[]), ("jd-ask-service", &["waybill"])]),
    ("sender-address-ask-courier", &[("jd-sender-address", &[]), ("ask-courier", &["waybill"])]),
    ("send-card", &[("jd-send-card", &["new-ship-time"])]),
    ("send-card-and-file", &[("jd-send-card", &["new-ship-time"]), ("jd-emergency-filing", JD_FILING)]),
    ("card-used-file", &[("jd-emergency-filing", JD_FILING)]),
];

const GENERAL_ADVICE: Answers = &[
    ("notice-expiring", &[("watch-notice", &[])]),
    ("douyin-notice-expiring", &[("douyin-watch-notice", &[])]),
    ("filing-expiring", &[("renew-filing", &["order-number"]), ("ship", &[])]),
];

const PINDUODUO_ADVICE: Answers = &[
    ("not-picked-up", &[("pinduoduo-hand-over", &["waybill"]), ("pinduoduo-search-outlet", &["waybill"])]),
    ("parcel-stalled", &[("ask-courier", &["waybill"]), ("pinduoduo-reship", &[])]),
    ("parcel-lost", &[("pinduoduo-message-buyer", &[]), ("pinduoduo-reship", &[])]),
    ("refund-may-be-granted", &[("pinduoduo-intercept", &["waybill"]), ("pinduoduo-grant-refund", &[])]),
    ("refund-too-late-to-stop", &[("pinduoduo-have-refused", &[])]),
    ("refund-intercept", &[("pinduoduo-intercept", &["waybill"])]),
    (
        "refund-by-system",
        &[("pinduoduo-intercept", &["waybill"]), ("pinduoduo-appeal", &["trace-screenshot"])],
    ),
    ("refund-appeal-delivered", &[("pinduoduo-appeal", &["trace-screenshot"])]),
    ("refund-follow-return", &[("pinduoduo-follow-return", &["waybill"])]),
    ("two-provinces", &[("pinduoduo-order-appeal", &["address-screenshot"])]),
    ("misrouted-urgent", &[("pinduoduo-intercept", &["waybill"]), ("pinduoduo-reship", &[])]),
    ("misrouted", &[("pinduoduo-message-buyer", &[]), ("ask-courier", &["waybill"])]),
    ("damaged", &[("pinduoduo-compensate", &[]), ("pinduoduo-claim", &["waybill", "damage-photos"])]),
    ("slow-return", &[("pinduoduo-extend-receipt", &[]), ("pinduoduo-reject-and-appeal", &["reason"])]),
    ("slow-return-lost", &[("ask-courier", &["return-waybill"]), ("pinduoduo-extend-receipt", &[])]),
];

const JD_FILING: &[&str] = &["order-number", "chat-with-ship-time"];

/// The actions under an advice.
fn advised(
    finding: &Finding,
    answers: Answers,
    act: &dyn Fn(&'static str, &'static [&'static str]) -> Action,
) -> Vec<Action> {
    let key = finding.advice.map_or("", |advice| advice.key);
    let found = answers.iter().find(|(known, _)| *known == key);
    found.map_or_else(Vec::new, |(_, list)| list.iter().map(|(code, needs)| act(code, needs)).collect())
}

/// Ship; from or to a closed place the order can be appealed too, and the place left out from now on.
fn pinduoduo(
    finding: &Finding,
    act: &dyn Fn(&'static str, &'static [&'static str]) -> Action,
) -> Vec<Action> {
    let mut list = vec![act("pinduoduo-ship", &[])];
    if finding.exemptions.iter().any(|(code, _)| code.0 == "PDD101") {
        list.push(act("pinduoduo-order-appeal", &["region-proof"]));
        list.push(act("pinduoduo-leave-out-place", &[]));
    }
    list
}

/// The one order of work of an Alibaba.com order: negotiated ones can still move their date.
fn alibaba(
    run: Context<'_>,
    order: &Order,
    act: &dyn Fn(&'static str, &'static [&'static str]) -> Action,
) -> Vec<Action> {
    let direct = run.ledger.lines(order).any(|line| line.record.order_type == OrderType::Direct);
    let agree = act("alibaba-agree-date", &["chat"]);
    let confirm = act("alibaba-confirm-date", &[]);
    if direct {
        vec![act("alibaba-ship", &[]), agree]
    } else {
        vec![agree, confirm, act("alibaba-ship", &[])]
    }
}

/// What a Douyin order needs; nothing is filed for one that is exempt or whose filing is under review.
fn douyin(finding: &Finding, act: &dyn Fn(&'static str, &'static [&'static str]) -> Action) -> Vec<Action> {
    let tell = act("douyin-tell-buyer", &[]);
    let in_play = |relief: &Relief| matches!(relief, Relief::Extend(_) | Relief::Pending { .. });
    let filed = finding.exemptions.iter().any(|(_, relief)| in_play(relief));
    let file = |proof| (!filed).then(|| act("douyin-file", proof));
    let key = finding.advice.map_or("", |advice| advice.key);
    let list = match finding.rule.code.0 {
        "DY001" => [Some(act("douyin-ship", &[])), file(&["region-proof"]), Some(tell)],
        "DY002" | "DY003" | "DY004" => {
            [Some(act("ask-courier", &["waybill"])), file(&["courier-proof"]), None]
        }
        "DY005" | "DY205" => [Some(act("douyin-handle-case", &[])), None, None],
        "DY201" | "DY203" => [file(&["region-proof"]), Some(tell), None],
        "DY202" => [Some(act("douyin-appeal", &["penalty-proof"])), None, None],
        "DY204" if key == "restrict-destination" => [Some(act("douyin-restrict", &[])), Some(tell), None],
        "DY204" => [Some(act("douyin-change-ship-time", &[])), Some(tell), None],
        "DY210" => [Some(tell), file(&["chat"]), None],
        _ => [Some(tell), None, None],
    };
    list.into_iter().flatten().collect()
}

/// A card once, ever; with one used, the emergency filing.
fn jd(
    run: Context<'_>,
    order: &Order,
    finding: &Finding,
    act: &dyn Fn(&'static str, &'static [&'static str]) -> Action,
) -> Vec<Action> {
    let used = !run.casebook.cards(run.ledger.order_id(order)).is_empty();
    let pending = finding.exemptions.iter().any(|(_, relief)| matches!(relief, Relief::Pending { .. }));
    let first = if finding.rule.code.0 == "JD001" {
        act("jd-upload-waybill", &[])
    } else {
        act("ask-courier", &["waybill"])
    };
    let mut list = vec![first];
    if !used {
        list.push(act("jd-send-card", &["new-ship-time"]));
    }
    // An answer that may come after the deadline is no help: the filing goes out beside the card.
    let answer = run.book.jd.card_answer.on(None);
    let answered = answer.and_then(|entry| run.as_of.checked_add_signed(entry.value.0));
    let too_slow = finding.due_at.zip(answered).is_some_and(|(due, answered)| answered > due);
    if (used || too_slow) && !pending {
        list.push(act("jd-emergency-filing", JD_FILING));
    }
    list
}
