//! The kinds that a process of its own reads: `.xls`, `.xlsb`, `.ods`.

use super::make::{Cell, HEAD, bomb, changed, parts, renamed, row, without, xlsb, zip};
use super::{Case, Read, Refused, case};

const XLS: &[u8] = include_bytes!("../../../src/read/tests/whole/orders.xls");
pub const ODS: &[u8] = include_bytes!("../../../src/read/tests/whole/orders.ods");

/// An `.ods` with these rows of one late order each, and more markup in its table.
fn ods(rows: &[String], more: &str) -> Vec<u8> {
    changed(ODS, "content.xml", |_| {
        let line = |row: &str| {
            let cells: Vec<String> = row.split(',')
                .map(|cell| format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"))
                .collect();
            format!("<table:table-row>{}</table:table-row>", cells.concat())
        };
        let body: String = std::iter::once(HEAD).chain(rows.iter().map(String::as_str)).map(line).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
             xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
             xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\"><office:body>\
             <office:spreadsheet><table:table table:name=\"a\">{body}{more}</table:table></office:spreadsheet>\
             </office:body></office:document-content>"
        )
    })
}

/// A compound file with the name of an encrypted workbook in its directory.
fn encrypted() -> Vec<u8> {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let (from, to) = (wide("Workbook"), wide("EncryptedPackage"));
    let mut bytes = XLS.to_vec();
    let at = bytes.windows(from.len()).position(|part| part == from).expect("the stream");
    bytes[at..at + to.len()].copy_from_slice(&to);
    bytes
}

pub fn cases() -> Vec<Case> {
    let head = || HEAD.split(',').map(Cell::Text).collect::<Vec<_>>();
    let order = |id: &'static str, paid: Cell| {
        vec![Cell::Text(id), Cell::Text("待发货"), Cell::Number(1.0), paid, Cell::Text("2026-11-07 10:00:00")]
    };
    let binary = xlsb(&[head(), order("261105-000000000005001", Cell::Text("2026-11-05 10:00:00"))]);
    let failed = xlsb(&[head(), order("261105-000000000005002", Cell::Error)]);
    let spaces = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"2000000000\"/></text:p></table:table-cell></table:table-row>";
    let rows = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let below = "<table:table-row table:number-rows-repeated=\"4294967295\"/><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    let indented =
        changed(&ods(&[row(5007)], ""), "content.xml", |text| text.replace("><table:", ">\n    <table:"));
    let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    let spoil = |bytes: &[u8], from: usize, byte: u8| {
        let mut bytes = bytes.to_vec();
        let to = (from + 64).min(bytes.len());
        bytes[from..to].fill(byte);
        bytes
    };
    vec![
        case("old.xls", XLS, Refused("no known kind")),
        case("old-cut.xls", half(XLS), Refused("")),
        case("old-512-bytes.xls", &XLS[..512], Refused("")),
        case("old-8-bytes.xls", &XLS[..8], Refused("")),
        case("old-no-table-of-sectors.xls", spoil(XLS, 48, 0xFF), Refused("")),
        case("old-sectors-of-2-to-the-255.xls", spoil(XLS, 30, 0xFE), Refused("")),
        case("old-locked.xls", encrypted(), Refused("password")),
        case("open.ods", ods(&[row(5003)], ""), Read(1, &[])),
        case("open-cut.ods", half(ODS), Refused("its end is missing")),
        case("open-noise.ods", changed(ODS, "content.xml", |_| "<office:noise".to_owned()), Refused("")),
        case("open-without-content.ods", without(ODS, "content.xml"), Refused("a zip without")),
        case(
            "open-two-thousand-million-spaces.ods",
            ods(&[row(5004)], spaces),
            Refused("longer than 1048576 bytes"),
        ),
        case("open-rows-without-end.ods", ods(&[row(5005)], rows), Refused("would take")),
        case("open-below-the-last-row.ods", ods(&[row(5006)], below), Refused("below the last one")),
        case("open-indented.ods", indented, Read(1, &[])),
        case(
            "open-cut-content.ods",
            changed(&ods(&[row(5008)], ""), "content.xml", |text| text[..text.len() - 60].to_owned()),
            Refused("breaks off"),
        ),
        case(
            "open-letter.ods",
            changed(ODS, "content.xml", |_| {
                "<office:document-content><office:text/></office:document-content>".to_owned()
            }),
            Refused("no spreadsheet"),
        ),
        case(
            "open-bomb.ods",
            bomb("content.xml", b"<office:document-content>", 96, &parts(&without(ODS, "content.xml"))),
            Refused("inflates"),
        ),
        case(
            "open-two-of-a-name.ods",
            renamed(
                &zip(&[parts(ODS), vec![("contenX.xml".to_owned(), b"<x/>".to_vec())]].concat()),
                "contenX.xml",
                "content.xml",
            ),
            Refused("same name"),
        ),
        case("binary.xlsb", binary.clone(), Read(1, &[])),
        case("binary-error.xlsb", failed, Read(1, &[])),
        case("binary-cut.xlsb", half(&binary), Refused("its end is missing")),
        case("binary-without-sheet.xlsb", without(&binary, "xl/worksheets/sheet1.bin"), Refused("damaged")),
        case(
            "binary-noise.xlsb",
            zip(&parts(&binary)
                .into_iter()
                .map(
                    |(name, part)| {
                        if name.ends_with("sheet1.bin") { (name, vec![0xFF; 900]) } else { (name, part) }
                    },
                )
                .collect::<Vec<_>>()),
            Refused(""),
        ),
    ]
}
