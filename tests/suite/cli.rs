//! Commands, exit statuses and what is said when something is wrong.

use crate::support::{AS_OF, audit, put, root, shipby};
use calamine::{Reader, Xlsx, open_workbook};
use std::fs;

/// One overdue order of Pinduoduo.
const OVERDUE: &str = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n\
    261105-000000000000001,待发货,1,2026-11-05 10:00:00,2026-11-07 10:00:00,\n";

/// One order of Pinduoduo that was shipped in time.
const MET: &str = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n\
    261105-000000000000002,已签收,1,2026-11-05 10:00:00,2026-11-07 10:00:00,2026-11-06 10:00:00\n";

#[test]
fn exit_statuses_are_those_of_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = put(folder.path(), "拼多多 订单.csv", MET);
    let late = put(folder.path(), "late/拼多多.csv", OVERDUE);
    assert_eq!(audit(&[&good], &[]).status, 0);
    assert_eq!(audit(&[&late], &["--fail-on", "overdue"]).status, 1);
    assert_eq!(audit(&[&good], &["--fail-on", "warning"]).status, 0);
    let odd = put(folder.path(), "odd/notes.csv", "a,b\n1,2\n");
    let both = audit(&[&good, &odd], &["--fail-on", "overdue"]);
    assert_eq!(both.status, 3);
    assert!(both.stdout.contains("notes.csv"), "{}", both.stdout);
    let nothing = audit(&[&odd], &[]);
    assert_eq!(nothing.status, 2);
    assert!(nothing.stderr.contains("notes.csv"), "{}", nothing.stderr);
    assert_eq!(shipby(folder.path(), &["audit", "no-such-folder"]).status.code(), Some(2));
    assert_eq!(shipby(folder.path(), &["audit"]).status.code(), Some(2));
    assert_eq!(shipby(folder.path(), &["audit", "--no-such-option"]).status.code(), Some(2));
}

#[test]
fn nothing_readable_writes_no_report() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "in/notes.csv", "a,b\n1,2\n");
    let output = shipby(folder.path(), &["audit", "in", "-o", "report.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("report.xlsx").exists());
}

#[test]
fn a_folder_dropped_on_the_program_is_audited() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "导出/拼多多.csv", OVERDUE);
    let output = shipby(folder.path(), &["导出", "--as-of", AS_OF]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 orders at risk: 1 overdue"));
    let reports = fs::read_dir(folder.path()).expect("listed").flatten();
    assert!(
        reports.map(|e| e.file_name()).any(|n| n.to_string_lossy().starts_with("shipby-report-2026-11-09"))
    );
}

#[test]
fn the_language_is_the_locale_s_unless_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = |args: &[&str]| String::from_utf8_lossy(&shipby(folder.path(), args).stdout).into_owned();
    assert!(help(&["--help"]).contains("The moment of the audit"));
    assert!(help(&["--lang", "zh", "--help"]).contains("审计时点"));
    assert!(help(&["rule", "JD002"]).contains("Pickup scan within 48 h"));
    assert!(help(&["rule", "jd002", "--lang", "zh"]).contains("48小时内有揽收轨迹"));
    assert_eq!(shipby(folder.path(), &["rule", "JD999"]).status.code(), Some(2));
}

#[test]
fn inspect_says_what_a_file_is_and_what_it_cannot_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "a.csv", MET);
    let output = shipby(folder.path(), &["inspect", "a.csv"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in ["Pinduoduo orders", "承诺发货时间 → ship-by", "PDD002: picked-up-at", "heading row: 1"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn completions_come_for_every_shell() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = shipby(folder.path(), &["completions", shell]);
        assert!(
            output.status.success() && String::from_utf8_lossy(&output.stdout).contains("shipby"),
            "{shell}"
        );
    }
}

#[test]
fn a_configuration_names_stores_and_zones() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "exports/a/x.csv", OVERDUE);
    put(
        folder.path(),
        "shipby.toml",
        "quiet = true\n[[store]]\nname = \"武汉旗舰店\"\nfiles = [\"exports/a/**\"]\nexport-zone = \"UTC\"\nday-zone = \"UTC\"\n",
    );
    let output = shipby(folder.path(), &["audit", "exports", "--as-of", AS_OF, "--ndjson", "o.ndjson"]);
    assert!(
        output.status.success() && output.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let order: serde_json::Value =
        serde_json::from_str(fs::read_to_string(folder.path().join("o.ndjson")).expect("read").trim())
            .expect("json");
    assert_eq!(order["store"], "武汉旗舰店");
    assert_eq!(order["findings"][0]["due_at"], "2026-11-07T10:00:00+00:00");
    put(folder.path(), "shipby.toml", "quite = true\n");
    let output = shipby(folder.path(), &["audit", "exports"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("line 1") && said.contains("quite"), "{said}");
}

#[test]
fn a_profile_adds_a_marketplace() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = put(
        folder.path(),
        "shop.toml",
        "id = \"my-shop\"\nmarketplace = \"my-shop\"\nkind = \"orders\"\nmust = [[\"Nr\"], [\"Versand bis\"]]\n\
         export-zone = \"Europe/Berlin\"\nday-zone = \"Europe/Berlin\"\ntimes = [\"day-dot-month\"]\n[columns]\n\
         order-id = [\"Nr\"]\nship-by = [\"Versand bis\"]\nshipped-at = [\"Versandt\"]\n",
    );
    let export = put(
        folder.path(),
        "in/shop.csv",
        "Nr;Versand bis;Versandt\nA1;08.11.2026;\nA2;08.11.2026;08.11.2026\n",
    );
    let audited = audit(&[&export], &["--profile", &profile.display().to_string()]);
    assert_eq!(audited.status, 0, "{}{}", audited.stdout, audited.stderr);
    assert_eq!(audited.orders.len(), 2);
    assert_eq!(audited.orders[0]["marketplace"], "my-shop");
    assert_eq!(audited.orders[0]["risk"], "overdue");
    assert_eq!(audited.orders[1]["risk"], "met");
    let _ = root();
}

