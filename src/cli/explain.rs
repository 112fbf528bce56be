//! `shipby explain`: one order, as it was read and as it was judged.

use crate::assess::Context;
use crate::cli::args::ExplainArgs;
use crate::cli::audit::casebook_of;
use crate::cli::say::out;
use crate::cli::{Failure, Outcome, settings};
use crate::normalise::{Ledger, clean_cell, load};
use crate::read::{Found, Limits, Table, open};
use crate::report::{SourceRow, explain};
use std::collections::BTreeSet;

/// Explains every order of this id.
pub fn run(args: &ExplainArgs) -> Result<Outcome, Failure> {
    let (config, path) = settings::config_of(&args.read)?;
    let language = settings::language(args.read.lang, &config);
    let options = settings::load_options(&args.read, &config, &path)?;
    let as_of = settings::as_of(args.judge.as_of.as_deref(), &config)?;
    settings::set_threads(args.read.threads, &config);
    let book = settings::book(args.judge.rulebook.as_deref(), &config)?;
    let (casebook, _, casebook_read) = casebook_of(args.judge.casebook.as_deref(), &config)?;
    let found = settings::find(&args.inputs, language.words())?;
    let ledger = load(&found, &options, &|_| {});
    let run = Context { ledger: &ledger, book: &book, casebook: &casebook, as_of };
    let orders: Vec<u32> = (0..ledger.orders.len() as u32)
        .filter(|number| ledger.order_id(&ledger.orders[*number as usize]) == args.order_id)
        .collect();
    if orders.is_empty() {
        return Err(Failure(language.words().say("explain.not-found", &[("id", &args.order_id)])));
    }
    let masked = !args.no_mask && config.mask != Some(false);
    for number in orders {
        let rows = rows_of(&ledger, number, &found)?;
        out(&explain(run, number, &rows, language, masked))?;
    }
    let unread = !settings::all_read(&ledger);
    Ok(if unread || !casebook_read { Outcome::Incomplete } else { Outcome::Done })
}

/// The rows that tell something of an order, read once more for what stands in their cells.
fn rows_of(ledger: &Ledger, number: u32, found: &[Found]) -> Result<Vec<SourceRow>, Failure> {
    let order = &ledger.orders[number as usize];
    let mut wanted: BTreeSet<(u32, u32)> = BTreeSet::new();
    wanted.extend(ledger.lines(order).map(|line| (line.batch.input, line.record.row)));
    wanted.extend(ledger.parcels(order).map(|parcel| (parcel.batch.input, parcel.record.row)));
    wanted.extend(ledger.after_sales(order).map(|case| (case.batch.input, case.record.row)));
    let mut rows = Vec::new();
    for table in found.iter().flat_map(|found| open(found, &Limits::default())).flatten() {
        let input = ledger.inputs.iter().position(|i| i.path == table.file && i.sheet == table.sheet);
        let Some(input) = input.map(|at| at as u32) else { continue };
        let here: BTreeSet<u32> = wanted.iter().filter(|(i, _)| *i == input).map(|(_, row)| *row).collect();
        if !here.is_empty() {
            rows.extend(cells_of(ledger, input, &table, &here)?);
        }
    }
    rows.sort_by_key(|row| (row.input, row.row));
    Ok(rows)
}

/// The cells of some rows of a table. A block does not know where it stands, but blocks are always cut alike: so
/// a first reading counts their rows.
fn cells_of(
    ledger: &Ledger,
    input: u32,
    table: &Table,
    wanted: &BTreeSet<u32>,
) -> Result<Vec<SourceRow>, Failure> {
    let (delimiter, width) = {
        let input = &ledger.inputs[input as usize];
        (input.delimiter, input.columns.len())
    };
    let mut first = Vec::new();
    let mut next = 1;
    for block in table.read(delimiter, width, &|_| {}, |_| ())? {
        first.push(next);
        next += block.rows;
    }
    let blocks = table.read(delimiter, width, &|_| {}, |block| {
        let first = first.get(block.index()).copied().unwrap_or(1);
        let mut rows = Vec::new();
        let wanted = |row: u32| wanted.contains(&(row + first));
        block.for_each_of(wanted, |row| {
            let cells = (0..row.len()).map(|at| clean_cell(&row.cell(at))).collect();
            rows.push(SourceRow { input, row: row.row + first, cells });
        });
        rows
    })?;
    Ok(blocks.into_iter().flat_map(|block| block.value).collect())
}
