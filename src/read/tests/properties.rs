use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use proptest::prelude::*;

use super::{read, table, with_window};
use crate::read::encoding::{Places, decode};
use crate::read::{Encoding, Trouble};

/// Texts of the characters that matter, quotes in likely and unlikely places.
fn messy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => Just(","), 5 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r"), 3 => Just("\""), 2 => Just("\"\""),
        6 => Just("a"), 2 => Just("中"), 2 => Just(",\""), 2 => Just("\","), 1 => Just("\"\n"), 1 => Just("b,c,d\n"),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

/// What the `csv` crate's parser makes of a text.
fn reference(text: &[u8]) -> Vec<Vec<String>> {
    let mut reader: Reader = ReaderBuilder::new().build();
    let (mut output, mut ends) = (vec![0; text.len() + 9], vec![0; text.len() + 9]);
    let (mut records, mut at) = (Vec::new(), 0);
    let (mut written, mut ended) = (0, 0);
    loop {
        let (result, read, out, end) =
            reader.read_record(&text[at..], &mut output[written..], &mut ends[ended..]);
        at += read;
        written += out;
        ended += end;
        match result {
            ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends[..ended].iter().copied());
                let cells = starts
                    .zip(&ends[..ended])
                    .map(|(from, &to)| String::from_utf8_lossy(&output[from..to]).into_owned());
                records.push(cells.collect());
                (written, ended) = (0, 0);
            }
            ReadRecordResult::End => return records,
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn windows_of_any_size_give_the_same_rows(text in messy(), window in 1_usize..200, width in 0_usize..7) {
        let whole = table(format!("x{text}").as_bytes());
        let wanted = read(&whole, b',', width);
        prop_assert_eq!(read(&with_window(whole, window), b',', width), wanted);
    }

    #[test]
    fn single_lines_read_as_the_csv_crate_reads_them(text in messy()) {
        let text = text.replace(['\n', '\r'], "");
        // The crate closes an open quote silently at the end; here that is a row in trouble.
        let text = format!("x{text}");
        let rows = read(&table(text.as_bytes()), b',', 0).0;
        if rows.iter().all(|seen| seen.trouble.is_none()) {
            let got: Vec<_> = rows.into_iter().map(|seen| seen.cells).collect();
            prop_assert_eq!(got, reference(text.as_bytes()));
        }
    }

    #[test]
    fn well_formed_tables_come_back_as_they_were_written(
        rows in prop::collection::vec(prop::collection::vec("[a中\",\r\n ]{0,6}", 4), 1..30),
        window in 1_usize..90,
        quote in prop::bool::ANY,
    ) {
        let style = if quote { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer = csv::WriterBuilder::new().quote_style(style).from_writer(Vec::new());
        writer.write_record(["h", "e", "a", "d"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let seen = read(&with_window(table(&text), window), b',', 4).0;
        prop_assert!(seen.iter().all(|seen| seen.trouble.is_none()));
        let got: Vec<_> = seen.into_iter().map(|seen| seen.cells).collect();
        prop_assert_eq!(&got[1..], &rows[..]);
        prop_assert_eq!(got, reference(&text));
    }

    #[test]
    fn every_physical_line_belongs_to_one_row(text in messy(), window in 1_usize..200) {
        let text = format!("x{text}");
        let (rows, count, lines) = read(&with_window(table(text.as_bytes()), window), b',', 4);
        let physical = text.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert_eq!(lines as usize, physical.split_terminator('\n').count());
        prop_assert!(rows.iter().all(|seen| seen.row < count && seen.line < lines));
        prop_assert!(rows.windows(2).all(|pair| pair[0].row < pair[1].row && pair[0].line < pair[1].line));
    }

    #[test]
    fn rows_that_nobody_wants_change_nothing_of_the_others(
        text in messy(),
        window in 1_usize..200,
        every in 2_u32..5,
    ) {
        let table = with_window(table(format!("x{text}").as_bytes()), window);
        let rows_of = |every: u32| {
            let blocks = table.read(Some(b','), 4, &|_| {}, |block| {
                let mut rows = Vec::new();
                block.for_each_of(|row| row % every == 0, |row| {
                    let cells: Vec<_> = (0..row.len()).map(|at| row.cell(at).to_text()).collect();
                    rows.push((row.row, row.line, row.trouble, cells));
                });
                rows
            });
            let blocks = blocks.unwrap().into_iter();
            blocks.map(|block| (block.value, block.rows, block.lines)).collect::<Vec<_>>()
        };
        let mut wanted = rows_of(1);
        for (rows, _, _) in &mut wanted {
            rows.retain(|(row, _, _, _)| row % every == 0);
        }
        prop_assert_eq!(rows_of(every), wanted);
    }

    #[test]
    fn no_bytes_make_it_panic_or_disagree(bytes in prop::collection::vec(any::<u8>(), 1..400), window in 1_usize..99) {
        let bytes: Vec<u8> = [b"x,\n".as_slice(), &bytes].concat().into_iter().filter(|&byte| byte != 0).collect();
        let whole = table(&bytes);
        let wanted = read(&whole, b',', 2);
        prop_assert_eq!(read(&with_window(whole, window), b',', 2), wanted);
    }

    #[test]
    fn places_are_found_exactly_where_decoding_replaces(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            let replaced = decode(&bytes, encoding).contains('\u{FFFD}')
                && !(encoding == Encoding::Utf8 && std::str::from_utf8(&bytes).is_ok());
            let gb = encoding_rs::GB18030.encode("\u{FFFD}").0;
            if !bytes.windows(gb.len()).any(|window| window == &*gb) {
                prop_assert_eq!(!Places::of(&bytes, encoding, true).bad.is_empty(), replaced, "{:?} {}", bytes, encoding);
            }
        }
    }
}

#[test]
fn every_gb18030_pair_is_judged_as_the_decoder_judges_it() {
    for lead in 0x80..=0xFF_u8 {
        for trail in 0..=0xFF_u8 {
            let bytes = [lead, trail, b','];
            let bad = !Places::of(&bytes, Encoding::Gb18030, true).bad.is_empty();
            assert_eq!(bad, decode(&bytes, Encoding::Gb18030).contains('\u{FFFD}'), "{bytes:x?}");
        }
    }
}

proptest! {
    #[test]
    fn chinese_in_gb18030_has_no_bad_places(text in "[一-龥々㐀-㐿a, €😀]{0,60}", last in prop::bool::ANY) {
        let bytes = encoding_rs::GB18030.encode(&text).0;
        prop_assert!(Places::of(&bytes, Encoding::Gb18030, last).bad.is_empty());
    }
}

#[test]
fn trouble_is_small() {
    assert!(size_of::<Option<Trouble>>() <= 24);
}
