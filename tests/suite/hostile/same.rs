//! The same bytes, whatever the threads, the order of the arguments, the folder, the zone and the locale.

use super::make::{csv, row, xlsx};
use super::markup::{book, page};
use crate::support::{AS_OF, put};
use std::path::Path;
use std::process::Command;

const OUTPUTS: [&str; 3] = ["report.xlsx", "a.json", "a.ndjson"];

/// Audits the inputs of a folder and gives back everything that was written.
fn written(folder: &Path, inputs: &[&str], threads: &str, environment: &[(&str, &str)]) -> Vec<Vec<u8>> {
    let output = Command::new(env!("CARGO_BIN_EXE_shipby"))
        .arg("audit")
        .args(inputs)
        .args([
            "--as-of",
            AS_OF,
            "--threads",
            threads,
            "--lang",
            "en",
            "--json",
            OUTPUTS[1],
            "--ndjson",
            OUTPUTS[2],
        ])
        .args(["-o", OUTPUTS[0]])
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    OUTPUTS.iter().map(|name| std::fs::read(folder.join(name)).expect("written")).collect()
}

const FILES: [&str; 6] = ["a/一.csv", "a/shop/二.xlsx", "b/三.xls", "b/四.xls", "c/五.csv", "c/track.csv"];

fn fill(folder: &Path) {
    let rows = |from: u32, many: u32| (from..from + many).map(row).collect::<Vec<_>>();
    put(folder, "a/一.csv", csv(&rows(1, 700)));
    put(folder, "a/shop/二.xlsx", xlsx(&rows(1001, 700)));
    put(folder, "b/三.xls", page(&rows(2001, 300)));
    put(folder, "b/四.xls", book(&rows(3001, 300)));
    // Some of its orders stand in the first as well.
    put(folder, "c/五.csv", csv(&rows(500, 400)));
    put(folder, "c/track.csv", "订单号,运单号,揽收时间\n261105-000000000000007,YT1,2026-11-06 10:00:00\n");
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let here = tempfile::tempdir().expect("a folder");
    fill(here.path());
    let first = written(here.path(), &["a", "b", "c"], "1", &[]);
    let check = |what: &str, again: &[Vec<u8>]| {
        for (name, (one, other)) in OUTPUTS.iter().zip(first.iter().zip(again)) {
            assert!(one == other, "{name} differs: {what}");
        }
    };
    for threads in ["2", "8", "16"] {
        check(threads, &written(here.path(), &["a", "b", "c"], threads, &[]));
    }
    check("arguments", &written(here.path(), &["c", "a", "b"], "2", &[]));
    check("arguments", &written(here.path(), &["b", "c", "a", "a/shop"], "2", &[]));
    for (zone, locale) in [("America/St_Johns", "zh_CN.UTF-8"), ("Asia/Kathmandu", "tr_TR.UTF-8"), ("", "C")]
    {
        let environment = [("TZ", zone), ("LANG", locale), ("LC_ALL", locale)];
        check(zone, &written(here.path(), &["a", "b", "c"], "2", &environment));
    }
    let there = tempfile::tempdir().expect("a folder");
    let deep = there.path().join("很深/的/文件夹");
    // The very same files: a workbook made twice has two moments of creation in it.
    for name in FILES {
        put(&deep, name, std::fs::read(here.path().join(name)).expect("read"));
    }
    check("folder", &written(&deep, &["a", "b", "c"], "2", &[]));
}
