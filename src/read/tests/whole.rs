//! The workbooks in `whole/` hold the same sheets: 订单 with three columns, its second and third order
//! number merged and a last row after a gap; 隐藏, hidden; 空, without cells.

use super::{open_bytes, read};
use crate::read::{Cell, Format, Table};

fn only_orders(bytes: &[u8], format: Format) -> Table {
    let mut tables = open_bytes("orders", bytes);
    assert_eq!(tables.len(), 2, "{tables:?}");
    assert_eq!(tables.remove(1).unwrap_err().fault.code(), "hidden-sheet");
    let table = tables.remove(0).unwrap();
    assert_eq!((table.format, table.sheet.as_deref()), (format, Some("订单")));
    table
}

fn check(table: &Table) {
    let (rows, count, _) = read(table, b',', 3);
    assert_eq!(count, 6);
    assert_eq!(rows[0].cells, ["订单号", "付款时间", "金额"]);
    assert_eq!((rows[1].cells[0].as_str(), rows[1].cells[2].as_str()), ("0012345678901234567", "3.5"));
    assert_eq!(rows[2].cells[0], "");
    assert!(rows[3].cells.is_empty() && rows[4].cells.is_empty());
    assert_eq!(rows[5].cells, ["last"]);
    assert_eq!(table.heads(2).unwrap()[0].rows[1].0, 1);
}

#[test]
fn workbooks_of_excel_97_are_read() {
    let table = only_orders(include_bytes!("whole/orders.xls"), Format::Xls);
    check(&table);
    let cells = table.read(None, 3, &|_| {}, |block| {
        let mut cells = Vec::new();
        block.for_each(|row| cells.push((row.cell(1).into_owned(), row.merged(0).into_owned())));
        cells
    });
    let cells = cells.unwrap().remove(0).value;
    assert_eq!(cells[1].0, Cell::Moment { serial: 46_082.5, epoch_1904: false, duration: false });
    assert_eq!(cells[2].1, Cell::Text("0012345678901234567".into()));
    assert_eq!(cells[1].1, Cell::Empty);
}

#[test]
fn workbooks_of_libreoffice_are_read() {
    check(&only_orders(include_bytes!("whole/orders.ods"), Format::Ods));
}

#[test]
fn any_bytes_changed_in_an_old_workbook_give_rows_or_a_fault() {
    let whole = include_bytes!("whole/orders.xls");
    // Places all over the file, the compound file's tables among them.
    for at in (600..whole.len()).step_by(61) {
        let mut bytes = whole.to_vec();
        bytes[at] ^= 0x55;
        for table in open_bytes("orders.xls", &bytes).into_iter().flatten() {
            let _ = table.read(None, 3, &|_| {}, |block| block.for_each(|_| {}));
        }
    }
}
