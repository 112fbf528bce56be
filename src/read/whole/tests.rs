//! What comes back from the reading process, and what becomes of one that fails.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::Dimensions;

use super::frames::{self, Answer};
use super::ods;
use super::parse::Content;
use crate::read::excel::Sheets;
use crate::read::{Cell, Limits, ReadFault};

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

#[test]
fn faults_with_figures_come_back_as_they_were() {
    for fault in [
        ReadFault::TooLarge { what: "a cell of it".to_owned(), bytes: 9, limit: 7 },
        ReadFault::TooLong { line: 3, limit: 4 },
        ReadFault::TooManyColumns { columns: 5, limit: 4 },
        ReadFault::TooManyEntries { entries: 6, limit: 4 },
        ReadFault::OwnReport,
    ] {
        let bytes = told(&Err(fault.clone()));
        assert!(
            matches!(frames::read(Cursor::new(bytes), 1 << 20), Answer::Whole(Err(back)) if back == fault)
        );
    }
}

#[test]
fn tables_come_piece_by_piece_and_cut_anywhere_are_broken() {
    let mut bytes = Vec::new();
    for (name, text) in [(None, "a\n"), (Some("jd"), "b\n"), (None, "c\n")] {
        frames::write_table(name, text, &mut bytes).unwrap();
    }
    frames::write(&Ok(Vec::new()), &mut bytes).unwrap();
    let read = |bytes: &[u8]| {
        let mut all = Vec::new();
        let answer = frames::read_tables(Cursor::new(bytes), &mut |name, text| {
            all.push((name.map(str::to_owned), text.to_owned()));
            Ok(())
        });
        (answer.unwrap(), all)
    };
    let (answer, all) = read(&bytes);
    assert!(matches!(answer, Answer::Whole(Ok(_))));
    assert_eq!(all.len(), 3);
    assert_eq!(all[1], (Some("jd".to_owned()), "b\n".to_owned()));
    for end in 0..bytes.len() {
        assert!(matches!(read(&bytes[..end]).0, Answer::Broken), "{end}");
    }
}

/// The tables of a document with these.
fn document(body: &str) -> Result<Sheets<Content>, ReadFault> {
    let whole = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:automatic-styles>
           <style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style>
           <style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>
         </office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>
         </office:document-content>"
    );
    ods::tables(whole.as_bytes(), &Limits::default())
}

#[test]
fn cells_of_an_open_document_are_as_they_are_shown() {
    let sheets = document(
        "<table:tracked-changes><table:table-cell><text:p>old</text:p></table:table-cell></table:tracked-changes>
         <table:table table:name=\"seen\" table:style-name=\"ta1\">
           <table:shapes><draw:frame><text:p>a picture</text:p></draw:frame></table:shapes>
           <table:table-row>
             <table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"3\">
               <office:annotation><text:p>a note</text:p></office:annotation>
               <text:p>  one<text:s text:c=\"2\"/><text:span>two &amp;
                 three</text:span> </text:p>
               <text:p>four</text:p>
             </table:table-cell>
             <table:covered-table-cell office:value-type=\"string\"><text:p>under it</text:p></table:covered-table-cell>
             <table:table-cell office:value-type=\"float\" office:value=\"1.5\" table:number-columns-repeated=\"2\"><text:p>1,50</text:p></table:table-cell>
             <table:table-cell table:number-columns-repeated=\"16000\"/>
           </table:table-row>
           <table:table-row table:number-rows-repeated=\"7\"><table:table-cell/></table:table-row>
           <table:table-row table:number-rows-repeated=\"2\">
             <table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-05T10:00:00\"><text:p>5.11.</text:p></table:table-cell>
             <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>
             <table:table-cell office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>
           </table:table-row>
           <table:table-row table:number-rows-repeated=\"1048566\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>
         </table:table>
         <table:table table:name=\"hidden\" table:style-name=\"ta2\"><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>",
    )
    .unwrap();
    let [(seen, Ok(content)), (hidden, Err(ReadFault::HiddenSheet))] = sheets.as_slice() else {
        panic!("{sheets:?}")
    };
    assert_eq!((seen.as_str(), hidden.as_str()), ("seen", "hidden"));
    let text = |text: &'static str| Cell::Text(Cow::Borrowed(text));
    let pair = |row| {
        [(row, 0, text("2026-11-05T10:00:00")), (row, 1, Cell::Bool(true)), (row, 2, Cell::Error("#DIV/0!"))]
    };
    let first =
        [(0, 0, text("one  two & three\nfour")), (0, 2, Cell::Number(1.5)), (0, 3, Cell::Number(1.5))];
    assert_eq!(content.cells, [&first[..], &pair(8), &pair(9)].concat());
    assert_eq!(content.merged, [Dimensions { start: (0, 0), end: (2, 0) }]);
}

#[test]
fn what_repeats_without_end_is_refused() {
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>";
    let rows = |times: u32, cell: &str| {
        document(&format!(
            "<table:table><table:table-row table:number-rows-repeated=\"{times}\">{cell}</table:table-row></table:table>"
        ))
        .map_err(|fault| fault.code())
    };
    assert!(rows(1, cell).is_ok());
    assert_eq!(rows(1_048_576, cell).unwrap_err(), "too-large");
    assert_eq!(rows(1_048_577, cell).unwrap_err(), "damaged");
    assert_eq!(rows(1, &cell.repeat(2)).unwrap_err(), "too-many-columns");
    let blanks = "<table:table-cell><text:p><text:s text:c=\"2000000000\"/></text:p></table:table-cell>";
    assert_eq!(rows(1, blanks).unwrap_err(), "too-long");
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
