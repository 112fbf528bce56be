//! Read back with a second program.

use super::{audited, repository, written};
use crate::read::{Cell, Limits, Table, open};
use crate::report::workbook::owners::Owners;
use crate::report::workbook::sheet_rows::FRONT;
use crate::report::workbook::{Annotate, WorkbookOptions};
use crate::words::Language;
use crate::{Audit, assess::State};
use calamine::{Data, Range, Reader, Xlsx};
use rustc_hash::FxHashSet;
use std::io::Cursor;

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The rows of a table below its headings, cell by cell.
fn originals(audit: &Audit, number: usize, table: &Table) -> Vec<Vec<Data>> {
    let input = &audit.ledger.inputs[number];
    let blocks = table.read(input.delimiter, input.columns.len(), &|_| {}, |block| {
        let mut rows = Vec::new();
        block.for_each(|row| rows.push((0..row.len()).map(|at| data(&row.cell(at))).collect::<Vec<Data>>()));
        rows
    });
    let rows: Vec<Vec<Data>> = blocks.expect("rows").into_iter().flat_map(|block| block.value).collect();
    let heading = |cells: &Vec<Data>| {
        input.columns.iter().enumerate().all(|(at, column)| {
            cells
                .get(at)
                .map(ToString::to_string)
                .unwrap_or_default()
                .trim_matches(['\u{feff}', ' ', '\t', '\n'])
                == column.heading
        })
    };
    let at = rows.iter().position(heading).expect("the headings");
    rows[at + 1..].to_vec()
}

fn data(cell: &Cell<'_>) -> Data {
    match cell {
        Cell::Text(text) if text.is_empty() => Data::Empty,
        Cell::Text(text) => Data::String(text.to_string()),
        Cell::Number(number) | Cell::Moment { serial: number, .. } => Data::Float(*number),
        Cell::Bool(truth) => Data::Bool(*truth),
        Cell::Error(word) => Data::String((*word).to_owned()),
        Cell::Empty => Data::Empty,
    }
}

fn same(written: Option<&Data>, original: &Data) -> bool {
    match (written, original) {
        (None, Data::Empty) => true,
        (Some(Data::String(a)), Data::String(b)) => a == b || (a.is_empty() && b.is_empty()),
        (Some(Data::DateTime(a)), Data::Float(b)) => (a.as_f64() - b).abs() < 1e-9,
        (Some(a), b) => a == b,
        _ => false,
    }
}

#[test]
fn every_original_cell_stands_unchanged_on_its_annotated_sheet() {
    let (audit, found) = audited(&[repository("samples"), repository("tests/twins")], None);
    let options = WorkbookOptions { mask: false, ..WorkbookOptions::default() };
    let (bytes, summary) = written(&audit, &found, &options);
    assert_eq!(summary.not_again, []);
    let tables: Vec<_> = found.iter().flat_map(|file| open(file, &Limits::default())).collect();
    let (mut cells, mut dates) = (0, 0);
    for (number, table) in tables.iter().enumerate() {
        let Ok(table) = table else { continue };
        let name = summary.sheets.iter().find(|name| name.starts_with(&format!("{} ", number + 1)));
        let back = sheet(&bytes, name.expect("an annotated sheet"));
        for (row, original) in originals(&audit, number, table).iter().enumerate() {
            for (column, cell) in original.iter().enumerate() {
                let place = (row as u32 + 1, column as u32 + u32::from(FRONT));
                let found = back.get_value(place);
                assert!(same(found, cell), "{} {place:?}: {found:?} is not {cell:?}", table.file);
                cells += usize::from(*cell != Data::Empty);
                dates += usize::from(matches!(found, Some(Data::DateTime(_))));
            }
        }
    }
    assert!(cells > 8_000 && dates > 50, "{cells} cells, {dates} dates");
}

#[test]
fn counts_are_those_of_the_tally_and_ids_are_text() {
    let (audit, found) = audited(&[repository("samples")], Some("tests/casebook"));
    for language in [Language::Chinese, Language::English] {
        let options = WorkbookOptions { language, ..WorkbookOptions::default() };
        let (bytes, summary) = written(&audit, &found, &options);
        let first = sheet(&bytes, &summary.sheets[0]);
        let totals = audit.tally.totals();
        let tiles: Vec<u64> = (0..7).map(|at| number(first.get_value((5, at * 2)))).collect();
        let overdue = totals.with_risk(State::Overdue);
        let wanted =
            [totals.orders, totals.at_risk, overdue, totals.due_12h, totals.due_24h, totals.exempt_proved];
        assert_eq!(tiles[..6], wanted);
        let list = sheet(&bytes, &summary.sheets[1]);
        assert_eq!(list.height(), audit.shown.len() + 1);
        for (row, shown) in audit.shown.iter().enumerate() {
            let line = audit.ledger.lines(&audit.ledger.orders[shown.order as usize]).next().expect("a line");
            let id = Data::String(line.text(line.record.order_id).to_owned());
            assert_eq!(list.get_value((row as u32 + 1, 1)), Some(&id));
        }
        let due = (1..list.height() as u32)
            .filter(|row| matches!(list.get_value((*row, 6)), Some(Data::DateTime(_))));
        assert_eq!(due.count(), audit.shown.iter().filter(|shown| shown.due_at.is_some()).count());
    }
}

