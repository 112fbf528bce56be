use crate::read::tests::{open_bytes, read, table};
use crate::read::{Cell, Encoding, Format, Trouble};

fn rows(page: &str) -> Vec<Vec<String>> {
    let table = table(page.as_bytes());
    assert_eq!((table.format, table.sheet.as_deref()), (Format::Html, None));
    read(&table, b',', 3).0.into_iter().map(|seen| seen.cells).collect()
}

fn fault(page: &[u8]) -> &'static str {
    open_bytes("file.xls", page).remove(0).unwrap_err().fault.code()
}

#[test]
fn a_page_as_erps_write_it_gives_its_rows() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=\"utf-8\">\
        <style>td{mso-number-format:\"\\@\"} <table></style><!--[if gte mso 9]><xml><x:Name>订单</x:Name></xml><![endif]-->\
        </head><body><table border=1><thead><tr><th>订单号<th>付款&nbsp;时间<th>金额</tr></thead>\
        <tr><td style='mso-number-format:\"\\@\"'>691792676882364375</td><td>2026-11-08<br>10:00:00</td><td>&#165;3&lt;4</td></tr>\
        <TR><TD x:num=\"123456789012345678\">1.23E+17</TD><td colspan=2>a &amp; b</td></TR></table></body></html>";
    assert_eq!(
        rows(page),
        vec![
            vec!["订单号", "付款 时间", "金额"],
            vec!["691792676882364375", "2026-11-08 10:00:00", "¥3<4"],
            vec!["123456789012345678", "a & b"],
        ]
    );
}

#[test]
fn spans_move_cells_and_merge_ids() {
    let page = "<table><tr><td rowspan=2>1</td><td>a</td></tr><tr><td>b</td></tr><tr><td colspan=2>2</td><td>c</td></tr></table>";
    assert_eq!(rows(page), vec![vec!["1", "a"], vec!["", "b"], vec!["2", "", "c"]]);
    let merged = table(page.as_bytes()).read(None, 2, &|_| {}, |block| {
        let mut cells = Vec::new();
        block.for_each(|row| cells.push(row.merged(0).into_owned()));
        cells
    });
    assert_eq!(merged.unwrap().remove(0).value[1], Cell::Text("1".into()));
}

#[test]
fn a_table_for_layout_gives_rows_and_one_within_data_is_text() {
    let page = "<table><tr><td>店铺报表<table><tr><td>a</td><td>b</td></tr><tr><td>1</td>\
        <td>x<table><tr><td>y</td><td>z</td></tr></table></td></tr></table></td></tr></table>";
    assert_eq!(rows(page), vec![vec!["店铺报表"], vec!["a", "b"], vec!["1", "x y z"]]);
}

#[test]
fn pages_in_gbk_are_decoded_and_what_cannot_be_is_told() {
    let page = "<table><tr><td>订单号</td><td>收件人</td></tr><tr><td>1</td><td>某</td></tr></table>";
    let (bytes, ..) = encoding_rs::GB18030.encode(page);
    let table = table(&bytes);
    assert_eq!(table.encoding, Some(Encoding::Gb18030));
    assert_eq!(read(&table, b',', 2).0[0].cells, ["订单号", "收件人"]);
    let page = page.replace("收件人", &"收件人".repeat(9));
    let mut broken = page.as_bytes().to_vec();
    let at = page.find("某").unwrap();
    broken[at] = 0xFF;
    let seen = read(&self::table(&broken), b',', 2).0;
    assert!(matches!(seen[1].trouble, Some(Trouble::Undecodable { column: 1, .. })), "{:?}", seen[1]);
    assert_eq!(seen[0].trouble, None);
}

#[test]
fn pages_without_a_table_and_cut_off_ones_are_named() {
    assert_eq!(fault(b"<html><body><p>log in first</p></body></html>"), "html");
    assert_eq!(fault(b"<html><table></table></html>"), "empty");
    assert_eq!(fault(b"<html><table><tr><td>1</td></tr><tr><td>2"), "cut-off");
    assert_eq!(fault(b"<html><table><tr><td>1</td></tr></table><p cl"), "cut-off");
    assert_eq!(rows("<table><tr><td>1<td>2</body></html>"), vec![vec!["1", "2"]]);
}

const HEAD: &str = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
    <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
    <Styles><Style ss:ID=\"s1\"><NumberFormat ss:Format=\"@\"/></Style></Styles>";

fn book(sheets: &str) -> String {
    format!("{HEAD}{sheets}</Workbook>")
}

