//! What a part says of itself: `part.json`, written last, so that a part is whole or is none.

use super::facts::marketplace;
use super::fault::PartFault;
use super::schema::SCHEMA;
use crate::normalise::StoreFacts;
use crate::order::{Instant, Region};
use crate::report::provenance::fingerprint;
use crate::rulebook::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Its file.
pub const MANIFEST: &str = "part.json";

/// A file that a part was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartFile {
    /// Its path, as reports show it.
    pub shown: String,
    /// Its path as it was named; only tells files apart that are shown alike.
    pub path: String,
    /// Its SHA-256; none for one that cannot be read.
    pub sha256: Option<String>,
}

/// What judging a part rests on: parts are merged only where these agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The moment of the audit.
    pub as_of: Instant,
    /// The hash of the rulebook, built-in values and the user's own.
    pub rulebook: String,
    /// The hash of the casebook.
    pub casebook: Option<String>,
    /// The hash of profiles and of the configuration's stores.
    pub settings: String,
}

/// What the configuration says of a store, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoreEntry {
    name: String,
    marketplace: Option<String>,
    ships_from: u32,
    handling_days: Option<u32>,
}

/// A table of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// Rows.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// The file's SHA-256.
    pub sha256: String,
}

/// What a part says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The schema of its tables.
    pub schema: String,
    /// The version of the program that wrote it.
    pub program: String,
    /// Its id: the hash of the basis and of the files, the same whenever the same is done again.
    pub id: String,
    /// What judging it rests on.
    pub basis: Basis,
    stores: Vec<StoreEntry>,
    /// Options that were given: name and value.
    pub options: Vec<(String, String)>,
    /// The files it was made of.
    pub files: Vec<PartFile>,
    /// Its tables by name.
    pub tables: BTreeMap<String, TableEntry>,
    /// The hash of all that stands above.
    seal: String,
}

/// Only what tells whether the rest can be understood.
#[derive(Deserialize)]
struct Version {
    schema: String,
    program: String,
}

impl Manifest {
    /// The manifest of a part without tables yet.
    ///
    /// # Errors
    /// Never in practice: all of it can be written as JSON.
    pub fn new(
        basis: Basis,
        stores: &[StoreFacts],
        options: Vec<(String, String)>,
        files: Vec<PartFile>,
    ) -> Result<Manifest, PartFault> {
        let stores = stores.iter().cloned().map(|facts| {
            let StoreFacts { name, marketplace, ships_from, handling_days } = facts;
            let marketplace = marketplace.map(|known| known.as_str().to_owned());
            StoreEntry { name, marketplace, ships_from: ships_from.code(), handling_days }
        });
        let mut manifest = Manifest {
            schema: SCHEMA.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            id: String::new(),
            basis,
            stores: stores.collect(),
            options,
            files,
            tables: BTreeMap::new(),
            seal: String::new(),
        };
        // Where a worker has its files is no matter: a retry elsewhere makes the same part.
        let bare = |file: &PartFile| PartFile { path: String::new(), ..file.clone() };
        let same = Manifest { files: manifest.files.iter().map(bare).collect(), ..manifest.clone() };
        manifest.id = hash(&serde_json::to_vec(&same)?);
        Ok(manifest)
    }

    /// What the configuration said of stores.
    ///
    /// # Errors
    /// When a marketplace cannot be one.
    pub fn stores(&self) -> Result<Vec<StoreFacts>, PartFault> {
        let facts = |entry: &StoreEntry| {
            Ok(StoreFacts {
                name: entry.name.clone(),
                marketplace: marketplace(entry.marketplace.as_deref().unwrap_or_default())?,
                ships_from: Region::from_code(entry.ships_from),
                handling_days: entry.handling_days,
            })
        };
        self.stores.iter().map(facts).collect()
    }

    /// The name of the part's folder.
    pub fn folder(&self) -> String {
        format!("part-{}", self.id.get(..16).unwrap_or(&self.id))
    }

    /// Notes a table that was written.
    ///
    /// # Errors
    /// When it cannot be read again.
    pub(super) fn note(&mut self, name: &str, rows: u64, path: &Path) -> Result<(), PartFault> {
        let entry = TableEntry { rows, bytes: fs::metadata(path)?.len(), sha256: fingerprint(path)? };
        self.tables.insert(name.to_owned(), entry);
        Ok(())
    }

