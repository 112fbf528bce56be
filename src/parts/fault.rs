//! Why a part could not be written, read or merged.

use parquet::errors::ParquetError;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a part could not be written, read or merged. `words` says each in the reader's language by its
/// [`PartFault::code`].
#[derive(Debug, Error)]
pub enum PartFault {
    /// The system refused.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// No part lies there.
    #[error("{path}: there is no part")]
    NoPart {
        /// What was named.
        path: PathBuf,
    },
    /// It is not what was written: cut off, changed, or another file.
    #[error("it is damaged: {why}")]
    Damaged {
        /// What was found.
        why: String,
    },
    /// Another version wrote it.
    #[error("it was written by shipby {program} as {schema}; this is shipby {own}", own = env!("CARGO_PKG_VERSION"))]
    OtherVersion {
        /// Its schema.
        schema: String,
        /// The program's version.
        program: String,
    },
    /// It does not go with the others, or with what was given.
    #[error("{what} is {this} in it and {that} elsewhere")]
    Disagrees {
        /// What differs: `as-of`, `rulebook`, `casebook` or `settings`.
        what: &'static str,
        /// What this part says.
        this: String,
        /// What the others or the arguments say.
        that: String,
    },
    /// A fault of one part.
    #[error("{path}: {fault}")]
    In {
        /// The part, or the file in it.
        path: PathBuf,
        /// The fault.
        fault: Box<PartFault>,
    },
}

impl PartFault {
    /// Something that cannot have been written so.
    pub(super) fn damaged(why: &str) -> PartFault {
        PartFault::Damaged { why: why.to_owned() }
    }

    /// The fault with the place it is of.
    #[must_use]
    pub fn of(self, path: &Path) -> PartFault {
        match self {
            PartFault::In { .. } | PartFault::NoPart { .. } => self,
            fault => PartFault::In { path: path.to_owned(), fault: Box::new(fault) },
        }
    }

    /// The stable word, under which `words` has a sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            PartFault::Io(_) => "io",
            PartFault::NoPart { .. } => "no-part",
            PartFault::Damaged { .. } => "damaged",
            PartFault::OtherVersion { .. } => "other-version",
            PartFault::Disagrees { .. } => "disagrees",
            PartFault::In { fault, .. } => match &**fault {
                PartFault::Io(_) => "io",
                PartFault::Damaged { .. } => "damaged",
                PartFault::OtherVersion { .. } => "other-version",
                PartFault::Disagrees { .. } => "disagrees",
                PartFault::In { .. } | PartFault::NoPart { .. } => "no-part",
            },
        }
    }
}

impl From<ParquetError> for PartFault {
    fn from(error: ParquetError) -> PartFault {
        PartFault::Damaged { why: error.to_string() }
    }
}

impl From<serde_json::Error> for PartFault {
    fn from(error: serde_json::Error) -> PartFault {
        PartFault::Damaged { why: error.to_string() }
    }
}
