//! What people read, as it stands: a change shows in the review.

use crate::support::{AS_OF, root, shipby};

fn said(args: &[&str]) -> String {
    let output = shipby(&root(), args);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_summary_of_the_samples() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.xlsx").display().to_string();
    for lang in ["zh", "en"] {
        let text = said(&["audit", "samples", "--as-of", AS_OF, "-o", &report, "--lang", lang]);
        let text = text.replace(&report, "report.xlsx");
        insta::assert_snapshot!(format!("summary_{lang}"), text);
    }
}

#[test]
fn what_the_samples_are_recognised_as() {
    insta::assert_snapshot!("inspect", said(&["inspect", "samples"]));
}

#[test]
fn help_in_both_languages() {
    for lang in ["zh", "en"] {
        insta::assert_snapshot!(format!("help_{lang}"), said(&["audit", "--help", "--lang", lang]));
    }
}
