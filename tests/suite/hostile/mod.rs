//! Files that are broken, huge, hidden, false or malicious, and what a user may expect of each.

mod books;
mod compound;
mod corpus;
mod lakes;
mod make;
mod markup;
mod mutants;
mod own;
mod private;
mod same;
mod text;
mod together;
mod traced;
mod trips;
mod writing;
mod zips;

/// A file and what is to be said of it.
pub struct Case {
    /// Its name, unique among all.
    pub name: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What a user expects.
    pub expect: Expect,
}

/// What a user expects of a file.
pub enum Expect {
    /// It is not read, and the line that says why holds this.
    Refused(&'static str),
    /// As [`Expect::Refused`], but on purpose: the run does not fail for it.
    LeftOut(&'static str),
    /// So many orders, and data issues of just these kinds.
    Read(u64, &'static [&'static str]),
}

pub use Expect::{LeftOut, Read, Refused};

/// A case in short.
pub fn case(name: &'static str, bytes: impl Into<Vec<u8>>, expect: Expect) -> Case {
    Case { name, bytes: bytes.into(), expect }
}

/// Every case there is.
pub fn all() -> Vec<Case> {
    [text::cases(), markup::cases(), books::cases(), zips::cases(), compound::cases(), lakes::cases()]
        .into_iter()
        .flatten()
        .collect()
}
