//! Rows written as CSV in four encodings, as a workbook, as `.xlsb` and as markup come back the same.

use super::markup;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use shipby::read::{Limits, open_bytes};

/// The cells of all rows of the one table in bytes.
fn back(name: &str, bytes: &[u8], width: usize) -> Vec<Vec<String>> {
    let mut tables = open_bytes(name, bytes, &Limits::default());
    assert_eq!(tables.len(), 1, "{name}: {tables:?}");
    let table = tables.remove(0).expect("a table");
    let blocks = table.read(Some(b','), width, &|_| {}, |block| {
        let mut rows = Vec::new();
        block.for_each(|row| rows.push((0..width).map(|at| row.cell(at).to_text()).collect::<Vec<_>>()));
        rows
    });
    blocks.expect("read").into_iter().flat_map(|block| block.value).collect()
}

/// Texts without what is no character of XML or ends a line; the first column is never empty.
fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    let text = "[ -~一-龥Ａ-Ｚ￥€·😀-😏&&[^<>&]]{0,12}"
        .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let row = ("[a-z][0-9]{1,19}", proptest::collection::vec(text, 3)).prop_map(|(first, rest)| {
        let mut row = vec![first];
        row.extend(rest);
        row
    });
    proptest::collection::vec(row, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_in_any_encoding_and_workbooks_come_back(rows in rows()) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Necessary).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).expect("written");
        }
        let text = String::from_utf8(writer.into_inner().expect("flushed")).expect("UTF-8");
        // The mark keeps a text without Chinese from being taken for another encoding.
        let wide = |little: bool| std::iter::once(0xFEFF).chain(text.encode_utf16())
            .flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect::<Vec<u8>>();
        prop_assert_eq!(back("a.csv", text.as_bytes(), 4), rows.clone());
        prop_assert_eq!(back("a.csv", format!("\u{feff}{text}").as_bytes(), 4), rows.clone());
        prop_assert_eq!(back("a.csv", &wide(true), 4), rows.clone());
        prop_assert_eq!(back("a.csv", &wide(false), 4), rows.clone());
        // Enough Chinese to know GBK by.
        let told = format!("订单号,支付时间,收货人,买家留言备注\n{text}");
        let gbk = encoding_rs::GB18030.encode(&told).0.into_owned();
        prop_assert_eq!(back("a.csv", &gbk, 4).split_off(1), rows.clone());

        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (at, row) in rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at as u32, column as u16, cell).expect("written");
            }
        }
        prop_assert_eq!(back("a.xlsx", &book.save_to_buffer().expect("saved"), 4), rows.clone());

        // The helpers cut at commas.
        let plain: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| cell.replace(',', ";")).collect()).collect();
        let joined: Vec<String> = plain.iter().map(|row| row.join(",")).collect();
        prop_assert_eq!(back("a.xls", markup::page(&joined).as_bytes(), 4).split_off(1), plain.clone());
        prop_assert_eq!(back("a.xls", markup::book(&joined).as_bytes(), 4).split_off(1), plain);
    }
}
