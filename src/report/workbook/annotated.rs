//! The annotated sheets: every original column and value as it stood, with the verdict in front.

use super::desk::Desk;
use super::owners::Owners;
use super::pages::Sheet;
use super::sheet_rows::{FRONT, SheetRows};
use super::stream::stream;
use super::text::page_name;
use super::{AUTO_ROWS, Annotate, ReportError, Sources, WorkbookSummary};
use crate::Audit;
use crate::normalise::{Input, InputKind, Problem};
use crate::read::{ReadFault, Refused, Table, open};
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;
use rustc_hash::FxHashSet;
use std::io;

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
        format!("'{}'!A{}", page_name(&name, self.page), self.row + 1)
    }
}

/// The annotated sheets of one input.
pub struct OfInput {
    /// The input.
    pub input: u32,
    /// The sheets.
    pub sheets: Vec<Sheet>,
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

/// Cells of a row of an input, the verdict's too.
fn cells_of(input: &Input) -> u64 {
    u64::from(FRONT) + input.columns.len() as u64
}

/// Cells of all rows that can be annotated.
pub fn cells_in_all(audit: &Audit) -> u64 {
    let known = audit.ledger.inputs.iter().filter(|input| Desk::is_known(input));
    known.map(|input| u64::from(input.rows.saturating_sub(input.heading_row)) * cells_of(input)).sum()
}

/// Cells of the rows of orders that are at risk or late.
pub fn cells_at_risk(audit: &Audit) -> u64 {
    let ledger = &audit.ledger;
    let of = |input: u32| cells_of(&ledger.inputs[input as usize]);
    let orders = audit.shown.iter().map(|shown| &ledger.orders[shown.order as usize]);
    orders
        .map(|order| {
            let lines = ledger.lines(order).map(|line| of(line.batch.input));
            let parcels = ledger.parcels(order).map(|parcel| of(parcel.batch.input));
            lines.chain(parcels).sum::<u64>()
        })
        .sum()
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
    pub owners: &'s Owners<'s>,
}

impl<'s> Shared<'s> {
    /// What the sheets of an audit share.
    pub fn new(desk: &'s Desk<'s>, mode: Annotate, owners: &'s Owners<'s>) -> Shared<'s> {
        Shared { desk, mode, shown: shown(desk.audit), owners }
    }
}

/// Whether an order is at risk or late, for each.
fn shown(audit: &Audit) -> Vec<bool> {
    let mut shown = vec![false; audit.ledger.orders.len()];
    for order in &audit.shown {
        shown[order.order as usize] = true;
    }
    shown
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
    let wanted = (mode == Annotate::Risk).then(|| shown(desk.audit));
    let owners = Owners::new(&desk.audit.ledger, wanted.as_deref());
    drop(wanted);
    let shared = Shared::new(desk, mode, &owners);
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
    pub fn into_sheets(self) -> impl Iterator<Item = Sheet> {
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
    let rows = SheetRows::new(shared, number, &set_aside(shared.desk.audit, number));
    match stream(table, input, shared.mode != Annotate::Risk, |block, start| rows.block(block, start)) {
        Ok((count, blocks)) if count == input.rows => {
            rows.finish(blocks.into_iter().collect::<io::Result<_>>().map_err(XlsxError::from)?)
        }
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
