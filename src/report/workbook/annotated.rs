//! The annotated sheets: every original column and value as it stood, with the verdict in front.

use super::desk::Desk;
use super::owners::Owners;
use super::sheet_rows::SheetRows;
use super::stream::stream;
use super::text::page_name;
use super::{AUTO_ROWS, Annotate, ReportError, Sources, WorkbookSummary};
use crate::Audit;
use crate::normalise::{InputKind, Problem};
use crate::read::{ReadFault, Refused, Table, open};
use rayon::prelude::*;
use rust_xlsxwriter::Worksheet;
use rustc_hash::FxHashSet;

/// Where the first row of an order stands on an annotated sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The order.
    pub order: u32,
    /// The input.
    pub input: u32,
    /// Which of its sheets.
    pub page: usize,
    /// The row there, counted from 0.
    pub row: u32,
}

impl Spot {
    /// Its address, for a link.
    pub fn address(&self, desk: &Desk<'_>) -> String {
        let name = desk.annotated_name(self.input, &desk.audit.ledger.inputs[self.input as usize]);
        format!("internal:'{}'!A{}", page_name(&name, self.page), self.row + 1)
    }
}

/// The annotated sheets of one input.
pub struct OfInput {
    /// The input.
    pub input: u32,
    /// The sheets.
    pub sheets: Vec<Worksheet>,
    /// Rows below the headings.
    pub rows: u64,
    /// Where orders to show stand.
    pub spots: Vec<Spot>,
}

/// All annotated sheets.
pub struct Annotated {
    /// Which rows they hold; never [`Annotate::Auto`].
    pub mode: Annotate,
    /// By input.
    pub inputs: Vec<OfInput>,
    /// Where the orders that are shown stand, by order.
    pub spots: Vec<Spot>,
    /// Inputs that could not be read a second time.
    pub not_again: Vec<(u32, ReadFault)>,
}

/// What [`Annotate::Auto`] comes to.
pub fn settle(audit: &Audit, annotate: Annotate) -> Annotate {
    match annotate {
        Annotate::Auto if rows_in_all(audit) > AUTO_ROWS => Annotate::Risk,
        Annotate::Auto => Annotate::All,
        other => other,
    }
}

/// Rows of all inputs that have an annotated sheet.
pub fn rows_in_all(audit: &Audit) -> u64 {
    audit.ledger.inputs.iter().filter(|input| Desk::is_known(input)).map(|input| u64::from(input.rows)).sum()
}

/// What the sheets of all inputs need to know.
pub struct Shared<'s> {
    /// The desk.
    pub desk: &'s Desk<'s>,
    /// Which rows are written.
    pub mode: Annotate,
    /// Whether an order is at risk or late.
    pub shown: Vec<bool>,
    /// Leads from rows to orders.
    pub owners: Owners<'s>,
}

impl<'s> Shared<'s> {
    /// What the sheets of an audit share.
    pub fn new(desk: &'s Desk<'s>, mode: Annotate, owners: Owners<'s>) -> Shared<'s> {
        let mut shown = vec![false; desk.audit.ledger.orders.len()];
        for order in &desk.audit.shown {
            shown[order.order as usize] = true;
        }
        Shared { desk, mode, shown, owners }
    }
}

/// Writes them all.
pub fn write(desk: &Desk<'_>, sources: Sources<'_>) -> Result<Annotated, ReportError> {
    let mode = match sources {
        Sources::None => Annotate::None,
        _ => settle(desk.audit, desk.options.annotate),
    };
    let mut all = Annotated::none(mode);
    if matches!(mode, Annotate::None | Annotate::Files) {
        return Ok(all);
    }
    let shared = Shared::new(desk, mode, Owners::new(&desk.audit.ledger));
    match sources {
        Sources::None => {}
        Sources::Tables(tables) => {
            let jobs = tables.iter().map(|(number, table)| (*number, Ok(table))).collect();
            all.add(&shared, jobs)?;
        }
        Sources::Files { found, limits } => {
            // Opened a few at a time: some kinds of workbook are held in memory whole.
            let mut number = 0;
            for files in found.chunks(rayon::current_num_threads().max(1)) {
                let opened: Vec<_> = files.par_iter().map(|file| open(file, &limits)).collect();
                let entries: Vec<_> = opened.iter().flatten().collect();
                let jobs = entries.iter().enumerate().map(|(at, entry)| (number + at as u32, entry.as_ref()));
                all.add(&shared, jobs.collect())?;
                number += entries.len() as u32;
            }
        }
    }
    all.inputs.sort_by_key(|of| of.input);
    all.spots = all.inputs.iter_mut().flat_map(|of| std::mem::take(&mut of.spots)).collect();
    all.spots.sort_unstable();
    Ok(all)
}

impl Annotated {
    /// No sheets yet.
    pub const fn none(mode: Annotate) -> Annotated {
        Annotated { mode, inputs: Vec::new(), spots: Vec::new(), not_again: Vec::new() }
    }

