use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{open_bytes, read};
use crate::read::source::Source;
use crate::read::table::open_source;
use crate::read::{Format, Limits, ReadFault};

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn names(bytes: &[u8]) -> Vec<(String, Option<&'static str>)> {
    let entry = |entry| match entry {
        Ok(crate::read::Table { file, .. }) => (file, None),
        Err(crate::read::Refused { file, fault, .. }) => (file, Some(fault.code())),
    };
    open_bytes("in/a.zip", bytes).into_iter().map(entry).collect()
}

#[test]
fn each_member_is_a_table_under_its_own_name() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "订单号").unwrap();
    let book = book.save_to_buffer().unwrap();
    let inner = zipped(&[("x.csv", b"a\n")]);
    let bytes = zipped(&[
        ("b/2.csv", "订单号\n1\n".as_bytes()),
        ("a.xlsx", &book),
        ("readme.md", b"x"),
        ("__MACOSX/b/2.csv", b"x"),
        (".hidden.csv", b"x"),
        ("inner.zip", &inner),
        ("web.xls", b"<html>"),
    ]);
    let wanted = [
        ("in/a.zip/a.xlsx", None),
        ("in/a.zip/b/2.csv", None),
        ("in/a.zip/inner.zip", Some("nested-archive")),
        ("in/a.zip/web.xls", Some("html")),
    ];
    assert_eq!(names(&bytes), wanted.map(|(name, code)| (name.to_owned(), code)));
    let tables: Vec<_> = open_bytes("a.zip", &bytes).into_iter().flatten().collect();
    assert_eq!(tables[0].format, Format::Xlsx);
    assert_eq!(read(&tables[0], b',', 1).0[0].cells, ["订单号"]);
    assert_eq!(read(&tables[1], b',', 1).0[1].cells, ["1"]);
}

#[test]
fn names_in_gbk_are_read() {
    let gbk = GB18030.encode("订单.csv").0;
    let stand_in = "X".repeat(gbk.len() - 4) + ".csv";
    let bytes = zipped(&[(&stand_in, b"a\n")]);
    let mut at = 0;
    let mut renamed = bytes.clone();
    while let Some(found) = memchr::memmem::find(&bytes[at..], stand_in.as_bytes()) {
        renamed[at + found..at + found + gbk.len()].copy_from_slice(&gbk);
        at += found + 1;
    }
    assert_eq!(names(&renamed), [("in/a.zip/订单.csv".to_owned(), None)]);
}

#[test]
fn an_encrypted_member_says_password_and_the_others_are_read() {
    let mut bytes = zipped(&[("a.csv", b"a\n"), ("b.csv", b"b\n")]);
    // The flag of encryption, in the local header and in the directory.
    bytes[6] |= 1;
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    assert_eq!(
        names(&bytes),
        [("in/a.zip/a.csv".to_owned(), Some("password")), ("in/a.zip/b.csv".to_owned(), None)]
    );
}

#[test]
fn a_zip_without_exports_says_so() {
    assert_eq!(names(&zipped(&[("a.jpg", b"x")])), [("in/a.zip".to_owned(), Some("nothing-inside"))]);
    assert_eq!(names(&zipped(&[])), [("in/a.zip".to_owned(), Some("nothing-inside"))]);
}

#[test]
fn large_members_are_read_from_aside_as_often_as_wanted() {
    let text = "id,note\n".to_owned() + &"1,some note or other\n".repeat(100_000);
    let bytes = zipped(&[("a.csv", text.as_bytes())]);
    let table = open_bytes("a.zip", &bytes).remove(0).unwrap();
    assert_eq!(table.bytes(), text.len() as u64);
    for _ in 0..2 {
        assert_eq!(read(&table, b',', 2).1, 100_001);
    }
}

fn fault(bytes: &[u8], limits: Limits) -> ReadFault {
    open_source("a.zip", &Source::Memory(bytes.into()), &limits, true).remove(0).unwrap_err().fault
}

#[test]
fn containers_over_a_limit_are_refused_before_inflating() {
    let zeros = vec![b'0'; 1 << 20];
    let bytes = zipped(&[("a.csv", &zeros), ("b.csv", b"x")]);
    let limits = Limits::default();
    assert_eq!(fault(&bytes, Limits { entries: 1, ..limits }).code(), "too-many-entries");
    assert_eq!(fault(&bytes, Limits { inflated: 1 << 19, ..limits }).code(), "too-large");
    assert_eq!(fault(&bytes, Limits { ratio_from: 1 << 19, ..limits }).code(), "inflates");
    assert!(open_bytes("a.zip", &bytes)[0].is_ok());
}

#[test]
fn two_members_of_one_name_are_refused() {
    let mut bytes = zipped(&[("a.csv", b"1\n"), ("b.csv", b"2\n")]);
    while let Some(at) = memchr::memmem::find(&bytes, b"b.csv") {
        bytes[at] = b'a';
    }
    assert_eq!(names(&bytes), [("in/a.zip".to_owned(), Some("duplicate-entry"))]);
}

#[test]
fn a_zip_cut_short_is_damaged() {
    let bytes = zipped(&[("a.csv", b"1\n")]);
    assert_eq!(names(&bytes[..bytes.len() / 2]), [("in/a.zip".to_owned(), Some("cut-off"))]);
}
