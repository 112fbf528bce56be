//! What the program wrote into the folder of its inputs, and what it is given beside them, is no input of the next run.

use super::make::{csv, row};
use crate::support::{AS_OF, put, shipby};
use serde_json::Value;

#[test]
fn own_outputs_are_left_out_and_the_next_run_finds_the_same() {
    for language in ["zh", "en"] {
        let folder = tempfile::tempdir().expect("a folder");
        put(folder.path(), "orders.csv", csv(&[row(1), row(2)]));
        let run = || {
            let args = [
                "audit",
                ".",
                "--as-of",
                AS_OF,
                "--lang",
                language,
                "--annotate",
                "files",
                "--json",
                "a.json",
            ];
            let more =
                ["--ndjson", "lines.txt", "--csv", "list.csv", "--share", "share.xlsx", "-o", "report.xlsx"];
            let output = shipby(folder.path(), &[&args[..], &more[..]].concat());
            let said = [output.stdout, output.stderr].concat();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&said));
            let lines = std::fs::read_to_string(folder.path().join("lines.txt")).expect("written");
            let whole = std::fs::read_to_string(folder.path().join("a.json")).expect("written");
            (
                lines,
                serde_json::from_str::<Value>(&whole).expect("JSON"),
                String::from_utf8_lossy(&said).into_owned(),
            )
        };
        let (first, ..) = run();
        let (second, whole, said) = run();
        assert_eq!(first, second);
        let inputs = whole["inputs"].as_array().expect("inputs");
        let left: Vec<&str> = inputs
            .iter()
            .filter(|input| input["error"].as_str().is_some_and(|error| error.contains("a report of shipby")))
            .filter_map(|input| input["path"].as_str())
            .collect();
        // The copy of the input with its verdicts has a name that its report and the input give it.
        for name in ["lines.txt", "list.csv", "report.xlsx", "share.xlsx"] {
            assert!(left.contains(&name), "{name}: {left:?}");
            assert!(said.contains(name), "{name}: {said}");
        }
        assert!(left.iter().any(|name| name.starts_with("report-1-")), "{left:?}");
        assert_eq!(inputs.len(), 6, "{inputs:?}");
    }
}

#[test]
fn a_casebook_among_the_inputs_is_told_once_and_is_no_failure() {
    for (language, said_of_it) in [("zh", "是台账"), ("en", "A casebook, not an export")] {
        let folder = tempfile::tempdir().expect("a folder");
        put(folder.path(), "in/orders.csv", csv(&[row(1)]));
        // A table of that name with other headings is none.
        put(folder.path(), "in/notices.csv", "marketplace,what\njd,x\n");
        let made = shipby(folder.path(), &["template", "in/casebook.xlsx", "--lang", language]);
        assert!(made.status.success());
        put(folder.path(), "in/own/filings.csv", filings());
        let run = |more: &[&str]| {
            let args =
                ["audit", "in", "--as-of", AS_OF, "--lang", language, "--json", "a.json", "-o", "r.xlsx"];
            let output = shipby(folder.path(), &[&args[..], more].concat());
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            let whole = std::fs::read_to_string(folder.path().join("a.json")).expect("written");
            (output.status.code(), said, serde_json::from_str::<Value>(&whole).expect("JSON"))
        };
        let (status, said, whole) = run(&[]);
        assert_eq!(status, Some(3), "the table that is none");
        assert_eq!(said.matches(said_of_it).count(), 2, "{said}");
        let inputs = whole["inputs"].as_array().expect("inputs");
        let of = |path: &str| inputs.iter().filter(|input| input["path"] == path).collect::<Vec<_>>();
        for path in ["casebook.xlsx", "own/filings.csv"] {
            let listed = of(path);
            assert_eq!(listed.len(), 1, "{listed:?}");
            assert_eq!(listed[0]["kind"], "unreadable");
            assert!(listed[0]["error"].as_str().is_some_and(|why| why.contains("--casebook")), "{listed:?}");
        }
        assert_eq!(of("notices.csv")[0]["kind"], "unrecognised");
        std::fs::remove_file(folder.path().join("in/notices.csv")).expect("removed");
        // It may lie there and be named as well; settings that lie there are no exports and are passed over.
        put(folder.path(), "in/rulebook.toml", "");
        let (status, _, whole) = run(&["--casebook", "in/casebook.xlsx"]);
        assert_eq!(status, Some(0));
        assert_eq!(whole["inputs"].as_array().map(Vec::len), Some(3));
    }
}

/// The headings of a sheet of a casebook, and nothing below them.
fn filings() -> String {
    let sheet = shipby::casebook::Sheet::named("filings").expect("a sheet");
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name).collect();
    format!("{}\n", names.join(","))
}
