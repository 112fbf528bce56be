//! Tables of a lake that claim or give more than they should.

use super::{Case, Read, Refused, case};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::sync::Arc;

/// A table of texts, column by column.
fn table(columns: &[(&str, Vec<ByteArray>)], dictionary: bool) -> Vec<u8> {
    let field = |(name, _): &(&str, Vec<ByteArray>)| {
        let field = Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(Some(LogicalType::String));
        Arc::new(field.build().expect("a field"))
    };
    let fields = columns.iter().map(field).collect();
    let schema = Type::group_type_builder("lake").with_fields(fields).build().expect("a schema");
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(parquet::basic::ZstdLevel::default()))
        .set_dictionary_enabled(dictionary)
        .set_dictionary_page_size_limit(64 << 20)
        .build();
    let mut bytes = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties)).expect("begun");
    let mut group = writer.next_row_group().expect("a group");
    for (_, values) in columns {
        let mut column = group.next_column().expect("a column").expect("a column");
        column.typed::<ByteArrayType>().write_batch(values, None, None).expect("written");
        column.close().expect("closed");
    }
    group.close().expect("closed");
    writer.close().expect("closed");
    bytes
}

fn text(text: &str) -> ByteArray {
    ByteArray::from(text)
}

pub fn cases() -> Vec<Case> {
    let orders = table(
        &[
            ("order_id", vec![text("261105-000000000006001")]),
            ("marketplace", vec![text("pinduoduo")]),
            ("status", vec![text("待发货")]),
            ("paid_at", vec![text("2026-11-05 10:00:00")]),
        ],
        true,
    );
    let one = table(&[("order_id", vec![text("1")])], false);
    // The size of the first page, which follows its kind, is said to be 2 GiB.
    assert_eq!(&one[4..7], [0x15, 0x00, 0x15]);
    let claims = [&one[..7], &[0xFE, 0xFF, 0xFF, 0xFF, 0x0F], &one[8..]].concat();
    let long = ByteArray::from(vec![b'7'; 1 << 20]);
    let half = orders[..orders.len() / 2].to_vec();
    let mut lost = orders.clone();
    let end = lost.len();
    lost[end - 8..end - 4].copy_from_slice(&u32::MAX.to_le_bytes());
    // A list of a hundred million columns, said in a few bytes.
    let footer: &[u8] = &[0x15, 0x02, 0x19, 0xFC, 0xFC, 0x8B, 0xFD, 0x33];
    let length = (footer.len() as u32).to_le_bytes();
    let columns = [b"PAR1", footer, &length, b"PAR1"].concat();
    vec![
        case("lake-list-of-columns.parquet", columns, Refused("damaged")),
        case("lake.parquet", orders, Read(1, &[])),
        case("lake-cut.parquet", half, Refused("damaged")),
        case("lake-footer-of-4-gib.parquet", lost, Refused("damaged")),
        case("lake-page-of-2-gib.parquet", claims, Refused("damaged")),
        case(
            "lake-long-cell.parquet",
            table(&[("order_id", vec![vec![b'7'; 8 << 20].into()])], false),
            Refused("longer than 4194304 bytes"),
        ),
        case("lake-dictionary.parquet", table(&[("order_id", vec![long; 80])], true), Refused("inflates")),
    ]
}
