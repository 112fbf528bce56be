//! Writes a part: aside, then renamed, so that a part is whole or is none, and one written twice is one.

use super::facts::{put_fault, put_input};
use super::fault::PartFault;
use super::judged;
use super::manifest::{MANIFEST, Manifest};
use super::records::{Record, put};
use super::schema::{FAULTS, INPUTS, SCHEMA};
use super::table::{GROUP, Rows, Table, Writer};
use crate::audit::Audit;
use crate::normalise::{Block, Loaded};
use crate::order::{AfterSales, Line, Parcel};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A part that is being written.
pub struct Draft {
    parent: PathBuf,
    aside: TempDir,
    manifest: Manifest,
}

/// A table that is being written.
pub(super) type File1 = Writer<BufWriter<File>>;

impl Draft {
    /// Begins a part below a folder, which is made where it is not there.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn begin(parent: &Path, manifest: Manifest) -> Result<Draft, PartFault> {
        fs::create_dir_all(parent)?;
        // Hidden, so that whoever looks for parts meanwhile passes it over.
        let aside = tempfile::Builder::new().prefix(".shipby-part-").tempdir_in(parent)?;
        Ok(Draft { parent: parent.to_owned(), aside, manifest })
    }

    /// Writes what was read, before orders are made of it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn records(&mut self, files: &[Vec<Loaded>]) -> Result<(), PartFault> {
        let tables: Vec<(u32, &Loaded)> = files
            .iter()
            .enumerate()
            .flat_map(|(file, tables)| tables.iter().map(move |table| (file as u32, table)))
            .collect();
        self.table(&INPUTS, |rows, end| {
            for (file, Loaded { input, parts }) in &tables {
                put_input(rows, *file, input, parts.iter().flat_map(sellers).collect())?;
                end(rows)?;
            }
            Ok(())
        })?;
        self.each::<Line>(&tables)?;
        self.each::<Parcel>(&tables)?;
        self.each::<AfterSales>(&tables)?;
        self.table(&FAULTS, |rows, end| {
            for (input, issue) in
                blocks(&tables).flat_map(|(input, b)| b.issues.iter().map(move |i| (input, i)))
            {
                put_fault(rows, input, issue);
                end(rows)?;
            }
            Ok(())
        })
    }

    /// Writes what was judged.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn judged(&mut self, audit: &Audit) -> Result<(), PartFault> {
        for (table, path, rows) in judged::write(audit, |table| {
            let path = self.path_of(table);
            Ok((begin(table, &path)?, path))
        })? {
            self.manifest.note(table, rows, &path)?;
        }
        Ok(())
    }

    /// Ends the part and gives its folder. Where the same part lies there already, that one stays.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<PathBuf, PartFault> {
        let Draft { parent, aside, manifest } = self;
        manifest.write(aside.path())?;
        readable(aside.path())?;
        let folder = parent.join(manifest.folder());
        if is_whole(&folder) {
            return Ok(folder);
        }
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        match fs::rename(aside.path(), &folder) {
            Ok(()) => drop(aside.keep()),
            // Another try of the same task came first.
            Err(_) if is_whole(&folder) => {}
            Err(error) => return Err(error.into()),
        }
        if let Ok(parent) = File::open(&parent) {
            let _ = parent.sync_all();
        }
        Ok(folder)
    }

    fn path_of(&self, table: &Table) -> PathBuf {
        self.aside.path().join(format!("{}.parquet", table.name))
    }

    /// Writes one table; `fill` calls back after each row.
    fn table(
        &mut self,
        table: &Table,
        fill: impl FnOnce(&mut Rows, &mut dyn FnMut(&mut Rows) -> Result<(), PartFault>) -> Result<(), PartFault>,
    ) -> Result<(), PartFault> {
        let path = self.path_of(table);
        let mut writer = begin(table, &path)?;
        let mut rows = Rows::of(table);
        fill(&mut rows, &mut |rows| {
            if rows.len() >= GROUP {
                writer.write(rows)?;
                *rows = Rows::of(table);
            }
            Ok(())
        })?;
        writer.write(&rows)?;
        let rows = writer.finish()?;
        self.manifest.note(table.name, rows, &path)
    }

    /// Writes the table of one kind of record.
    fn each<R: Record>(&mut self, tables: &[(u32, &Loaded)]) -> Result<(), PartFault> {
        self.table(R::TABLE, |rows, end| {
            for (input, block) in blocks(tables) {
                for record in R::of(block) {
                    put(rows, input, &block.arena, &record);
                    end(rows)?;
                }
            }
            Ok(())
        })
    }
}

/// All blocks with the number of their input.
fn blocks<'t>(tables: &'t [(u32, &'t Loaded)]) -> impl Iterator<Item = (u32, &'t Block)> {
    let numbered = tables.iter().enumerate();
    numbered.flat_map(|(number, (_, loaded))| loaded.parts.iter().map(move |block| (number as u32, block)))
}

/// The sellers of a block's footers. All fields of a block are named: one that comes to it has to be written, too.
fn sellers(block: &Block) -> Vec<(u32, String)> {
    // From skipped on: what the input was told already.
    let Block {
        sellers,
        arena: _,
        lines: _,
        parcels: _,
        after_sales: _,
        issues: _,
        skipped: _,
        rejected: _,
        taken: _,
        headings: _,
        seen: _,
        newest: _,
    } = block;
    sellers.clone()
}

fn begin(table: &Table, path: &Path) -> Result<File1, PartFault> {
    Writer::new(BufWriter::with_capacity(1 << 20, File::create(path)?), table, SCHEMA)
}

/// Whether a whole part lies there: its manifest is in order and every table has its size.
fn is_whole(folder: &Path) -> bool {
    Manifest::read(folder).is_ok_and(|manifest| {
        manifest.tables.iter().all(|(name, table)| {
            fs::metadata(folder.join(format!("{name}.parquet"))).is_ok_and(|meta| meta.len() == table.bytes)
        })
    })
}

/// Temporary folders are private; a part is for others to read as well.
#[cfg(unix)]
fn readable(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Whether a folder is a part.
pub(super) fn is_part(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}
