//! Which penalties of Douyin 抖店 are worth an appeal: those that the proof of [`super::appeal`] speaks against.

use super::appeal;
use crate::assess::defects::{DefectVerdict, Protection};
use crate::assess::prelude::*;
use crate::casebook::Defect;

/// Judges a penalty on a Douyin order. The source names no last day for an appeal, so there is none.
pub fn judge_defect(case: &Case<'_>, defect: &Defect) -> DefectVerdict {
    let worth_it = appeal::grounds(case, defect).is_some();
    DefectVerdict::by("DY202", if worth_it { Protection::Protected } else { Protection::Unprotected })
}

#[cfg(test)]
mod tests {
    use super::Protection::{self, Protected, Unprotected};
    use crate::assess::example::{self, Example};
    use crate::order::Marketplace;
    use crate::rulebook::Book;

    /// Promised for 9 November 10:00, shipped two days later, penalised at noon of the ninth.
    const ORDER: [(&str, &str); 8] = [
        ("ordered_at", "2026-11-07 10:00"),
        ("paid_at", "2026-11-07 10:00"),
        ("ship_by", "2026-11-09 10:00"),
        ("shipped_at", "2026-11-11 10:00"),
        ("status", "shipped"),
        ("defect.kind", "delayed"),
        ("defect.opened_at", "2026-11-09 12:00"),
        ("as_of", "2026-11-12 10:00"),
    ];

    fn judge(given: &[(&str, &str)]) -> (Protection, Option<&'static str>) {
        let given = [&ORDER[..], given].concat();
        let given = given.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect();
        let book = Book::built_in().expect("the rulebook");
        let example = Example { given, expected: Vec::new() };
        let found = example::defect(Marketplace::Douyin, &example, &book).expect("a verdict");
        assert_eq!(found.appeal_by, None);
        (found.verdict, found.rule.map(|rule| rule.0))
    }

    fn filed(at: &'static str, status: &'static str, more: &[(&'static str, &'static str)]) -> Protection {
        let row = [
            ("filing.kind", "region"),
            ("filing.order_id", "1"),
            ("filing.submitted_at", at),
            ("filing.status", status),
        ];
        judge(&[&row[..], more].concat()).0
    }

    #[test]
    fn without_proof_a_penalty_stands() {
        assert_eq!(judge(&[]), (Unprotected, Some("DY202")));
    }

    #[test]
    fn an_exempt_order_is_appealed_up_to_the_last_second_of_its_extension() {
        let late = "2026-11-09 13:00";
        for (extended, verdict) in
            [("2026-11-11 10:00", Protected), ("2026-11-11 09:59:59", Unprotected), ("2026-11-11", Protected)]
        {
            assert_eq!(filed(late, "approved", &[("filing.extended_to", extended)]), verdict, "{extended}");
        }
        assert_eq!(filed(late, "approved", &[]), Protected);
        assert_eq!(judge(&[("marks", "exempted")]).0, Protected);
    }

    #[test]
    fn a_filing_handed_in_before_the_penalty_is_a_ground_while_it_is_under_review() {
        assert_eq!(filed("2026-11-09 12:00", "pending", &[]), Protected);
        assert_eq!(filed("2026-11-09 12:00:01", "pending", &[]), Unprotected);
        assert_eq!(filed("2026-11-09 11:00", "rejected", &[]), Unprotected);
        assert_eq!(filed("2026-11-09 11:00", "cancelled", &[]), Unprotected);
    }

    #[test]
    fn evidence_that_came_after_the_penalty_is_a_ground() {
        let documents = [("filing.documents", "carrier-notice")];
        assert_eq!(filed("2026-11-09 13:00", "rejected", &documents), Protected);
        assert_eq!(filed("2026-11-09 13:00", "pending", &documents), Protected);
        assert_eq!(filed("2026-11-09 13:00", "cancelled", &documents), Unprotected);
        assert_eq!(filed("2026-11-09 11:00", "rejected", &documents), Unprotected);
    }

    #[test]
    fn a_refund_agreed_before_the_penalty_is_a_ground() {
        let agreed = |kind, at, chat| {
            judge(&[("agreement.kind", kind), ("agreement.agreed_at", at), ("agreement.evidence", chat)]).0
        };
        assert_eq!(agreed("refund", "2026-11-09 12:00", "-"), Protected);
        assert_eq!(agreed("refund", "2026-11-09 12:00:01", "-"), Unprotected);
        assert_eq!(agreed("refund", "2026-11-09 12:00:01", "chat"), Protected);
        assert_eq!(agreed("cancel", "2026-11-09 11:00", "-"), Unprotected);
    }
}