    /// Writes the sheets of some inputs at the same time.
    pub fn add(
        &mut self,
        shared: &Shared<'_>,
        jobs: Vec<(u32, Result<&Table, &Refused>)>,
    ) -> Result<(), ReportError> {
        let inputs = &shared.desk.audit.ledger.inputs;
        let known = |number: &u32| inputs.get(*number as usize).is_some_and(Desk::is_known);
        let done: Vec<_> = jobs
            .into_par_iter()
            .filter(|(number, _)| known(number))
            .map(|(number, table)| (number, one(shared, number, table)))
            .collect();
        for (number, result) in done {
            match result? {
                Ok(of) => self.inputs.push(of),
                Err(fault) => self.not_again.push((number, fault)),
            }
        }
        Ok(())
    }

    /// Where an order that is shown stands.
    pub fn spot(&self, order: u32) -> Option<&Spot> {
        self.spots.binary_search_by_key(&order, |spot| spot.order).ok().map(|at| &self.spots[at])
    }

    /// What was written.
    pub fn summary(&self, audit: &Audit) -> WorkbookSummary {
        WorkbookSummary {
            sheets: Vec::new(),
            listed: audit.shown.len() as u64,
            annotated: self.inputs.iter().map(|of| of.rows).sum(),
            rows: self.mode,
            not_again: self.not_again.clone(),
        }
    }

    /// The sheets, by input.
    pub fn into_sheets(self) -> impl Iterator<Item = Worksheet> {
        self.inputs.into_iter().flat_map(|of| of.sheets)
    }
}

/// The sheets of one input; the inner error is that of reading it again.
fn one(
    shared: &Shared<'_>,
    number: u32,
    table: Result<&Table, &Refused>,
) -> Result<Result<OfInput, ReadFault>, ReportError> {
    let input = &shared.desk.audit.ledger.inputs[number as usize];
    let table = match table {
        Ok(table) if table.file == input.path && table.sheet == input.sheet => table,
        Ok(_) => return Ok(Err(ReadFault::Changed)),
        Err(refused) => return Ok(Err(refused.fault.clone())),
    };
    let mut rows = SheetRows::new(shared, number, &set_aside(shared.desk.audit, number));
    match stream(table, input, &mut rows) {
        Ok(count) if count == input.rows => rows.finish().map(Ok),
        Ok(_) => Ok(Err(ReadFault::Changed)),
        Err(fault) => Ok(Err(fault)),
    }
}

/// Rows of a tracking or after-sales input that belong to no order.
fn set_aside(audit: &Audit, number: u32) -> FxHashSet<u32> {
    if !matches!(audit.ledger.inputs[number as usize].kind, InputKind::Known(_)) {
        return FxHashSet::default();
    }
    let start = audit.issues.partition_point(|issue| issue.input < number);
    let here = audit.issues[start..].iter().take_while(|issue| issue.input == number);
    here.filter(|issue| {
        matches!(issue.problem, Problem::Unjoined | Problem::AmbiguousJoin) || issue.problem.rejects()
    })
    .map(|issue| issue.row)
    .collect()
}
