//! Whatever way files are split over workers, the report is that of one run.

use super::{Desk, copy, done, said, same};
use crate::support::{AS_OF, put, root};
use calamine::{Data, Reader, Xlsx, open_workbook};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

#[test]
fn a_part_a_file_gives_the_report_of_one_run() {
    let desk = Desk::of_samples();
    let one = desk.whole(&[]);
    for file in desk.files() {
        done(&desk.part(&[&file], &["-q"]));
    }
    assert_eq!(desk.parts().len(), desk.files().len());
    same(&one, &desk.merged(&[]));
}

#[test]
fn a_part_a_store_with_copies_and_tracking_elsewhere_gives_the_report_of_one_run() {
    let desk = Desk::of_two_stores();
    let one = desk.whole(&[]);
    assert!(one.0.contains("duplicate-order") && one.0.contains("unjoined"), "the case is not made");
    let (files, exports) = (desk.files(), desk.exports());
    let tracking = exports.join("甲店/tracking.csv");
    done(&desk.part(&[&tracking], &[]));
    done(
        &desk.part(&[&exports.join("甲店/orders_export2026-11-09-10-00-00.csv"), &exports.join("乙店")], &[]),
    );
    done(&desk.part(&[&exports.join("甲店/orders_export2026-11-08-10-00-00.csv")], &[]));
    assert_eq!((desk.parts().len(), files.len()), (3, 4));
    same(&one, &desk.merged(&[]));
}

#[test]
fn the_workbook_is_that_of_one_run_too() {
    let desk = Desk::of_two_stores();
    desk.whole(&[]);
    for file in desk.files() {
        done(&desk.part(&[&file], &[]));
    }
    desk.merged(&["--exports", "exports"]);
    let sheets = |name: &str| -> Vec<(String, Vec<Vec<Data>>)> {
        let mut book: Xlsx<_> = open_workbook(desk.0.path().join(name)).expect("a workbook");
        let sheets = book.worksheets();
        let rows = |range: calamine::Range<Data>| range.rows().map(<[Data]>::to_vec).collect();
        sheets.into_iter().map(|(name, range)| (name, rows(range))).collect()
    };
    let (one, two) = (sheets("one.xlsx"), sheets("two.xlsx"));
    assert_eq!(one.iter().map(|s| &s.0).collect::<Vec<_>>(), two.iter().map(|s| &s.0).collect::<Vec<_>>());
    for ((name, one), (_, two)) in one.iter().zip(&two).filter(|((name, _), _)| name != "Run") {
        assert!(one == two, "{name} differs");
    }
    assert!(one.iter().any(|(name, _)| name == "Run"), "the sheet of the run goes by another name");
}

#[test]
fn what_was_done_twice_counts_once() {
    let desk = Desk::of_two_stores();
    let one = desk.whole(&[]);
    let exports = desk.exports();
    done(&desk.part(&[&exports.join("甲店")], &[]));
    let before = desk.parts();
    // The same task again, and again as another worker sees it: from a copy elsewhere.
    done(&desk.part(&[&exports.join("甲店")], &[]));
    copy(&exports, &desk.0.path().join("elsewhere"));
    let elsewhere =
        desk.run(&["audit", "elsewhere/甲店", "--root", "elsewhere", "--part", "parts", "--as-of", AS_OF]);
    done(&elsewhere);
    assert_eq!(desk.parts(), before);
    // Another grouping of the same files, and a part under two names.
    done(&desk.part(&[&exports.join("乙店"), &exports.join("甲店/tracking.csv")], &[]));
    copy(&before[0], &desk.0.path().join("parts/again"));
    let output = desk.run(&[
        "merge",
        "parts",
        "parts/again",
        "-o",
        "two.xlsx",
        "--json",
        "two.json",
        "--ndjson",
        "two.ndjson",
    ]);
    done(&output);
    assert!(said(&output).contains("1 of them there twice"), "{}", said(&output));
    same(&one, &(desk.text("two.json"), desk.text("two.ndjson")));
}

#[test]
fn nothing_and_what_cannot_be_read_are_parts_as_well() {
    let desk = Desk::of_two_stores();
    put(&desk.exports(), "甲店/broken.xlsx", b"PK\x03\x04 cut off");
    put(&desk.exports(), "甲店/notes.csv", "a,b\n1,2\n");
    let one = desk.whole(&[]);
    fs::create_dir_all(desk.exports().join("丙店")).expect("made");
    let empty = desk.part(&[&desk.exports().join("丙店")], &[]);
    assert_eq!(empty.status.code(), Some(0), "{}", said(&empty));
    let broken = desk.part(&[&desk.exports().join("甲店/broken.xlsx")], &[]);
    assert_eq!(broken.status.code(), Some(3), "{}", said(&broken));
    for file in desk.files() {
        done(&desk.part(&[&file], &["-q"]));
    }
    same(&one, &desk.merged(&[]));
    assert_eq!(desk.merge(&[]).status.code(), Some(3));
}

#[test]
fn rulebook_and_casebook_go_with_the_merge() {
    let desk = Desk::of_samples();
    let casebook = root().join("tests/casebook").display().to_string();
    let more = ["--casebook", casebook.as_str()];
    let one = desk.whole(&more);
    for file in desk.files() {
        done(&desk.part(&[&file], &["-q", more[0], more[1]]));
    }
    same(&one, &desk.merged(&more));
    assert_eq!(desk.merge(&[]).status.code(), Some(2));
}

#[test]
fn settings_of_stores_hold_across_parts() {
    let desk = Desk::of_samples();
    let config = "[[store]]\nname = \"大阪仓\"\nmarketplace = \"ebay\"\nfiles = [\"exports/*/ebay/*\"]\n\
                  ships-from = \"上海\"\nhandling-days = 2\n";
    let config = put(desk.0.path(), "own.toml", config).display().to_string();
    let more = ["--config", config.as_str()];
    let one = desk.whole(&more);
    for file in desk.files() {
        done(&desk.part(&[&file], &["-q", more[0], more[1]]));
    }
    same(&one, &desk.merged(&[]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    /// However the files are dealt to workers, and in whatever order these come.
    #[test]
    fn any_split_gives_the_report_of_one_run(dealt in proptest::collection::vec(0..5usize, 64)) {
        let desk = Desk::of_samples();
        let one = desk.whole(&[]);
        let files = desk.files();
        for worker in 0..5 {
            let hand: Vec<&Path> =
                files.iter().zip(&dealt).filter(|(_, of)| **of == worker).map(|(file, _)| file.as_path()).collect();
            if !hand.is_empty() {
                done(&desk.part(&hand, &["-q"]));
            }
        }
        same(&one, &desk.merged(&[]));
    }
}
