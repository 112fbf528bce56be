//! Penalties and refunds that Pinduoduo booked on an order: an appeal is worth it where a closed place or the store's
//! own waybill excuses it, or while the seven days after a refund by the system last.

use crate::assess::booked::by_exemption;
use crate::assess::case::Case;
use crate::assess::defects::{DefectVerdict, Protection};
use crate::assess::rule::Code;
use crate::casebook::{Defect, DefectKind};
use crate::order::Field;

const UNKNOWN: DefectVerdict = DefectVerdict { verdict: Protection::Undecided, rule: None, appeal_by: None };

/// Judges a defect of a Pinduoduo order. 虚假发货 stands for a missing pickup or for a parcel that stalls.
pub fn judge_defect(case: &Case<'_>, defect: &Defect) -> DefectVerdict {
    match defect.kind {
        DefectKind::Delayed | DefectKind::LateShipment => by_exemption(case, &["PDD001"]),
        DefectKind::PickupLate => transit(case, &["PDD002"]),
        DefectKind::TransitLate => transit(case, &["PDD003"]),
        DefectKind::FakeShipping => transit(case, &["PDD002", "PDD003"]),
        DefectKind::AutoRefund => refund(case),
        _ => UNKNOWN,
    }
}

/// The store's own waybill excuses what the courier did, also after delivery, when no clock runs any more.
fn transit(case: &Case<'_>, deadlines: &[&'static str]) -> DefectVerdict {
    let own = case.parcel.is_some_and(|parcel| parcel.record.e_waybill == Some(true));
    if own { DefectVerdict::by("PDD102", Protection::Protected) } else { by_exemption(case, deadlines) }
}

/// A refund that the system granted in transit can be appealed for some days; what came back needs no appeal.
fn refund(case: &Case<'_>) -> DefectVerdict {
    let granted = case.cases("仅退款").filter(|it| !it.withdrawn()).find_map(|it| {
        let at = it.time(Field::RefundedAt).known().or(it.time(Field::AgreedAt).known())?;
        (at <= case.as_of).then_some((it, at))
    });
    let Some((it, at)) = granted else { return UNKNOWN };
    let by_seller = it.text(it.record.granted_by).contains("商家");
    let verdict = |verdict, appeal_by| DefectVerdict { verdict, rule: Some(Code("PDD203")), appeal_by };
    if by_seller || it.coming_back() {
        return verdict(Protection::Unprotected, None);
    }
    let arrived = case.reading(Field::DeliveredAt).known();
    if case.still_to_ship() || arrived.is_some_and(|arrived| arrived <= at) {
        return verdict(Protection::Undecided, None);
    }
    match case.after(&case.book.pinduoduo.refund_appeal, at) {
        Some(end) if case.as_of <= end => verdict(Protection::Protected, Some(end)),
        end => verdict(Protection::Unprotected, end),
    }
}

#[cfg(test)]
mod tests {
    use super::Protection::{self, Protected, Undecided, Unprotected};
    use crate::assess::example::{self, Example};
    use crate::order::Marketplace;
    use crate::rulebook::Book;

    fn judge(kind: &str, given: &[(&str, &str)]) -> (Protection, &'static str, bool) {
        let booked = [("defect.kind", kind), ("defect.opened_at", "2023-02-12 09:00")];
        let all = given.iter().chain(&booked);
        let given = all.map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect();
        let book = Book::built_in().expect("the rulebook");
        let example = Example { given, expected: Vec::new() };
        let found = example::defect(Marketplace::Pinduoduo, &example, &book).expect("a verdict");
        (found.verdict, found.rule.map_or("", |rule| rule.0), found.appeal_by.is_some())
    }

    const UNSHIPPED: [(&str, &str); 5] = [
        ("paid_at", "2023-02-10 10:00"),
        ("ship_by", "2023-02-12 10:00"),
        ("status", "awaiting-shipment"),
        ("ship_to", "河南/郑州市"),
        ("as_of", "2023-02-12 10:01"),
    ];

