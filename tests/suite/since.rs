//! Two audits a week apart: what changed, what staff typed, the copies for others.

use crate::support::{put, root, shipby};
use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Output;

const HEADS: &str = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n";
/// Monday, and the Monday after.
const FIRST: &str = "2026-11-09 12:00";
const SECOND: &str = "2026-11-16 12:00";
const THIRD: &str = "2026-11-23 12:00";

/// Still open, shipped late, gone from the export, getting worse, shipped in time.
const WEEK_ONE: [&str; 5] = [
    "261105-000000000000001,待发货,1,2026-11-05 10:00:00,2026-11-07 10:00:00,",
    "261105-000000000000002,待发货,1,2026-11-05 11:00:00,2026-11-07 11:00:00,",
    "261105-000000000000003,待发货,1,2026-11-05 12:00:00,2026-11-07 12:00:00,",
    "261105-000000000000004,待发货,1,2026-11-07 20:00:00,2026-11-09 20:00:00,",
    "261105-000000000000005,待发货,1,2026-11-07 21:00:00,2026-11-09 21:00:00,",
];
/// The same a week later, and a new one.
const WEEK_TWO: [&str; 5] = [
    "261105-000000000000001,待发货,1,2026-11-05 10:00:00,2026-11-07 10:00:00,",
    "261105-000000000000002,已发货，待签收,1,2026-11-05 11:00:00,2026-11-07 11:00:00,2026-11-10 09:00:00",
    "261105-000000000000004,待发货,1,2026-11-07 20:00:00,2026-11-09 20:00:00,",
    "261105-000000000000005,已发货，待签收,1,2026-11-07 21:00:00,2026-11-09 21:00:00,2026-11-09 15:00:00",
    "261105-000000000000006,待发货,1,2026-11-13 10:00:00,2026-11-15 10:00:00,",
];

struct Weeks(tempfile::TempDir);

impl Weeks {
    fn new() -> Weeks {
        let weeks = Weeks(tempfile::tempdir().expect("a folder"));
        weeks.export("one", &WEEK_ONE);
        weeks.export("two", &WEEK_TWO);
        weeks
    }

    fn export(&self, name: &str, rows: &[&str]) {
        put(self.path(), &format!("{name}/店/orders.csv"), format!("{HEADS}{}\n", rows.join("\n")));
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        shipby(self.path(), args)
    }

    /// Audits an export into `<name>.json` and `<name>.xlsx`.
    fn audit(&self, name: &str, as_of: &str, more: &[&str]) -> Value {
        let (json, report) = (format!("{name}.json"), format!("{name}.xlsx"));
        let mut args = vec!["audit", name, "--as-of", as_of, "--json", &json, "-o", &report];
        args.extend(more);
        let output = self.run(&args);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        self.json(&json)
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.file(name)).expect("a file")).expect("JSON")
    }

    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

/// The kind and outcome of each order's ship deadline.
fn told(changes: &Value, rule: &str) -> BTreeMap<String, (String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let list = changes["findings"].as_array().expect("findings").iter().filter(|f| f["rule"] == rule);
    list.map(|f| {
        let id = text(&f["order_id"]);
        (id[id.len() - 1..].to_owned(), (text(&f["kind"]), text(&f["outcome"])))
    })
    .collect()
}

fn expected(list: &[(&str, &str, &str)]) -> BTreeMap<String, (String, String)> {
    let own = |text: &str| text.to_owned();
    list.iter().map(|(order, kind, outcome)| (own(order), (own(kind), own(outcome)))).collect()
}

