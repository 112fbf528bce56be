//! Why an input, a sheet or a whole read came to nothing.

use std::io;

/// Why something could not be read. The message says what is wrong and what to do; which file and sheet
/// it is about stands beside it in [`super::Refused`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadFault {
    /// An INPUT names nothing that exists.
    #[error("{path}: no such file or folder; check the spelling")]
    NotFound {
        /// As it was given.
        path: String,
    },
    /// An INPUT is a pipe, a device or a socket.
    #[error("{path}: not a regular file; save it as a file first, or use - for standard input")]
    NotAFile {
        /// As it was given.
        path: String,
    },
    /// The system refused to read it.
    #[error("could not be read: {why}")]
    Unreadable {
        /// The system's words.
        why: String,
    },
    /// The file is no longer the one that was opened first.
    #[error("the file changed while it was being read; let the export finish, then run again")]
    Changed,
    /// No bytes, or a workbook without a single cell.
    #[error("nothing in it; export it again")]
    Empty,
    /// Protected by a password: an encrypted workbook or zip member.
    #[error("protected by a password; open it, save it without the password and run again")]
    Password,
    /// A zip inside a zip.
    #[error("a zip inside a zip; unpack the outer one first")]
    NestedArchive,
    /// A zip in which no member is an export.
    #[error("a zip without .csv, .tsv, .txt, .xlsx, .xlsm, .xlsb, .xls or .ods inside")]
    NothingInside,
    /// An archive of a kind that is not unpacked.
    #[error("a {kind} archive; unpack it first")]
    OtherArchive {
        /// `7z`, `rar` or `gzip`.
        kind: &'static str,
    },
    /// A PDF document.
    #[error("a PDF document, not a table; export it as .xlsx or .csv")]
    Pdf,
    /// A web page without a table, often saved under the name `.xls`.
    #[error(
        "a web page (HTML) without a table, whatever its name says; open it in Excel and save it as .xlsx"
    )]
    Html,
    /// Some other XML document.
    #[error("an XML document, not a table; export it as .xlsx or .csv")]
    Xml,
    /// Bytes that are no text and no workbook kind known here.
    #[error("neither text nor a workbook; export it as .xlsx or .csv")]
    Binary,
    /// A worksheet that its author hid, so that nobody looks at it.
    #[error("a hidden sheet, left out; unhide it in Excel if it is to be read")]
    HiddenSheet,
    /// A chart, dialog or macro sheet.
    #[error("a {kind} sheet without rows, left out")]
    NotAWorksheet {
        /// `chart`, `dialog` or `macro`.
        kind: &'static str,
    },
    /// A record or a cell of text over the limit.
    #[error("line {line}: longer than {limit} bytes; is this a table of text?")]
    TooLong {
        /// 1-based physical line on which the record starts.
        line: u64,
        /// The limit met, in bytes.
        limit: usize,
    },
    /// More heading columns than any export has.
    #[error("{columns} columns, more than the {limit} allowed")]
    TooManyColumns {
        /// Columns of the heading row.
        columns: usize,
        /// The limit met.
        limit: usize,
    },
    /// More entries in a container than any honest one has.
    #[error("{entries} entries in it, more than the {limit} allowed")]
    TooManyEntries {
        /// Entries counted.
        entries: usize,
        /// The limit met.
        limit: usize,
    },
    /// Inflates to more than the limit.
    #[error("{what} would take {bytes} bytes, more than the {limit} allowed")]
    TooLarge {
        /// The part that is too large.
        what: String,
        /// Its size.
        bytes: u64,
        /// The limit met, in bytes.
        limit: u64,
    },
    /// Compressed further than honest data can be: a zip bomb.
    #[error("{what} inflates {ratio} times, more than the {limit} allowed; it looks like a zip bomb")]
    Inflates {
        /// The part.
        what: String,
        /// Inflated over deflated size.
        ratio: u64,
        /// The limit met.
        limit: u64,
    },
    /// Claims more shared strings than its bytes can hold.
    #[error("claims {claimed} shared strings, more than its {bytes} bytes can hold; save it again in Excel")]
    StringCount {
        /// The number claimed.
        claimed: u64,
        /// Size of the part that should hold them.
        bytes: u64,
    },
    /// Two entries of one name: programs disagree about which is meant.
    #[error(
        "two parts of it have the same name, so programs would read different data; save it again in Excel"
    )]
    DuplicateEntry,
    /// Cells that do not come in order of rows.
    #[error("row {row} comes after a later one; open the file in Excel and save it again")]
    Unordered {
        /// 1-based row that comes too late.
        row: u64,
    },
    /// A container whose end is missing.
    #[error("its end is missing, as after a broken download; download or export it again")]
    CutOff,
    /// Written by this program.
    #[error("a report of shipby itself, left out")]
    OwnReport,
    /// A casebook, which is no input.
    #[error("a casebook, not an export, left out; it counts where --casebook names it")]
    Casebook,
    /// Reading it took too long.
    #[error("not read within {seconds} s; open it in Excel and save it as .xlsx")]
    TimedOut {
        /// The limit met.
        seconds: u64,
    },
    /// Reading it took more memory than it may.
    #[error("reading it takes more than {} MiB of memory; open it in Excel and save it as .xlsx", limit >> 20)]
    TooMuchMemory {
        /// The limit met, in bytes.
        limit: u64,
    },
    /// The process that reads it ended early.
    #[error("the reader ended early ({how}); open it in Excel and save it as .xlsx")]
    ReaderDied {
        /// `signal 6`, `status 1` or the like.
        how: String,
    },
    /// The process that reads it could not be started.
    #[error("its reader could not be started: {why}; save it as .xlsx, which needs none")]
    NoReader {
        /// The system's words.
        why: String,
    },
    /// Broken in a way that the reader names.
    #[error("damaged: {why}; open it in Excel and save it again, or export it again")]
    Damaged {
        /// The reader's words.
        why: String,
    },
    /// The reader itself gave up in a way it should not.
    #[error("the reader failed at {at}; open the file in Excel and save it again")]
    Panicked {
        /// Source file and line of the reader.
        at: String,
    },
}

