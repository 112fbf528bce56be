//! What exemptions and defects come to.

use super::{audited, repository, written};
use crate::assess::{Protection, defects};
use crate::report::claims::{Use, evidence, use_of};
use crate::report::workbook::WorkbookOptions;
use calamine::{Data, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

fn column(bytes: &[u8], sheet: &str, column: u32) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let range = book.worksheet_range(sheet).unwrap_or_else(|error| panic!("{sheet}: {error}"));
    (1..range.height() as u32)
        .map(|row| range.get_value((row, column)).map(Data::to_string).unwrap_or_default())
        .collect()
}

#[test]
fn used_unused_and_ending_claims_are_each_told_and_what_presses_comes_first() {
    let (audit, found) = audited(&[repository("samples")], Some("tests/casebook"));
    let mut counts: BTreeMap<Use, usize> = BTreeMap::new();
    for number in &audit.claimed {
        let verdict = audit.verdict(*number);
        for finding in &verdict.findings {
            for (_, relief) in &finding.exemptions {
                *counts.entry(use_of(&verdict, finding, *relief, audit.as_of)).or_default() += 1;
            }
        }
    }
    for wanted in [Use::Expiring, Use::Pending, Use::Used, Use::Refused, Use::Unused] {
        assert!(counts.contains_key(&wanted), "{wanted:?} of {counts:?}");
    }
    let (bytes, _) = written(&audit, &found, &WorkbookOptions::default());
    let shown = column(&bytes, "Exemptions", 0);
    assert_eq!(shown.len(), counts.values().sum::<usize>());
    assert_eq!(shown[..counts[&Use::Expiring]], vec!["ends soon"; counts[&Use::Expiring]]);
    let facts = evidence(&audit);
    assert_eq!(column(&bytes, "Notices and filings", 0).len(), facts.len());
    assert!(facts.iter().any(|it| it.state == Use::Unused && it.orders == 0), "{facts:?}");
    assert!(facts.iter().any(|it| it.state == Use::Used && it.orders > 0), "{facts:?}");
}

#[test]
fn every_defect_of_the_casebook_stands_on_its_sheet() {
    let (audit, found) = audited(&[repository("samples")], Some("tests/casebook"));
    let judged = defects(audit.context());
    let (bytes, _) = written(&audit, &found, &WorkbookOptions::default());
    let mut shown = column(&bytes, "Defects", 1);
    let mut wanted: Vec<&str> = judged.iter().map(|it| it.defect.order_id.as_str()).collect();
    shown.sort();
    wanted.sort_unstable();
    assert_eq!(shown, wanted);
    let verdicts = column(&bytes, "Defects", 0);
    let stands = judged.iter().filter(|it| it.verdict.verdict == Protection::Unprotected).count();
    assert!(stands > 0);
    assert_eq!(verdicts.iter().filter(|it| *it == "not protected").count(), stands);
}
