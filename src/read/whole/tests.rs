//! What comes back from the reading process, and what becomes of one that fails.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::Dimensions;

use super::frames::{self, Answer};
use super::parse::Content;
use crate::read::excel::Sheets;
use crate::read::{Cell, ReadFault};

fn told(found: &Result<Sheets<Content>, ReadFault>) -> Vec<u8> {
    let mut bytes = Vec::new();
    frames::write(found, &mut bytes).unwrap();
    bytes
}

fn sheets() -> Sheets<Content> {
    let cells = vec![
        (0, 0, Cell::Text(Cow::Borrowed("订单号"))),
        (1, 3, Cell::Number(-1.5)),
        (2, 0, Cell::Moment { serial: 46_082.5, epoch_1904: true, duration: false }),
        (2, 1, Cell::Moment { serial: 0.5, epoch_1904: false, duration: true }),
        (3, 0, Cell::Bool(true)),
        (4, 0, Cell::Error("#N/A")),
    ];
    let merged = vec![Dimensions { start: (1, 0), end: (4, 0) }];
    vec![
        ("一".to_owned(), Ok(Content { cells, merged, epoch_1904: true })),
        ("二".to_owned(), Err(ReadFault::HiddenSheet)),
        ("三".to_owned(), Err(ReadFault::NotAWorksheet { kind: "chart" })),
        ("四".to_owned(), Err(ReadFault::Damaged { why: "x".to_owned() })),
    ]
}

#[test]
fn what_was_found_comes_back_as_it_was() {
    for found in
        [Ok(sheets()), Err(ReadFault::Password), Err(ReadFault::Panicked { at: "cfb.rs:1".to_owned() })]
    {
        let Answer::Whole(back) = frames::read(Cursor::new(told(&found)), 1 << 20) else {
            panic!("not whole")
        };
        assert_eq!(format!("{back:?}"), format!("{found:?}"));
    }
}

#[test]
fn an_answer_cut_anywhere_is_no_answer() {
    let bytes = told(&Ok(sheets()));
    for end in 0..bytes.len() {
        let cut = bytes.get(..end).unwrap();
        assert!(matches!(frames::read(Cursor::new(cut), 1 << 20), Answer::Broken), "{end}");
    }
    assert!(matches!(frames::read(Cursor::new(bytes), 40), Answer::TooLarge));
}

#[test]
fn any_bytes_are_an_answer_or_none() {
    let whole = told(&Ok(sheets()));
    for at in 0..whole.len() {
        for flip in [0x01, 0x80, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            let _ = frames::read(Cursor::new(bytes), 1 << 20);
        }
    }
}

/// Programs that stand in for the reading process and fail in every way there is.
#[cfg(unix)]
mod stand_ins {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, Instant};

    use crate::read::source::Source;
    use crate::read::whole::child;
    use crate::read::{Format, Limits, ReadFault};

    fn read_with(script: &str) -> ReadFault {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("reader");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let limits = Limits { seconds: 1, answer: 1 << 16, ..Limits::default() };
        let source = Source::Memory(b"x".as_slice().into());
        child::sheets(&program, &source, Format::Xls, &limits).unwrap_err()
    }

    #[test]
    fn however_the_process_fails_one_line_says_so() {
        for (script, code, part) in [
            ("exit 3", "reader-failed", "status 3"),
            ("kill -6 $$", "reader-failed", "signal 6"),
            ("echo garbage", "reader-failed", "status 0"),
            ("echo 'memory allocation of 99 bytes failed' >&2; kill -6 $$", "too-much-memory", "1536 MiB"),
            ("while :; do printf S; printf '\\000\\000\\000\\000'; done", "too-large", "65536"),
        ] {
            let fault = read_with(script);
            assert_eq!(fault.code(), code, "{script}");
            assert!(fault.to_string().contains(part), "{script}: {fault}");
        }
    }

    #[test]
    fn a_process_that_does_not_end_is_ended() {
        let before = Instant::now();
        for script in ["exec sleep 60", "while :; do :; done"] {
            assert_eq!(read_with(script), ReadFault::TimedOut { seconds: 1 });
        }
        assert!(before.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let source = Source::Memory(b"x".as_slice().into());
        let program = std::path::Path::new("/nowhere/reader");
        let fault = child::sheets(program, &source, Format::Xls, &Limits::default()).unwrap_err();
        assert_eq!(fault.code(), "reader-failed");
    }
}
