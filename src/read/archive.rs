//! Zips of exports: each member is opened as if it were a file.

use std::borrow::Cow;

use encoding_rs::GB18030;

use super::container::{Contents, Entry, container};
use super::source::Source;
use super::table::open_source;
use super::walk::is_wanted;
use super::{Format, Limits, ReadFault, Refused, Table};

/// Opens all members that are exports, in the order of their names.
pub(super) fn open(
    file: &str,
    source: &Source,
    contents: &Contents,
    limits: &Limits,
) -> Vec<Result<Table, Refused>> {
    let mut members: Vec<(String, &Entry)> = contents
        .entries
        .iter()
        .map(|entry| (member_name(&entry.name), entry))
        .filter(|(name, _)| name.split('/').all(|part| !part.starts_with('.') && part != "__MACOSX"))
        .filter(|(name, _)| name.rsplit('/').next().is_some_and(is_wanted))
        .collect();
    members.sort_by(|(a, _), (b, _)| a.cmp(b));
    let tables: Vec<_> = members
        .iter()
        .flat_map(|(name, entry)| open_member(&format!("{file}/{name}"), source, entry, limits))
        .collect();
    if tables.is_empty() {
        return vec![Err(Refused::whole(file, Format::Zip, ReadFault::NothingInside))];
    }
    tables
}

/// Names are UTF-8 or, from Chinese Windows, GBK; what the zip says of them is often wrong.
fn member_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => GB18030.decode_without_bom_handling(raw).0,
    };
    // A name that leads elsewhere is only a name here: nothing is unpacked under it.
    let name = name.replace('\\', "/");
    name.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect::<Vec<_>>().join("/")
}

fn open_member(file: &str, source: &Source, entry: &Entry, limits: &Limits) -> Vec<Result<Table, Refused>> {
    let spool = || {
        if entry.encrypted {
            return Err(ReadFault::Password);
        }
        let mut archive = container(source)?;
        let mut member = archive.by_index(entry.index)?;
        Source::spool(&mut member, limits.inflated)
    };
    match spool() {
        Ok(member) => open_source(file, &member, limits, false),
        Err(fault) => vec![Err(Refused::whole(file, Format::Unknown, fault))],
    }
}
