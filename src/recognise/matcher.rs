//! Finds the heading row of a table and the layout it belongs to.

use crate::order::Field;
use crate::read::Head;
use crate::recognise::heading::{bilingual_parts, normalise_heading};
use crate::recognise::layout::{Kind, Layout};
use serde::{Deserialize, Serialize};

/// A column of a recognised table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Column {
    /// The heading as it stands.
    pub heading: String,
    /// The field it feeds.
    pub field: Option<Field>,
    /// Whether the layout knows the heading at all.
    pub known: bool,
}

/// What a table was recognised as.
#[derive(Clone, Debug)]
pub struct Recognition<'l> {
    /// The layout.
    pub layout: &'l Layout,
    /// Row of the headings, counted from 1.
    pub heading_row: u32,
    /// The delimiter, for text.
    pub delimiter: Option<u8>,
    /// The columns in their order.
    pub columns: Vec<Column>,
    score: usize,
}

impl Recognition<'_> {
    /// The column that feeds a field.
    pub fn column_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }
}

/// Why a table belongs to no layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unrecognised {
    /// The layout that comes nearest, and the headings it misses (each as its alternatives).
    pub nearest: Option<(String, Vec<String>)>,
    /// What looks like the headings.
    pub headings: Vec<String>,
}

/// How many of the first rows may hold the headings.
pub const HEADING_ROWS: usize = 30;

/// Finds layout and heading row.
///
/// The first row that fits a layout holds the headings: a richer one below it begins another section. Orders go
/// before after-sales and tracking; among layouts of one kind the one that knows most of the headings wins, then the
/// one listed first. With `forced` the user has named the marketplace, and a layout's fingerprint need not be whole
/// as long as it knows the order's id.
pub fn recognise<'l>(
    heads: &[Head],
    layouts: &'l [Layout],
    forced: bool,
) -> Result<Recognition<'l>, Unrecognised> {
    let mut best: Option<Recognition<'l>> = None;
    let mut nearest = Near::default();
    let prints: Vec<Print<'l>> = layouts.iter().map(Print::of).collect();
    for head in heads {
        for (row, cells) in head.rows.iter().take(HEADING_ROWS) {
            let found = recognise_row(*row, cells, head.delimiter, &prints, forced, &mut nearest);
            if let Some(found) = found {
                if best.as_ref().is_none_or(|best| rank(&found) > rank(best)) {
                    best = Some(found);
                }
                break;
            }
        }
    }
    best.ok_or_else(|| nearest.into_answer(heads))
}

/// Finds the layout of one row that may be a heading row, as in the middle of a file that was put together of two.
pub fn recognise_heading<'l>(row: u32, cells: &[String], layouts: &'l [Layout]) -> Option<Recognition<'l>> {
    let prints: Vec<Print<'l>> = layouts.iter().map(Print::of).collect();
    recognise_row(row, cells, None, &prints, false, &mut Near::default())
}

/// What makes one recognition better than another.
fn rank(recognition: &Recognition<'_>) -> (std::cmp::Reverse<Kind>, usize) {
    (std::cmp::Reverse(recognition.layout.kind), recognition.score)
}

/// The best layout for a row, from 0, if any fits it.
fn recognise_row<'l>(
    row: u32,
    cells: &[String],
    delimiter: Option<u8>,
    prints: &[Print<'l>],
    forced: bool,
    nearest: &mut Near,
) -> Option<Recognition<'l>> {
    let names = normalised(cells);
    let mut best: Option<Recognition<'l>> = None;
    for print in prints {
        let (layout, (score, missing)) = (print.layout, fit(print, &names));
        if missing.is_empty() || (forced && score > 1 && knows_orders(layout, &names)) {
            let columns = columns(layout, cells, &names);
            let found = Recognition { layout, heading_row: row + 1, delimiter, columns, score };
            if best.as_ref().is_none_or(|best| rank(&found) > rank(best)) {
                best = Some(found);
            }
        } else {
            nearest.consider(score, layout, missing, cells);
        }
    }
    best
}

/// Whether a layout of orders finds the column of order ids.
fn knows_orders(layout: &Layout, names: &[Vec<String>]) -> bool {
    let is_id = |column: &Vec<String>| matches!(lookup(layout, column), Some((Some(Field::OrderId), _)));
    layout.kind == Kind::Orders && names.iter().any(is_id)
}

