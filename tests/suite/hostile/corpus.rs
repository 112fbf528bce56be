//! A folder of anybody's files, named by `SHIPBY_CORPUS`: each is listed, none brings the run down.

use crate::support::AS_OF;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files that a folder is searched for, as the program does.
pub fn wanted(folder: &Path, files: &mut Vec<PathBuf>) {
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

/// Rows and cells that hold something, of every table of the folder, one a line in the file that `SHIPBY_COUNTS` names:
/// what another reader counts must be the same.
#[test]
fn rows_of_a_corpus_are_counted() {
    use std::fmt::Write as _;
    let (Some(corpus), Some(counts)) = (std::env::var_os("SHIPBY_CORPUS"), std::env::var_os("SHIPBY_COUNTS"))
    else {
        return;
    };
    // As the program does: what aborts does so elsewhere.
    shipby::read::isolate(PathBuf::from(env!("CARGO_BIN_EXE_shipby")));
    let mut files = Vec::new();
    wanted(Path::new(&corpus), &mut files);
    files.sort();
    let mut lines = String::new();
    for path in files {
        let shown = path.to_string_lossy().into_owned();
        let found = shipby::read::Found { path, shown: shown.clone(), folder: None };
        for table in shipby::read::open(&found, &shipby::read::Limits::default()).into_iter().flatten() {
            let width = match table.heads(1) {
                Ok(heads) => heads.first().and_then(|head| head.rows.first()).map_or(1, |row| row.1.len()),
                Err(_) => continue,
            };
            let blocks = table.read(Some(b','), width.clamp(1, 1024), &|_| {}, |block| {
                let mut cells = 0_u64;
                block.for_each(|row| {
                    cells += (0..row.len()).filter(|at| !row.cell(*at).is_empty()).count() as u64;
                });
                cells
            });
            let sheet = table.sheet.as_deref().unwrap_or_default();
            let _ = match blocks {
                Ok(blocks) => {
                    let rows: u64 = blocks.iter().map(|block| u64::from(block.rows)).sum();
                    let cells: u64 = blocks.iter().map(|block| block.value).sum();
                    writeln!(lines, "{shown}\t{sheet}\t{}\t{rows}\t{cells}", table.format)
                }
                Err(fault) => writeln!(lines, "{shown}\t{sheet}\t{}\t{}\t", table.format, fault.code()),
            };
        }
    }
    std::fs::write(counts, lines).expect("written");
}
