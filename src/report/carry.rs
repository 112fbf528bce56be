//! What staff typed into the last report: read back from its list of orders at risk, in either language.

use crate::compare::{NoteKey, Notes};
use crate::order::Marketplace;
use crate::words::Language;
use calamine::{Data, Range, Reader, open_workbook_auto};
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
    // A damaged workbook makes the reader panic now and then.
    let opened = std::panic::catch_unwind(|| open_workbook_auto(path));
    let opened = opened.map_err(|_| no_workbook("damaged".to_owned()))?;
    let mut book = opened.map_err(|error| no_workbook(error.to_string()))?;
    let (mut notes, mut found) = (Notes::default(), false);
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        for language in [Language::Chinese, Language::English] {
            if let Some(columns) = columns(&range, language) {
                found = true;
                rows(&range, &columns, language, &mut notes);
                break;
            }
        }
    }
    if found { Ok(notes) } else { Err(CarryError::NoReport { path: path.to_owned() }) }
}

/// Where the columns stand: the heading row, the key, what was typed.
struct Columns {
    heading: usize,
    key: [usize; 4],
    typed: [usize; 3],
}

/// Looks for the headings in the first rows: somebody may have put a line above them.
fn columns(range: &Range<Data>, language: Language) -> Option<Columns> {
    let words = language.words();
    range.rows().take(10).enumerate().find_map(|(heading, row)| {
        let at = |key: &str| {
            let title = words.entry(&format!("workbook.column.{key}"));
            row.iter().position(|cell| text(cell) == title)
        };
        let all = |keys: &[&str]| keys.iter().map(|key| at(key)).collect::<Option<Vec<usize>>>();
        let (key, typed) = (all(&KEYS)?, all(&TYPED)?);
        Some(Columns { heading, key: key.try_into().ok()?, typed: typed.try_into().ok()? })
    })
}

fn rows(range: &Range<Data>, columns: &Columns, language: Language, notes: &mut Notes) {
    for row in range.rows().skip(columns.heading + 1) {
        let cell = |at: usize| row.get(at).map(text).unwrap_or_default();
        let typed = columns.typed.map(cell);
        if typed.iter().all(String::is_empty) {
            continue;
        }
        let [marketplace, store, order_id, rule] = columns.key.map(cell);
        let key = NoteKey { marketplace: marketplace_of(&marketplace, language), store, order_id, rule };
        notes.entry(key).or_insert(typed);
    }
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
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(at) => {
            // 1899-12-30 is 25,569 days before 1970.
            let seconds = ((at.as_f64() - 25_569.0) * 86_400.0).round();
            let at = chrono::DateTime::from_timestamp(seconds as i64, 0);
            let shown = at.map(|at| at.format("%Y-%m-%d %H:%M").to_string());
            shown.map(|shown| shown.trim_end_matches(" 00:00").to_owned()).unwrap_or_default()
        }
        other => other.to_string().trim().to_owned(),
    }
}
