//! What staff typed into the last report: read back from its list of orders at risk, in either language.

use crate::compare::{NoteKey, Notes};
use crate::normalise::{clean_cell, show_serial};
use crate::order::Marketplace;
use crate::read::{Cell, Limits, ReadFault, Row, Table, open_report};
use crate::words::Language;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The columns that must be there, by the keys of their headings.
const KEYS: [&str; 4] = ["marketplace", "store", "order-id", "rule"];
/// The columns that staff fill in.
const TYPED: [&str; 3] = ["handled-by", "state", "note"];

/// Why nothing can be carried over from a file.
#[derive(Debug, Error)]
pub enum CarryError {
    /// It is no workbook.
    #[error("{path}: no workbook that can be read ({why})")]
    NoWorkbook {
        /// The file.
        path: PathBuf,
        /// What the reader says.
        why: String,
    },
    /// It is another workbook.
    #[error("{path}: no report of this program, as no sheet has the columns of the list of orders at risk")]
    NoReport {
        /// The file.
        path: PathBuf,
    },
}

/// Reads what was typed. Sheets are told by their headings, so that a list over several sheets, a renamed sheet and moved
/// columns are all fine.
///
/// # Errors
/// When the file is no report.
pub fn read_notes(path: &Path) -> Result<Notes, CarryError> {
    let no_workbook = |why: String| CarryError::NoWorkbook { path: path.to_owned(), why };
    let (mut notes, mut found) = (Notes::default(), false);
    for table in open_report(path, &Limits::default()) {
        let table = match table {
            Ok(table) if table.format.is_workbook() => table,
            Ok(table) => return Err(no_workbook(table.format.to_string())),
            // What stands on a sheet that somebody hid, or that is damaged, may still stand on another.
            Err(refused) if refused.sheet.is_some() => continue,
            Err(refused) => return Err(no_workbook(refused.fault.to_string())),
        };
        found |= read_list(&table, &mut notes).map_err(|fault| no_workbook(fault.to_string()))?;
    }
    if found { Ok(notes) } else { Err(CarryError::NoReport { path: path.to_owned() }) }
}

/// Reads a sheet, if it is a list of orders at risk.
fn read_list(table: &Table, notes: &mut Notes) -> Result<bool, ReadFault> {
    let heads: Vec<(u32, Vec<String>)> =
        table.heads(HEADING_ROWS)?.into_iter().flat_map(|head| head.rows).collect();
    let found = [Language::Chinese, Language::English]
        .into_iter()
        .find_map(|language| columns(&heads, language).map(|columns| (columns, language)));
    let Some((columns, language)) = found else { return Ok(false) };
    let blocks = table.read(None, columns.width, &|_| {}, |block| {
        let mut rows = Vec::new();
        block.for_each(|row| rows.extend(typed(&row, &columns, language)));
        rows
    })?;
    let mut before = 0;
    for block in blocks {
        for (row, key, typed) in block.value {
            if row + before > columns.heading {
                notes.entry(key).or_insert(typed);
            }
        }
        before += block.rows;
    }
    Ok(true)
}

/// How many rows down the headings may stand: somebody may have put a line above them.
const HEADING_ROWS: usize = 10;

/// Where the columns stand: the heading row, the key, what was typed.
struct Columns {
    heading: u32,
    key: [usize; 4],
    typed: [usize; 3],
    width: usize,
}

fn columns(heads: &[(u32, Vec<String>)], language: Language) -> Option<Columns> {
    let words = language.words();
    heads.iter().find_map(|(heading, row)| {
        let at = |key: &str| {
            let title = words.entry(&format!("workbook.column.{key}"));
            row.iter().position(|cell| cell.trim() == title)
        };
        let all = |keys: &[&str]| keys.iter().map(|key| at(key)).collect::<Option<Vec<usize>>>();
        let (key, typed) = (all(&KEYS)?, all(&TYPED)?);
        let (key, typed) = (key.try_into().ok()?, typed.try_into().ok()?);
        Some(Columns { heading: *heading, key, typed, width: row.len() })
    })
}

/// What was typed in a row, if anything was, with the row's number in its block.
fn typed(row: &Row<'_>, columns: &Columns, language: Language) -> Option<(u32, NoteKey, [String; 3])> {
    let cell = |at: usize| text(&row.cell(at));
    let typed = columns.typed.map(cell);
    if typed.iter().all(String::is_empty) {
        return None;
    }
    let [marketplace, store, order_id, rule] = columns.key.map(cell);
    let key = NoteKey { marketplace: marketplace_of(&marketplace, language), store, order_id, rule };
    Some((row.row, key, typed))
}

/// A marketplace by the name that the report gave it; one that a profile added goes by its id.
fn marketplace_of(name: &str, language: Language) -> String {
    let words = language.words();
    let known = Marketplace::BUILT_IN
        .into_iter()
        .find(|place| words.entry(&format!("marketplace.{}", place.as_str())) == name);
    known.map_or_else(|| name.to_owned(), |place| place.as_str().to_owned())
}

/// A cell as it was typed: a date stays a date, a whole number has no decimals.
fn text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Error(_) => String::new(),
        Cell::Moment { serial, epoch_1904, duration: false } => show_serial(*serial, *epoch_1904),
        other => clean_cell(other).trim().to_owned(),
    }
}
