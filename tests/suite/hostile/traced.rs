//! What the system is asked for: no connection, and no file for writing but the outputs and temporary ones.
#![allow(clippy::print_stdout)] // says that it was passed over

use super::make::{csv, row, xlsx};
use crate::support::{AS_OF, put};
use std::process::Command;

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_sent_and_nothing_is_written_but_the_outputs() {
    if Command::new("strace").arg("--version").output().is_err() {
        println!("skipped: there is no strace here");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (inputs, temporary) = (folder.path().join("in"), folder.path().join("tmp"));
    std::fs::create_dir(&temporary).expect("made");
    std::fs::create_dir(folder.path().join("out")).expect("made");
    put(&inputs, "orders.csv", csv(&[row(1)]));
    put(&inputs, "book.xlsx", xlsx(&[row(2)]));
    put(&inputs, "old.ods", super::compound::ODS);
    let trace = folder.path().join("trace");
    let output = Command::new("strace")
        .args(["-f", "-e", "trace=%network,open,openat,creat,unlink,rename,renameat,renameat2", "-o"])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_shipby"))
        .args([
            "audit",
            "in",
            "--as-of",
            AS_OF,
            "-o",
            "out/r.xlsx",
            "--json",
            "out/a.json",
            "--csv",
            "out/a.csv",
        ])
        .current_dir(folder.path())
        .env("TMPDIR", &temporary)
        .output();
    let output = output.expect("traced");
    let traced = std::fs::read_to_string(&trace).expect("written");
    if traced.is_empty() {
        println!("skipped: tracing is not allowed here");
        return;
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        matches!(output.status.code(), Some(0 | 3)) && folder.path().join("out/r.xlsx").exists(),
        "{said}"
    );
    for line in traced.lines() {
        let sent = ["socket(", "connect(", "bind(", "sendto("].iter().any(|call| line.contains(call));
        // Two processes of one program may talk over an unnamed pair, which leads nowhere else.
        assert!(!sent, "{line}");
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "creat(", "unlink(", "rename"]
            .iter()
            .any(|mode| line.contains(mode));
        let own = ["\"out\"", "\"out/", "/out/", "/tmp\"", "/tmp/", "\"/dev/null\""]
            .iter()
            .any(|place| line.contains(place));
        assert!(!writes || own, "{line}");
        let input = ["in/orders.csv", "in/book.xlsx", "in/old.ods"].iter().any(|input| line.contains(input));
        assert!(!writes || !input, "{line}");
    }
}
