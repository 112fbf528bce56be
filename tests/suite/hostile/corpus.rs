//! A folder of anybody's files, named by `SHIPBY_CORPUS`: each is listed, none brings the run down.

use crate::support::AS_OF;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files that a folder is searched for, as the program does.
fn wanted(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("listed").flatten() {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let kind = entry.file_type().expect("a kind");
        let extension = name.rsplit('.').next().unwrap_or_default().to_owned();
        let hidden = name.starts_with('.') || name.starts_with("~$");
        if kind.is_dir() && !name.starts_with('.') {
            wanted(&entry.path(), files);
        } else if kind.is_file()
            && !hidden
            && name.contains('.')
            && ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "zip"]
                .contains(&extension.as_str())
        {
            files.push(entry.path());
        }
    }
}

#[test]
fn every_file_of_a_corpus_is_listed() {
    let Some(corpus) = std::env::var_os("SHIPBY_CORPUS").map(PathBuf::from) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    // Something that is read, so that there is a report.
    let good = crate::support::put(folder.path(), "good/pdd.csv", super::make::csv(&[super::make::row(1)]));
    let run = |inputs: &[&Path], name: &str| {
        let json = folder.path().join(name);
        let output = Command::new(env!("CARGO_BIN_EXE_shipby"))
            .arg("audit")
            .args(inputs)
            .args(["--as-of", AS_OF, "--annotate", "none", "--lang", "en", "--json"])
            .arg(&json)
            .arg("-o")
            .arg(folder.path().join("r.xlsx"))
            .output()
            .expect("the program runs");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(!said.contains("panicked"), "{said}");
        let whole: Value =
            serde_json::from_str(&std::fs::read_to_string(json).expect("written")).expect("JSON");
        (output.status.code(), whole, said)
    };
    let (status, whole, said) = run(&[&corpus, good.parent().expect("a folder")], "all.json");
    assert!(matches!(status, Some(0 | 3)), "{status:?} {said}");
    let listed: BTreeSet<&str> = whole["inputs"]
        .as_array()
        .expect("inputs")
        .iter()
        .filter_map(|input| input["path"].as_str())
        .collect();
    let mut files = Vec::new();
    wanted(&corpus, &mut files);
    let shown = |path: &PathBuf| {
        let below = path.strip_prefix(&corpus).expect("below");
        below
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect::<Vec<_>>()
            .join("/")
    };
    let missing: Vec<String> = files
        .iter()
        .map(shown)
        .filter(|path| {
            !listed.contains(path.as_str()) && !listed.iter().any(|at| at.starts_with(&format!("{path}/")))
        })
        .collect();
    assert!(missing.is_empty(), "{} of {} not listed: {missing:?}", missing.len(), files.len());
    for input in whole["inputs"].as_array().expect("inputs") {
        let number = |key: &str| input[key].as_u64().unwrap_or_default();
        assert_eq!(
            number("rows"),
            number("rows_in_orders") + number("rejected") + number("skipped"),
            "{input}"
        );
    }
}
