//! Archives: within one another, with names that lead elsewhere, with bombs inside.

use super::make::{bomb, csv, row, xlsx, zip};
use super::{Case, Read, Refused, case};

fn of(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let members: Vec<(String, Vec<u8>)> =
        members.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    zip(&members)
}

pub fn cases() -> Vec<Case> {
    let text = |n: u32| csv(&[row(n)]).into_bytes();
    let many = bomb("b.csv", &text(4010), 40, &[("a.csv".to_owned(), vec![b' '; 40 << 20])]);
    let inner = of(&[("a.csv", text(4001))]);
    // The flag of encryption, in the local header and in the directory.
    let mut locked = of(&[("a.csv", text(4002))]);
    for at in 0..locked.len() - 10 {
        if locked[at..].starts_with(b"PK\x03\x04") {
            locked[at + 6] |= 1;
        } else if locked[at..].starts_with(b"PK\x01\x02") {
            locked[at + 8] |= 1;
        }
    }
    let mut spoiled = of(&[("a.csv", text(4003))]);
    let middle = 60;
    spoiled[middle] ^= 0xFF;
    vec![
        case("zip-of-text.zip", inner.clone(), Read(1, &[])),
        case("zip-of-book.zip", of(&[("b.xlsx", xlsx(&[row(4004)]))]), Read(1, &[])),
        case("zip-in-zip.zip", of(&[("inner.zip", inner)]), Refused("a zip inside a zip")),
        case("zip-of-nothing.zip", of(&[]), Refused("a zip without")),
        case("zip-of-pictures.zip", of(&[("a.png", vec![1, 2, 3])]), Refused("a zip without")),
        case("zip-locked.zip", locked, Refused("password")),
        case("zip-spoiled.zip", spoiled, Refused("")),
        case(
            "zip-leads-out.zip",
            of(&[
                ("../../../out.csv", text(4005)),
                ("/etc/out.csv", text(4006)),
                ("C:\\out.csv", text(4007)),
            ]),
            Read(3, &[]),
        ),
        case(
            "zip-of-mac.zip",
            of(&[("__MACOSX/._a.csv", vec![0, 5, 22]), ("a.csv", text(4008))]),
            Read(1, &[]),
        ),
        case("zip-of-small-bombs.zip", many, Refused("inflates")),
        case("zip-bomb.zip", bomb("a.csv", &text(4009), 96, &[]), Refused("inflates")),
    ]
}
