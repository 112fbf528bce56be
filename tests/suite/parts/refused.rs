//! Parts that are damaged, or do not go together, are told and never read.

use super::{Desk, done, said, same};
use crate::support::{AS_OF, put, root};
use std::fs;
use std::path::PathBuf;

#[test]
fn a_damaged_part_is_told_and_never_read() {
    let desk = Desk::of_two_stores();
    done(&desk.part(&[&desk.exports()], &[]));
    let part = desk.parts().remove(0);
    desk.merged(&[]);
    let files: Vec<PathBuf> = fs::read_dir(&part).expect("a part").flatten().map(|e| e.path()).collect();
    let records = ["inputs", "lines", "parcels", "cases", "faults", "part"];
    let of_records =
        |file: &&PathBuf| records.contains(&file.file_stem().unwrap_or_default().to_string_lossy().as_ref());
    for file in files.iter().filter(of_records) {
        let bytes = fs::read(file).expect("read");
        let middle = bytes.len() / 2;
        let mut flipped = bytes.clone();
        flipped[middle] ^= 0x40;
        for damage in [flipped, bytes[..middle].to_vec(), Vec::new()] {
            fs::write(file, damage).expect("written");
            let output = desk.merge(&[]);
            let told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{}: {told}", file.display());
            assert!(told.contains("damaged") && told.contains("part-"), "{told}");
        }
        fs::remove_file(file).expect("removed");
        assert_eq!(desk.merge(&[]).status.code(), Some(2), "{} is missing", file.display());
        fs::write(file, bytes).expect("written");
    }
    desk.merged(&[]);
}

#[test]
fn a_damaged_part_is_written_again() {
    let desk = Desk::of_two_stores();
    let one = desk.whole(&[]);
    done(&desk.part(&[&desk.exports()], &[]));
    fs::write(desk.parts()[0].join("lines.parquet"), "cut").expect("written");
    done(&desk.part(&[&desk.exports()], &[]));
    assert_eq!(desk.parts().len(), 1);
    same(&one, &desk.merged(&[]));
}

#[test]
fn parts_that_do_not_go_together_are_refused_with_what_differs() {
    let refused = |desk: &Desk, word: &str| {
        let output = desk.merge(&[]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(word), "{word}: {}", said(&output));
        fs::remove_dir_all(desk.0.path().join("parts")).expect("removed");
    };
    let desk = Desk::of_two_stores();
    let (one, two) = (desk.exports().join("甲店"), desk.exports().join("乙店"));
    done(&desk.part(&[&one], &[]));
    done(&desk.part(&[&two], &["--as-of", "2026-11-10 12:00"]));
    refused(&desk, "--as-of");
    let casebook = root().join("tests/casebook").display().to_string();
    done(&desk.part(&[&one], &["--casebook", &casebook]));
    refused(&desk, "--casebook");
    let overlay = put(desk.0.path(), "own.toml", overlay());
    let overlay = overlay.display().to_string();
    done(&desk.part(&[&one], &["--rulebook", &overlay]));
    refused(&desk, "--rulebook");
    let config = put(desk.0.path(), "own-config.toml", "[[store]]\nname = \"甲店\"\nfiles = [\"甲店/*\"]\n");
    let config = config.display().to_string();
    done(&desk.part(&[&one], &["--config", &config]));
    done(&desk.part(&[&two], &[]));
    refused(&desk, "--config");
    done(&desk.part(&[&one], &[]));
    let manifest = desk.parts()[0].join("part.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text.replace("shipby.part/1", "shipby.part/2")).expect("written");
    refused(&desk, "one version");
}

/// The user's own values: the built-in ones with another date.
fn overlay() -> String {
    "[general]\n".to_owned()
}

#[test]
fn a_part_needs_a_moment_a_name_and_no_other_output() {
    let desk = Desk::of_two_stores();
    let no_moment = desk.run(&["audit", "exports", "--part", "parts"]);
    assert_eq!(no_moment.status.code(), Some(2));
    assert!(said(&no_moment).contains("--as-of"), "{}", said(&no_moment));
    let no_name = desk.run(&["audit", "-", "--part", "parts", "--as-of", AS_OF]);
    assert_eq!(no_name.status.code(), Some(2), "{}", said(&no_name));
    let report = desk.run(&["audit", "exports", "--part", "parts", "--as-of", AS_OF, "-o", "x.xlsx"]);
    assert_eq!(report.status.code(), Some(2));
    let outside = desk.run(&["audit", "exports", "--root", "exports/甲店", "--as-of", AS_OF]);
    assert_eq!(outside.status.code(), Some(2));
    assert!(said(&outside).contains("--root"), "{}", said(&outside));
    assert_eq!(desk.run(&["merge", "exports", "-o", "x.xlsx"]).status.code(), Some(2));
}
