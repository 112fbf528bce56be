//! Penalties that JD booked on an order: an appeal is worth it where a card, a filing or a window excuses the delay.

use crate::assess::booked::by_exemption;
use crate::assess::case::Case;
use crate::assess::defects::{DefectVerdict, Protection};
use crate::casebook::{Defect, DefectKind};

/// Judges a defect of a JD order. 延迟发货 stands for either of the two deadlines.
pub fn judge_defect(case: &Case<'_>, defect: &Defect) -> DefectVerdict {
    match defect.kind {
        DefectKind::Delayed | DefectKind::LateShipment => by_exemption(case, &["JD001", "JD002"]),
        DefectKind::PickupLate | DefectKind::TransitLate | DefectKind::FakeShipping => {
            by_exemption(case, &["JD002"])
        }
        _ => DefectVerdict { verdict: Protection::Undecided, rule: None, appeal_by: None },
    }
}

#[cfg(test)]
mod tests {
    use super::Protection::{self, Protected, Undecided, Unprotected};
    use crate::assess::example::{self, Example};
    use crate::order::Marketplace;
    use crate::rulebook::Book;

    /// Due on 9 March at noon (upload) and on 10 March at noon (pickup); nothing done.
    const ORDER: [(&str, &str); 5] = [
        ("ordered_at", "2020-03-08 12:00"),
        ("stands_at", "2020-03-08 12:00"),
        ("status", "awaiting-shipment"),
        ("defect.opened_at", "2020-03-10 13:00"),
        ("as_of", "2020-03-10 14:00"),
    ];

    fn judge(kind: &str, given: &[(&str, &str)]) -> (Protection, &'static str) {
        let order = ORDER.iter().filter(|(name, _)| !given.iter().any(|(own, _)| own == name));
        let booked = [("defect.kind", kind)];
        let all = order.chain(given).chain(&booked);
        let given = all.map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect();
        let book = Book::built_in().expect("the rulebook");
        let example = Example { given, expected: Vec::new() };
        let found = example::defect(Marketplace::Jd, &example, &book).expect("a verdict");
        (found.verdict, found.rule.map_or("", |rule| rule.0))
    }

    fn filing<'a>(kind: &'a str, status: &'a str, to: &'a str) -> [(&'a str, &'a str); 7] {
        [
            ("filing.order_id", "1"),
            ("filing.kind", kind),
            ("filing.status", status),
            ("filing.submitted_at", "2020-03-06 09:00"),
            ("filing.window_from", "2020-03-08"),
            ("filing.window_to", "2020-03-08"),
            ("filing.extended_to", to),
        ]
    }

    #[test]
    fn an_exemption_that_holds_makes_an_appeal_worth_it() {
        let ahead = "2020-03-11 18:00";
        assert_eq!(judge("delayed", &filing("emergency", "approved", ahead)), (Protected, "JD102"));
        assert_eq!(judge("pickup-late", &filing("emergency", "approved", ahead)), (Protected, "JD102"));
        assert_eq!(judge("delayed", &filing("advance", "approved", "-")), (Protected, "JD103"));
        let card = [("card.sent_at", "2020-03-08 13:00"), ("card.response", "accepted")];
        let dated = [&card[..], &[("card.new_ship_by", ahead)]].concat();
        assert_eq!(judge("delayed", &dated), (Protected, "JD101"));
    }

    #[test]
    fn what_does_not_hold_protects_nothing() {
        assert_eq!(judge("delayed", &[]), (Unprotected, "JD001"));
        assert_eq!(judge("pickup-late", &[]), (Unprotected, "JD002"));
        for status in ["pending", "rejected", "draft", "cancelled"] {
            let filed = filing("emergency", status, "2020-03-11 18:00");
            assert_eq!(judge("delayed", &filed).0, Unprotected, "{status}");
        }
        assert_eq!(judge("delayed", &filing("emergency", "approved", "-")).0, Unprotected);
    }

    #[test]
    fn the_moved_deadline_decides_to_the_second() {
        let to = "2020-03-10 14:00";
        assert_eq!(judge("delayed", &filing("emergency", "approved", to)), (Protected, "JD102"));
        let past = [&filing("emergency", "approved", to)[..], &[("as_of", "2020-03-10 14:00:01")]].concat();
        assert_eq!(judge("delayed", &past), (Unprotected, "JD001"));
    }

    #[test]
    fn without_the_times_nothing_is_decided() {
        assert_eq!(judge("delayed", &[("stands_at", "!")]), (Undecided, "JD001"));
        let done = [("status", "shipped"), ("shipped_at", "?"), ("picked_up_at", "?")];
        assert_eq!(judge("delayed", &done), (Undecided, "JD001"));
        // No rule of JD's speaks of a refund by the system.
        assert_eq!(judge("auto-refund", &[]), (Undecided, ""));
    }
}
