//! What inputs must not do, and what must hold whatever they are.

use super::{audited, repository, written};
use crate::Audit;
use crate::read::{Found, Limits};
use crate::report::full::Full;
use crate::report::workbook::{ReportError, Sources, WorkbookOptions, write_workbook};
use crate::words::Language;
use std::io::{Cursor, Read};

/// The parts of a workbook as text.
pub(super) fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).expect("a part");
            let (name, mut text) = (part.name().expect("a name").into_owned(), Vec::new());
            part.read_to_end(&mut text).expect("its bytes");
            (name, String::from_utf8_lossy(&text).into_owned())
        })
        .collect()
}

/// An audit of one JD export whose rows are given; `{}` stands for the headings of the sample.
pub(super) fn of_rows(rows: &str) -> (Audit, Vec<Found>, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let heads = "订单号,商品名称,支付方式,下单时间,订单状态,订单类型,客户姓名,客户地址,联系电话,订单备注,付款确认时间,商家备注,结算价,应付金额,订购数量,京东价,商品ID,订单金额,余额支付,下单帐号,付款时间";
    std::fs::write(folder.path().join("jd.csv"), format!("{heads}\n{rows}")).expect("a file");
    let (audit, found) = audited(&[folder.path().to_owned()], None);
    assert_eq!(
        audit.ledger.inputs[0].layout.as_deref(),
        Some("jd-orders"),
        "{:?}",
        audit.ledger.inputs[0].error
    );
    (audit, found, folder)
}

pub(super) fn row(id: &str, name: &str, address: &str, phone: &str, note: &str) -> String {
    format!(
        "{id},灯,在线支付,2026-11-07 10:00:00,等待出库,销售订单,{name},{address},{phone},{note},2026-11-07 10:00:00,,1,1,1,1,1,1,1,{name},2026-11-07 10:00:00\n"
    )
}

#[test]
fn nothing_from_an_input_is_a_formula_or_a_link() {
    let payloads = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "@SUM(1)",
        "-2+3",
        "http://example.com/x",
        "mailto:a@example.com",
        "internal:'Run'!A1",
    ];
    let rows: String =
        payloads.iter().enumerate().map(|(at, p)| row(&format!("{p}{at}"), p, p, p, p)).collect();
    let (audit, found, _folder) = of_rows(&rows);
    let (bytes, _) = written(&audit, &found, &WorkbookOptions { mask: false, ..WorkbookOptions::default() });
    for (name, text) in parts(&bytes) {
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name}");
        assert!(!text.contains("<hyperlink r:id"), "{name}");
        assert!(!name.contains("externalLink"), "{name}");
        assert!(!text.contains("TargetMode=\"External\""), "{name}");
    }
}

#[test]
fn what_is_private_is_nowhere_in_a_masked_workbook() {
    let (audit, found, _folder) = of_rows(&row(
        "312600410001",
        "欧阳小明",
        "武汉市样例路12号3栋601室",
        "13912345678",
        "打13812345600或110101199003078515",
    ));
    let (bytes, _) = written(&audit, &found, &WorkbookOptions::default());
    let (open, _) = written(&audit, &found, &WorkbookOptions { mask: false, ..WorkbookOptions::default() });
    let has = |bytes: &[u8], secret: &str| parts(bytes).iter().any(|(_, text)| text.contains(secret));
    for secret in ["欧阳小明", "601室", "13912345678", "13812345600", "110101199003078515"] {
        assert!(!has(&bytes, secret) && has(&open, secret), "{secret}");
    }
    assert!(has(&bytes, "312600410001"));
}

#[test]
fn the_same_audit_gives_the_same_bytes_whatever_the_threads() {
    let (audit, found) = audited(&[repository("samples")], Some("tests/casebook"));
    let make = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| written(&audit, &found, &WorkbookOptions::default()).0)
    };
    let one = make(1);
    assert!(one == make(1) && one == make(4));
}

#[test]
fn texts_that_are_too_long_are_cut() {
    let (audit, found, _folder) = of_rows(&row("312600410001", "x", "y", "", &"字".repeat(40_000)));
    let (bytes, _) = written(&audit, &found, &WorkbookOptions::default());
    let parts = parts(&bytes);
    let cut = format!("{}…", "字".repeat(32_766));
    assert!(parts.iter().any(|(_, text)| text.contains(&cut)));
}

#[test]
fn every_text_has_words_in_both_languages() {
    let (audit, found) = audited(
        &[repository("samples"), repository("Cargo.toml"), repository("tests/twins")],
        Some("tests/casebook"),
    );
    for language in [Language::Chinese, Language::English] {
        let (bytes, _) = written(&audit, &found, &WorkbookOptions { language, ..WorkbookOptions::default() });
        for (name, text) in parts(&bytes).iter().filter(|(name, _)| name.starts_with("xl/")) {
            for key in [
                "workbook.",
                "say.",
                "undone.",
                "claim.",
                "problem.",
                "fault.",
                "column.",
                "summary.",
                "annotated.",
            ] {
                for (at, _) in text.match_indices(key) {
                    let before = text[..at].chars().next_back();
                    assert!(
                        before != Some('>') && before != Some('"'),
                        "{name}: {}",
                        &text[at..text.len().min(at + 60)]
                    );
                }
            }
            assert!(!text.contains("{n}") && !text.contains("{field}") && !text.contains("{time}"), "{name}");
        }
    }
}

#[test]
fn a_report_without_risk_says_so() {
    let (audit, found, _folder) = of_rows("");
    let (bytes, _) = written(&audit, &found, &WorkbookOptions::default());
    assert!(parts(&bytes).iter().any(|(_, text)| text.contains("No order was read")));
    let done = row("312600410001", "x", "y", "", "")
        .replace("等待出库", "等待付款")
        .replace(",2026-11-07 10:00:00,,1", ",,,1");
    let (audit, found, _folder) = of_rows(&done);
    assert_eq!(audit.tally.totals().at_risk, 0);
    let (bytes, _) = written(&audit, &found, &WorkbookOptions::default());
    assert!(parts(&bytes).iter().any(|(_, text)| text.contains("No order is at risk")));
}

#[test]
fn a_full_disk_is_an_error_and_no_panic() {
    let (audit, found) = audited(&[repository("samples/jd")], None);
    let sources = Sources::Files { found: &found, limits: Limits::default() };
    let result =
        write_workbook(&audit, &WorkbookOptions::default(), sources, Full::with_room(20_000), &|_| {});
    assert!(matches!(result, Err(ReportError::Workbook(_) | ReportError::Stopped)), "{result:?}");
}

#[test]
fn a_file_that_changed_since_has_no_annotated_sheet() {
    let (audit, found, folder) = of_rows(&row("312600410001", "x", "y", "", ""));
    std::fs::write(folder.path().join("jd.csv"), "a,b\n1,2\n1,2\n1,2\n").expect("a file");
    let (bytes, summary) = written(&audit, &found, &WorkbookOptions::default());
    assert_eq!((summary.not_again.len(), summary.sheets.len()), (1, 9));
    assert!(parts(&bytes).iter().any(|(_, text)| text.contains("could not be read again")));
}
