//! What the program wrote into the folder of its inputs is no input of the next run.

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
