//! The stages of the pipeline as a library's user calls them.

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use shipby::Audit;
use shipby::casebook::Casebook;
use shipby::normalise::{Ledger, LoadOptions, load};
use shipby::order::{FieldKind, Instant};
use shipby::read::{Found, Limits, Table, discover, open};
use shipby::report::workbook::{Annotate, Sources, WorkbookOptions, write_workbook};
use shipby::rulebook::Book;
use std::io::{Cursor, Seek, Write};
use std::path::Path;
use std::sync::LazyLock;

/// The files of a folder.
pub fn files(folder: &Path) -> Vec<Found> {
    discover(&[folder.to_owned()]).expect("a folder of exports")
}

/// The tables of files.
pub fn tables(files: &[Found]) -> Vec<Table> {
    files.iter().flat_map(|found| open(found, &Limits::default())).flatten().collect()
}

/// Cuts all rows of a table and touches so many cells of each; how many rows there are.
pub fn split(table: &Table, cells: usize) -> u64 {
    let heads = table.heads(30).expect("heads");
    let head = heads.iter().max_by_key(|head| head.rows.iter().map(|(_, cells)| cells.len()).max());
    let Some(head) = head else { return 0 };
    let width = head.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let blocks = table.read(head.delimiter, width, &|_| {}, |block| {
        let mut filled = 0_u64;
        block.for_each(|row| {
            filled += (0..row.len().min(cells)).filter(|column| !row.cell(*column).is_empty()).count() as u64;
        });
        filled
    });
    let blocks = blocks.expect("a table that can be read");
    std::hint::black_box(blocks.iter().map(|block| block.value).sum::<u64>());
    blocks.iter().map(|block| u64::from(block.rows)).sum()
}

/// Everything up to orders.
pub fn orders(files: &[Found]) -> Ledger {
    let layouts = shipby::recognise::layouts(&[]).expect("the layouts");
    load(files, &LoadOptions { layouts, ..LoadOptions::default() }, &|_| {})
}

/// The judging.
pub fn judged(ledger: Ledger) -> Audit {
    let book = Book::built_in().expect("the rulebook");
    shipby::audit(ledger, book, Casebook::default(), as_of(), &|_| {}).expect("an audit")
}

/// Writes a report with every row annotated.
pub fn annotated(audit: &Audit, files: &[Found], out: impl Write + Seek + Send) {
    let mut options = WorkbookOptions::default();
    options.annotate = Annotate::All;
    let sources = Sources::Files { found: files, limits: Limits::default() };
    write_workbook(audit, &options, sources, out, &|_| {}).expect("a workbook");
}

/// Processor seconds of this process so far, and the MiB of memory that are its own; 0 where the system does not tell.
pub fn used() -> (f64, f64) {
    let told = |name: &str| std::fs::read_to_string(format!("/proc/self/{name}")).unwrap_or_default();
    // Behind the name in brackets: user and system time in hundredths.
    let ticks: f64 = told("stat")
        .rsplit(')')
        .next()
        .map(|rest| rest.split(' ').skip(12).take(2).filter_map(|field| field.parse::<f64>().ok()).sum())
        .unwrap_or_default();
    let status = told("status");
    let anonymous = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let anonymous = anonymous.and_then(|text| text.trim().split(' ').next()?.parse::<f64>().ok());
    (ticks / 100.0, anonymous.unwrap_or_default() / 1024.0)
}

/// The cells of a workbook, read from it, and how long the library takes to write just these, one after the other, as
/// plain texts and numbers: the floor below which no writer gets that uses it. Processor seconds where the system tells.
pub fn plain(report: Vec<u8>) -> (f64, u64) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(report)).expect("a workbook");
    let names = book.sheet_names();
    let sheets: Vec<_> = names.iter().map(|name| book.worksheet_range(name).expect("a sheet")).collect();
    drop(book);
    let start = processor();
    let mut out = Workbook::new();
    out.set_zip_compression_level(1);
    let mut cells = 0;
    for sheet in &sheets {
        let target = out.add_worksheet_with_constant_memory().expect("a sheet");
        for (row, column, data) in sheet.used_cells() {
            let (row, column) = (row as u32, column as u16);
            match data {
                Data::Float(number) => target.write_number(row, column, *number),
                Data::Int(number) => target.write_number(row, column, *number as f64),
                Data::DateTime(moment) => target.write_number(row, column, moment.as_f64()),
                Data::Bool(truth) => target.write_boolean(row, column, *truth),
                other => target.write_string(row, column, other.to_string()),
            }
            .expect("a cell");
            cells += 1;
        }
    }
    std::hint::black_box(out.save_to_buffer().expect("a workbook"));
    (processor() - start, cells)
}

/// Seconds that this thread was given so far; of the clock where the system does not tell.
fn processor() -> f64 {
    static START: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// The moment for which the orders are made.
fn as_of() -> Instant {
    let zone = chrono_tz::Tz::Asia__Shanghai;
    shipby::normalise::parse_local(super::orders_made::AS_OF, zone, FieldKind::Moment).expect("a time")
}
