//! INPUTs become files to read.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::ReadFault;

/// Extensions of files that folders are searched for.
const EXTENSIONS: [&str; 9] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet"];
/// The one that is looked into.
const ARCHIVE: &str = "zip";

/// One file that an INPUT led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// To open; `-` for standard input.
    pub path: PathBuf,
    /// To show: relative to its INPUT, with `/` between folders; for an INPUT that is itself a file, its
    /// name.
    pub shown: String,
    /// The first folder below INPUT on the way to the file, if there is one.
    pub folder: Option<String>,
}

/// Walks INPUTs: files are taken as they are, folders are searched for `.csv`, `.tsv`, `.txt`, `.xlsx`,
/// `.xlsm`, `.xlsb`, `.xls`, `.ods`, `.parquet` and `.zip`, in either case, at any depth. `-` is standard input.
///
/// Inside folders only regular files are taken, links are not followed, and hidden files and the lock and
/// owner files of office programs are skipped. A file reached twice is found once, by the
/// longest of the paths to show. Files come in the order of these, whatever the order of the arguments. A folder that
/// cannot be listed is itself found, so that opening it tells why.
///
/// # Errors
///
/// The first INPUT that does not exist, or is neither a file nor a folder.
pub fn discover(inputs: &[PathBuf]) -> Result<Vec<Found>, ReadFault> {
    let mut found = Vec::new();
    for input in inputs {
        if input == Path::new("-") {
            found.push(Found { path: input.clone(), shown: "-".to_owned(), folder: None });
            continue;
        }
        let meta = fs::metadata(input).map_err(|_| ReadFault::NotFound { path: show(input) })?;
        if meta.is_dir() {
            let mut below = Vec::new();
            walk(input, &mut below);
            found.extend(below.into_iter().map(|path| relative(input, path)));
        } else if meta.is_file() {
            let shown =
                input.file_name().map_or_else(|| show(input), |name| name.to_string_lossy().into_owned());
            found.push(Found { path: input.clone(), shown, folder: None });
        } else {
            return Err(ReadFault::NotAFile { path: show(input) });
        }
    }
    // The order in which INPUTs were typed must not show in a report: of a file that several lead to, the way from the
    // outermost one counts.
    let depth = |found: &Found| Reverse(found.shown.matches('/').count());
    found.sort_by(|a, b| (depth(a), &a.shown, &a.path).cmp(&(depth(b), &b.shown, &b.path)));
    let mut seen = HashSet::new();
    found.retain(|found| is_new(&found.path, &mut seen));
    found.sort_by(|a, b| (&a.shown, &a.path).cmp(&(&b.shown, &b.path)));
    Ok(found)
}

fn show(path: &Path) -> String {
    path.display().to_string()
}

/// Collects the files below `root`, and folders that cannot be listed.
fn walk(root: &Path, files: &mut Vec<PathBuf>) {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            files.push(folder);
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            // Of the entry itself, not of what a link points to.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !name.starts_with('.') {
                folders.push(entry.path());
            } else if kind.is_file() && is_wanted(&name) {
                files.push(entry.path());
            }
        }
    }
}

/// Whether a file of this name is looked for.
pub(super) fn is_wanted(name: &str) -> bool {
    // `._*` and `.~lock*` are hidden as well.
    if name.starts_with('.') || name.starts_with("~$") {
        return false;
    }
    let Some((_, extension)) = name.rsplit_once('.') else { return false };
    EXTENSIONS.iter().chain([&ARCHIVE]).any(|wanted| extension.eq_ignore_ascii_case(wanted))
}

fn relative(input: &Path, path: PathBuf) -> Found {
    let below = path.strip_prefix(input).unwrap_or(&path);
    let parts: Vec<String> =
        below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let folder = if parts.len() > 1 { parts.first().cloned() } else { None };
    let shown = if parts.is_empty() { show(&path) } else { parts.join("/") };
    Found { path, shown, folder }
}

/// Shows files by their paths from a folder on, as if that folder had been the INPUT.
///
/// # Errors
///
/// The first file that does not lie below it.
pub fn below(found: Vec<Found>, root: &Path) -> Result<Vec<Found>, PathBuf> {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let one = |file: Found| {
        let whole = fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone());
        if !whole.starts_with(&root) || whole == root {
            return Err(file.path);
        }
        Ok(Found { path: file.path, ..relative(&root, whole) })
    };
    let mut found = found.into_iter().map(one).collect::<Result<Vec<_>, _>>()?;
    found.sort_by(|a, b| (&a.shown, &a.path).cmp(&(&b.shown, &b.path)));
    Ok(found)
}

/// Whether this very file was not found before, be it under another name.
fn is_new(path: &Path, seen: &mut HashSet<Identity>) -> bool {
    // What cannot be examined is kept: opening it tells why.
    fs::metadata(path).map_or(true, |meta| seen.insert(identity(path, &meta)))
}

#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(_: &Path, meta: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(not(unix))]
fn identity(path: &Path, _: &Metadata) -> Identity {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