    fn sealed(&self) -> Result<Manifest, PartFault> {
        let open = Manifest { seal: String::new(), ..self.clone() };
        let seal = hash(&serde_json::to_vec(&open)?);
        Ok(Manifest { seal, ..open })
    }

    /// Writes it into the part's folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, folder: &Path) -> Result<(), PartFault> {
        let text = serde_json::to_vec_pretty(&self.sealed()?)?;
        let file = folder.join(MANIFEST);
        fs::write(&file, text)?;
        fs::File::open(&file)?.sync_all()?;
        Ok(())
    }

    /// Reads that of a part's folder.
    ///
    /// # Errors
    /// When it is not there, was changed, or another version wrote it.
    pub fn read(folder: &Path) -> Result<Manifest, PartFault> {
        let text = fs::read(folder.join(MANIFEST))?;
        let version: Version = serde_json::from_slice(&text)?;
        if version.schema != SCHEMA || version.program != env!("CARGO_PKG_VERSION") {
            return Err(PartFault::OtherVersion { schema: version.schema, program: version.program });
        }
        let manifest: Manifest = serde_json::from_slice(&text)?;
        if manifest.sealed()?.seal != manifest.seal {
            return Err(PartFault::damaged(&format!("{MANIFEST} was changed")));
        }
        Ok(manifest)
    }
}

impl Basis {
    /// Whether it is the same as another.
    ///
    /// # Errors
    /// The first thing in which they differ.
    pub fn agree(&self, other: &Basis) -> Result<(), PartFault> {
        let none = || "-".to_owned();
        let pairs = [
            ("as-of", self.as_of.to_rfc3339(), other.as_of.to_rfc3339()),
            ("rulebook", short(&self.rulebook), short(&other.rulebook)),
            (
                "casebook",
                self.casebook.as_deref().map_or_else(none, short),
                other.casebook.as_deref().map_or_else(none, short),
            ),
            ("settings", short(&self.settings), short(&other.settings)),
        ];
        match pairs.into_iter().find(|(_, this, that)| this != that) {
            None => Ok(()),
            Some((what, this, that)) => Err(PartFault::Disagrees { what, this, that }),
        }
    }
}

/// Enough of a hash to tell it from others.
fn short(hash: &str) -> String {
    hash.get(..12).unwrap_or(hash).to_owned()
}

fn hash(bytes: &[u8]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(bytes);
    hex(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::{Basis, Manifest, PartFile};
    use chrono::DateTime;

    fn basis() -> Basis {
        let as_of = DateTime::from_timestamp(1_780_000_000, 0).expect("a time");
        Basis { as_of, rulebook: "r".repeat(64), casebook: None, settings: "s".repeat(64) }
    }

    fn of(path: &str, sha256: &str) -> Manifest {
        let file = PartFile { shown: "a.csv".into(), path: path.into(), sha256: Some(sha256.into()) };
        Manifest::new(basis(), &[], Vec::new(), vec![file]).expect("a manifest")
    }

    #[test]
    fn a_part_goes_by_what_it_was_made_of_and_not_by_where() {
        assert_eq!(of("/one/a.csv", "1").id, of("/two/a.csv", "1").id);
        assert_ne!(of("/one/a.csv", "1").id, of("/one/a.csv", "2").id);
    }

    #[test]
    fn what_was_changed_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        of("a.csv", "1").write(folder.path()).expect("written");
        let file = folder.path().join(super::MANIFEST);
        assert_eq!(Manifest::read(folder.path()).expect("read").id, of("a.csv", "1").id);
        let text = std::fs::read_to_string(&file).expect("text");
        std::fs::write(&file, text.replace("a.csv", "b.csv")).expect("written");
        assert_eq!(Manifest::read(folder.path()).expect_err("changed").code(), "damaged");
        std::fs::write(&file, text.replace("shipby.part/1", "shipby.part/9")).expect("written");
        assert_eq!(Manifest::read(folder.path()).expect_err("another").code(), "other-version");
    }

    #[test]
    fn what_differs_is_named() {
        let other = Basis { casebook: Some("c".into()), ..basis() };
        let fault = basis().agree(&other).expect_err("they differ");
        assert_eq!(fault.to_string(), "casebook is - in it and c elsewhere");
        basis().agree(&basis()).expect("they agree");
    }
}
