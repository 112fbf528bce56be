//! Writes a part: aside, then renamed, so that a part is whole or is none, and one written twice is one.

use super::facts::{put_fault, put_input};
use super::fault::PartFault;
use super::judged;
use super::manifest::{MANIFEST, Manifest};
use super::records::{put_case, put_line, put_parcel};
use super::schema::{CASES, FAULTS, INPUTS, LINES, PARCELS, SCHEMA};
use super::table::{GROUP, Rows, Table, Writer};
use crate::audit::Audit;
use crate::normalise::{Block, Loaded};
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
                let sellers = parts.iter().flat_map(|part| part.sellers.iter().cloned()).collect();
                put_input(rows, *file, input, sellers)?;
                end(rows)?;
            }
            Ok(())
        })?;
        self.each(&LINES, &tables, |rows, input, block, end| {
            block.lines.iter().try_for_each(|line| {
                put_line(rows, input, &block.arena, line);
                end(rows)
            })
        })?;
        self.each(&PARCELS, &tables, |rows, input, block, end| {
            block.parcels.iter().try_for_each(|parcel| {
                put_parcel(rows, input, &block.arena, parcel);
                end(rows)
            })
        })?;
        self.each(&CASES, &tables, |rows, input, block, end| {
            block.after_sales.iter().try_for_each(|case| {
                put_case(rows, input, &block.arena, case);
                end(rows)
            })
        })?;
        self.each(&FAULTS, &tables, |rows, input, block, end| {
            block.issues.iter().try_for_each(|issue| {
                put_fault(rows, input, issue);
                end(rows)
            })
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

    /// Writes one table of the records of all blocks.
    fn each(
        &mut self,
        table: &Table,
        tables: &[(u32, &Loaded)],
        put: impl Fn(
            &mut Rows,
            u32,
            &Block,
            &mut dyn FnMut(&mut Rows) -> Result<(), PartFault>,
        ) -> Result<(), PartFault>,
    ) -> Result<(), PartFault> {
        self.table(table, |rows, end| {
            for (number, (_, loaded)) in tables.iter().enumerate() {
                for block in &loaded.parts {
                    put(rows, number as u32, block, end)?;
                }
            }
            Ok(())
        })
    }
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
