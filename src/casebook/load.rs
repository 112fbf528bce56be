//! Reads a casebook: one workbook, or a folder of CSVs named after the sheets.

use crate::casebook::{CARD_ZONE, Casebook, read_card};
use crate::normalise::clean_cell;
use crate::read::{Cell, Limits, ReadFault, Row, Table, discover, open};
use crate::recognise::normalise_heading;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A row of the casebook that could not be used, or a heading that no sheet knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasebookIssue {
    /// The sheet, or the file.
    pub sheet: String,
    /// The row, counted from 1.
    pub row: u32,
    /// The column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong: a stable word.
    pub problem: &'static str,
}

/// The sheets, with the Chinese names they may go by.
const SHEETS: &[(&str, &str, &[(&str, &str)])] = &[(
    "cards",
    "延迟卡片",
    &[
        ("order_id", "订单号"),
        ("sent_at", "发送时间"),
        ("response", "回复"),
        ("responded_at", "回复时间"),
        ("new_ship_by", "新发货时间"),
    ],
)];

/// Loads a casebook.
///
/// # Errors
/// Where nothing of it can be read. Rows that cannot be read are issues; the rest is used.
pub fn load(path: &Path) -> Result<(Casebook, Vec<CasebookIssue>), ReadFault> {
    let mut casebook = Casebook::default();
    let mut issues = Vec::new();
    for found in discover(&[PathBuf::from(path)])? {
        for table in open(&found, &Limits::default()) {
            match table {
                Ok(table) => read_sheet(&table, &mut casebook, &mut issues)?,
                Err(refused) if refused.fault.is_note() => {}
                Err(refused) => return Err(refused.fault),
            }
        }
    }
    Ok((casebook, issues))
}

/// The sheet a table is: by the sheet's name in a workbook, by the file's in a folder.
fn sheet_of(
    table: &Table,
) -> Option<&'static (&'static str, &'static str, &'static [(&'static str, &'static str)])> {
    let name = table.sheet.clone().unwrap_or_else(|| {
        Path::new(&table.file).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
    });
    let name = name.trim().to_lowercase();
    SHEETS.iter().find(|(en, zh, _)| *en == name || *zh == name)
}

fn read_sheet(
    table: &Table,
    casebook: &mut Casebook,
    issues: &mut Vec<CasebookIssue>,
) -> Result<(), ReadFault> {
    let Some((sheet, _, columns)) = sheet_of(table) else { return Ok(()) };
    let heads = table.heads(1)?;
    let Some((head, names)) = heads
        .iter()
        .filter_map(|head| head.rows.first().map(|(row, cells)| (head, *row, cells)))
        .max_by_key(|(_, _, cells)| cells.iter().filter(|cell| column_of(columns, cell).is_some()).count())
        .map(|(head, row, cells)| ((head, row), cells))
    else {
        return Ok(());
    };
    let (head, heading_row) = head;
    let fields: Vec<Option<&'static str>> = names.iter().map(|name| column_of(columns, name)).collect();
    for (name, field) in names.iter().zip(&fields) {
        if field.is_none() && !name.trim().is_empty() {
            let (column, value) = (name.clone(), name.clone());
            let sheet = (*sheet).to_owned();
            issues.push(CasebookIssue {
                sheet,
                row: heading_row + 1,
                column,
                value,
                problem: "unknown-heading",
            });
        }
    }
    let blocks = table.read(head.delimiter, names.len(), &|_| {}, |block| {
        let mut rows = Vec::new();
        block.for_each(|row| rows.push((row.row, cells(&row, &fields))));
        rows
    })?;
    let mut offset = 0;
    for block in blocks {
        for (row, cells) in block.value {
            let row = row + offset;
            if row > heading_row && cells.values().any(|cell| !cell.is_empty()) {
                add_row(sheet, row + 1, &cells, casebook, issues);
            }
        }
        offset += block.rows;
    }
    Ok(())
}

fn column_of(columns: &'static [(&'static str, &'static str)], heading: &str) -> Option<&'static str> {
    let heading = normalise_heading(heading).replace('-', "_");
    columns
        .iter()
        .find(|(en, zh)| heading == *en || heading == en.replace('_', "") || heading == normalise_heading(zh))
        .map(|(en, _)| *en)
}

fn cells(row: &Row<'_>, fields: &[Option<&'static str>]) -> HashMap<&'static str, String> {
    let named = fields.iter().enumerate().filter_map(|(at, field)| field.map(|field| (at, field)));
    named.map(|(at, field)| (field, text(&row.cell(at)))).collect()
}

/// A cell as text; spreadsheet dates as the local time they show.
fn text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Moment { serial, epoch_1904, .. } => crate::normalise::show_serial(*serial, *epoch_1904),
        other => clean_cell(other),
    }
}

fn add_row(
    sheet: &str,
    row: u32,
    cells: &HashMap<&'static str, String>,
    casebook: &mut Casebook,
    issues: &mut Vec<CasebookIssue>,
) {
    let get = |name: &str| cells.get(name).map_or("", String::as_str);
    match read_card(&get, CARD_ZONE) {
        Ok((order_id, card)) => casebook.add_card(order_id, card),
        Err(column) => issues.push(CasebookIssue {
            sheet: sheet.to_owned(),
            row,
            column: column.to_owned(),
            value: get(column).to_owned(),
            problem: if get(column).is_empty() { "missing-value" } else { "unreadable-value" },
        }),
    }
}
