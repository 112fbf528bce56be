//! Files written aside, synced and renamed: a stop half-way leaves the old file whole.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use thiserror::Error;

/// Why a file could not be written.
#[derive(Debug, Error)]
#[error("{path} could not be written: {source}; the old file, if there was one, is unchanged")]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

/// Writes a file through `fill`; `-` is standard output. One who reads that and stops, as `head` does, has all that was
/// wanted.
///
/// # Errors
/// When the folder is not there or cannot be written, the disk is full, or the file is held open elsewhere. The
/// old file stays as it was.
pub fn write_file(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), WriteError> {
    if path == Path::new("-") {
        let mut out = BufWriter::new(io::stdout().lock());
        return match fill(&mut out).and_then(|()| out.flush()) {
            Err(gone) if gone.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done.map_err(|source| error(path, source)),
        };
    }
    write_aside(path, |file| {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        fill(&mut out)?;
        out.flush()
    })
}

/// As [`write_file`], for writers that need to seek.
///
/// # Errors
/// As [`write_file`].
pub fn write_aside(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), WriteError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let whole = || -> io::Result<()> {
        let mut aside = NamedTempFile::with_prefix_in("~$shipby-", folder)?;
        fill(aside.as_file_mut())?;
        aside.as_file().sync_all()?;
        readable(aside.as_file())?;
        aside.persist(path).map_err(|failed| failed.error)?;
        // The rename itself must reach the disk; where a folder cannot be opened, it is no worse than usual.
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    };
    whole().map_err(|source| error(path, source))
}

/// Temporary files are private; a report is for others to read as well.
#[cfg(unix)]
fn readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> io::Result<()> {
    Ok(())
}

fn error(path: &Path, source: io::Error) -> WriteError {
    WriteError { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::write_file;
    use std::io;

    #[test]
    fn a_failure_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("报告.json");
        write_file(&path, |out| out.write_all(b"old")).expect("written");
        let failed = write_file(&path, |out| {
            out.write_all(b"new")?;
            Err(io::Error::other("disk full"))
        });
        assert!(failed.is_err_and(|e| e.to_string().contains("disk full")));
        assert_eq!(std::fs::read(&path).expect("read"), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
    }
}