    fn closed<'a>(from: &'a str, to: &'a str) -> [(&'a str, &'a str); 4] {
        [("region.region", "河南"), ("region.risk", "high"), ("region.from", from), ("region.to", to)]
    }

    #[test]
    fn a_closed_place_excuses_late_shipping_alone() {
        let open = [&UNSHIPPED[..], &closed("2023-02-11", "-")].concat();
        assert_eq!(judge("delayed", &open), (Protected, "PDD101", false));
        let reopened = [&UNSHIPPED[..], &closed("2023-02-11", "2023-02-11 10:01")].concat();
        assert_eq!(judge("delayed", &reopened), (Protected, "PDD101", false));
        let second_past = [&UNSHIPPED[..], &closed("2023-02-11", "2023-02-11 10:00:59")].concat();
        assert_eq!(judge("delayed", &second_past), (Unprotected, "PDD001", false));
        let after_due = [&UNSHIPPED[..], &closed("2023-02-12 10:00:30", "-")].concat();
        assert_eq!(judge("delayed", &after_due), (Unprotected, "PDD001", false));
        assert_eq!(judge("delayed", &UNSHIPPED), (Unprotected, "PDD001", false));
        let unread = [("ship_by", "!"), ("status", "awaiting-shipment"), ("as_of", "2023-02-12 10:01")];
        assert_eq!(judge("delayed", &unread).0, Undecided);
    }

    #[test]
    fn the_stores_own_waybill_excuses_what_the_courier_did() {
        let parcel = |own: &'static str, picked: &'static str, delivered: &'static str| {
            [
                ("shipped_at", "2023-02-09 10:00"),
                ("picked_up_at", picked),
                ("last_trace_at", picked),
                ("delivered_at", delivered),
                ("e_waybill", own),
                ("status", "shipped"),
                ("as_of", "2023-02-12 10:00"),
            ]
        };
        for kind in ["fake-shipping", "pickup-late", "transit-late"] {
            assert_eq!(judge(kind, &parcel("yes", "-", "-")), (Protected, "PDD102", false), "{kind}");
            let delivered = parcel("yes", "2023-02-09 12:00", "2023-02-12 09:00");
            assert_eq!(judge(kind, &delivered), (Protected, "PDD102", false), "{kind}");
        }
        assert_eq!(judge("fake-shipping", &parcel("no", "-", "-")), (Unprotected, "PDD002", false));
        let stalled = parcel("-", "2023-02-09 12:00", "-");
        assert_eq!(judge("fake-shipping", &stalled), (Unprotected, "PDD003", false));
        assert_eq!(judge("transit-late", &stalled), (Unprotected, "PDD003", false));
        // Picked up in time: the record knows of no breach, and nobody can say why it was booked.
        assert_eq!(judge("pickup-late", &stalled), (Undecided, "PDD002", false));
    }

    #[test]
    fn a_refund_by_the_system_is_appealed_for_seven_days() {
        let refund =
            |at: &'static str, by: &'static str, intercept: &'static str, delivered: &'static str| {
                [
                    ("shipped_at", "2023-02-04 10:00"),
                    ("status", "refunded-shipped"),
                    ("delivered_at", delivered),
                    ("case.kind", "仅退款"),
                    ("case.asked_at", "2023-02-05 09:00"),
                    ("case.refunded_at", at),
                    ("case.granted_by", by),
                    ("case.intercept_state", intercept),
                    ("as_of", "2023-02-12 10:00"),
                ]
            };
        let at = "2023-02-05 10:00";
        assert_eq!(judge("auto-refund", &refund(at, "系统", "-", "-")), (Protected, "PDD203", true));
        let day_late = refund(at, "系统", "-", "2023-02-06 10:00");
        assert_eq!(judge("auto-refund", &day_late), (Protected, "PDD203", true));
        let past = refund("2023-02-05 09:59:59", "系统", "-", "-");
        assert_eq!(judge("auto-refund", &past), (Unprotected, "PDD203", true));
        assert_eq!(judge("auto-refund", &refund(at, "商家", "-", "-")), (Unprotected, "PDD203", false));
        assert_eq!(
            judge("auto-refund", &refund(at, "系统", "拦截成功", "-")),
            (Unprotected, "PDD203", false)
        );
        let before = refund(at, "系统", "-", "2023-02-05 09:59");
        assert_eq!(judge("auto-refund", &before), (Undecided, "PDD203", false));
        assert_eq!(judge("auto-refund", &refund("-", "-", "-", "-")), (Undecided, "", false));
    }
}
