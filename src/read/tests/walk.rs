use std::path::PathBuf;

use super::put;
use crate::read::{Found, Limits, discover, open};

fn shown(found: &[Found]) -> Vec<&str> {
    found.iter().map(|found| found.shown.as_str()).collect()
}

#[test]
fn folders_are_searched_for_exports_only() {
    let root = tempfile::tempdir().unwrap();
    for name in [
        "b/2.CSV",
        "b/c/3.Xlsx",
        "a.txt",
        "a.pdf",
        "~$a.xlsx",
        "._a.csv",
        ".~lock.a.csv#",
        ".hidden/a.csv",
        "b/x.zip",
        "b",
    ] {
        if name != "b" {
            put(root.path(), name, b"x");
        }
    }
    let found = discover(&[root.path().to_owned()]).unwrap();
    assert_eq!(shown(&found), ["a.txt", "b/2.CSV", "b/c/3.Xlsx", "b/x.zip"]);
    let folders: Vec<_> = found.iter().map(|found| found.folder.as_deref()).collect();
    assert_eq!(folders, [None, Some("b"), Some("b"), Some("b")]);
}

#[test]
fn a_file_named_is_taken_whatever_its_extension_and_only_once() {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "in/orders.dat", b"x");
    put(root.path(), "in/orders.csv", b"x");
    let named = root.path().join("in/orders.dat");
    let csv = root.path().join("in/orders.csv");
    let found = discover(&[named.clone(), csv, root.path().to_owned(), named]).unwrap();
    assert_eq!(shown(&found), ["in/orders.csv", "orders.dat"]);
}

#[test]
fn what_is_found_does_not_depend_on_the_order_of_the_inputs() {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "a/shop/1.csv", b"x");
    put(root.path(), "a/shop/deep/2.csv", b"x");
    put(root.path(), "a/3.csv", b"x");
    let [all, shop, file] = ["a", "a/shop", "a/shop/1.csv"].map(|name| root.path().join(name));
    let found = discover(std::slice::from_ref(&all)).unwrap();
    assert_eq!(shown(&found), ["3.csv", "shop/1.csv", "shop/deep/2.csv"]);
    for inputs in [[&shop, &all, &file], [&file, &shop, &all], [&all, &file, &shop]] {
        assert_eq!(discover(&inputs.map(Clone::clone)).unwrap(), found);
    }
}

#[test]
fn an_input_that_does_not_exist_is_named() {
    let fault = discover(&[PathBuf::from("no/such.csv")]).unwrap_err();
    assert_eq!(fault.code(), "not-found");
    assert!(fault.to_string().contains("no/such.csv"), "{fault}");
}

#[cfg(unix)]
#[test]
fn links_in_folders_are_not_followed_and_pipes_not_opened() {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "elsewhere/1.csv", b"x");
    put(root.path(), "in/2.csv", b"x");
    std::os::unix::fs::symlink(root.path().join("elsewhere"), root.path().join("in/linked")).unwrap();
    std::os::unix::fs::symlink(root.path().join("elsewhere/1.csv"), root.path().join("in/1.csv")).unwrap();
    let socket = root.path().join("in/3.csv");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    assert_eq!(shown(&discover(&[root.path().join("in")]).unwrap()), ["2.csv"]);
    assert_eq!(discover(&[socket]).unwrap_err().code(), "not-a-file");
}

#[test]
fn a_file_that_changed_since_it_was_opened_is_not_read_on() {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "a.csv", b"a,b\n1,2\n");
    let found = discover(&[root.path().to_owned()]).unwrap().remove(0);
    let table = open(&found, &Limits::default()).remove(0).unwrap();
    assert_eq!(table.heads(1).unwrap()[0].rows[0].1, ["a", "b"]);
    put(root.path(), "a.csv", b"c,d,e\n1,2,3\n");
    assert_eq!(table.heads(1).unwrap_err().code(), "changed");
}

#[test]
fn a_file_that_is_gone_is_refused_when_opened() {
    let found = Found { path: "gone.csv".into(), shown: "gone.csv".into(), folder: None };
    assert_eq!(open(&found, &Limits::default()).remove(0).unwrap_err().fault.code(), "unreadable");
}