#[test]
fn workbooks_of_2003_keep_places_and_types() {
    let text = book(
        "<Worksheet ss:Name=\"订单\"><Table><Row ss:Index=\"2\"><Cell><Data ss:Type=\"String\">订单号</Data></Cell>\
        <Cell ss:Index=\"3\"><Data ss:Type=\"String\">时间&amp;</Data><Comment><ss:Data>no cell</ss:Data></Comment></Cell></Row>\
        <Row><Cell ss:MergeDown=\"1\"><Data ss:Type=\"Number\">691792676882364375</Data></Cell><Cell ss:MergeAcross=\"1\"/>\
        <Cell><Data ss:Type=\"DateTime\">2026-11-08T10:00:00.000</Data></Cell></Row>\
        <Row><Cell ss:Index=\"2\"><Data ss:Type=\"Number\">3.5</Data></Cell><Cell><Data ss:Type=\"Boolean\">1</Data></Cell></Row>\
        </Table></Worksheet><Worksheet ss:Name=\"藏\"><Table><Row><Cell><Data ss:Type=\"String\">x</Data></Cell></Row></Table>\
        <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet><Worksheet ss:Name=\"空\"/>\
        <Worksheet ss:Name=\"二\"><Table><Row><Cell><Data ss:Type=\"String\"><![CDATA[a<b]]></Data></Cell></Row></Table></Worksheet>",
    );
    let mut tables = open_bytes("file.xls", text.as_bytes());
    assert_eq!(tables.len(), 3, "{tables:?}");
    let second = tables.remove(2).unwrap();
    assert_eq!(tables.remove(1).unwrap_err().fault.code(), "hidden-sheet");
    let first = tables.remove(0).unwrap();
    assert_eq!((first.format, first.sheet.as_deref()), (Format::Xml2003, Some("订单")));
    let cells = first
        .read(None, 3, &|_| {}, |block| {
            let mut cells = Vec::new();
            block.for_each(|row| {
                cells.push((0..4).map(|at| row.cell(at).into_owned()).collect::<Vec<_>>());
                cells.push(vec![row.merged(0).into_owned()]);
            });
            cells
        })
        .unwrap()
        .remove(0)
        .value;
    let text = |text: &str| Cell::Text(text.to_owned().into());
    assert_eq!(cells[2], [text("订单号"), Cell::Empty, text("时间&"), Cell::Empty]);
    assert_eq!(
        cells[4],
        [text("691792676882364375"), Cell::Empty, Cell::Empty, text("2026-11-08T10:00:00.000")]
    );
    assert_eq!(cells[6], [Cell::Empty, Cell::Number(3.5), Cell::Bool(true), Cell::Empty]);
    assert_eq!(cells[7], [text("691792676882364375")]);
    assert_eq!(read(&second, b',', 1).0[0].cells, ["a<b"]);
}

#[test]
fn broken_workbooks_of_2003_are_named() {
    let cell = "<Worksheet ss:Name=\"a\"><Table><Row ss:Index=\"5\"><Cell><Data ss:Type=\"String\">x</Data></Cell></Row>";
    assert_eq!(fault(format!("{HEAD}{cell}").as_bytes()), "cut-off");
    assert_eq!(fault(book(&format!("{cell}<Row ss:Index=\"2\"/>")).as_bytes()), "unordered");
    assert_eq!(fault(book(&format!("{cell}<Row ss:Index=\"4294967295\"/>")).as_bytes()), "damaged");
    assert_eq!(fault(book("").as_bytes()), "empty");
}

#[test]
fn any_bytes_changed_or_cut_give_rows_or_a_fault() {
    let page = "<table><tr><td rowspan=2>1</td><td>a&amp;b</td></tr><!-- x --><tr><td>b</td></tr></table>";
    let book = book(
        "<Worksheet ss:Name=\"a\"><Table><Row><Cell ss:MergeDown=\"1\"><Data ss:Type=\"Number\">1</Data></Cell></Row></Table></Worksheet>",
    );
    for whole in [page.as_bytes(), book.as_bytes()] {
        for at in 0..whole.len() {
            for byte in [0x00, b'<', b'>', b'"', b'&', 0xFF] {
                let mut bytes = whole.to_vec();
                bytes[at] = byte;
                for found in [&bytes[..], &bytes[..at]] {
                    for table in open_bytes("file.xls", found).into_iter().flatten() {
                        let _ = table.heads(30);
                        let _ = table.read(None, 2, &|_| {}, |block| block.for_each(|_| {}));
                    }
                }
            }
        }
    }
}
