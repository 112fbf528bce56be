//! What those find who read the tables.

use super::{Desk, done};
use crate::support::root;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

/// The rows of a table, as JSON; instants as microseconds.
fn rows(path: &Path) -> Vec<Value> {
    use parquet::record::Field;
    let reader = SerializedFileReader::new(File::open(path).expect("a table")).expect("Parquet");
    let rows = reader.get_row_iter(None).expect("rows");
    let cell = |field: &Field| match field {
        Field::Str(text) => Value::from(text.as_str()),
        Field::Int(number) => Value::from(*number),
        Field::Long(number) | Field::TimestampMicros(number) => Value::from(*number),
        Field::Bool(yes) => Value::from(*yes),
        _ => Value::Null,
    };
    rows.map(|row| {
        let row = row.expect("a row");
        row.get_column_iter().map(|(name, field)| (name.clone(), cell(field))).collect()
    })
    .collect()
}

#[test]
fn what_a_lake_reads_is_what_the_json_says() {
    let desk = Desk::of_samples();
    let (whole, orders) = desk.whole(&["--parquet", "findings.parquet"]);
    let whole: Value = serde_json::from_str(&whole).expect("JSON");
    done(&desk.part(&[&desk.exports()], &[]));
    let part = desk.parts().remove(0);
    let mut want = BTreeSet::new();
    let mut counted = 0;
    for order in orders.lines() {
        let order: Value = serde_json::from_str(order).expect("JSON");
        for finding in order["findings"].as_array().expect("findings") {
            counted += 1;
            let due = finding["due_at"].as_str().and_then(crate::support::instant);
            let texts = [&order["store"], &order["order_id"], &finding["rule"], &finding["state"]];
            want.insert((texts.map(|text| text.as_str().unwrap_or_default().to_owned()), due));
        }
    }
    for table in [desk.0.path().join("findings.parquet"), part.join("findings.parquet")] {
        let rows = rows(&table);
        assert_eq!(rows.len(), counted);
        let got: BTreeSet<_> = rows
            .iter()
            .map(|row| {
                let texts = [&row["store"], &row["order_id"], &row["rule"], &row["state"]];
                let due = row["due_at"].as_i64().map(|micros| micros / 1_000_000);
                (texts.map(|text| text.as_str().unwrap_or_default().to_owned()), due)
            })
            .collect();
        assert!(got == want, "{}: {:?}", table.display(), got.symmetric_difference(&want).next());
    }
    let judged = rows(&part.join("orders.parquet"));
    assert_eq!(judged.len() as u64, whole["totals"]["orders"].as_u64().expect("a total"));
    let at_risk: i64 =
        rows(&part.join("stores.parquet")).iter().filter_map(|row| row["at_risk"].as_i64()).sum();
    assert_eq!(Some(at_risk), whole["totals"]["at_risk"].as_i64());
}

#[test]
fn the_documented_schema_is_the_one_that_is_written() {
    const MARK: &str = "<!-- the tables, generated -->\n";
    let path = root().join("docs/parts.md");
    let text = fs::read_to_string(&path).expect("the document");
    let (before, tables) = text.split_once(MARK).expect("the mark");
    let want = shipby::parts::schema::as_markdown();
    if std::env::var_os("SHIPBY_WRITE_DOCS").is_some() {
        fs::write(&path, format!("{before}{MARK}{want}")).expect("written");
        return;
    }
    assert!(tables == want, "docs/parts.md is not up to date: SHIPBY_WRITE_DOCS=1 cargo test");
}