impl ReadFault {
    /// A stable word for this fault, for machine output and for wording it in other languages.
    pub const fn code(&self) -> &'static str {
        match self {
            ReadFault::NotFound { .. } => "not-found",
            ReadFault::NotAFile { .. } => "not-a-file",
            ReadFault::Unreadable { .. } => "unreadable",
            ReadFault::Changed => "changed",
            ReadFault::Empty => "empty",
            ReadFault::Password => "password",
            ReadFault::NestedArchive => "nested-archive",
            ReadFault::NothingInside => "nothing-inside",
            ReadFault::OtherArchive { .. } => "other-archive",
            ReadFault::Pdf => "pdf",
            ReadFault::Html => "html",
            ReadFault::Xml => "xml",
            ReadFault::Binary => "binary",
            ReadFault::HiddenSheet => "hidden-sheet",
            ReadFault::NotAWorksheet { .. } => "not-a-worksheet",
            ReadFault::TooLong { .. } => "too-long",
            ReadFault::TooManyColumns { .. } => "too-many-columns",
            ReadFault::TooManyEntries { .. } => "too-many-entries",
            ReadFault::TooLarge { .. } => "too-large",
            ReadFault::Inflates { .. } => "inflates",
            ReadFault::StringCount { .. } => "string-count",
            ReadFault::DuplicateEntry => "duplicate-entry",
            ReadFault::Unordered { .. } => "unordered",
            ReadFault::Damaged { .. } => "damaged",
            ReadFault::CutOff => "cut-off",
            ReadFault::OwnReport => "own-report",
            ReadFault::Casebook => "casebook",
            ReadFault::TimedOut { .. } => "timed-out",
            ReadFault::TooMuchMemory { .. } => "too-much-memory",
            ReadFault::Panicked { .. } | ReadFault::ReaderDied { .. } | ReadFault::NoReader { .. } => {
                "reader-failed"
            }
        }
    }

    /// What a sentence in another language says beside the code: a figure, a limit, the words of a reader or of the
    /// system. Empty where the code says all.
    pub fn detail(&self) -> String {
        match self {
            ReadFault::Unreadable { why }
            | ReadFault::Damaged { why }
            | ReadFault::NoReader { why }
            | ReadFault::ReaderDied { how: why }
            | ReadFault::Panicked { at: why } => why.clone(),
            ReadFault::OtherArchive { kind } => (*kind).to_owned(),
            ReadFault::TooLong { limit, .. } => format!("> {limit} B"),
            ReadFault::TooManyColumns { columns: is, limit }
            | ReadFault::TooManyEntries { entries: is, limit } => {
                format!("{is} > {limit}")
            }
            ReadFault::TooLarge { bytes, limit, .. } => format!("{bytes} B > {limit} B"),
            ReadFault::Inflates { what, ratio, limit } => format!("{what}: {ratio} : 1 > {limit} : 1"),
            ReadFault::StringCount { claimed, bytes } => format!("{claimed}, {bytes} B"),
            ReadFault::TimedOut { seconds } => format!("> {seconds} s"),
            ReadFault::TooMuchMemory { limit } => format!("> {} MiB", limit >> 20),
            _ => String::new(),
        }
    }

    /// The line or row it is about, counted from 1, where it is about one.
    pub const fn line(&self) -> Option<u64> {
        match self {
            ReadFault::TooLong { line, .. } => Some(*line),
            ReadFault::Unordered { row } => Some(*row),
            _ => None,
        }
    }

    /// Whether this only notes something left out on purpose (a hidden or a chart sheet, a report of this
    /// program, a casebook), so that the file as a whole still counts as read.
    pub const fn is_note(&self) -> bool {
        use ReadFault::{Casebook, HiddenSheet, NotAWorksheet, OwnReport};
        matches!(self, HiddenSheet | NotAWorksheet { .. } | OwnReport | Casebook)
    }
}

impl From<io::Error> for ReadFault {
    fn from(error: io::Error) -> Self {
        ReadFault::Unreadable { why: error.to_string() }
    }
}
