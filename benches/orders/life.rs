//! What happens to an order: when it is paid, shipped, picked up and delivered.

use super::chance::Chance;

/// 2026-11-09 12:00 in Shanghai, as seconds of local time since 1970.
pub const NOW: i64 = 1_794_225_600;
pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;

/// How an order ends that does not simply go its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It goes its way.
    None,
    /// It was never paid.
    Unpaid,
    /// It was cancelled before it was shipped.
    Cancelled,
    /// It was refunded before it was shipped.
    Refunded,
}

/// One order; times are local seconds since 1970, and none lies ahead of now but the promise.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    pub end: End,
    pub ordered: i64,
    pub paid: Option<i64>,
    pub promise: i64,
    pub shipped: Option<i64>,
    pub picked_up: Option<i64>,
    pub transit: Option<i64>,
    pub last_trace: Option<i64>,
    pub delivered: Option<i64>,
    pub completed: Option<i64>,
}

impl Life {
    /// An order of the last `days` days that has `window` seconds to be shipped.
    pub fn of(chance: &mut Chance, days: i64, window: i64) -> Life {
        let ordered = NOW - chance.within(600, days * DAY);
        let end = match chance.within(0, 100) {
            0..2 => End::Unpaid,
            2..4 => End::Cancelled,
            4..6 => End::Refunded,
            _ => End::None,
        };
        let paid_at = (ordered + chance.within(5, 400)).min(NOW - 1);
        let past = |at: i64| (at < NOW).then_some(at);
        let effort = match chance.within(0, 1000) {
            0..970 => chance.within(40, 700),
            970..990 => chance.within(700, 1000),
            _ => chance.within(1000, 2000),
        };
        let goes = end == End::None;
        let shipped = past(paid_at + window * effort / 1000).filter(|_| goes);
        let collecting = if chance.mille(980) { chance.within(1, 18) } else { chance.within(18, 40) };
        let picked_up = shipped.and_then(|at| past(at + collecting * HOUR + chance.within(0, HOUR)));
        let transit = picked_up.and_then(|at| past(at + chance.within(3, 16) * HOUR));
        let delivered =
            transit.and_then(|at| past(at + chance.within(20, 90) * HOUR + chance.within(0, HOUR)));
        let last_trace =
            delivered.or(transit.map(|at| NOW.min(at + chance.within(1, 20) * HOUR) - 1)).or(picked_up);
        let completed = delivered.and_then(|at| past(at + chance.within(1, 7) * DAY));
        let paid = (end != End::Unpaid).then_some(paid_at);
        let promise = paid_at + window;
        Life { end, ordered, paid, promise, shipped, picked_up, transit, last_trace, delivered, completed }
    }

    /// The same with the words of a platform.
    pub fn word(&self, words: &Words) -> &'static str {
        match self {
            Life { end: End::Unpaid, .. } => words.unpaid,
            Life { end: End::Cancelled, .. } => words.cancelled,
            Life { end: End::Refunded, .. } => words.refunded,
            Life { completed: Some(_), .. } => words.completed,
            Life { delivered: Some(_), .. } => words.delivered,
            Life { shipped: Some(_), .. } => words.shipped,
            _ => words.waiting,
        }
    }
}

/// The status words of a platform.
pub struct Words {
    pub unpaid: &'static str,
    pub cancelled: &'static str,
    pub refunded: &'static str,
    pub waiting: &'static str,
    pub shipped: &'static str,
    pub delivered: &'static str,
    pub completed: &'static str,
}
