//! Delimited text: heads for recognition, then all rows, in parallel where that is safe.
//!
//! Large files are cut into windows that are parsed in parallel. A cut is a guess from the parity of
//! quotes, and every guess is checked: a window starts where a record starts if the one before it ended
//! where a record ends, and the first one starts at the beginning. If any window fails to end a record, the
//! results are thrown away and the file is read again in one go, so both ways give the same rows.

use std::io::Read;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::iter::{ParallelBridge, ParallelIterator};

use super::rows::Rows;
use super::scan::{Frame, Scan, Stop};
use super::source::Source;
use super::split::Rules;
use super::window::{Cut, Window, Windows};
use super::{Block, BlockResult, Encoding, Head, Limits, ReadFault, encoding};
use crate::spare::Spare;

/// Bytes in which the heading must be found.
const HEAD: u64 = 1 << 20;
/// Delimiters that exports are written with.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// A text file that is ready to be read.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) source: Source,
    pub(super) encoding: Encoding,
    /// Bytes of a window; see [`Limits::window`].
    pub(super) window: usize,
}

type Progress<'a> = &'a (dyn Fn(u64) + Sync);

impl Text {
    pub(super) fn new(source: Source, limits: &Limits) -> Result<Text, ReadFault> {
        let encoding = encoding::detect(&source)?;
        Ok(Text { source, encoding, window: limits.window.max(1) })
    }

    /// The first rows, once for each delimiter.
    pub(super) fn heads(&self, rows: usize, limits: &Limits) -> Result<Vec<Head>, ReadFault> {
        let (bytes, last) = self.start()?;
        Ok(DELIMITERS.iter().map(|&delimiter| self.head(&bytes, last, delimiter, rows, limits)).collect())
    }

    fn head(&self, bytes: &[u8], last: bool, delimiter: u8, rows: usize, limits: &Limits) -> Head {
        let mut scan = self.scan_start(bytes, last, Rules { delimiter, width: 0, limits: *limits });
        let mut head = Head { delimiter: Some(delimiter), rows: Vec::new() };
        while head.rows.len() < rows && scan.stop.is_none() {
            scan.step(&mut |row| {
                if !row.is_blank() {
                    let columns = 0..row.len().min(limits.columns + 1);
                    head.rows.push((row.row, columns.map(|column| row.cell(column).to_text()).collect()));
                }
            });
        }
        head
    }

    /// The text in which the heading must be found, and whether that is all of it.
    fn start(&self) -> Result<(Vec<u8>, bool), ReadFault> {
        let mut bytes = Vec::new();
        let reader = encoding::reader(Box::new(self.source.open()?), self.encoding)?;
        reader.take(HEAD).read_to_end(&mut bytes)?;
        let last = (bytes.len() as u64) < HEAD;
        Ok((bytes, last))
    }