/// The row and layout that came nearest so far.
#[derive(Default)]
struct Near {
    score: usize,
    answer: Unrecognised,
}

impl Near {
    fn consider(&mut self, score: usize, layout: &Layout, missing: Vec<String>, cells: &[String]) {
        let fewer = self.answer.nearest.as_ref().is_none_or(|(_, m)| missing.len() < m.len());
        if score > 0 && (score > self.score || (score == self.score && fewer)) {
            self.score = score;
            self.answer =
                Unrecognised { nearest: Some((layout.id.clone(), missing)), headings: cells.to_vec() };
        }
    }

    /// Where no row fits anything at all, the first row with text is shown as the headings.
    fn into_answer(mut self, heads: &[Head]) -> Unrecognised {
        if self.answer.headings.is_empty() {
            let first = heads.iter().flat_map(|head| &head.rows).max_by_key(|(row, cells)| {
                (cells.iter().filter(|cell| !cell.trim().is_empty()).count(), std::cmp::Reverse(*row))
            });
            self.answer.headings = first.map(|(_, cells)| cells.clone()).unwrap_or_default();
        }
        self.answer
    }
}

fn normalised(cells: &[String]) -> Vec<Vec<String>> {
    cells.iter().map(|cell| bilingual_parts(&normalise_heading(cell))).collect()
}

/// The names under which a layout may know a column: the heading whole, and for bilingual layouts its parts.
fn names_for<'n>(layout: &Layout, names: &'n [String]) -> &'n [String] {
    if layout.bilingual { names } else { &names[..names.len().min(1)] }
}

/// A layout with the names by which it is known, in the spelling of names: they are looked for in many rows.
struct Print<'l> {
    layout: &'l Layout,
    must: Vec<Vec<String>>,
    any: Vec<String>,
    reject: Vec<String>,
}

impl<'l> Print<'l> {
    fn of(layout: &'l Layout) -> Print<'l> {
        let names = |list: &Vec<String>| list.iter().map(|name| normalise_heading(name)).collect();
        Print {
            layout,
            must: layout.must.iter().map(names).collect(),
            any: names(&layout.any),
            reject: names(&layout.reject),
        }
    }
}

/// How many headings the layout knows, and what of its fingerprint is missing.
fn fit(print: &Print<'_>, names: &[Vec<String>]) -> (usize, Vec<String>) {
    let layout = print.layout;
    let has = |wanted: &String| names.iter().any(|column| names_for(layout, column).contains(wanted));
    let groups = layout.must.iter().zip(&print.must).filter(|(_, group)| !group.iter().any(has));
    let mut missing: Vec<String> = groups.map(|(shown, _)| shown.join(" | ")).collect();
    if !print.any.is_empty() && !print.any.iter().any(has) {
        missing.push(layout.any.join(" | "));
    }
    let rejected = layout.reject.iter().zip(&print.reject).filter(|(_, name)| has(name));
    missing.extend(rejected.map(|(shown, _)| format!("≠ {shown}")));
    let known = names.iter().filter(|column| lookup(layout, column).is_some()).count();
    (known, missing)
}

fn lookup(layout: &Layout, names: &[String]) -> Option<(Option<Field>, usize)> {
    names_for(layout, names).iter().find_map(|name| layout.heading(name))
}

/// Gives every field to the best of the headings that could feed it; the first column wins among equals.
fn columns(layout: &Layout, cells: &[String], names: &[Vec<String>]) -> Vec<Column> {
    let found: Vec<Option<(Option<Field>, usize)>> = names.iter().map(|n| lookup(layout, n)).collect();
    cells
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let own = found[at];
            let field = own.and_then(|(field, rank)| {
                let field = field?;
                let best = found
                    .iter()
                    .enumerate()
                    .filter_map(|(i, f)| f.and_then(|(f, r)| (f == Some(field)).then_some((r, i))))
                    .min();
                (best == Some((rank, at))).then_some(field)
            });
            let heading = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned();
            Column { heading, field, known: own.is_some() }
        })
        .collect()
}
