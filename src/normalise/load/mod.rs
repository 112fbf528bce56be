//! Files to a ledger: read, recognised and normalised in parallel, in file order whatever the threads.

mod export_time;
mod table;

#[cfg(test)]
mod tests;

use crate::casebook::is_guide;
use crate::normalise::gather::{StoreFacts, gather};
use crate::normalise::issue::Issue;
use crate::normalise::join::join;
use crate::normalise::ledger::{Batch, Input, InputKind, Ledger};
use crate::normalise::rows::{Part, forget_spare};
use crate::order::Marketplace;
use crate::read::{Found, Limits, ReadFault, Refused, open};
use crate::recognise::Layout;
use chrono_tz::Tz;
pub use export_time::export_time;
use globset::GlobSet;
use rayon::prelude::*;
use std::path::PathBuf;
use table::{fault_error, load_table};

/// A `[[store]]` of the configuration: which files are its own, and what holds for them.
#[derive(Clone, Debug)]
pub struct StoreRule {
    /// What is known of the store.
    pub facts: StoreFacts,
    /// Its files, relative to `base`.
    pub files: GlobSet,
    /// The folder of the configuration file.
    pub base: PathBuf,
    /// Zone of times without an offset, where it differs from the layout's.
    pub export_zone: Option<Tz>,
    /// Zone that says where a day ends, where it differs from the layout's.
    pub day_zone: Option<Tz>,
}

/// How inputs are read.
#[derive(Debug, Default)]
pub struct LoadOptions {
    /// The layouts, profiles first.
    pub layouts: Vec<Layout>,
    /// The store of everything, from the command line.
    pub store: Option<String>,
    /// The marketplace of everything, from the command line.
    pub marketplace: Option<Marketplace>,
    /// The stores of the configuration.
    pub stores: Vec<StoreRule>,
    /// Limits against hostile files.
    pub limits: Limits,
}

/// The word for a sheet of a casebook.
const CASEBOOK: &str = ReadFault::Casebook.code();

/// One table as it was read, before orders are made of it.
#[derive(Debug)]
pub struct Loaded {
    /// What is known of it.
    pub input: Input,
    /// Its records, a block of rows after the other.
    pub parts: Vec<Part>,
}

/// Reads all files into a ledger. A file that cannot be read is an input with an error and stops no other.
/// `progress` is told of bytes read.
pub fn load(found: &[Found], options: &LoadOptions, progress: &(dyn Fn(u64) + Sync)) -> Ledger {
    let facts: Vec<StoreFacts> = options.stores.iter().map(|rule| rule.facts.clone()).collect();
    assemble(read_files(found, options, progress).into_iter().flatten(), &facts)
}

/// Reads the tables of every file, a file at a time; no orders are made yet. `progress` is told of bytes read.
pub fn read_files(
    found: &[Found],
    options: &LoadOptions,
    progress: &(dyn Fn(u64) + Sync),
) -> Vec<Vec<Loaded>> {
    let loaded = found.par_iter().map(|found| load_file(found, options, progress)).collect();
    forget_spare();
    loaded
}

/// Makes one ledger of all tables, which come in the order of their files. `facts` are those of the configuration's
/// stores, by which [`Input::rule`] counts.
pub fn assemble(tables: impl IntoIterator<Item = Loaded>, facts: &[StoreFacts]) -> Ledger {
    let mut ledger = Ledger::default();
    let mut sellers = Vec::new();
    for Loaded { input, parts } in tables {
        let number = ledger.inputs.len() as u32;
        ledger.inputs.push(input);
        let mut here: Vec<(u32, String)> = Vec::new();
        for part in parts {
            here.extend(part.sellers);
            ledger.issues.extend(part.issues.into_iter().map(|issue| Issue { input: number, ..issue }));
            let Part { arena, lines, parcels, after_sales, .. } = part;
            ledger.batches.push(Batch { input: number, arena, lines, parcels, after_sales });
        }
        // A file of one seller is that store's, for whoever reads the list of inputs.
        if let Some(((_, seller), rest)) = here.split_first()
            && rest.iter().all(|(_, other)| other == seller)
            && let Some(input) = ledger.inputs.last_mut().filter(|input| !input.forced)
        {
            input.store.clone_from(seller);
        }
        sellers.push(here);
    }
    let index = gather(&mut ledger, &sellers, facts);
    join(&mut ledger, index);
    mark_e_waybills(&mut ledger);
    ledger.issues.sort_by_key(|issue| (issue.input, issue.row, issue.column));
    ledger
}

/// Marks the stores of which any Pinduoduo parcel went on an electronic waybill.
fn mark_e_waybills(ledger: &mut Ledger) {
    let own = |order: &&crate::normalise::Order| {
        ledger.input(order).marketplace == Some(Marketplace::Pinduoduo)
            && ledger.parcels(order).any(|parcel| parcel.record.e_waybill == Some(true))
    };
    let mut stores: Vec<u16> = ledger.orders.par_iter().filter(own).map(|order| order.store).collect();
    stores.dedup();
    for store in stores {
        ledger.stores[usize::from(store)].e_waybill = true;
    }
}

fn load_file(found: &Found, options: &LoadOptions, progress: &(dyn Fn(u64) + Sync)) -> Vec<Loaded> {
    let tables = open(found, &options.limits);
    let loaded = tables
        .into_par_iter()
        .map(|table| match table {
            Ok(table) => load_table(found, &table, options, progress),
            Err(refused) => Loaded { input: refused_input(found, &refused), parts: Vec::new() },
        })
        .collect();
    as_one_casebook(loaded)
}

/// A casebook among the inputs is one entry, not one for each of its sheets and its guide.
fn as_one_casebook(mut loaded: Vec<Loaded>) -> Vec<Loaded> {
    let is_sheet = |one: &Loaded| one.input.error.as_ref().is_some_and(|error| error.code == CASEBOOK);
    let belongs = |one: &Loaded| {
        let guide = one.input.sheet.as_deref().is_some_and(is_guide);
        is_sheet(one) || (guide && one.input.kind == InputKind::Unrecognised)
    };
    if loaded.iter().any(is_sheet) && loaded.iter().all(belongs) {
        loaded.retain(is_sheet);
        loaded.truncate(1);
        for one in &mut loaded {
            one.input.sheet = None;
        }
    }
    loaded
}

fn refused_input(found: &Found, refused: &Refused) -> Input {
    let kind = if refused.fault.is_note() { InputKind::LeftOut } else { InputKind::Unreadable };
    Input {
        sheet: refused.sheet.clone(),
        folder: found.folder.clone(),
        format: refused.format.as_str(),
        kind,
        error: Some(fault_error(&refused.fault)),
        ..Input::blank(&refused.file)
    }
}

impl StoreRule {
    /// Whether a file is this store's.
    fn owns(&self, found: &Found, marketplace: Option<Marketplace>) -> bool {
        let absolute = std::path::absolute(&found.path).unwrap_or_else(|_| found.path.clone());
        let relative = absolute.strip_prefix(&self.base).unwrap_or(&absolute);
        let fits = self.facts.marketplace.is_none()
            || marketplace.is_none()
            || self.facts.marketplace == marketplace;
        fits && self.files.is_match(relative)
    }
}