#[test]
fn inputs_with_their_verdicts_stand_in_files_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let jd = root().join("samples/jd").display().to_string();
    let args =
        ["audit", &jd, "--as-of", AS_OF, "-o", "周报.xlsx", "--annotate", "files", "--no-mask", "--quiet"];
    let run = shipby(folder.path(), &args);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("listed")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 7, "{names:?}");
    assert!(names.contains(&"周报-1-1158620043.xlsx".to_owned()), "{names:?}");
    let mut book: Xlsx<_> = open_workbook(folder.path().join("周报-1-1158620043.xlsx")).expect("a workbook");
    let sheet = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&sheet).expect("a sheet");
    let text =
        |row: u32, column: u32| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!((text(0, 0), text(0, 5)), ("Risk".to_owned(), "订单号".to_owned()));
    let original = std::fs::read(root().join("samples/jd/1158620043.csv")).expect("the input");
    let rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&original[..]);
    let rows = rows.into_byte_records().count();
    assert_eq!(range.height(), rows);
    assert!((1..range.height() as u32).any(|row| text(row, 0).contains("overdue")));
    // The report itself has no annotated sheets then.
    let report: Xlsx<_> = open_workbook(folder.path().join("周报.xlsx")).expect("the report");
    assert!(report.sheet_names().iter().all(|name| !name.starts_with("1 ")), "{:?}", report.sheet_names());
}

#[test]
fn an_input_is_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let original = std::fs::read(root().join("samples/jd/1158620043.csv")).expect("the input");
    put(folder.path(), "orders.csv", &original);
    for option in ["-o", "--json", "--ndjson"] {
        let run = shipby(folder.path(), &["audit", "orders.csv", option, "./orders.csv"]);
        assert_eq!(run.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&run.stderr).contains("orders.csv"), "{option}");
        assert_eq!(std::fs::read(folder.path().join("orders.csv")).expect("read"), original);
    }
}

#[test]
fn the_run_sheet_says_what_the_report_rests_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let samples = root().join("samples").display().to_string();
    let casebook = root().join("tests/casebook").display().to_string();
    let args = ["audit", &samples, "--as-of", AS_OF, "-o", "r.xlsx", "--casebook", &casebook, "--quiet"];
    assert_eq!(shipby(folder.path(), &args).status.code(), Some(0));
    let mut book: Xlsx<_> = open_workbook(folder.path().join("r.xlsx")).expect("a workbook");
    let range = book.worksheet_range("Run").expect("the sheet");
    let all: Vec<String> = range.rows().flatten().map(ToString::to_string).collect();
    let hash = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(all.iter().any(|cell| cell == "--casebook"), "{all:?}");
    assert!(all.iter().any(|cell| cell.strip_prefix("casebook  ").is_some_and(hash)), "{all:?}");
    let inputs = all.iter().filter(|cell| hash(cell)).count();
    assert!(inputs >= 24, "{inputs} hashes");
}

#[test]
fn a_listener_who_goes_ends_nothing_and_hears_nothing_of_it() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().expect("a folder");
    let samples = root().join("samples");
    let samples = samples.to_str().expect("text");
    let at = ["--as-of", "2026-11-09 12:00"];
    let audit = ["audit", samples, "-o", "r.xlsx", at[0], at[1]];
    let commands: [Vec<&str>; 8] = [
        audit.to_vec(),
        [&audit[..], &["--json", "-"]].concat(),
        [&audit[..], &["--ndjson", "-", "--annotate", "none"]].concat(),
        [&audit[..], &["--csv", "-", "--annotate", "none"]].concat(),
        vec!["inspect", samples],
        vec!["rule"],
        vec!["completions", "bash"],
        vec!["template", "casebook.xlsx"],
    ];
    for args in commands {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shipby"))
            .args(&args)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("ended");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        assert!(!said.contains("pipe") && !said.contains("src/"), "{args:?}: {said}");
        if args.contains(&"r.xlsx") {
            std::fs::remove_file(folder.path().join("r.xlsx")).expect("the report is written all the same");
        }
    }
}

#[test]
fn of_many_stores_the_worst_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for store in 0..25 {
        put(folder.path(), &format!("in/{store:02}/orders.csv"), if store == 23 { OVERDUE } else { MET });
    }
    let output = shipby(folder.path(), &["audit", "in", "--as-of", AS_OF]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let stores: Vec<&str> = said.lines().filter(|line| line.contains("Pinduoduo · ")).collect();
    assert_eq!(stores.len(), 20, "{said}");
    assert!(stores[0].contains("Pinduoduo · 23") && stores[1].contains("Pinduoduo · 00"), "{said}");
    assert!(said.contains("and 5 stores more"), "{said}");
}
