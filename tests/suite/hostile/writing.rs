//! A report is the old one or the new one, whatever happens while it is written.

use super::make::{csv, row};
use crate::support::{put, shipby};
use shipby::normalise::{LoadOptions, load};
use shipby::read::{Limits, discover};
use shipby::report::workbook::{Sources, WorkbookOptions, write_workbook};
use shipby::report::{json, write_file};
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn audited(folder: &Path, orders: u32) -> (shipby::Audit, Vec<shipby::read::Found>) {
    put(folder, "in/orders.csv", csv(&(1..=orders).map(row).collect::<Vec<_>>()));
    let found = discover(&[folder.join("in")]).expect("found");
    let layouts = shipby::recognise::layouts(&[]).expect("layouts");
    let ledger = load(&found, &LoadOptions { layouts, ..LoadOptions::default() }, &|_| {});
    let book = shipby::rulebook::Book::built_in().expect("the rulebook");
    let as_of = chrono::DateTime::parse_from_rfc3339("2026-11-09T12:00:00+08:00").expect("a time").to_utc();
    let casebook = shipby::casebook::Casebook::default();
    (shipby::audit(ledger, book, casebook, as_of, &|_| {}).expect("audited"), found)
}

/// Fails at the n-th call, as a disk does that is full from then on.
struct Failing<W> {
    inner: W,
    left: usize,
}

impl<W> Failing<W> {
    fn call(&mut self) -> io::Result<()> {
        self.left = self.left.checked_sub(1).ok_or_else(|| io::Error::other("no space left"))?;
        Ok(())
    }
}

impl<W: Write> Write for Failing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.call()?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.call()?;
        self.inner.flush()
    }
}

impl<W: Seek> Seek for Failing<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.call()?;
        self.inner.seek(to)
    }
}

#[test]
fn the_nth_write_of_a_list_fails_for_every_n() {
    let folder = tempfile::tempdir().expect("a folder");
    let (audit, _) = audited(folder.path(), 2);
    let path = folder.path().join("a.json");
    write_file(&path, |out| out.write_all(b"old")).expect("written");
    let mut whole = Vec::new();
    json::write_json(&audit, true, &mut whole).expect("written");
    for n in 0.. {
        let done =
            write_file(&path, |out| json::write_json(&audit, true, &mut Failing { inner: out, left: n }));
        let now = std::fs::read(&path).expect("read");
        match done {
            Ok(()) => {
                assert_eq!(now, whole);
                assert!(n > 20, "{n}");
                break;
            }
            Err(error) => {
                assert!(error.to_string().contains("no space left"), "{error}");
                assert_eq!(now, b"old", "call {n}");
            }
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 2, "nothing is left behind");
    }
}

#[test]
fn the_nth_write_of_the_workbook_fails_for_every_n() {
    let folder = tempfile::tempdir().expect("a folder");
    let (audit, found) = audited(folder.path(), 1);
    let options = WorkbookOptions::default();
    let attempt = |n: usize| {
        let sources = Sources::Files { found: &found, limits: Limits::default() };
        let mut out = Failing { inner: Cursor::new(Vec::new()), left: n };
        write_workbook(&audit, &options, sources, &mut out, &|_| {})
            .map(|_| (out.left, out.inner.into_inner()))
    };
    let (left, whole) = attempt(1 << 30).expect("written");
    let calls = (1 << 30) - left;
    // Every call where there are few; of many, the first and last and some between.
    let step = calls.div_ceil(60);
    for n in (0..calls).step_by(step).chain(calls.saturating_sub(3)..calls) {
        assert!(attempt(n).is_err(), "call {n} of {calls} failed and nobody noticed");
    }
    assert_eq!(attempt(calls).expect("written").1, whole);
}

#[test]
fn a_full_disk_a_missing_folder_and_a_folder_in_the_way_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "in/orders.csv", csv(&[row(1)]));
    put(folder.path(), "r.xlsx", "old");
    std::fs::create_dir(folder.path().join("taken.xlsx")).expect("made");
    for (path, part) in [("nowhere/r.xlsx", "nowhere"), ("taken.xlsx", "taken.xlsx")] {
        let output = shipby(folder.path(), &["audit", "in", "-o", path]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.contains(part)), (Some(2), true), "{said}");
    }
    // A limit on the size of files stands in for the disk; the signal that goes with it is ignored.
    #[cfg(unix)]
    {
        let script =
            format!("trap '' XFSZ; ulimit -f 4; exec '{}' audit in -o r.xlsx", env!("CARGO_BIN_EXE_shipby"));
        let output =
            Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().expect("run");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("r.xlsx could not be written") && !said.contains("panicked"), "{said}");
    }
    // At whatever place it fills up, the last one too: one line, and none of a library's own.
    #[cfg(unix)]
    for blocks in (8..).step_by(8) {
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{}' audit in -o r.xlsx --quiet --lang en",
            env!("CARGO_BIN_EXE_shipby")
        );
        let output =
            Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().expect("run");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            assert!(blocks > 24 && said.is_empty(), "{blocks}: {said}");
            put(folder.path(), "r.xlsx", "old");
            break;
        }
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{blocks}: {said}");
    }
    assert_eq!(std::fs::read(folder.path().join("r.xlsx")).expect("read"), b"old");
    let left = std::fs::read_dir(folder.path()).expect("listed").flatten().count();
    assert_eq!(left, 3, "nothing is left behind");
}

#[test]
fn killed_at_any_moment_the_report_is_the_old_one_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "in/orders.csv", csv(&(1..=1500).map(row).collect::<Vec<_>>()));
    let report = folder.path().join("r.xlsx");
    let spawn = || {
        Command::new(env!("CARGO_BIN_EXE_shipby"))
            .args(["audit", "in", "--as-of", crate::support::AS_OF, "-o", "r.xlsx", "--quiet"])
            .current_dir(folder.path())
            .env("LANG", "C")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs")
    };
    let before = Instant::now();
    assert!(spawn().wait().expect("ended").success());
    let takes = before.elapsed();
    let new = std::fs::read(&report).expect("read");
    let (mut old_ones, mut seed) = (0, 12_345_u64);
    let times = std::env::var("SHIPBY_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    for _ in 0..times {
        std::fs::write(&report, b"old").expect("written");
        let mut child = spawn();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Mostly in the later part, when files are written.
        let share = 0.3 + (seed >> 40) as f64 / f64::from(1 << 24);
        std::thread::sleep(takes.mul_f64(share).min(Duration::from_secs(20)));
        let _ = child.kill();
        let _ = child.wait();
        let now = std::fs::read(&report).expect("read");
        assert!(now == b"old" || now == new, "{} bytes", now.len());
        old_ones += usize::from(now == b"old");
    }
    assert!(old_ones > 0, "none was killed early enough");
    // What a killed run left behind is no input.
    let output = shipby(folder.path(), &["inspect", "."]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!said.contains("~$shipby"), "{said}");
}