    fn scan_start<'a>(&self, bytes: &'a [u8], last: bool, rules: Rules) -> Scan<'a> {
        Scan::new(bytes, 0, last, Frame { encoding: self.encoding, rules, body: u64::MAX })
    }

    /// Where in the text the heading is behind: after the first row that has its number of columns. Before
    /// it, notes of any shape may stand; they are read as [`Text::heads`] read them.
    fn body(&self, rules: Rules) -> Result<u64, ReadFault> {
        let (bytes, last) = self.start()?;
        let mut scan = self.scan_start(&bytes, last, rules);
        let mut found = false;
        while !found && scan.stop.is_none() {
            scan.step(&mut |row| found = row.len() >= rules.width);
        }
        Ok(if found { scan.at as u64 } else { 0 })
    }

    pub(super) fn read<R: Send>(
        &self,
        rules: Rules,
        progress: Progress<'_>,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        let frame = Frame { encoding: self.encoding, rules, body: self.body(rules)? };
        let told = AtomicU64::new(0);
        let open = || {
            let counted = Counted { inner: self.source.open()?, read: 0, told: &told, progress };
            encoding::reader(Box::new(counted), self.encoding)
        };
        match self.parallel(open()?, frame, each)? {
            Some(results) => Ok(results),
            None => self.sequential(open()?, frame, each),
        }
    }

    /// Small files need no large buffer. UTF-16 may grow as it becomes UTF-8.
    fn window_size(&self) -> usize {
        let most =
            usize::try_from(self.source.len()).unwrap_or(usize::MAX).saturating_mul(2).saturating_add(1);
        self.window.min(most)
    }

    /// Nothing where a window did not end a record, or broke a limit: what line that is on, only reading
    /// in order can tell.
    fn parallel<R: Send>(
        &self,
        reader: Box<dyn Read + Send + '_>,
        frame: Frame,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Option<Vec<BlockResult<R>>>, ReadFault> {
        let spare = Spare::default();
        let failed = AtomicBool::new(false);
        let one = |cut: Cut| -> Result<Option<(usize, BlockResult<R>)>, ReadFault> {
            let result = match cut {
                Cut::Window(window) => {
                    let result = read_window(&window, frame, each);
                    spare.put(window.room);
                    result
                }
                Cut::Nowhere => None,
                Cut::Fault(fault) => return Err(fault),
            };
            if result.is_none() {
                failed.store(true, Ordering::Relaxed);
            }
            Ok(result)
        };
        let mut windows =
            Windows::new(reader, self.window_size(), &spare).take_while(|_| !failed.load(Ordering::Relaxed));
        let mut results = match windows.next() {
            // Most files are one window; they are not worth a task.
            Some(Cut::Window(window)) if window.last => vec![one(Cut::Window(window))],
            Some(first) => std::iter::once(first).chain(windows).par_bridge().map(one).collect(),
            None => Vec::new(),
        };
        if failed.load(Ordering::Relaxed) && !results.iter().any(Result::is_err) {
            return Ok(None);
        }
        let mut results = results.drain(..).filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()?;
        results.sort_unstable_by_key(|(index, _)| *index);
        Ok(Some(results.into_iter().map(|(_, result)| result).collect()))
    }

    /// Reads in order: what is left of a window after its last whole record goes before the next one.
    fn sequential<R: Send>(
        &self,
        mut reader: Box<dyn Read + Send + '_>,
        frame: Frame,
        each: &(impl Fn(&mut Block<'_>) -> R + Sync),
    ) -> Result<Vec<BlockResult<R>>, ReadFault> {
        let mut results = Vec::new();
        let mut bytes = Vec::new();
        let mut offset = 0;
        let mut lines = 0;
        loop {
            let got = reader.by_ref().take(self.window as u64).read_to_end(&mut bytes)?;
            let last = got < self.window;
            let scan = Scan::new(&bytes, offset, last, frame);
            let mut block = Block::new(results.len(), Rows::Text(scan));
            let value = each(&mut block);
            let Rows::Text(scan) = block.finish() else { return Ok(results) };
            // A window that ends no record is no block: the first block is the one with the first row.
            if scan.rows > 0 || last {
                results.push(BlockResult { value, rows: scan.rows, lines: scan.lines });
            }
            lines += u64::from(scan.lines);
            if let Some(Stop::TooLong { limit }) = scan.stop {
                return Err(ReadFault::TooLong { line: lines + 1, limit });
            }
            let read = scan.at;
            offset += read as u64;
            bytes.drain(..read);
            if last {
                return Ok(results);
            }
        }
    }
}

/// Nothing where the window does not end a record.
fn read_window<R>(
    window: &Window,
    frame: Frame,
    each: impl Fn(&mut Block<'_>) -> R,
) -> Option<(usize, BlockResult<R>)> {
    let scan = Scan::new(window.bytes(), window.offset, window.last, frame);
    let mut block = Block::new(window.index, Rows::Text(scan));
    let value = each(&mut block);
    match block.finish() {
        Rows::Text(Scan { stop: Some(Stop::End), rows, lines, .. }) => {
            Some((window.index, BlockResult { value, rows, lines }))
        }
        _ => None,
    }
}

/// Tells how many bytes were read, once each: bytes that are read again are not told again.
struct Counted<'a, T> {
    inner: T,
    read: u64,
    told: &'a AtomicU64,
    progress: Progress<'a>,
}

impl<T: Read> Read for Counted<'_, T> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let got = self.inner.read(into)?;
        self.read += got as u64;
        let told = self.told.fetch_max(self.read, Ordering::Relaxed);
        if self.read > told {
            (self.progress)(self.read - told);
        }
        Ok(got)
    }
}
