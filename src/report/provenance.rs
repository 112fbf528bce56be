//! What a report rests on: enough to make the same one again, and to tell whether an input has changed since.

use crate::read::Found;
use crate::rulebook::hex;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes hashed at a time.
const PIECE: usize = 1 << 20;

/// What a run was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Every input file by the path that the report shows, with its SHA-256; none where it cannot be read twice.
    pub inputs: Vec<(String, Option<String>)>,
    /// Casebook, rulebook, profiles, configuration: the name of the option, and the file.
    pub beside: Vec<(&'static str, String)>,
    /// Other options that were given: name and value.
    pub options: Vec<(&'static str, String)>,
}

impl Provenance {
    /// The hash of the file that an input came from; a member of an archive has that of the archive.
    pub fn of_input(&self, path: &str) -> Option<&str> {
        let holds = |shown: &str| path.strip_prefix(shown).is_some_and(|rest| !rest.starts_with('.'));
        let exact = self.inputs.iter().find(|(shown, _)| shown == path);
        let found = exact.or_else(|| self.inputs.iter().find(|(shown, _)| holds(shown)));
        found.and_then(|(_, hash)| hash.as_deref())
    }

    /// Notes a file or folder beside the inputs: by its name and hash, not by where it lies.
    pub fn note(&mut self, option: &'static str, path: &Path) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let hash = fingerprint(path).unwrap_or_default();
        self.beside.push((option, format!("{name}  {hash}")));
    }
}

/// The SHA-256 of every input, in their order.
pub fn of_inputs(found: &[Found]) -> Vec<(String, Option<String>)> {
    let one = |file: &Found| (file.shown.clone(), fingerprint(&file.path).ok());
    let threads = (rayon::current_num_threads() / 2).min(found.len());
    if threads == 0 {
        return found.par_iter().map(one).collect();
    }
    // Threads of their own: one of the pool that waits for the last rows of a file would take a whole file upon itself,
    // and all others would wait for it.
    let next = AtomicUsize::new(0);
    let some = || {
        let mine = std::iter::from_fn(|| {
            let at = next.fetch_add(1, Ordering::Relaxed);
            found.get(at).map(|file| (at, one(file)))
        });
        mine.collect::<Vec<_>>()
    };
    let mut all: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(some)).collect();
        let joined = |one: std::thread::ScopedJoinHandle<'_, _>| {
            one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        running.into_iter().flat_map(joined).collect()
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, one)| one).collect()
}

/// The SHA-256 of a file in hexadecimal; of a folder, that of the names and hashes of the files in it.
///
/// # Errors
/// When it cannot be read; standard input never can a second time.
pub fn fingerprint(path: &Path) -> io::Result<String> {
    if path == Path::new("-") {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut hasher = Sha256::new();
    if path.is_dir() {
        for file in files_of(path)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            hasher.update(format!("{name}\n{}\n", fingerprint(&file)?));
        }
    } else {
        let mut file = File::open(path)?;
        let mut piece = vec![0; PIECE];
        loop {
            match file.read(&mut piece)? {
                0 => break,
                read => hasher.update(&piece[..read]),
            }
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// The files of a folder, by name; folders in it are none of a casebook's.
fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::{Provenance, fingerprint, of_inputs};
    use crate::read::Found;
    use std::fs;

    #[test]
    fn a_hash_is_that_of_the_bytes_and_of_a_folder_that_of_its_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("公告.csv");
        fs::write(&file, "abc").expect("written");
        // The first example of FIPS 180-2.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(fingerprint(&file).expect("a hash"), abc);
        let before = fingerprint(folder.path()).expect("a hash");
        fs::write(folder.path().join("b.csv"), "").expect("written");
        assert_ne!(fingerprint(folder.path()).expect("a hash"), before);
        assert!(fingerprint("-".as_ref()).is_err());
    }

    #[test]
    fn inputs_are_hashed_in_their_order_by_any_number_of_threads() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = (0..9).map(|at| {
            let path = folder.path().join(format!("{at}.csv"));
            fs::write(&path, at.to_string()).expect("written");
            Found { path, shown: at.to_string(), folder: None }
        });
        let mut found: Vec<Found> = files.collect();
        found.push(Found { path: "-".into(), shown: "-".to_owned(), folder: None });
        let each: Vec<_> =
            found.iter().map(|file| (file.shown.clone(), fingerprint(&file.path).ok())).collect();
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            assert_eq!(pool.install(|| of_inputs(&found)), each);
        }
    }

    #[test]
    fn a_member_of_an_archive_goes_by_the_archive_and_a_name_that_only_begins_alike_does_not() {
        let inputs = vec![("a".to_owned(), Some("1".to_owned())), ("b.zip".to_owned(), Some("2".to_owned()))];
        let known = Provenance { inputs, ..Provenance::default() };
        assert_eq!(known.of_input("a"), Some("1"));
        assert_eq!(known.of_input("b.zip/orders.csv"), Some("2"));
        assert_eq!(known.of_input("a.csv"), None);
    }
}