#[test]
fn a_share_of_late_open_orders_is_no_on_time_rate() {
    let (audit, found) = audited(&[repository("samples/ebay")], None);
    let pressed = audit.periods.iter().filter(|p| p.rule.0 == "EBY206" && p.rate().is_some());
    assert!(pressed.count() > 1, "the samples have stores that EBY206 counts");
    let (bytes, summary) = written(&audit, &found, &WorkbookOptions::default());
    let first = sheet(&bytes, &summary.sheets[0]);
    let stores: Vec<u32> = (0..first.height() as u32)
        .filter(|row| first.get_value((*row, 0)) == Some(&Data::String("eBay".to_owned())))
        .collect();
    assert_eq!(stores.len(), audit.tally.stores.len());
    for row in stores {
        assert_eq!(first.get_value((row, 10)), Some(&Data::String("–".to_owned())));
    }
}

fn number(data: Option<&Data>) -> u64 {
    match data {
        Some(Data::Float(number)) => *number as u64,
        Some(Data::Int(number)) => *number as u64,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn every_row_in_an_order_leads_to_that_order() {
    let (audit, _) = audited(&[repository("samples"), repository("tests/twins")], None);
    let owners = Owners::new(&audit.ledger, None);
    for (number, input) in audit.ledger.inputs.iter().enumerate() {
        let aside: FxHashSet<u32> = audit
            .issues
            .iter()
            .filter(|issue| {
                issue.input as usize == number
                    && matches!(issue.problem.code(), "unjoined" | "ambiguous-join")
            })
            .map(|issue| issue.row)
            .collect();
        let rows = owners.of_input(number as u32, &aside);
        assert_eq!(rows.len(), input.rows_in_orders as usize, "{}", input.path);
    }
    // Lines that were not merged say themselves which order they are of.
    for (order, o) in audit.ledger.orders.iter().enumerate() {
        for line in audit.ledger.lines(o) {
            let rows = owners.of_input(line.batch.input, &FxHashSet::default());
            let owned = rows.iter().find(|owned| owned.row == line.record.row).expect("an owner");
            assert_eq!(owned.order as usize, order);
        }
    }
}

#[test]
fn long_tables_go_on_on_another_sheet() {
    let (audit, found) = audited(&[repository("samples/jd")], None);
    let options = WorkbookOptions { rows: 10, ..WorkbookOptions::default() };
    let (bytes, summary) = written(&audit, &found, &options);
    let pages: Vec<&String> =
        summary.sheets.iter().filter(|name| name.starts_with("At-risk orders")).collect();
    assert_eq!(pages.len(), audit.shown.len().div_ceil(10));
    let rows: usize = pages.iter().map(|name| sheet(&bytes, name).height() - 1).sum();
    assert_eq!(rows, audit.shown.len());
    let sheets: Vec<&String> = summary.sheets.iter().filter(|name| name.starts_with("1 JD orders")).collect();
    assert!(sheets.len() > 3, "{sheets:?}");
    let heads: Vec<Data> =
        sheets.iter().map(|name| sheet(&bytes, name).get_value((0, 0)).cloned().unwrap()).collect();
    assert!(heads.iter().all(|head| *head == Data::String("Risk".to_owned())));
}

#[test]
fn only_rows_at_risk_stand_there_when_asked() {
    let (audit, found) = audited(&[repository("samples/jd")], None);
    let with =
        |annotate| written(&audit, &found, &WorkbookOptions { annotate, ..WorkbookOptions::default() }).1;
    let (all, risk, none) = (with(Annotate::Auto), with(Annotate::Risk), with(Annotate::None));
    assert_eq!((all.rows, risk.rows, none.rows), (Annotate::All, Annotate::Risk, Annotate::None));
    assert!(risk.annotated >= audit.shown.len() as u64 && risk.annotated < all.annotated);
    assert_eq!((none.annotated, none.sheets.len()), (0, 9));
}
