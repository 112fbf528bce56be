//! Parts to the ledger that one run over all their files would have made.
//!
//! Records are taken in the order of the files and go through the same gathering, joining and judging as in one run,
//! so that copies across parts, tracking in another part than its orders, and the counts of every input come out
//! alike.

use super::fault::PartFault;
use super::manifest::{Basis, PartFile};
use super::read::{Part, find_parts};
use crate::normalise::{Ledger, Loaded, StoreFacts, assemble};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What parts hold together.
#[derive(Debug)]
pub struct Merged {
    /// The orders, not judged yet.
    pub ledger: Ledger,
    /// What all parts rest on.
    pub basis: Basis,
    /// The files, in the order of the ledger's inputs.
    pub files: Vec<PartFile>,
    /// Options that parts were written with: name and value, each once.
    pub options: Vec<(String, String)>,
    /// How many parts there were, and how many of them were the same as another.
    pub parts: (usize, usize),
}

/// Merges the parts that paths lead to. A part that is there twice counts once, and so does a file that stands in
/// several parts. `progress` is told of parts read.
///
/// # Errors
/// When there is no part, or one is damaged, of another version, or does not go with the others.
pub fn merge(paths: &[PathBuf], progress: &(dyn Fn(u64) + Sync)) -> Result<Merged, PartFault> {
    let folders = find_parts(paths)?;
    let found = folders.len();
    let mut parts = folders.iter().map(|folder| Part::open(folder)).collect::<Result<Vec<_>, _>>()?;
    parts.sort_by(|a, b| (&a.manifest.id, &a.folder).cmp(&(&b.manifest.id, &b.folder)));
    parts.dedup_by(|a, b| a.manifest.id == b.manifest.id);
    let same = found - parts.len();
    let Some(first) = parts.first() else {
        return Err(PartFault::NoPart { path: paths.first().cloned().unwrap_or_default() });
    };
    let basis = first.manifest.basis.clone();
    let facts: Vec<StoreFacts> = first.manifest.stores()?;
    for part in &parts {
        part.manifest.basis.agree(&basis).map_err(|fault| fault.of(&part.folder))?;
    }
    let wanted = wanted(&parts);
    let read = parts.par_iter().zip(&wanted).map(|(part, wanted)| {
        let tables = part.tables(&|file| wanted.get(file) == Some(&true));
        progress(1);
        tables
    });
    let read = read.collect::<Result<Vec<_>, _>>()?;
    let options: BTreeSet<(String, String)> =
        parts.iter().flat_map(|part| part.manifest.options.iter().cloned()).collect();
    let (files, tables) = in_order(&parts, &wanted, read);
    let ledger = assemble(tables, &facts);
    Ok(Merged { ledger, basis, files, options: options.into_iter().collect(), parts: (found, same) })
}

/// Which files of each part count: one that stands in several parts does in the first only, and one that could not be
/// read does nowhere if another part has read it.
fn wanted(parts: &[Part]) -> Vec<Vec<bool>> {
    let read: BTreeSet<&str> = files(parts)
        .filter(|(_, _, file)| file.sha256.is_some())
        .map(|(_, _, file)| file.shown.as_str())
        .collect();
    let mut seen: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
    parts
        .iter()
        .map(|part| {
            let key = |file: &'_ PartFile| (file.shown.clone(), file.sha256.clone());
            let of_part = &part.manifest.files;
            let wanted = of_part.iter().map(|file| {
                let (shown, hash) = key(file);
                let elsewhere = hash.is_none() && read.contains(shown.as_str());
                !elsewhere && !seen.contains(&(shown.as_str(), hash.as_deref()))
            });
            let wanted: Vec<bool> = wanted.collect();
            // Two files of one part are two, as they are in one run.
            seen.extend(of_part.iter().map(|file| (file.shown.as_str(), file.sha256.as_deref())));
            wanted
        })
        .collect()
}

fn files(parts: &[Part]) -> impl Iterator<Item = (usize, usize, &PartFile)> {
    parts.iter().enumerate().flat_map(|(part, of)| {
        of.manifest.files.iter().enumerate().map(move |(number, file)| (part, number, file))
    })
}

/// All files that count and their tables, in the order in which one run would have found them.
fn in_order(
    parts: &[Part],
    wanted: &[Vec<bool>],
    read: Vec<Vec<(usize, Loaded)>>,
) -> (Vec<PartFile>, Vec<Loaded>) {
    let mut order: Vec<(usize, usize, &PartFile)> =
        files(parts).filter(|(part, number, _)| wanted[*part][*number]).collect();
    // As files are found: by the path shown, then by the path as named.
    let key = |file: &'_ PartFile| (file.shown.clone(), PathBuf::from(&file.path), file.sha256.clone());
    order.sort_by_cached_key(|(_, _, file)| key(file));
    let mut of_file: Vec<Vec<Vec<Loaded>>> =
        parts.iter().map(|part| part.manifest.files.iter().map(|_| Vec::new()).collect()).collect();
    for (part, tables) in read.into_iter().enumerate() {
        for (file, table) in tables {
            of_file[part][file].push(table);
        }
    }
    let tables = order.iter().flat_map(|(part, file, _)| std::mem::take(&mut of_file[*part][*file]));
    let tables = tables.collect();
    (order.into_iter().map(|(_, _, file)| file.clone()).collect(), tables)
}
