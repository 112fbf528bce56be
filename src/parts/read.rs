//! Reads parts. What was damaged is told by its hash before anything of it is decoded.

use super::facts::{get_fault, get_input};
use super::fault::PartFault;
use super::manifest::{MANIFEST, Manifest};
use super::records::{Record, get};
use super::schema::{FAULTS, INPUTS, SCHEMA};
use super::table::{self, Read, Table};
use super::write::is_part;
use crate::normalise::{Block, Loaded};
use crate::order::{AfterSales, Line, Parcel};
use crate::report::provenance::fingerprint;
use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// A part on disk, of which the manifest was read.
#[derive(Debug)]
pub struct Part {
    /// Its folder.
    pub folder: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
}

/// A table of a part with the number of the file it is of.
pub type FileTable = (usize, Loaded);

impl Part {
    /// Opens a part.
    ///
    /// # Errors
    /// When it is none, was changed, or another version wrote it.
    pub fn open(folder: &Path) -> Result<Part, PartFault> {
        let manifest = Manifest::read(folder).map_err(|fault| fault.of(&folder.join(MANIFEST)))?;
        Ok(Part { folder: folder.to_owned(), manifest })
    }

    /// The tables that were read from its files, in the order of the files. Those of files for which `wanted` says
    /// no are left out.
    ///
    /// # Errors
    /// When a table is not as it was written.
    pub fn tables(&self, wanted: &dyn Fn(usize) -> bool) -> Result<Vec<FileTable>, PartFault> {
        // Nothing that was written makes the decoder panic; what was made up might.
        let read = catch_unwind(AssertUnwindSafe(|| self.decode(wanted)));
        let read = read.unwrap_or_else(|_| Err(PartFault::damaged("it cannot be decoded")));
        read.map_err(|fault| fault.of(&self.folder))
    }

    fn decode(&self, wanted: &dyn Fn(usize) -> bool) -> Result<Vec<FileTable>, PartFault> {
        let mut all: Vec<FileTable> = Vec::new();
        self.each(&INPUTS, |read, row| {
            let (file, input, sellers) = get_input(read, row)?;
            let first = Block { sellers, ..Block::default() };
            all.push((file as usize, Loaded { input, parts: vec![first] }));
            Ok(())
        })?;
        if all.iter().any(|(file, _)| *file >= self.manifest.files.len()) {
            return Err(PartFault::damaged("an input of no file"));
        }
        self.records::<Line>(&mut all)?;
        self.records::<Parcel>(&mut all)?;
        self.records::<AfterSales>(&mut all)?;
        self.each(&FAULTS, |read, row| {
            let (input, issue) = get_fault(read, row)?;
            let (_, loaded) = all.get_mut(input as usize).ok_or_else(no_input)?;
            loaded.parts.first_mut().ok_or_else(no_input)?.issues.push(issue);
            Ok(())
        })?;
        all.retain(|(file, _)| wanted(*file));
        Ok(all)
    }

    /// Reads records into a block of their input a row group.
    fn records<R: Record>(&self, all: &mut [FileTable]) -> Result<(), PartFault> {
        self.groups(R::TABLE, |read| {
            let mut row = 0;
            while row < read.len() {
                let input = read.int(0, row);
                let mut block = Block::default();
                while row < read.len() && read.int(0, row) == input {
                    get::<R>(read, row, &mut block)?;
                    row += 1;
                }
                let (_, loaded) = all.get_mut(input as usize).ok_or_else(no_input)?;
                loaded.parts.push(block);
            }
            Ok(())
        })
    }

    fn each(
        &self,
        table: &Table,
        mut get: impl FnMut(&Read, usize) -> Result<(), PartFault>,
    ) -> Result<(), PartFault> {
        self.groups(table, |read| (0..read.len()).try_for_each(|row| get(read, row)))
    }

    fn groups(
        &self,
        table: &Table,
        each: impl FnMut(&Read) -> Result<(), PartFault>,
    ) -> Result<(), PartFault> {
        let path = self.folder.join(format!("{}.parquet", table.name));
        let read = || {
            let known = self.manifest.tables.get(table.name);
            let known = known.ok_or_else(|| PartFault::damaged("the manifest does not name it"))?;
            if fs::metadata(&path)?.len() != known.bytes || fingerprint(&path)? != known.sha256 {
                return Err(PartFault::damaged("its bytes are not those that were written"));
            }
            let rows = table::read(File::open(&path)?, table, SCHEMA, each)?;
            if rows == known.rows { Ok(()) } else { Err(PartFault::damaged("rows are missing")) }
        };
        read().map_err(|fault| fault.of(&path))
    }
}

fn no_input() -> PartFault {
    PartFault::damaged("a row of no input")
}

/// The parts that paths lead to: folders that are parts, and folders that hold some at any depth. Hidden ones, as
/// those still being written, are passed over.
///
/// # Errors
/// When a path leads to none.
pub fn find_parts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, PartFault> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        walk(path, &mut found).map_err(|fault| fault.of(path))?;
        if found.len() == before {
            return Err(PartFault::NoPart { path: path.clone() });
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), PartFault> {
    if is_part(folder) {
        found.push(folder.to_owned());
        return Ok(());
    }
    // A link to a part counts where it was named, not where it was met.
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            walk(&entry.path(), found)?;
        }
    }
    Ok(())
}
