//! What ERPs write under the name `.xls`: web pages and Excel's XML of 2003.

use super::make::{HEAD, row};
use super::{Case, LeftOut, Read, Refused, case};

/// A page with a table of these rows.
pub fn page(rows: &[String]) -> String {
    let line = |tag: &str, row: &str| {
        let cells: Vec<String> = row.split(',').map(|cell| format!("<{tag}>{cell}</{tag}>")).collect();
        format!("<tr>{}</tr>\n", cells.concat())
    };
    let body: String = rows.iter().map(|row| line("td", row)).collect();
    format!(
        "<html><head><meta charset=\"utf-8\"></head><body><table>{}{body}</table></body></html>",
        line("th", HEAD)
    )
}

/// A workbook of 2003 with these rows.
pub fn book(rows: &[String]) -> String {
    let line = |row: &str| {
        let cells: Vec<String> = row
            .split(',')
            .map(|cell| format!("<Cell><Data ss:Type=\"String\">{cell}</Data></Cell>"))
            .collect();
        format!("<Row>{}</Row>\n", cells.concat())
    };
    let body: String = std::iter::once(HEAD).chain(rows.iter().map(String::as_str)).map(line).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
         <Worksheet ss:Name=\"Sheet1\"><Table>{body}</Table></Worksheet></Workbook>"
    )
}

pub fn cases() -> Vec<Case> {
    let gbk = encoding_rs::GB18030.encode(&page(&[row(2002)]).replace("utf-8", "gb2312")).0.into_owned();
    let laughs = book(&[row(2012)]).replace(
        "<Workbook",
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n<Workbook",
    );
    let laughs =
        laughs.replace("<Data ss:Type=\"String\">1</Data>", "<Data ss:Type=\"String\">&b;&b;&b;</Data>");
    let hidden = book(&[row(2013)]).replace(
        "</Worksheet>",
        "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>",
    );
    let date = book(&[row(2014)]).replace(
        "<Data ss:Type=\"String\">2026-11-05 10:00:00<",
        "<Data ss:Type=\"DateTime\">2026-11-05T10:00:00.000<",
    );
    let nested = page(&[row(2005)])
        .replace("<table>", "<table><tr><td><table>")
        .replace("</table>", "</table></td></tr></table>");
    vec![
        case("page.xls", page(&[row(2001)]), Read(1, &[])),
        case("page-gbk.xls", gbk, Read(1, &[])),
        case("page-as-csv.csv", page(&[row(2003)]), Read(1, &[])),
        case("page-head-only.xls", page(&[]), Read(0, &["no-rows"])),
        case(
            "page-without-ends.xls",
            page(&[row(2004)]).replace("</td>", "").replace("</tr>", ""),
            Read(1, &[]),
        ),
        case("page-in-a-layout.xls", nested, Read(1, &[])),
        case("page-without-table.xls", "<html><body>please log in</body></html>", Refused("without a table")),
        case(
            "page-cut.xls",
            page(&[row(2006)]).rsplit_once("</td>").expect("a cell").0,
            Refused("its end is missing"),
        ),
        case(
            "page-of-archive.xls",
            "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
            Refused("web page"),
        ),
        case(
            "page-spans.xls",
            page(&[row(2007)]).replace("<td>1<", "<td colspan=99999999 rowspan=99999999>1<"),
            Read(1, &["ragged"]),
        ),
        case(
            "page-ten-thousand-deep.xls",
            format!("{}{}", "<table><tr><td>".repeat(10_000), page(&[row(2008)])),
            Refused("no known kind"),
        ),
        case(
            "page-of-a-tag.xls",
            format!("<table {}>", "a=b ".repeat(500_000)),
            Refused("its end is missing"),
        ),
        case(
            "page-of-a-text.xls",
            page(&[row(2009)]).replace("<td>1<", &format!("<td>{}<", "x".repeat(2 << 20))),
            Refused("longer than"),
        ),
        case("book-2003.xls", book(&[row(2010)]), Read(1, &[])),
        case("book-2003.xml.xls", format!("\u{feff}{}", book(&[row(2011)])), Read(1, &[])),
        case("book-2003-laughs.xls", laughs, Read(1, &[])),
        case("book-2003-hidden.xls", hidden, LeftOut("a hidden sheet")),
        case("book-2003-dates.xls", date, Read(1, &[])),
        case(
            "book-2003-cut.xls",
            book(&[row(2015)]).rsplit_once("</Row>").expect("a row").0,
            Refused("its end is missing"),
        ),
        case(
            "book-2003-row-back.xls",
            book(&[row(2016)]).replace(
                "<Row><Cell><Data ss:Type=\"String\">261105",
                "<Row ss:Index=\"1\"><Cell><Data ss:Type=\"String\">261105",
            ),
            Refused("comes after a later one"),
        ),
        case(
            "drawing.xls",
            "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            Refused("an XML document"),
        ),
    ]
}
