//! What eBay's protection makes of a defect. The overriding rules come first: a misrepresented location ends all
//! protection, and the platform has not decided on "not as described".

use crate::assess::defects::{DefectVerdict, Protection};
use crate::assess::prelude::*;
use crate::assess::rule::Done;
use crate::assess::{Finding, State, standing};
use crate::casebook::{Defect, DefectKind, When};
use crate::normalise::region::Place;
use crate::order::{Instant, Marketplace, Reading};

/// Judges a defect of an eBay order.
pub fn judge_defect(case: &Case<'_>, defect: &Defect) -> DefectVerdict {
    if misrepresented(case) {
        return DefectVerdict::by("EBY106", Protection::Unprotected);
    }
    if defect.kind == DefectKind::Snad {
        return DefectVerdict::by("EBY202", Protection::Undecided);
    }
    let rule = if defect.kind == DefectKind::Nnfb { "EBY107" } else { "EBY103" };
    let window = DefectVerdict::by(rule, window(case, defect));
    match scanned(case) {
        Some(true) => DefectVerdict::by("EBY104", Protection::Protected),
        // The platform hears appeals for special reasons.
        Some(false) if window.verdict != Protection::Protected => {
            DefectVerdict::by("EBY104", Protection::Undecided)
        }
        _ => window,
    }
}

/// What a check says where a defect of the order is judged by its rule with one of these verdicts.
pub fn advise(case: &Case<'_>, rule: Code, of: &[(Protection, &'static str)]) -> Judged<Option<Advice>> {
    let rows = case.run.casebook.defects(Marketplace::Ebay, case.order_id());
    let judged = rows.map(|defect| judge_defect(case, defect)).filter(|found| found.rule == Some(rule));
    let mut keys = judged.filter_map(|found| of.iter().find(|(verdict, _)| *verdict == found.verdict));
    Ok(keys.next().map(|(_, key)| Advice { key, until: None, problem: None }))
}

/// Whether a listing of the order's item is declared abroad and lies in China (假海外仓).
pub fn misrepresented(case: &Case<'_>) -> bool {
    let item = case.line.text(case.line.record.item_id);
    let listing = (!item.is_empty()).then(|| case.run.casebook.listing(item)).flatten();
    listing.is_some_and(|listing| !in_china(listing.declared) && in_china(listing.actual))
}

/// Mainland China or Hong Kong.
fn in_china(place: Place) -> bool {
    match place {
        Place::China(region) => !matches!(region.code() / 10_000, 71 | 82),
        Place::Foreign(_) => false,
    }
}

/// Whether a SpeedPAK parcel was scanned in time and went by the service it was sold with; nothing where it is no
/// SpeedPAK parcel, was downgraded, or nobody knows of a scan.
fn scanned(case: &Case<'_>) -> Option<bool> {
    if !is_speedpak(case) || case.parcel.is_some_and(|parcel| parcel.record.downgraded == Some(true)) {
        return None;
    }
    let Reading::Known(scan) = case.reading(Field::PickedUpAt) else { return None };
    let due = standing(case, Code("EBY001"))?.due_at?;
    (scan <= case.as_of).then_some(scan <= due)
}

/// Whether it goes by SpeedPAK, as option or carrier say.
pub fn is_speedpak(case: &Case<'_>) -> bool {
    case.service().to_lowercase().contains("speedpak") || by_speedpak(case) == Some(true)
}

/// Whether the carrier is SpeedPAK's; nothing where none is named.
pub fn by_speedpak(case: &Case<'_>) -> Option<bool> {
    let own = case.line.text(case.line.record.carrier);
    let carrier = match &case.parcel {
        Some(parcel) if own.is_empty() => parcel.text(parcel.record.carrier),
        _ => own,
    };
    let carrier = carrier.to_lowercase();
    let names = ["speedpak", "orange connex", "orangeconnex", "橙联", "橙聯"];
    (!carrier.is_empty()).then(|| names.iter().any(|name| carrier.contains(name)))
}

/// Whether a defect falls between an original date and the adjusted one.
fn window(case: &Case<'_>, defect: &Defect) -> Protection {
    let late_shipment = matches!(defect.kind, DefectKind::LateShipment | DefectKind::Delayed);
    let rule = Code(if late_shipment { "EBY001" } else { "EBY002" });
    let finding = standing(case, rule);
    let dates = finding.as_ref().and_then(|finding| finding.base_due_at.zip(finding.due_at));
    let (Some(finding), Some((original, adjusted))) = (&finding, dates) else { return Protection::Undecided };
    if adjusted <= original {
        return Protection::Unprotected;
    }
    let protected = if late_shipment {
        match shipped_between(case, finding, original, adjusted) {
            Some(protected) => protected,
            None => return Protection::Undecided,
        }
    } else {
        let zone = case.day_zone();
        let day = |at: Instant| When::At(at).day(zone);
        (day(original)..=day(adjusted)).contains(&defect.opened_at.day(zone))
    };
    if protected { Protection::Protected } else { Protection::Unprotected }
}

