//! Reads a casebook: one workbook, or a folder of CSVs named after the sheets.

use super::issue::{CasebookIssue, FailedSheet, Loss, SheetFault};
use super::sheet::{Column, EXAMPLE, GUIDE, Kind, Sheet};
use super::{Casebook, Fault};
use crate::normalise::{clean_cell, show_serial, yes_no};
use crate::read::{Cell, Head, Limits, ReadFault, Row, Table, Trouble, discover, open};
use std::path::{Path, PathBuf};

/// What came of a casebook.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The facts that could be read.
    pub casebook: Casebook,
    /// What could not be used, failed sheets too.
    pub issues: Vec<CasebookIssue>,
    /// Sheets that could not be read at all, or are of no known kind: the run is incomplete.
    pub failed: Vec<FailedSheet>,
}

/// Loads a casebook: a workbook, a CSV named after its sheet, or a folder of either.
///
/// Sheets that cannot be read are named in [`Loaded::failed`], rows and headings in [`Loaded::issues`]; the rest is
/// used. A sheet that is not there, or has no cell, reads as empty.
///
/// # Errors
/// Where there is no such file or folder.
pub fn load(path: &Path) -> Result<Loaded, ReadFault> {
    let mut loaded = Loaded::default();
    for found in discover(&[PathBuf::from(path)])? {
        for table in open(&found, &Limits::default()) {
            match table {
                Ok(table) => {
                    let name = name_of(&table);
                    loaded.read_table(&table, &name).unwrap_or_else(|why| loaded.fail(name, why));
                }
                Err(refused) if refused.fault.is_note() || refused.fault == ReadFault::Empty => {}
                Err(refused) => loaded.fail(refused.sheet.unwrap_or(refused.file), refused.fault.into()),
            }
        }
    }
    Ok(loaded)
}

/// The name a table goes by: the sheet's in a workbook, the file's in a folder.
fn name_of(table: &Table) -> String {
    table.sheet.clone().unwrap_or_else(|| {
        Path::new(&table.file).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
    })
}

/// Whether a table is a sheet of a casebook: by its name, and the headings that such a sheet must have.
pub fn is_casebook(table: &Table, heads: &[Head]) -> bool {
    let Some(sheet) = Sheet::named(&name_of(table)) else { return false };
    heads.iter().flat_map(|head| &head.rows).any(|(_, texts)| {
        let has = |column: &Column| texts.iter().any(|text| column.is(text));
        let must = || sheet.columns.iter().filter(|column| column.required);
        must().all(has) && sheet.columns.iter().filter(|column| has(column)).count() > 1
    })
}

/// Whether a sheet of a workbook is the one that explains the others.
pub fn is_guide(sheet: &str) -> bool {
    [GUIDE.0, GUIDE.1].contains(&sheet.trim().to_lowercase().as_str())
}

/// The row of headings of a table.
struct Heading {
    delimiter: Option<u8>,
    row: u32,
    columns: Vec<Option<&'static Column>>,
    texts: Vec<String>,
}

/// A row with its number from 0, its cells by column, and what makes them doubtful.
type Raw = (u32, Vec<String>, Option<Trouble>);

impl Loaded {
    fn fail(&mut self, sheet: String, why: SheetFault) {
        let fault = Fault { column: "", value: String::new(), problem: why.code() };
        self.issue(&sheet, 0, fault, Loss::Sheet);
        self.failed.push(FailedSheet { sheet, why });
    }

    fn issue(&mut self, sheet: &str, row: u32, fault: Fault, loss: Loss) {
        self.issues.push(CasebookIssue {
            sheet: sheet.to_owned(),
            row,
            column: fault.column.to_owned(),
            value: fault.value,
            problem: fault.problem,
            loss,
        });
    }

    fn read_table(&mut self, table: &Table, name: &str) -> Result<(), SheetFault> {
        if is_guide(name) {
            return Ok(());
        }
        let sheet = Sheet::named(name).ok_or(SheetFault::UnknownSheet)?;
        let heading = heading_of(table, sheet)?;
        let rows = rows_of(table, &heading)?;
        self.check_headings(sheet, &heading);
        for (row, cells, trouble) in rows {
            if row > heading.row && cells.iter().any(|cell| !cell.is_empty()) {
                self.read_row(sheet, row + 1, &heading, &cells, trouble);
            }
        }
        Ok(())
    }

    fn check_headings(&mut self, sheet: &Sheet, heading: &Heading) {
        for (at, (text, column)) in heading.texts.iter().zip(&heading.columns).enumerate() {
            let value = text.trim().to_owned();
            let problem = match column {
                None if value.is_empty() => continue,
                None => "unknown-heading",
                Some(column) if position(&heading.columns, column.name) != Some(at) => "duplicate-heading",
                Some(_) => continue,
            };
            self.issues.push(CasebookIssue {
                sheet: sheet.name.to_owned(),
                row: heading.row + 1,
                column: value.clone(),
                value,
                problem,
                loss: Loss::Column,
            });
        }
    }

