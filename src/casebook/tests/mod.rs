//! The casebook as a whole: what is declared is what is read, bad cells cost what they must.

mod cover;
mod files;

use super::*;
use crate::normalise::region::parse;
use std::cell::RefCell;
use std::collections::BTreeSet;

fn row<'c>(cells: &'c [(&'c str, &'c str)]) -> impl Fn(&str) -> &'c str {
    move |name| cells.iter().find(|(column, _)| *column == name).map_or("", |(_, cell)| *cell)
}

/// A row as `column=cell column=cell`.
fn cells(text: &str) -> Vec<(&str, &str)> {
    text.split('|').filter_map(|cell| cell.trim().split_once('=')).collect()
}

fn one(sheet: &str, text: &str) -> Casebook {
    Casebook::from_cells(sheet, &row(&cells(text))).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

fn at(text: &str) -> crate::order::Instant {
    When::parse(text).unwrap_or_else(|| panic!("{text}")).start(CASEBOOK_ZONE)
}

#[test]
fn what_a_sheet_declares_is_what_its_rows_are_read_from() {
    for sheet in SHEETS {
        for example in sheet.examples {
            assert_eq!(example.len(), sheet.columns.len(), "{}", sheet.name);
            let asked = RefCell::new(BTreeSet::new());
            let cell = |name: &str| {
                asked.borrow_mut().insert(name.to_owned());
                sheet.columns.iter().position(|column| column.name == name).map_or("", |at| example[at])
            };
            Casebook::from_cells(sheet.name, &cell)
                .unwrap_or_else(|fault| panic!("{}: {fault:?}", sheet.name));
            let declared: BTreeSet<String> = sheet.columns.iter().map(|c| c.name.to_owned()).collect();
            assert_eq!(*asked.borrow(), declared, "{}", sheet.name);
            for column in sheet.columns {
                let blanked = |name: &str| if name == column.name { "" } else { cell(name) };
                let problem = Casebook::from_cells(sheet.name, &blanked).err().map(|f| (f.column, f.problem));
                let expected = column.required.then_some((column.name, "missing-value"));
                assert_eq!(problem, expected, "{}.{}", sheet.name, column.name);
            }
        }
    }
}

#[test]
fn no_two_columns_of_a_sheet_and_no_two_sheets_share_a_name() {
    let mut sheets = BTreeSet::new();
    for sheet in SHEETS {
        for name in [sheet.name, sheet.heading].iter().chain(sheet.also) {
            assert!(sheets.insert(*name), "{name}");
            assert!(Sheet::named(name).is_some_and(|found| found.name == sheet.name), "{name}");
        }
        let columns: Vec<&Column> = sheet.all_columns().collect();
        for column in &columns {
            for name in [column.name, column.heading].iter().chain(column.also) {
                let known: Vec<&str> = columns.iter().filter(|c| c.is(name)).map(|c| c.name).collect();
                assert_eq!(known, [column.name], "{}.{name}", sheet.name);
            }
        }
    }
    assert!(Sheet::named(" Card ").is_some() && Sheet::named("guide").is_none());
    assert!(SHEETS[0].column("Ordered From").is_some() && SHEETS[0].column("ordered-from").is_some());
}

#[test]
fn closed_words_are_read_in_both_languages_and_no_form_means_two_things() {
    for sheet in SHEETS {
        for column in sheet.columns {
            let (Kind::Word(words) | Kind::Words(words)) = column.kind else { continue };
            let mut seen = BTreeSet::new();
            for word in words() {
                for form in [word.en, word.zh].iter().chain(word.also) {
                    assert!(seen.insert(form.to_lowercase()), "{}.{} {form}", sheet.name, column.name);
                }
            }
        }
    }
    assert_eq!(FilingStatus::parse("通过"), Some(FilingStatus::Approved));
    assert_eq!(FilingStatus::parse(" 已通过"), Some(FilingStatus::Approved));
    assert_eq!(NoticeKind::parse("After_Sales"), Some(NoticeKind::AfterSales));
    assert_eq!(DefectKind::parse("inr"), Some(DefectKind::Inr));
    assert_eq!(DefectKind::parse("未收到货").map(Closed::as_str), Some("INR"));
    assert_eq!(FilingStatus::parse("maybe"), None);
}

#[test]
fn a_cell_that_cannot_be_read_costs_its_row_unless_its_absence_only_weakens_it() {
    const FILING: &str = "marketplace=douyin|kind=region|submitted_at=2026-11-06|status=approved";
    const NOTICE: &str = "marketplace=jd|kind=shipping|side=either";
    for (sheet, given, column, problem, kept) in [
        ("filings", format!("{FILING}|status2=x|regions=桃花源"), "regions", "unknown-region", false),
        ("filings", format!("{FILING}|regions=湖北；桃花源"), "regions", "unknown-region", true),
        ("filings", format!("{FILING}|documents=公函、照片"), "documents", "unknown-word", true),
        ("filings", format!("{FILING}|extended_to=soon"), "extended_to", "unreadable-value", false),
        ("filings", format!("{FILING}|chat_agreed=maybe"), "chat_agreed", "unknown-word", true),
        ("filings", format!("{FILING}|order_id=6.91793E+18"), "order_id", "digits-lost", false),
        ("filings", FILING.replace("approved", "fine"), "status", "unknown-word", false),
        (
            "filings",
            format!("{FILING}|window_from=2026-11-08|window_to=2026-11-07"),
            "window_to",
            "ends-before-it-begins",
            false,
        ),
        ("notices", NOTICE.replace("jd", "taobao"), "marketplace", "unknown-word", false),
        ("notices", format!("{NOTICE}|region=鼓楼区"), "region", "unknown-region", false),
        ("notices", format!("{NOTICE}|opted_out=x"), "opted_out", "unknown-word", false),
        ("notices", format!("{NOTICE}|opted_out=y|opted_out_at=x"), "opted_out_at", "unreadable-value", true),
        ("notices", format!("{NOTICE}|extend_days=-1"), "extend_days", "unreadable-value", false),
        (
            "cards",
            "order_id=1|sent_at=2026-11-06|response=接受|new_ship_by=x".into(),
            "new_ship_by",
            "unreadable-value",
            true,
        ),
        ("cards", "order_id=1|response=接受".into(), "sent_at", "missing-value", false),
        ("calendar", "area=湖北|date=2026-11-06|kind=holiday".into(), "area", "unknown-region", false),
        ("tabs", String::new(), "", "unknown-sheet", false),
    ] {
        let given = cells(&given);
        let (faults, added) = match Casebook::default().add_row(sheet, 2, &row(&given)) {
            Ok(doubts) => (doubts, true),
            Err(fault) => (vec![fault], false),
        };
        let faults: Vec<_> = faults.iter().map(|f| (f.column, f.problem)).collect();
        assert_eq!((faults, added), (vec![(column, problem)], kept), "{sheet} {given:?}");
    }
}

#[test]
fn a_row_that_names_an_order_is_remembered_when_it_cannot_be_used() {
    let mut casebook = Casebook::default();
    let cells = cells("order_id=7|sent_at=x|response=accepted");
    assert!(casebook.add_row("cards", 3, &row(&cells)).is_err());
    let expected = Unusable { sheet: "cards", row: 3, column: "sent_at", problem: "unreadable-value" };
    assert_eq!(casebook.unusable("7").collect::<Vec<_>>(), [&expected]);
    assert!(casebook.cards("7").is_empty());
}

#[test]
fn days_are_those_of_the_marketplace_and_deadlines_end_them() {
    let agreement = one(
        "agreement",
        "marketplace=国际站|order_id=1|kind=延期|agreed_at=2026-11-07 10:00|new_date=2026-11-15",
    );
    let agreement = agreement.agreements(Marketplace::Alibaba, "1").next().cloned().expect("it");
    let pacific = chrono_tz::Tz::America__Los_Angeles;
    assert_eq!(agreement.new_date.map(|day| day.end(pacific)), Some(at("2026-11-16 15:59:59")));
    assert!(!agreement.confirmed_online);
    let card = one("card", "order_id=1|sent_at=2026-11-07|response=接受|new_ship_by=2026-11-09");
    let card = &card.cards("1")[0];
    assert_eq!((card.sent_at, card.new_ship_by), (at("2026-11-07"), Some(at("2026-11-09 23:59:59"))));
    let defect = one("defect", "marketplace=ebay|order_id=1|kind=INR|opened_at=2026-11-08|amount=$1,012.99");
    let defect = defect.defects(Marketplace::Ebay, "1").next().cloned().expect("it");
    assert_eq!((defect.opened_at.show(pacific).as_str(), defect.amount), ("2026-11-08", Some(1012.99)));
}

#[test]
fn calendars_and_listings_are_found_by_area_and_item() {
    let mut casebook = one("calendar", "area=中国|date=2026-11-06|kind=假日");
    let again = cells("area=CN|date=2026/11/6|kind=workday");
    casebook.add_row("calendar", 3, &row(&again)).expect("a row");
    let day = at("2026-11-06").with_timezone(&CASEBOOK_ZONE).date_naive();
    assert_eq!((casebook.day("CN", day), casebook.day("HK", day)), (Some(DayKind::Workday), None));
    let listing = one(
        "listing",
        "item_id=256|declared_location=United States|true_location=中国|fulfilled_from=海外仓",
    );
    let listing = listing.listing("256").expect("it");
    assert_eq!(Some(listing.declared), parse("美国"));
    assert_eq!(listing.fulfilled_from, Some(Fulfilment::OverseasWarehouse));
}

#[test]
fn an_empty_casebook_answers_everything_with_nothing() {
    let casebook = Casebook::default();
    assert_eq!(
        casebook.notices(Marketplace::Jd).count() + casebook.filings_about(Marketplace::Jd, "1").count(),
        0
    );
    assert!(casebook.cards("1").is_empty() && casebook.listing("1").is_none());
}
