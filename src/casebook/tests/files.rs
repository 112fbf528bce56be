//! Files are read sheet by sheet, and what cannot be read is told.

use crate::casebook::*;
use crate::order::Marketplace;
use std::path::Path;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn problems(loaded: &Loaded) -> Vec<String> {
    let shown =
        |i: &CasebookIssue| format!("{} {} {} {}: {}", i.sheet, i.row, i.column, i.problem, i.loss.as_str());
    loaded.issues.iter().map(shown).collect()
}

#[test]
fn the_sample_casebook_is_read_to_the_last_row() {
    let loaded = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/casebook")).expect("the casebook");
    assert_eq!((problems(&loaded), loaded.failed.len()), (Vec::new(), 0));
    let book = &loaded.casebook;
    let rows = (book.all_notices().len(), book.all_regions().len(), book.all_filings().count());
    assert_eq!(rows, (4, 2, 4));
    assert_eq!((book.all_agreements().len(), book.all_defects().len(), book.all_reports().len()), (5, 5, 6));
    assert_eq!((book.all_days().len(), book.all_listings().len()), (2, 2));
    assert_eq!(book.cards("312600410042")[0].row, 3);
}

#[test]
fn the_rest_is_used_where_a_row_a_heading_or_a_sheet_is_not() {
    let folder = folder(&[
        ("延迟卡片.csv", "订单号,发送时间,回复,备忘\n7,2026-11-06,已同意,x\n8,昨天,接受,\n"),
        ("reports.csv", "marketplace\torder_id\tkind\treported_at\norder\t\t\t\njd\t7\t缺货\t2026-11-06\n"),
        (
            "defects.csv",
            "示例,平台,订单号,处罚类型,开始时间\n是,京东,1,迟发货,x\nEXAMPLE,,,,\n,京东,1,迟发货,2026-11-06\n?,京东,2,迟发货,2026-11-06\n",
        ),
        ("listings.csv", "a,b\n1,2\n"),
        ("calendar.csv", ""),
        ("notes.csv", "anything\n1\n"),
        ("agreements.xlsx", "%PDF-1.4\n"),
    ]);
    let loaded = load(folder.path()).expect("a casebook");
    assert_eq!(loaded.casebook.cards("7").len(), 1);
    assert_eq!(loaded.casebook.reports(Marketplace::Jd, "7").count(), 1);
    assert_eq!(loaded.casebook.all_defects().len(), 2);
    let failed: Vec<(&str, &str)> = loaded.failed.iter().map(|f| (f.sheet.as_str(), f.why.code())).collect();
    assert!(failed.contains(&("listings", "no-headings")) && failed.contains(&("notes", "unknown-sheet")));
    assert!(failed.iter().any(|(sheet, _)| *sheet == "agreements.xlsx"), "{failed:?}");
    assert_eq!(failed.len(), 3);
    let problems = problems(&loaded);
    for expected in [
        "cards 1 备忘 unknown-heading: column",
        "cards 3 sent_at unreadable-value: row",
        "reports 2 marketplace unknown-word: row",
        "defects 5 example unknown-word: cell",
        "notes 0  unknown-sheet: sheet",
    ] {
        assert!(problems.iter().any(|problem| problem == expected), "{expected}: {problems:?}");
    }
    assert!(load(&folder.path().join("nowhere")).is_err());
}
