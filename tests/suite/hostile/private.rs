//! Nothing of a buyer's leaves the inputs unless the user asks for it.

use super::make::{HEAD, row, xlsx_with};
use crate::support::{AS_OF, put, shipby};
use std::io::Read;
use std::path::Path;

const PHONE: &str = "13912345678";
const NAME: &str = "欧阳测试";
const CARD: &str = "11010119900307851X";
const STREET: &str = "样例路12号3单元601室";

/// Every place a buyer's data can stand in, right or wrong.
fn fill(folder: &Path) {
    let head = format!("{HEAD},收货人,手机,收货地址,身份证号,买家留言");
    let private = format!("{NAME},{PHONE},湖北省武汉市{STREET},{CARD},请打{PHONE}找我 {CARD}");
    let shifted = format!("{NAME},{}", row(2).replace("261105-", "x261105-"));
    let rows = [
        format!("{},{private}", row(1)),
        format!("{shifted},{private}"),
        format!(",待发货,1,,,,{private}"),
        format!(",,,,,,{NAME},,,,"),
        NAME.to_owned(),
        format!("{},{private},more {PHONE}", row(3)),
        format!("\"{},{private}", row(4)),
        format!("\"{NAME} {PHONE}"),
        format!("{},{private}", row(5).replace("2026-11-05 10:00:00", PHONE)),
        format!("{},{private}", row(6).replace("待发货", &format!("待发货{PHONE}"))),
        format!("{},{private}", row(8).replace("待发货", NAME)),
        format!("{},{private}", row(9).replace("待发货", &format!("{NAME}{CARD}"))),
        format!("{},{private}", row(10).replace("2026-11-05 10:00:00", &format!("{NAME}，电话{PHONE}"))),
        format!("6.9E+18{},{private}", row(7).split_at(22).1),
    ];
    put(folder, "in/orders.csv", format!("{head}\n{}\n", rows.join("\n")));
    put(folder, "in/without-head.csv", format!("{},{private}\n{},{private}\n", row(11), row(12)));
    put(folder, "in/list.csv", format!("{NAME},{PHONE},{CARD}\n{NAME},{PHONE},{CARD}\n"));
    put(folder, "in/letter.txt", format!("{NAME} {PHONE} {CARD}\n"));
    let book = xlsx_with(&[row(21)], |book| {
        let sheet = book.worksheet_from_index(0).expect("a sheet");
        sheet.write_string(0, 9, "买家留言").expect("written");
        sheet.write_number(1, 9, 13_912_345_678.0).expect("written");
        for (column, (heading, value)) in
            [("收货人", NAME), ("手机", PHONE), ("身份证号", CARD)].iter().enumerate()
        {
            sheet.write_string(0, 6 + column as u16, *heading).expect("written");
            sheet.write_string(1, 6 + column as u16, *value).expect("written");
            sheet.write_string(2, 6 + column as u16, *value).expect("written");
        }
    });
    put(folder, "in/orders.xlsx", book);
}

/// All texts of a workbook.
fn unzipped(path: &Path) -> String {
    let mut all = String::new();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).expect("opened")).expect("a zip");
    for index in 0..zip.len() {
        let mut part = Vec::new();
        zip.by_index(index).expect("an entry").read_to_end(&mut part).expect("inflated");
        all.push_str(&String::from_utf8_lossy(&part));
    }
    all
}

#[test]
fn planted_phones_names_and_numbers_stay_inside() {
    let folder = tempfile::tempdir().expect("a folder");
    fill(folder.path());
    let args = [
        "audit",
        "in",
        "--as-of",
        AS_OF,
        "-v",
        "--json",
        "a.json",
        "--ndjson",
        "a.ndjson",
        "--csv",
        "a.csv",
        "--parquet",
        "a.parquet",
        "--share",
        "s.xlsx",
        "-o",
        "r.xlsx",
    ];
    for annotate in ["all", "files"] {
        for lang in ["zh", "en"] {
            let output =
                shipby(folder.path(), &[&args[..], &["--annotate", annotate, "--lang", lang]].concat());
            assert_eq!(output.status.code(), Some(3));
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let mut all = vec![
                ("stdout".to_owned(), text(&output.stdout)),
                ("stderr".to_owned(), text(&output.stderr)),
            ];
            for entry in std::fs::read_dir(folder.path()).expect("listed").flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.contains(".xlsx") {
                    all.push((name, unzipped(&entry.path())));
                } else if entry.path().is_file() {
                    let bytes = std::fs::read(entry.path()).expect("read");
                    all.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
            assert!(all.len() > 7);
            for (place, text) in &all {
                for secret in [PHONE, NAME, CARD, STREET] {
                    let found = text
                        .find(secret)
                        .map(|at| text[..at + secret.len()].chars().rev().take(120).collect::<Vec<_>>());
                    let around = found.map(|mut chars| {
                        chars.reverse();
                        chars.into_iter().collect::<String>()
                    });
                    assert_eq!(around, None, "{secret} in {place} ({annotate}, {lang})");
                }
            }
        }
    }
    let inspected = shipby(folder.path(), &["inspect", "in"]);
    let said = String::from_utf8_lossy(&inspected.stdout).into_owned();
    for secret in [PHONE, NAME, CARD] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
}
