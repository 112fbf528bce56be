//! Parts and their merge.

mod lake;
mod refused;
mod whole;

use crate::support::{AS_OF, put, root, shipby};
use std::fs;
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