#[test]
fn a_week_later_every_order_is_told_for_what_it_did() {
    let weeks = Weeks::new();
    let first = weeks.audit("one", FIRST, &[]);
    assert!(first.get("changes").is_none());
    assert_eq!(first["orders"][0]["findings"][0]["age"], 1);
    let second = weeks.audit("two", SECOND, &["--since", "one.json"]);
    assert_eq!(
        told(&second["changes"], "PDD001"),
        expected(&[
            ("1", "still_open", "-"),
            ("2", "resolved", "late"),
            ("3", "gone", "gone"),
            ("4", "worsened", "-"),
            ("5", "resolved", "met"),
            ("6", "new", "-"),
        ])
    );
    assert_eq!(second["followed"][0]["order_id"], "261105-000000000000005");
    // Set side by side afterwards, the two files say the same.
    let output =
        weeks.run(&["compare", "one.json", "two.json", "--json", "changes.json", "-o", "trend.xlsx"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let compared = weeks.json("changes.json");
    assert_eq!(compared["schema"], "shipby.compare/1");
    for key in ["counts", "findings", "totals", "since"] {
        assert_eq!(compared[key], second["changes"][key], "{key}");
    }
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in [
        "at risk 5 → 3",
        "new 1",
        "worsened 1",
        "still open 1",
        "gone from sight 1",
        "261105-000000000000006",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let mut trend: Xlsx<_> = open_workbook(weeks.file("trend.xlsx")).expect("a workbook");
    assert_eq!(trend.sheet_names(), ["Changes", "Trend"]);
    let changes = trend.worksheet_range("Changes").expect("a sheet");
    assert_eq!(changes.height() - 1, second["changes"]["findings"].as_array().expect("a list").len());
}

#[test]
fn a_comparison_takes_its_language_from_the_configuration_unless_it_is_typed() {
    let weeks = Weeks::new();
    weeks.audit("one", FIRST, &[]);
    weeks.audit("two", SECOND, &[]);
    let sheets = |config: &str, more: &[&str]| {
        std::fs::write(weeks.file("shipby.toml"), config).expect("a file");
        let output = weeks.run(&[&["compare", "one.json", "two.json", "-o", "trend.xlsx"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let trend: Xlsx<_> = open_workbook(weeks.file("trend.xlsx")).expect("a workbook");
        trend.sheet_names()
    };
    let chinese = sheets("lang = \"zh\"\nthreads = 1\nmask = true\n", &[]);
    let english = ["Changes", "Trend"];
    assert!(chinese.iter().all(|name| !name.is_ascii()), "{chinese:?}");
    assert_eq!(sheets("lang = \"zh\"\n", &["--lang", "en"]), english);
    std::fs::write(weeks.file("other.toml"), "lang = \"zh\"\n").expect("a file");
    assert_eq!(sheets("lang = \"en\"\n", &["--config", "other.toml"]), chinese);
    std::fs::write(weeks.file("shipby.toml"), "colour = 1\n").expect("a file");
    let said = weeks.refused(&["compare", "one.json", "two.json"]);
    assert!(said.contains("line 1") && said.contains("colour"), "{said}");
}

#[test]
fn ages_returns_and_weeks_build_up_from_audit_to_audit() {
    let weeks = Weeks::new();
    weeks.audit("one", FIRST, &[]);
    weeks.audit("two", SECOND, &["--since", "one.json"]);
    // The third export holds the oldest order, the one that was gone, and one that was shipped and is open again.
    weeks.export("three", &[WEEK_ONE[0], WEEK_ONE[2], WEEK_ONE[4]]);
    let third = weeks.audit("three", THIRD, &["--since", "two.json"]);
    let list = third["changes"]["findings"].as_array().expect("findings");
    let of = |order: &str| {
        let one = list.iter().find(|f| f["rule"] == "PDD001" && f["order_id"] == order).expect("a finding");
        (one["kind"].clone(), one["age"].clone(), one["first_seen"].clone())
    };
    let since = json!("2026-11-09T12:00:00+08:00");
    assert_eq!(of("261105-000000000000001"), (json!("still_open"), json!(3), since.clone()));
    assert_eq!(of("261105-000000000000003"), (json!("still_open"), json!(2), since.clone()));
    assert_eq!(of("261105-000000000000005"), (json!("reopened"), json!(2), since.clone()));
    let first = &third["orders"][0]["findings"][0];
    assert_eq!((&first["age"], &first["first_seen"]), (&json!(3), &since));
    // Of week 45 the third export knows two orders and the first three; the first one's count stands.
    let counted: BTreeMap<String, u64> = third["weeks"]
        .as_array()
        .expect("weeks")
        .iter()
        .map(|w| {
            (
                w["week"].as_str().expect("a week").to_owned(),
                w["met"].as_u64().unwrap() + w["failed"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(counted["2026-W45"], 3);
    assert_eq!(counted["2026-W46"], 3);
    let mut book: Xlsx<_> = open_workbook(weeks.file("three.xlsx")).expect("a workbook");
    let trend = book.worksheet_range("Trend").expect("the trend");
    let cells: Vec<String> = trend.cells().map(|(_, _, cell)| cell.to_string()).collect();
    assert!(
        cells.contains(&"2026-W45".to_owned()) && cells.contains(&"Pinduoduo · 店".to_owned()),
        "{cells:?}"
    );
}

#[test]
fn stores_under_other_names_are_told() {
    let weeks = Weeks::new();
    weeks.audit("one", FIRST, &[]);
    let run = |store: &str| {
        let args =
            ["audit", "two", "--as-of", SECOND, "--since", "one.json", "--store", store, "-o", "x.xlsx"];
        String::from_utf8_lossy(&weeks.run(&args).stdout).into_owned()
    };
    let hint = "name the stores alike";
    assert!(run("another").contains(hint) && !run("店").contains(hint));
}

#[test]
fn another_rulebook_is_told_apart() {
    let weeks = Weeks::new();
    let jd = "订单号,商品ID,订单状态,支付方式,下单时间,付款确认时间,京东价\n\
              70000000001,1,等待出库,在线支付,2026-11-08 10:00:00,2026-11-08 10:00:00,9\n";
    put(weeks.path(), "jd/jd.csv", jd);
    put(
        weeks.path(),
        "own.toml",
        "[[jd.waybill-upload]]\nfrom = \"inferred\"\nvalue = \"720h\"\nsource = { id = \"own\", at = \"a test\", grade = \"inferred\" }\n",
    );
    let first = weeks.audit("jd", FIRST, &[]);
    std::fs::rename(weeks.file("jd.json"), weeks.file("last.json")).expect("renamed");
    let second = weeks.audit("jd", SECOND, &["--since", "last.json", "--rulebook", "own.toml"]);
    assert_ne!(first["made_by"]["rulebook"], second["made_by"]["rulebook"]);
    let told = told(&second["changes"], "JD001");
    assert_eq!(told, expected(&[("1", "rulebook", "on_track")]));
    assert_eq!(second["changes"]["rulebook_changed"], true);
}

#[test]
fn the_report_has_the_changes_and_the_trend() {
    let weeks = Weeks::new();
    weeks.audit("one", FIRST, &[]);
    for (lang, sheets, line) in [
        (
            "en",
            ["Changes", "Trend"],
            "Since 2026-11-09 12:00: orders at risk -2. Findings: new 1 · worsened 1",
        ),
        ("zh", ["变化", "趋势"], "与 2026-11-09 12:00 相比：风险订单 -2。风险项：新增 1 · 恶化 1"),
    ] {
        weeks.audit("two", SECOND, &["--since", "one.json", "--lang", lang]);
        let mut book: Xlsx<_> = open_workbook(weeks.file("two.xlsx")).expect("a workbook");
        let names = book.sheet_names();
        for sheet in sheets {
            assert!(names.contains(&sheet.to_owned()), "{names:?}");
        }
        let summary = book.worksheet_range(&names[0]).expect("the summary");
        let said = summary.get_value((7, 0)).map(ToString::to_string).unwrap_or_default();
        assert!(said.starts_with(line), "{said}");
    }
}

/// A copy of a report in which somebody typed: `type_in` is given an order's id and says what stands in its three
/// columns. The list is cut into two sheets, as a long one is.
fn typed(from: &Path, to: &Path, type_in: impl Fn(&str) -> [&'static str; 3]) {
    let mut book: Xlsx<_> = open_workbook(from).expect("a workbook");
    let name = book.sheet_names()[1].clone();
    let list: Range<Data> = book.worksheet_range(&name).expect("the list");
    let width = list.width();
    let mut copy = Workbook::new();
    let rows: Vec<&[Data]> = list.rows().collect();
    let half = rows.len().div_ceil(2);
    for part in [&rows[1..half], &rows[half..]] {
        let sheet = copy.add_worksheet();
        for (at, row) in std::iter::once(&rows[0]).chain(part).enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let text = match (at, column + 3 >= width) {
                    (1.., true) => type_in(&row[1].to_string())[column + 3 - width].to_owned(),
                    _ => cell.to_string(),
                };
                sheet.write_string(at as u32, column as u16, text).expect("written");
            }
        }
    }
    copy.save(to).expect("saved");
}

fn rows(book: &Path, sheet: usize) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(book).expect("a workbook");
    let name = book.sheet_names()[sheet].clone();
    let range = book.worksheet_range(&name).expect("a sheet");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn what_staff_typed_stays_with_its_order_and_nothing_is_lost() {
    let weeks = Weeks::new();
    weeks.audit("one", FIRST, &["--lang", "zh"]);
    typed(&weeks.file("one.xlsx"), &weeks.file("typed.xlsx"), |id| match &id[id.len() - 1..] {
        "1" => ["李雷", "处理中", "已电联 13812345600"],
        "3" => ["", "已完成", "=SUM(A1)"],
        _ => ["", "", ""],
    });
    weeks.audit("two", SECOND, &["--carry", "typed.xlsx", "--lang", "en", "--csv", "two.csv"]);
    let table = rows(&weeks.file("two.xlsx"), 1);
    let of = |order: &str| {
        let row = table.iter().find(|row| row[1] == order).expect("a row");
        row[row.len() - 3..].to_vec()
    };
    assert_eq!(of("261105-000000000000001"), ["李雷", "in progress", "已电联 13812345600"]);
    assert_eq!(of("261105-000000000000004"), ["", "", ""]);
    let mut book: Xlsx<_> = open_workbook(weeks.file("two.xlsx")).expect("a workbook");
    let issues = book.worksheet_range("Data issues").expect("a sheet");
    let lost: Vec<String> = issues
        .rows()
        .filter(|row| row[0] == "note of last week")
        .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert!(lost[0].contains("261105-000000000000003") && lost[0].contains("已完成 | =SUM(A1)"), "{lost:?}");
    // The list for elsewhere hides the number that somebody typed.
    let csv = std::fs::read_to_string(weeks.file("two.csv")).expect("read");
    assert!(csv.contains("已电联 138******00") && !csv.contains("13812345600"), "{csv}");
}

#[test]
fn a_wrong_file_of_last_week_is_told_at_once() {
    let weeks = Weeks::new();
    weeks.audit("one", FIRST, &[]);
    weeks.run(&["template", "casebook.xlsx"]);
    put(weeks.path(), "notes.txt", "nothing");
    // Damaged ones, under whatever name.
    let report = std::fs::read(weeks.file("one.xlsx")).expect("read");
    put(weeks.path(), "cut.xlsx", &report[..report.len() / 2]);
    put(weeks.path(), "cut.ods", &report[..report.len() / 2]);
    put(weeks.path(), "broken.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing that fits");
    put(weeks.path(), "page.xlsx", "<html><body>no</body></html>");
    put(weeks.path(), "next.json", "{\"schema\":\"shipby.audit/2\"}");
    let old = weeks.json("one.json");
    let mut older = old.clone();
    older.as_object_mut().expect("an object").remove("made_by");
    put(weeks.path(), "older.json", older.to_string());
    for (args, parts) in [
        (["--carry", "casebook.xlsx"], ["casebook.xlsx", "no report"]),
        (["--carry", "notes.txt"], ["notes.txt", "no workbook"]),
        (["--carry", "none.xlsx"], ["none.xlsx", "no workbook"]),
        (["--carry", "cut.xlsx"], ["no workbook", "its end is missing"]),
        (["--carry", "cut.ods"], ["no workbook", "its end is missing"]),
        (["--carry", "broken.xls"], ["broken.xls", "no workbook"]),
        (["--carry", "page.xlsx"], ["page.xlsx", "no workbook"]),
        (["--carry", "one"], ["no workbook", "not a regular file"]),
        (["--since", "notes.txt"], ["notes.txt", "--json FILE"]),
        (["--since", "none.json"], ["none.json", "--json FILE"]),
        (["--since", "next.json"], ["shipby.audit/2", "--json FILE"]),
        (["--since", "older.json"], ["earlier version", "--json FILE"]),
    ] {
        let said = weeks.refused(&["audit", "two", "--as-of", SECOND, args[0], args[1], "-o", "no.xlsx"]);
        assert!(parts.iter().all(|part| said.contains(part)), "{args:?}: {said}");
        assert!(!weeks.file("no.xlsx").exists());
    }
    let said = weeks.refused(&["audit", "one", "--as-of", "2026-11-01", "--since", "one.json"]);
    assert!(said.contains("later than this audit"), "{said}");
    weeks.audit("two", SECOND, &[]);
    let said = weeks.refused(&["compare", "two.json", "one.json"]);
    assert!(said.contains("the earlier audit goes first"), "{said}");
}

#[test]
fn the_csv_is_the_list_and_no_formula() {
    let weeks = Weeks::new();
    weeks.export("odd", &[WEEK_ONE[0], "=261105-2,待发货,1,2026-11-05 11:00:00,2026-11-07 11:00:00,"]);
    weeks.audit("odd", FIRST, &["--csv", "odd.csv"]);
    let bytes = std::fs::read(weeks.file("odd.csv")).expect("read");
    assert!(bytes.starts_with("\u{feff}Risk,Order id,".as_bytes()));
    let read = |bytes: &[u8]| -> Vec<csv::StringRecord> {
        let table = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]).into_records();
        table.map(|row| row.expect("a row")).collect()
    };
    let (table, list) = (read(&bytes), rows(&weeks.file("odd.xlsx"), 1));
    assert_eq!(table[0].iter().map(str::to_owned).collect::<Vec<_>>(), list[0]);
    assert_eq!((&table[1][1], &table[2][1]), ("261105-000000000000001", "'=261105-2"));
    assert_eq!((&table[1][6], &table[1][9]), ("2026-11-07 10:00", "-50"));
    let raw = weeks.run(&["audit", "odd", "--as-of", FIRST, "--csv", "-", "--raw-csv", "-o", "odd.xlsx"]);
    assert_eq!(&read(&raw.stdout)[2][1], "=261105-2");
    assert!(String::from_utf8_lossy(&raw.stderr).contains("2 orders at risk"));
}

/// The parts of a workbook as text.
fn parts(path: &Path) -> Vec<(String, String)> {
    let file = std::fs::File::open(path).expect("a file");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).expect("a part");
            let (name, mut bytes) = (part.name().expect("a name").into_owned(), Vec::new());
            part.read_to_end(&mut bytes).expect("its bytes");
            (name, String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

#[test]
fn the_short_copy_names_no_order_and_links_nowhere() {
    let weeks = Weeks::new();
    let samples = root().join("samples").display().to_string();
    weeks.audit("one", FIRST, &[]);
    let mut args = vec!["audit", &samples, "--as-of", FIRST, "--json", "s.json", "--ndjson", "s.ndjson"];
    args.extend(["-o", "s.xlsx", "--share", "share.xlsx", "--quiet"]);
    assert_eq!(weeks.run(&args).status.code(), Some(0));
    let again =
        ["audit", &samples, "--as-of", SECOND, "--since", "s.json", "--share", "later.xlsx", "-o", "s.xlsx"];
    assert_eq!(weeks.run(&again).status.code(), Some(0));
    let orders = std::fs::read_to_string(weeks.file("s.ndjson")).expect("read");
    let ids: Vec<String> = orders
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["order_id"].as_str().expect("an id").to_owned()
        })
        .collect();
    assert!(ids.len() > 200);
    for name in ["share.xlsx", "later.xlsx"] {
        let book: Xlsx<_> = open_workbook(weeks.file(name)).expect("a workbook");
        assert_eq!(book.sheet_names(), ["Summary", "Store weeks", "Trend"]);
        for (part, text) in parts(&weeks.file(name)) {
            assert!(!ids.iter().any(|id| text.contains(id.as_str())), "{name} {part}");
            assert!(!text.contains("<hyperlink") && !text.contains("At-risk orders"), "{name} {part}");
            assert!(!text.contains("orders below") && !text.contains("see Data issues"), "{name} {part}");
        }
    }
}

#[test]
fn all_of_it_together_gives_the_same_bytes_twice() {
    let weeks = Weeks::new();
    weeks.audit("one", FIRST, &[]);
    typed(&weeks.file("one.xlsx"), &weeks.file("typed.xlsx"), |_| ["a", "done", "b"]);
    // Defaults of every option stand in the configuration.
    put(
        weeks.path(),
        "shipby.toml",
        "since = \"one.json\"\ncarry = \"typed.xlsx\"\ncsv = \"o.csv\"\nraw-csv = true\nshare = \"o-share.xlsx\"\n",
    );
    let files = ["two.xlsx", "two.json", "o.csv", "o-share.xlsx"];
    let once = |threads: &str| {
        weeks.audit("two", SECOND, &["--threads", threads]);
        files.map(|name| std::fs::read(weeks.file(name)).expect("a file"))
    };
    let (alone, three) = (once("1"), once("3"));
    for (at, name) in files.iter().enumerate() {
        assert!(alone[at] == three[at], "{name}");
    }
    let csv = String::from_utf8_lossy(&alone[2]).into_owned();
    assert!(csv.contains(",a,done,b"), "{csv}");
}