    fn read_row(
        &mut self,
        sheet: &Sheet,
        row: u32,
        heading: &Heading,
        cells: &[String],
        trouble: Option<Trouble>,
    ) {
        let cell = |name: &str| {
            position(&heading.columns, name).and_then(|at| cells.get(at)).map_or("", String::as_str)
        };
        let problem = match trouble {
            Some(Trouble::UnclosedQuote) => Some("unclosed-quote"),
            Some(Trouble::Undecodable { .. }) => Some("undecodable"),
            None => None,
        };
        if let Some(problem) = problem {
            return self.issue(
                sheet.name,
                row,
                Fault { column: "", value: cells.join(" | "), problem },
                Loss::Row,
            );
        }
        match is_example(cell(EXAMPLE.name)) {
            Some(true) => return,
            Some(false) => {}
            None => {
                let value = cell(EXAMPLE.name).to_owned();
                self.issue(
                    sheet.name,
                    row,
                    Fault { column: EXAMPLE.name, value, problem: "unknown-word" },
                    Loss::Cell,
                );
            }
        }
        match self.casebook.add_row(sheet.name, row, &cell) {
            Ok(doubts) => doubts.into_iter().for_each(|doubt| self.issue(sheet.name, row, doubt, Loss::Cell)),
            Err(fault) => self.issue(sheet.name, row, fault, Loss::Row),
        }
    }
}

/// Whether the mark of a row says that it is an example; nothing when it cannot be told.
fn is_example(mark: &str) -> Option<bool> {
    match mark.to_lowercase().as_str() {
        "" => Some(false),
        "example" | "示例" => Some(true),
        mark => yes_no(mark),
    }
}

fn position(columns: &[Option<&Column>], name: &str) -> Option<usize> {
    columns.iter().position(|column| column.is_some_and(|column| column.name == name))
}

/// How many rows may stand above the headings.
const PREAMBLE: usize = 10;

/// The row among the first that has the most known headings.
fn heading_of(table: &Table, sheet: &'static Sheet) -> Result<Heading, SheetFault> {
    let mut best: Option<(usize, Heading)> = None;
    for head in table.heads(PREAMBLE)? {
        for (row, texts) in head.rows {
            let columns: Vec<_> = texts.iter().map(|text| sheet.column(text)).collect();
            let known = columns.iter().flatten().count();
            if known > best.as_ref().map_or(0, |(known, _)| *known) {
                best = Some((known, Heading { delimiter: head.delimiter, row, columns, texts }));
            }
        }
    }
    best.map(|(_, heading)| heading).ok_or(SheetFault::NoHeadings)
}

fn rows_of(table: &Table, heading: &Heading) -> Result<Vec<Raw>, ReadFault> {
    let blocks = table.read(heading.delimiter, heading.columns.len(), &|_| {}, |block| {
        let mut rows: Vec<Raw> = Vec::new();
        block.for_each(|row| rows.push((row.row, cells_of(&row, &heading.columns), row.trouble)));
        rows
    })?;
    let (mut rows, mut offset) = (Vec::new(), 0);
    for block in blocks {
        rows.extend(block.value.into_iter().map(|(row, cells, trouble)| (row + offset, cells, trouble)));
        offset += block.rows;
    }
    Ok(rows)
}

fn cells_of(row: &Row<'_>, columns: &[Option<&'static Column>]) -> Vec<String> {
    let cells = columns.iter().enumerate().map(|(at, column)| match column {
        Some(column) => text_of(&row.cell(at), column.kind),
        None => String::new(),
    });
    cells.collect()
}

/// Beyond 15 digits a spreadsheet no longer holds what was typed.
const SAFE_DIGITS: f64 = 1e15;

/// A cell as text: spreadsheet dates as the local time they show, numbers that are no longer ids as a spreadsheet
/// shows them, so that they are told as such.
fn text_of(cell: &Cell<'_>, kind: Kind) -> String {
    match cell {
        Cell::Moment { serial, epoch_1904, duration: false } => show_serial(*serial, *epoch_1904),
        Cell::Number(serial) if matches!(kind, Kind::When | Kind::Day) && *serial >= 1.0 => {
            show_serial(*serial, false)
        }
        Cell::Number(number) if matches!(kind, Kind::Id) && number.abs() >= SAFE_DIGITS => {
            format!("{number:E}").replace('E', "E+")
        }
        other => clean_cell(other),
    }
}
