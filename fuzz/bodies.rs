//! What is fuzzed: each takes any bytes, and must neither panic nor run for ever. The fuzz targets call these, and
//! so does the test suite, over the corpus and some changed copies of it.

use shipby::read::{Limits, Table, open_bytes};
use shipby::recognise::{Layout, layouts};
use std::sync::LazyLock;

/// Read once, not for each text.
static LAYOUTS: LazyLock<Vec<Layout>> = LazyLock::new(|| layouts(&[]).unwrap_or_default());

/// Reads all of a table.
fn read(table: &Table, delimiter: Option<u8>, width: usize) -> u64 {
    let blocks = table.read(delimiter, width, &|_| {}, |block| {
        let mut cells = 0;
        block.for_each(|row| {
            for column in 0..row.len().min(64) {
                cells += u64::from(!row.cell(column).to_text().is_empty());
            }
        });
        cells
    });
    blocks.unwrap_or_default().iter().map(|block| block.value).sum()
}

/// Bytes as a file of whatever kind they seem to be.
pub fn sniff(bytes: &[u8]) {
    for table in open_bytes("file", bytes, &Limits::default()).into_iter().flatten() {
        let _ = table.heads(30);
        let _ = read(&table, None, 3);
    }
}

/// Bytes as text, cut at each delimiter: rows are the same however wide the heading, and all of them counted.
pub fn csv(bytes: &[u8]) {
    let limits = Limits { record: 1 << 12, field: 1 << 10, span: 5, ..Limits::default() };
    for table in open_bytes("file.csv", bytes, &limits).into_iter().flatten() {
        for delimiter in [b',', b'\t', b';'] {
            for width in [0, 1, 3] {
                let _ = read(&table, Some(delimiter), width);
            }
        }
    }
}

/// A line of text as a moment in every style there is.
pub fn moments(bytes: &[u8]) {
    use shipby::order::FieldKind;
    let text = String::from_utf8_lossy(bytes);
    let zone = chrono_tz::Tz::America__New_York;
    for kind in [FieldKind::Moment, FieldKind::Deadline] {
        let _ = shipby::normalise::parse_local(&text, zone, kind);
    }
    for layout in LAYOUTS.iter() {
        let clock = shipby::normalise::Clock {
            export_zone: zone,
            day_zone: layout.day_zone,
            styles: layout.times.clone(),
            months: layout.months.clone(),
            whole_days: layout.whole_days,
        };
        let _ = clock.read(&shipby::read::Cell::Text(text.as_ref().into()), FieldKind::Deadline);
        if let Some(number) = bytes.first_chunk::<8>() {
            let number = f64::from_le_bytes(*number);
            let _ = clock.read(&shipby::read::Cell::Number(number), FieldKind::Moment);
            let _ = shipby::normalise::show_serial(number, true);
        }
    }
}

/// A text as a place, and its lines as the parts of an address.
pub fn regions(bytes: &[u8]) {
    use shipby::normalise::region;
    let text = String::from_utf8_lossy(bytes);
    let _ = region::parse(&text);
    let _ = region::country(&text);
    let mut parts = text.split('\n');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let (province, city, district, street, address) = (next(), next(), next(), next(), next());
    let _ = region::from_columns(&province, &city, &district);
    let _ = region::from_address(&text);
    let _ = region::address(region::columns(&province, &city, &district), &street, &address);
}

/// Bytes as each sheet of a casebook.
pub fn casebook(bytes: &[u8]) {
    let Ok(folder) = tempfile::tempdir() else { return };
    for sheet in shipby::casebook::SHEETS {
        let _ = std::fs::write(folder.path().join(format!("{}.csv", sheet.name)), bytes);
    }
    let _ = shipby::casebook::load(folder.path());
}
