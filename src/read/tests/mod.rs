//! Tests of the room as a whole, and what they share.

mod archive;
mod excel;
mod properties;
mod survey;
mod text;
mod walk;
mod whole;

use std::path::Path;

use super::source::Source;
use super::table::{Content, open_source};
use super::{Limits, Refused, Table, Trouble};

/// A row with its numbers in the whole table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    pub row: u32,
    pub line: u32,
    pub trouble: Option<Trouble>,
    pub cells: Vec<String>,
}

/// Opens bytes as if they were the file `name`.
pub(super) fn open_bytes(name: &str, bytes: &[u8]) -> Vec<Result<Table, Refused>> {
    open_source(name, &Source::Memory(bytes.into()), &Limits::default(), true)
}

/// The one table in bytes.
pub(super) fn table(bytes: &[u8]) -> Table {
    let mut tables = open_bytes("file", bytes);
    assert_eq!(tables.len(), 1, "{tables:?}");
    tables.remove(0).unwrap()
}

/// The same table, cut into windows of so many bytes.
pub(super) fn with_window(mut table: Table, window: usize) -> Table {
    if let Content::Text(text) = &mut table.content {
        text.window = window;
    }
    table
}

/// The one reason why nothing in bytes is read.
pub(super) fn refusal(bytes: &[u8]) -> Refused {
    open_bytes("file", bytes).remove(0).unwrap_err()
}

/// All rows, numbered in the whole table, and how many rows and lines there are.
pub(super) fn read(table: &Table, delimiter: u8, width: usize) -> (Vec<Seen>, u32, u32) {
    let blocks = table
        .read(Some(delimiter), width, &|_| {}, |block| {
            let mut rows = Vec::new();
            block.for_each(|row| {
                let cells = (0..row.len()).map(|column| row.cell(column).to_text()).collect();
                rows.push(Seen { row: row.row, line: row.line, trouble: row.trouble, cells });
            });
            rows
        })
        .unwrap();
    let (mut all, mut rows, mut lines) = (Vec::new(), 0, 0);
    for block in blocks {
        all.extend(block.value.into_iter().map(|seen| Seen {
            row: seen.row + rows,
            line: seen.line + lines,
            ..seen
        }));
        rows += block.rows;
        lines += block.lines;
    }
    (all, rows, lines)
}

/// The cells of all rows of a comma-separated text.
pub(super) fn cells(text: &str, width: usize) -> Vec<Vec<String>> {
    read(&table(text.as_bytes()), b',', width).0.into_iter().map(|seen| seen.cells).collect()
}

/// Writes a file and the folders above it.
pub(super) fn put(root: &Path, name: &str, bytes: &[u8]) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}
