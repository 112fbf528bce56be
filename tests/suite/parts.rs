//! Parts and their merge: whatever way files are split over workers, the report is that of one run.

use crate::support::{AS_OF, put, root, shipby};
use calamine::{Data, Reader, Xlsx, open_workbook};
use parquet::file::reader::{FileReader, SerializedFileReader};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Output;

const HEADS: &str = "订单号,订单状态,样式ID,支付时间,承诺发货时间,发货时间\n";
const TRACKING: &str = "订单号,运单号,揽收时间,最新物流时间\n";

/// A folder of exports, a folder of parts, and what one run over all exports writes.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().expect("a folder"))
    }

    /// The samples with their twins as workbooks, so that every order stands in two files.
    fn of_samples() -> Desk {
        let desk = Desk::new();
        for (from, to) in [("samples", "text"), ("tests/twins", "books")] {
            copy(&root().join(from), &desk.exports().join(to));
        }
        desk
    }

    /// Two stores, one of whose orders stands in two files, with tracking in a file of its own and rows that cannot be
    /// used.
    fn of_two_stores() -> Desk {
        let desk = Desk::new();
        let row = |n: u32, status: &str, ship: &str| {
            format!("261105-{n:015},{status},1,2026-11-05 10:00:00,2026-11-07 10:00:00,{ship}\n")
        };
        let first = HEADS.to_owned()
            + &row(1, "待发货", "")
            + &row(2, "已发货，待签收", "2026-11-06 10:00:00")
            + "-,待发货,1,2026-11-05 10:00:00,2026-11-07 10:00:00,\n";
        let second = HEADS.to_owned()
            + &row(2, "已签收", "2026-11-06 10:00:00")
            + &row(3, "待发货", "")
            + "261105-000000000000004,待发货,1,soon,2026-11-07 10:00:00,\n";
        let tracking = format!(
            "{TRACKING}261105-000000000000002,YT1,2026-11-06 20:00:00,2026-11-07 08:00:00\n\
             261105-000000000000009,YT9,2026-11-06 20:00:00,2026-11-07 08:00:00\n"
        );
        put(&desk.exports(), "甲店/orders_export2026-11-08-10-00-00.csv", first);
        put(&desk.exports(), "甲店/orders_export2026-11-09-10-00-00.csv", second);
        put(&desk.exports(), "甲店/tracking.csv", tracking);
        put(
            &desk.exports(),
            "乙店/orders_export2026-11-09-10-00-00.csv",
            HEADS.to_owned() + &row(1, "待发货", ""),
        );
        desk
    }

    fn exports(&self) -> PathBuf {
        self.0.path().join("exports")
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        below(&self.exports(), &mut files);
        files.sort();
        files
    }

    fn run(&self, args: &[&str]) -> Output {
        shipby(self.0.path(), args)
    }

    /// What one run writes: JSON and NDJSON.
    fn whole(&self, more: &[&str]) -> (String, String) {
        let mut args = vec!["audit", "exports", "--as-of", AS_OF, "-q", "-o", "one.xlsx"];
        args.extend(["--json", "one.json", "--ndjson", "one.ndjson"]);
        args.extend(more);
        let output = self.run(&args);
        assert!(output.status.code() != Some(2), "{}", said(&output));
        (self.text("one.json"), self.text("one.ndjson"))
    }

    /// Writes a part of some files.
    fn part(&self, files: &[&Path], more: &[&str]) -> Output {
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let mut args = vec!["audit"];
        args.extend(names.iter().map(String::as_str));
        args.extend(["--root", "exports", "--part", "parts"]);
        if !more.contains(&"--as-of") {
            args.extend(["--as-of", AS_OF]);
        }
        args.extend(more);
        self.run(&args)
    }

    /// What merging writes.
    fn merged(&self, more: &[&str]) -> (String, String) {
        let output = self.merge(more);
        assert!(output.status.code() != Some(2), "{}", said(&output));
        (self.text("two.json"), self.text("two.ndjson"))
    }

    fn merge(&self, more: &[&str]) -> Output {
        let mut args = vec!["merge", "parts", "-q", "-o", "two.xlsx", "--json", "two.json"];
        args.extend(["--ndjson", "two.ndjson"]);
        args.extend(more);
        self.run(&args)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("it was written")
    }

    fn parts(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.0.path().join("parts")).expect("parts").flatten();
        let mut parts: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        parts.sort();
        parts
    }
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { below(&entry.path(), files) } else { files.push(entry.path()) }
    }
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    below(from, &mut files);
    let wanted = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        !name.starts_with('.') && file.extension().is_some_and(|end| end != "md" && end != "py")
    };
    for file in files.into_iter().filter(wanted) {
        let name = file.strip_prefix(from).expect("below").display().to_string();
        put(to, &name, fs::read(&file).expect("read"));
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn done(output: &Output) {
    assert!(matches!(output.status.code(), Some(0 | 3)), "{}", said(output));
}

/// Compares without printing a megabyte.
fn same(one: &(String, String), two: &(String, String)) {
    assert!(one.0 == two.0, "the JSON differs: {} and {} bytes", one.0.len(), two.0.len());
    assert!(one.1 == two.1, "the NDJSON differs: {} and {} bytes", one.1.len(), two.1.len());
}

#[test]
fn a_part_a_file_gives_the_report_of_one_run() {
    let desk = Desk::of_samples();
    let one = desk.whole(&[]);
    for file in desk.files() {
        done(&desk.part(&[&file], &["-q"]));
    }
    assert_eq!(desk.parts().len(), desk.files().len());
    same(&one, &desk.merged(&[]));
}

#[test]
fn a_part_a_store_with_copies_and_tracking_elsewhere_gives_the_report_of_one_run() {
    let desk = Desk::of_two_stores();
    let one = desk.whole(&[]);
    assert!(one.0.contains("duplicate-order") && one.0.contains("unjoined"), "the case is not made");
    let (files, exports) = (desk.files(), desk.exports());
    let tracking = exports.join("甲店/tracking.csv");
    done(&desk.part(&[&tracking], &[]));
    done(
        &desk.part(&[&exports.join("甲店/orders_export2026-11-09-10-00-00.csv"), &exports.join("乙店")], &[]),
    );
    done(&desk.part(&[&exports.join("甲店/orders_export2026-11-08-10-00-00.csv")], &[]));
    assert_eq!((desk.parts().len(), files.len()), (3, 4));
    same(&one, &desk.merged(&[]));
}

#[test]
fn the_workbook_is_that_of_one_run_too() {
    let desk = Desk::of_two_stores();
    desk.whole(&[]);
    for file in desk.files() {
        done(&desk.part(&[&file], &[]));
    }
    desk.merged(&["--exports", "exports"]);
    let sheets = |name: &str| -> Vec<(String, Vec<Vec<Data>>)> {
        let mut book: Xlsx<_> = open_workbook(desk.0.path().join(name)).expect("a workbook");
        let sheets = book.worksheets();
        let rows = |range: calamine::Range<Data>| range.rows().map(<[Data]>::to_vec).collect();
        sheets.into_iter().map(|(name, range)| (name, rows(range))).collect()
    };
    let (one, two) = (sheets("one.xlsx"), sheets("two.xlsx"));
    assert_eq!(one.iter().map(|s| &s.0).collect::<Vec<_>>(), two.iter().map(|s| &s.0).collect::<Vec<_>>());
    for ((name, one), (_, two)) in one.iter().zip(&two).filter(|((name, _), _)| name != "Run") {
        assert!(one == two, "{name} differs");
    }
    assert!(one.iter().any(|(name, _)| name == "Run"), "the sheet of the run goes by another name");
}

#[test]
fn what_was_done_twice_counts_once() {
    let desk = Desk::of_two_stores();
    let one = desk.whole(&[]);
    let exports = desk.exports();
    done(&desk.part(&[&exports.join("甲店")], &[]));
    let before = desk.parts();
    // The same task again, and again as another worker sees it: from a copy elsewhere.
    done(&desk.part(&[&exports.join("甲店")], &[]));
    copy(&exports, &desk.0.path().join("elsewhere"));
    let elsewhere =
        desk.run(&["audit", "elsewhere/甲店", "--root", "elsewhere", "--part", "parts", "--as-of", AS_OF]);
    done(&elsewhere);
    assert_eq!(desk.parts(), before);
    // Another grouping of the same files, and a part under two names.
    done(&desk.part(&[&exports.join("乙店"), &exports.join("甲店/tracking.csv")], &[]));
    copy(&before[0], &desk.0.path().join("parts/again"));
    let output = desk.run(&[
        "merge",
        "parts",
        "parts/again",
        "-o",
        "two.xlsx",
        "--json",
        "two.json",
        "--ndjson",
        "two.ndjson",
    ]);
    done(&output);
    assert!(said(&output).contains("1 of them there twice"), "{}", said(&output));
    same(&one, &(desk.text("two.json"), desk.text("two.ndjson")));
}

#[test]
fn nothing_and_what_cannot_be_read_are_parts_as_well() {
    let desk = Desk::of_two_stores();
    put(&desk.exports(), "甲店/broken.xlsx", b"PK\x03\x04 cut off");
    put(&desk.exports(), "甲店/notes.csv", "a,b\n1,2\n");
    let one = desk.whole(&[]);
    fs::create_dir_all(desk.exports().join("丙店")).expect("made");
    let empty = desk.part(&[&desk.exports().join("丙店")], &[]);
    assert_eq!(empty.status.code(), Some(0), "{}", said(&empty));
    let broken = desk.part(&[&desk.exports().join("甲店/broken.xlsx")], &[]);
    assert_eq!(broken.status.code(), Some(3), "{}", said(&broken));
    for file in desk.files() {
        done(&desk.part(&[&file], &["-q"]));
    }
    same(&one, &desk.merged(&[]));
    assert_eq!(desk.merge(&[]).status.code(), Some(3));
}

#[test]
fn a_damaged_part_is_told_and_never_read() {
    let desk = Desk::of_two_stores();
    done(&desk.part(&[&desk.exports()], &[]));
    let part = desk.parts().remove(0);
    desk.merged(&[]);
    let files: Vec<PathBuf> = fs::read_dir(&part).expect("a part").flatten().map(|e| e.path()).collect();
    let records = ["inputs", "lines", "parcels", "cases", "faults", "part"];
    let of_records =
        |file: &&PathBuf| records.contains(&file.file_stem().unwrap_or_default().to_string_lossy().as_ref());
    for file in files.iter().filter(of_records) {
        let bytes = fs::read(file).expect("read");
        let middle = bytes.len() / 2;
        let mut flipped = bytes.clone();
        flipped[middle] ^= 0x40;
        for damage in [flipped, bytes[..middle].to_vec(), Vec::new()] {
            fs::write(file, damage).expect("written");
            let output = desk.merge(&[]);
            let told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{}: {told}", file.display());
            assert!(told.contains("damaged") && told.contains("part-"), "{told}");
        }
        fs::remove_file(file).expect("removed");
        assert_eq!(desk.merge(&[]).status.code(), Some(2), "{} is missing", file.display());
        fs::write(file, bytes).expect("written");
    }
    desk.merged(&[]);
}

#[test]
fn a_damaged_part_is_written_again() {
    let desk = Desk::of_two_stores();
    let one = desk.whole(&[]);
    done(&desk.part(&[&desk.exports()], &[]));
    fs::write(desk.parts()[0].join("lines.parquet"), "cut").expect("written");
    done(&desk.part(&[&desk.exports()], &[]));
    assert_eq!(desk.parts().len(), 1);
    same(&one, &desk.merged(&[]));
}

#[test]
fn parts_that_do_not_go_together_are_refused_with_what_differs() {
    let refused = |desk: &Desk, word: &str| {
        let output = desk.merge(&[]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(word), "{word}: {}", said(&output));
        fs::remove_dir_all(desk.0.path().join("parts")).expect("removed");
    };
    let desk = Desk::of_two_stores();
    let (one, two) = (desk.exports().join("甲店"), desk.exports().join("乙店"));
    done(&desk.part(&[&one], &[]));
    done(&desk.part(&[&two], &["--as-of", "2026-11-10 12:00"]));
    refused(&desk, "--as-of");
    let casebook = root().join("tests/casebook").display().to_string();
    done(&desk.part(&[&one], &["--casebook", &casebook]));
    refused(&desk, "--casebook");
    let overlay = put(desk.0.path(), "own.toml", overlay());
    let overlay = overlay.display().to_string();
    done(&desk.part(&[&one], &["--rulebook", &overlay]));
    refused(&desk, "--rulebook");
    let config = put(desk.0.path(), "own-config.toml", "[[store]]\nname = \"甲店\"\nfiles = [\"甲店/*\"]\n");
    let config = config.display().to_string();
    done(&desk.part(&[&one], &["--config", &config]));
    done(&desk.part(&[&two], &[]));
    refused(&desk, "--config");
    done(&desk.part(&[&one], &[]));
    let manifest = desk.parts()[0].join("part.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text.replace("shipby.part/1", "shipby.part/2")).expect("written");
    refused(&desk, "one version");
}

/// The user's own values: the built-in ones with another date.
fn overlay() -> String {
    "[general]\n".to_owned()
}

#[test]
fn rulebook_and_casebook_go_with_the_merge() {
    let desk = Desk::of_samples();
    let casebook = root().join("tests/casebook").display().to_string();
    let more = ["--casebook", casebook.as_str()];
    let one = desk.whole(&more);
    for file in desk.files() {
        done(&desk.part(&[&file], &["-q", more[0], more[1]]));
    }
    same(&one, &desk.merged(&more));
    assert_eq!(desk.merge(&[]).status.code(), Some(2));
}

#[test]
fn settings_of_stores_hold_across_parts() {
    let desk = Desk::of_samples();
    let config = "[[store]]\nname = \"大阪仓\"\nmarketplace = \"ebay\"\nfiles = [\"exports/*/ebay/*\"]\n\
                  ships-from = \"上海\"\nhandling-days = 2\n";
    let config = put(desk.0.path(), "own.toml", config).display().to_string();
    let more = ["--config", config.as_str()];
    let one = desk.whole(&more);
    for file in desk.files() {
        done(&desk.part(&[&file], &["-q", more[0], more[1]]));
    }
    same(&one, &desk.merged(&[]));
}

#[test]
fn a_part_needs_a_moment_a_name_and_no_other_output() {
    let desk = Desk::of_two_stores();
    let no_moment = desk.run(&["audit", "exports", "--part", "parts"]);
    assert_eq!(no_moment.status.code(), Some(2));
    assert!(said(&no_moment).contains("--as-of"), "{}", said(&no_moment));
    let no_name = desk.run(&["audit", "-", "--part", "parts", "--as-of", AS_OF]);
    assert_eq!(no_name.status.code(), Some(2), "{}", said(&no_name));
    let report = desk.run(&["audit", "exports", "--part", "parts", "--as-of", AS_OF, "-o", "x.xlsx"]);
    assert_eq!(report.status.code(), Some(2));
    let outside = desk.run(&["audit", "exports", "--root", "exports/甲店", "--as-of", AS_OF]);
    assert_eq!(outside.status.code(), Some(2));
    assert!(said(&outside).contains("--root"), "{}", said(&outside));
    assert_eq!(desk.run(&["merge", "exports", "-o", "x.xlsx"]).status.code(), Some(2));
}

/// The rows of a table, as JSON; instants as microseconds.
fn rows(path: &Path) -> Vec<Value> {
    use parquet::record::Field;
    let reader = SerializedFileReader::new(File::open(path).expect("a table")).expect("Parquet");
    let rows = reader.get_row_iter(None).expect("rows");
    let cell = |field: &Field| match field {
        Field::Str(text) => Value::from(text.as_str()),
        Field::Int(number) => Value::from(*number),
        Field::Long(number) | Field::TimestampMicros(number) => Value::from(*number),
        Field::Bool(yes) => Value::from(*yes),
        _ => Value::Null,
    };
    rows.map(|row| {
        let row = row.expect("a row");
        row.get_column_iter().map(|(name, field)| (name.clone(), cell(field))).collect()
    })
    .collect()
}

#[test]
fn what_a_lake_reads_is_what_the_json_says() {
    let desk = Desk::of_samples();
    let (whole, orders) = desk.whole(&["--parquet", "findings.parquet"]);
    let whole: Value = serde_json::from_str(&whole).expect("JSON");
    done(&desk.part(&[&desk.exports()], &[]));
    let part = desk.parts().remove(0);
    let mut want = BTreeSet::new();
    let mut counted = 0;
    for order in orders.lines() {
        let order: Value = serde_json::from_str(order).expect("JSON");
        for finding in order["findings"].as_array().expect("findings") {
            counted += 1;
            let due = finding["due_at"].as_str().and_then(crate::support::instant);
            let texts = [&order["store"], &order["order_id"], &finding["rule"], &finding["state"]];
            want.insert((texts.map(|text| text.as_str().unwrap_or_default().to_owned()), due));
        }
    }
    for table in [desk.0.path().join("findings.parquet"), part.join("findings.parquet")] {
        let rows = rows(&table);
        assert_eq!(rows.len(), counted);
        let got: BTreeSet<_> = rows
            .iter()
            .map(|row| {
                let texts = [&row["store"], &row["order_id"], &row["rule"], &row["state"]];
                let due = row["due_at"].as_i64().map(|micros| micros / 1_000_000);
                (texts.map(|text| text.as_str().unwrap_or_default().to_owned()), due)
            })
            .collect();
        assert!(got == want, "{}: {:?}", table.display(), got.symmetric_difference(&want).next());
    }
    let judged = rows(&part.join("orders.parquet"));
    assert_eq!(judged.len() as u64, whole["totals"]["orders"].as_u64().expect("a total"));
    let at_risk: i64 =
        rows(&part.join("stores.parquet")).iter().filter_map(|row| row["at_risk"].as_i64()).sum();
    assert_eq!(Some(at_risk), whole["totals"]["at_risk"].as_i64());
}

#[test]
fn the_documented_schema_is_the_one_that_is_written() {
    const MARK: &str = "<!-- the tables, generated -->\n";
    let path = root().join("docs/parts.md");
    let text = fs::read_to_string(&path).expect("the document");
    let (before, tables) = text.split_once(MARK).expect("the mark");
    let want = shipby::parts::schema::as_markdown();
    if std::env::var_os("SHIPBY_WRITE_DOCS").is_some() {
        fs::write(&path, format!("{before}{MARK}{want}")).expect("written");
        return;
    }
    assert!(tables == want, "docs/parts.md is not up to date: SHIPBY_WRITE_DOCS=1 cargo test");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    /// However the files are dealt to workers, and in whatever order these come.
    #[test]
    fn any_split_gives_the_report_of_one_run(dealt in proptest::collection::vec(0..5usize, 64)) {
        let desk = Desk::of_samples();
        let one = desk.whole(&[]);
        let files = desk.files();
        for worker in 0..5 {
            let hand: Vec<&Path> =
                files.iter().zip(&dealt).filter(|(_, of)| **of == worker).map(|(file, _)| file.as_path()).collect();
            if !hand.is_empty() {
                done(&desk.part(&hand, &["-q"]));
            }
        }
        same(&one, &desk.merged(&[]));
    }
}
