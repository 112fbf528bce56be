//! A process that reads one workbook and ends: what may abort or never end does so there.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::frames::{self, Answer};
use super::parse::{Content, parse};
use crate::read::excel::Sheets;
use crate::read::lake::{Put, convert};
use crate::read::panic::caught;
use crate::read::source::Source;
use crate::read::{Format, Limits, ReadFault};

/// The first argument of the reading process; the kind of file, bytes of memory and seconds follow it. The file is
/// its standard input.
pub const READ_COMMAND: &str = "__read";

/// How much longer than the limit the process waits before it ends itself, should nobody end it.
const GRACE: u64 = 5;
/// How the process ends once it has waited for too long.
const OVER: i32 = 124;
/// What the standard library says when memory runs out.
const NO_MEMORY: &str = "memory allocation of";

/// Only one at a time, so that the memory of all is that of one.
static ONE: Mutex<()> = Mutex::new(());

/// The reading process: reads the workbook on standard input, a file, and tells on standard output what is in it.
/// `arguments` are those behind [`READ_COMMAND`].
///
/// # Errors
///
/// When the arguments make no sense, or nobody listens.
pub fn serve(arguments: &[String]) -> io::Result<()> {
    let [format, memory, seconds] = arguments else { return Err(io::ErrorKind::InvalidInput.into()) };
    let number =
        |text: &String| text.parse::<u64>().map_err(|_| io::Error::from(io::ErrorKind::InvalidInput));
    let format = match format.as_str() {
        "xls" => Format::Xls,
        "xlsb" => Format::Xlsb,
        "ods" => Format::Ods,
        "parquet" => Format::Parquet,
        _ => return Err(io::ErrorKind::InvalidInput.into()),
    };
    let seconds = number(seconds)?.saturating_add(GRACE);
    confine(number(memory)?);
    // Whoever started this ends it in time; should that one be gone, it ends by itself.
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(seconds));
        std::process::exit(OVER);
    });
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    if format == Format::Parquet {
        let mut put = |name: Option<&str>, text: &str| Ok(frames::write_table(name, text, &mut out)?);
        let done = caught(|| convert(standard_input()?, &Limits::default(), &mut put));
        return frames::write(&done.map(|()| Vec::new()), &mut out);
    }
    let found = caught(|| parse(standard_input()?, format));
    frames::write(&found, &mut out)
}

/// Caps the memory of this process, and keeps an abort from leaving a copy of it on the disk.
#[cfg(unix)]
fn confine(memory: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let cap = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    // Where a system refuses, the time limit still holds.
    let _ = setrlimit(Resource::As, cap(memory));
    let _ = setrlimit(Resource::Core, cap(0));
}

/// Windows has no such cap without code that is not safe: there the time limit alone holds.
#[cfg(not(unix))]
fn confine(_: u64) {}

#[cfg(unix)]
fn standard_input() -> Result<File, ReadFault> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn standard_input() -> Result<File, ReadFault> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
}

/// Has `program` read a workbook.
pub(super) fn sheets(
    program: &Path,
    source: &Source,
    format: Format,
    limits: &Limits,
) -> Result<Sheets<Content>, ReadFault> {
    let answered = limits.answer;
    ask(program, source, format, limits, limits.seconds, &mut |pipe| {
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let _ = tell.send(frames::read(pipe, answered));
        });
        told.recv_timeout(Duration::from_secs(limits.seconds)).ok()
    })
}

/// Has `program` write a file of Parquet out as text, as in [`crate::read::lake`].
pub(in crate::read) fn lake(
    program: &Path,
    source: &Source,
    limits: &Limits,
    put: Put<'_>,
) -> Result<(), ReadFault> {
    // Large tables honestly take longer: a second more for each mebibyte.
    let seconds = limits.seconds + (source.len() >> 20);
    let mut failed = None;
    let done = ask(program, source, Format::Parquet, limits, seconds, &mut |pipe| {
        // The process ends itself after that time, so this ends too.
        match frames::read_tables(pipe, put) {
            Ok(answer) => Some(answer),
            Err(fault) => {
                failed = Some(fault);
                Some(Answer::Broken)
            }
        }
    });
    match failed {
        Some(fault) => Err(fault),
        None => done.map(drop),
    }
}

type Pipe = BufReader<ChildStdout>;

/// Starts the reading process and has `listen` hear what it tells; nothing where that took too long.
fn ask(
    program: &Path,
    source: &Source,
    format: Format,
    limits: &Limits,
    seconds: u64,
    listen: &mut dyn FnMut(Pipe) -> Option<Answer>,
) -> Result<Sheets<Content>, ReadFault> {
    let input = source.file()?;
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut child = Command::new(program)
        .args([READ_COMMAND, format.as_str(), &limits.memory.to_string(), &seconds.to_string()])
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| ReadFault::NoReader { why: error.to_string() })?;
    let pipe = child.stdout.take().map(|pipe| BufReader::with_capacity(1 << 16, pipe));
    let answer = pipe.map_or(Some(Answer::Broken), listen);
    if !matches!(answer, Some(Answer::Whole(_))) {
        // It may still be writing, or looping. One that has ended cannot be ended again.
        settle(&mut child);
    }
    let status = child.wait();
    let mut said = String::new();
    if let Some(stderr) = child.stderr.take() {
        let _ = stderr.take(4096).read_to_string(&mut said);
    }
    match answer {
        Some(Answer::Whole(found)) => found,
        Some(Answer::TooLarge) => Err(ReadFault::TooLarge {
            what: "the content".to_owned(),
            bytes: limits.answer,
            limit: limits.answer,
        }),
        Some(Answer::Broken) if said.contains(NO_MEMORY) => {
            Err(ReadFault::TooMuchMemory { limit: limits.memory })
        }
        Some(Answer::Broken) if status.as_ref().is_ok_and(|status| status.code() == Some(OVER)) => {
            Err(ReadFault::TimedOut { seconds })
        }
        Some(Answer::Broken) => Err(ReadFault::ReaderDied { how: how(status.ok()) }),
        None => Err(ReadFault::TimedOut { seconds }),
    }
}

/// Ends the process, unless it is about to end by itself: how it ended tells why.
fn settle(child: &mut Child) {
    for _ in 0..20 {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
}

#[cfg(unix)]
fn how(status: Option<ExitStatus>) -> String {
    use std::os::unix::process::ExitStatusExt;
    match status.and_then(|status| status.signal()) {
        Some(signal) => format!("signal {signal}"),
        None => code(status),
    }
}

#[cfg(not(unix))]
fn how(status: Option<ExitStatus>) -> String {
    code(status)
}

fn code(status: Option<ExitStatus>) -> String {
    status
        .and_then(|status| status.code())
        .map_or_else(|| "no answer".to_owned(), |code| format!("status {code}"))
}
