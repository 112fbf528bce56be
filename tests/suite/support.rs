//! Running the program and reading what it wrote.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The moment the samples are made for.
pub const AS_OF: &str = "2026-11-09 12:00";

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program in a folder, in English and without the configuration of whoever runs the tests.
pub fn shipby(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shipby"))
        .args(args)
        .current_dir(folder)
        .env("LANG", "C")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .output()
        .expect("the program runs")
}

/// What an audit wrote: every order, and the whole.
pub struct Audited {
    pub orders: Vec<Value>,
    pub whole: Value,
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Audits inputs with JSON and NDJSON, without a workbook worth looking at.
pub fn audit(inputs: &[&Path], more: &[&str]) -> Audited {
    let folder = tempfile::tempdir().expect("a folder");
    let (json, ndjson) = (folder.path().join("a.json"), folder.path().join("a.ndjson"));
    let report = folder.path().join("report.xlsx");
    let mut args: Vec<&str> = vec!["audit"];
    let inputs: Vec<String> = inputs.iter().map(|path| path.display().to_string()).collect();
    args.extend(inputs.iter().map(String::as_str));
    let outputs: Vec<String> =
        [json.as_path(), ndjson.as_path(), report.as_path()].map(|p| p.display().to_string()).to_vec();
    args.extend(["--json", &outputs[0], "--ndjson", &outputs[1], "-o", &outputs[2]]);
    if !more.contains(&"--as-of") {
        args.extend(["--as-of", AS_OF]);
    }
    args.extend(more);
    let output = shipby(folder.path(), &args);
    let text = std::fs::read_to_string(&ndjson).unwrap_or_default();
    let whole = std::fs::read_to_string(&json).unwrap_or_else(|_| "null".to_owned());
    Audited {
        orders: text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect(),
        whole: serde_json::from_str(&whole).expect("JSON"),
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Marketplace, order, line and rule.
pub type Key = (String, String, String, String);

/// State and due instant of every finding.
pub fn findings(orders: &[Value]) -> BTreeMap<Key, (String, Option<i64>)> {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let mut all = BTreeMap::new();
    for order in orders {
        for finding in order["findings"].as_array().expect("findings") {
            let key = (
                text(&order["marketplace"]),
                text(&order["order_id"]),
                text(&finding["sub_order_id"]),
                text(&finding["rule"]),
            );
            all.insert(key, (text(&finding["state"]), finding["due_at"].as_str().and_then(instant)));
        }
    }
    all
}

/// An RFC 3339 instant as seconds of Unix time.
pub fn instant(text: &str) -> Option<i64> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(|at| at.timestamp())
}

/// Writes a file below a folder, with the folders on the way.
pub fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(&path, bytes).expect("written");
    path
}
