//! The casebook of a worked example.

use crate::casebook::{Casebook, Sheet};
use crate::order::Marketplace;
use std::collections::BTreeMap;

/// Rows of the casebook, `notice` or `notice2`, until all their cells are known.
#[derive(Default)]
pub struct CasebookRows(BTreeMap<String, Vec<(String, String)>>);

impl CasebookRows {
    /// The sheet of which `card.sent_at` or `notice2.kind` names a column.
    pub fn sheet(name: &str) -> Option<&'static Sheet> {
        Sheet::named(name.split_once('.')?.0.trim_end_matches(|c: char| c.is_ascii_digit()))
    }

    /// Sets a cell by the name of its row and column.
    pub fn set(&mut self, name: &str, cell: &str) {
        let Some((row, column)) = name.split_once('.') else { return };
        self.0.entry(row.to_owned()).or_default().push((column.to_owned(), cell.to_owned()));
    }

    /// The casebook. A row without a filled cell is none; the order and its marketplace need not be named where a
    /// sheet asks for them; an unreadable cell (`!`) may cost its row.
    pub fn finish(self, marketplace: Marketplace) -> Result<Casebook, String> {
        let mut casebook = Casebook::default();
        for (name, cells) in &self.0 {
            let Some(sheet) = Self::sheet(&format!("{name}.")) else { continue };
            if cells.iter().all(|(_, cell)| cell == "-") {
                continue;
            }
            let required = |column: &str| sheet.columns.iter().any(|c| c.name == column && c.required);
            let get = |column: &str| match cells.iter().find(|(name, _)| name == column) {
                Some((_, cell)) if cell == "-" => "",
                Some((_, cell)) => cell,
                None if column == "marketplace" => marketplace.as_str(),
                None if column == "order_id" && required(column) => "1",
                None => "",
            };
            if let Err(fault) = casebook.add_row(sheet.name, 0, &get)
                && fault.value != "!"
            {
                return Err(format!("{name}.{}: {} {}", fault.column, fault.problem, fault.value));
            }
        }
        Ok(casebook)
    }
}