/// Whether it shipped after the one and not after the other; nothing where that cannot be known yet.
fn shipped_between(case: &Case<'_>, finding: &Finding, original: Instant, adjusted: Instant) -> Option<bool> {
    match case.done(Field::ShippedAt) {
        Done::At(at) => Some(at > original && at <= adjusted),
        Done::NotYet if finding.state == State::Overdue => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Protection::{self, Protected, Undecided, Unprotected};
    use crate::assess::example::{self, Example};
    use crate::order::Marketplace;
    use crate::rulebook::Book;

    /// The order of the source: sold and paid on 25 January 2020, Max EDD 15 February.
    const ORDER: [(&str, &str); 8] = [
        ("ordered_at", "2020-01-25"),
        ("paid_at", "2020-01-25"),
        ("ship_by", "2020-01-31"),
        ("deliver_by", "2020-02-15"),
        ("status", "shipped"),
        ("ship_from", "CN"),
        ("item_id", "256"),
        ("as_of", "2020-03-20 12:00"),
    ];

    fn judge(given: &[(&str, &str)]) -> (Protection, &'static str) {
        let given = given.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect();
        let book = Book::built_in().expect("the rulebook");
        let example = Example { given, expected: Vec::new() };
        let found = example::defect(Marketplace::Ebay, &example, &book).expect("a verdict");
        (found.verdict, found.rule.map_or("", |rule| rule.0))
    }

    fn opened(kind: &str, day: &str, more: &[(&str, &str)]) -> (Protection, &'static str) {
        let own = [("defect.kind", kind), ("defect.opened_at", day)];
        judge(&[&ORDER[..], &own[..], more].concat())
    }

    #[test]
    fn the_example_of_the_source_holds_to_the_day() {
        for kind in ["INR", "ship-defect", "NNFB"] {
            let rule = if kind == "NNFB" { "EBY107" } else { "EBY103" };
            for (day, verdict) in [
                ("2020-02-14", Unprotected),
                ("2020-02-15", Protected),
                ("2020-02-20", Protected),
                ("2020-03-02", Protected),
                ("2020-03-03", Unprotected),
            ] {
                let option = [("service", "Economy Shipping")];
                assert_eq!(opened(kind, day, &option), (verdict, rule), "{kind} {day}");
            }
        }
    }

    #[test]
    fn without_the_shipping_option_the_window_ends_with_the_holiday() {
        let express = [("service", "Express")];
        assert_eq!(opened("INR", "2020-02-24", &express).0, Protected);
        assert_eq!(opened("INR", "2020-02-25", &express).0, Unprotected);
    }

    #[test]
    fn without_the_dates_nothing_is_decided() {
        let blank = |field: &str| {
            let given = ORDER.iter().map(|(name, cell)| (*name, if *name == field { "-" } else { *cell }));
            let row = [("defect.kind", "INR"), ("defect.opened_at", "2020-02-20")];
            judge(&given.chain(row).collect::<Vec<_>>()).0
        };
        assert_eq!(blank("deliver_by"), Undecided);
        // Without a sale date nothing is extended.
        assert_eq!(blank("ordered_at"), Unprotected);
    }

    #[test]
    fn a_late_shipment_is_protected_up_to_the_adjusted_day() {
        for (shipped, verdict) in [
            ("2020-01-31", Unprotected),
            ("2020-02-01", Protected),
            ("2020-02-10", Protected),
            ("2020-02-11", Unprotected),
            ("-", Undecided),
            ("?", Undecided),
        ] {
            assert_eq!(
                opened("late-shipment", "2020-02-05", &[("shipped_at", shipped)]).0,
                verdict,
                "{shipped}"
            );
        }
    }

    #[test]
    fn a_speedpak_parcel_scanned_in_time_is_protected() {
        let speedpak = ("service", "SpeedPAK Standard");
        for (scan, downgraded, day, expected) in [
            ("2020-02-10 12:00", "-", "2020-03-10", (Protected, "EBY104")),
            ("2020-02-11 12:00", "-", "2020-03-10", (Undecided, "EBY104")),
            ("2020-02-11 12:00", "-", "2020-02-20", (Protected, "EBY103")),
            ("2020-02-10 12:00", "y", "2020-03-10", (Unprotected, "EBY103")),
            ("-", "-", "2020-03-10", (Unprotected, "EBY103")),
        ] {
            let more = [speedpak, ("picked_up_at", scan), ("downgraded", downgraded)];
            assert_eq!(opened("INR", day, &more), expected, "{scan} {downgraded} {day}");
        }
        let more = [speedpak, ("picked_up_at", "2020-02-10 12:00")];
        assert_eq!(opened("SNAD", "2020-02-20", &more), (Undecided, "EBY202"));
    }

    #[test]
    fn a_misrepresented_location_ends_all_protection() {
        let listing = |declared, actual| {
            [
                ("listing.item_id", "256"),
                ("listing.declared_location", declared),
                ("listing.true_location", actual),
            ]
        };
        let abroad = listing("United States", "CN");
        assert_eq!(opened("INR", "2020-02-20", &abroad), (Unprotected, "EBY106"));
        assert_eq!(opened("SNAD", "2020-02-20", &abroad), (Unprotected, "EBY106"));
        assert_eq!(opened("INR", "2020-02-20", &listing("HK", "CN")).0, Protected);
        assert_eq!(opened("INR", "2020-02-20", &listing("United States", "United States")).0, Protected);
    }
}
