//! Inputs of several blocks, whose rows several threads write.

use super::safe::{of_rows, parts, row};
use super::{audited, audited_within, repository};
use crate::Audit;
use crate::read::{Found, Limits};
use crate::report::workbook::owners::Owners;
use crate::report::workbook::{Annotate, Sources, WorkbookOptions, planned_cells, write_workbook};
use calamine::{Data, Range, Reader, Xlsx};
use rustc_hash::FxHashSet;
use std::io::Cursor;
use std::sync::atomic::{AtomicU64, Ordering};

/// More than a megabyte of orders, one in three at risk, with blank lines between and line feeds in cells.
fn large() -> (Audit, Vec<Found>, tempfile::TempDir) {
    let orders = (0..1_500).map(|at| {
        let note = if at % 11 == 0 { "\"two\nlines\"".to_owned() } else { "备".repeat(250) };
        let order = row(&format!("31260041{at:04}"), "x", "y", "", &note);
        let order = if at % 3 == 0 { order } else { order.replace("等待出库", "完成") };
        if at % 7 == 0 { format!("{order}\n") } else { order }
    });
    let (_, _, folder) = of_rows(&orders.collect::<String>());
    let (audit, found) = audited_within(&[folder.path().to_owned()], None, limits(WINDOW));
    assert!(audit.ledger.inputs[0].blocks.rows.len() > 4);
    (audit, found, folder)
}

/// Windows as small as the orders are read in, and others, so that where blocks begin is noted or has to be found.
const WINDOW: usize = 64 << 10;
const OTHER: usize = 96 << 10;

fn limits(window: usize) -> Limits {
    Limits { window, ..Limits::default() }
}

fn written(audit: &Audit, found: &[Found], annotate: Annotate, threads: usize, window: usize) -> Vec<u8> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let options = WorkbookOptions { annotate, ..WorkbookOptions::default() };
    let limits = limits(window);
    let (mut out, told) = (Cursor::new(Vec::new()), AtomicU64::new(0));
    let progress = |cells| {
        told.fetch_add(cells, Ordering::Relaxed);
    };
    let sources = Sources::Files { found, limits };
    let summary = pool.install(|| write_workbook(audit, &options, sources, &mut out, &progress));
    assert_eq!(summary.expect("a workbook").not_again, Vec::new());
    // Blank lines are planned and not written, remarks on inputs written and not planned.
    let (told, planned) = (told.into_inner(), planned_cells(audit, &options));
    assert!(told.abs_diff(planned) * 5 < planned, "{annotate:?}: {told} of {planned}");
    out.into_inner()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    book.worksheet_range(name).expect("a sheet")
}

#[test]
fn rows_of_several_blocks_stand_in_order_and_links_lead_to_them() {
    let (audit, found, _folder) = large();
    assert!(audit.shown.len() >= 400, "{}", audit.shown.len());
    let windows = |annotate| [(annotate, WINDOW), (annotate, OTHER)];
    for (annotate, window) in [Annotate::All, Annotate::Risk].into_iter().flat_map(windows) {
        let bytes = written(&audit, &found, annotate, 4, window);
        let rows = sheet(&bytes, "1 JD orders");
        let id =
            |range: &Range<Data>, row: u32, column: u32| range.get_value((row, column)).map(Data::to_string);
        let ids: Vec<String> = (1..rows.height() as u32).filter_map(|at| id(&rows, at, 5)).collect();
        let risk: FxHashSet<u32> = audit.shown.iter().map(|shown| shown.order).collect();
        let wanted = audit
            .ledger
            .orders
            .iter()
            .enumerate()
            .filter(|(at, _)| annotate == Annotate::All || risk.contains(&(*at as u32)));
        let wanted: Vec<&str> = wanted.map(|(_, order)| audit.ledger.order_id(order)).collect();
        assert_eq!(ids, wanted, "{annotate:?}");
        let list = sheet(&bytes, "At-risk orders");
        let text =
            parts(&bytes).into_iter().find(|(name, _)| name == "xl/worksheets/sheet2.xml").expect("it").1;
        let links: Vec<(u32, u32)> = text
            .split("<hyperlink ref=\"S")
            .skip(1)
            .map(|link| {
                let (from, rest) = link.split_once('"').expect("a cell");
                let to = rest.split("!A").nth(1).and_then(|to| to.split('"').next()).expect("a place");
                (from.parse().expect("a row"), to.parse().expect("a row"))
            })
            .collect();
        assert_eq!(links.len(), audit.shown.len());
        for (from, to) in links {
            assert_eq!(id(&list, from - 1, 1), id(&rows, to - 1, 5));
        }
    }
}

#[test]
fn blocks_give_the_same_bytes_whatever_the_threads() {
    let (audit, found, _folder) = large();
    let one = written(&audit, &found, Annotate::All, 1, WINDOW);
    for threads in [2, 8] {
        assert!(one == written(&audit, &found, Annotate::All, threads, WINDOW), "{threads}");
    }
}

#[test]
fn owners_of_some_orders_are_those_that_owners_of_all_are() {
    let (audit, _) = audited(&[repository("samples"), repository("tests/twins")], None);
    let all = Owners::new(&audit.ledger, None);
    for modulus in [2, 5] {
        let wanted: Vec<bool> = (0..audit.ledger.orders.len()).map(|at| at % modulus == 0).collect();
        let some = Owners::new(&audit.ledger, Some(&wanted));
        for number in 0..audit.ledger.inputs.len() as u32 {
            let of = |owners: &Owners<'_>| -> Vec<_> {
                let rows = owners.of_input(number, &FxHashSet::default()).into_iter();
                rows.filter(|owned| wanted[owned.order as usize]).collect()
            };
            assert_eq!(of(&some), of(&all), "{}", audit.ledger.inputs[number as usize].path);
        }
    }
}
