//! What a file is, told from its bytes.

use std::fmt;

/// What kind of file it is, by content; names and extensions are not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Delimited text, whatever the delimiter.
    Csv,
    /// A workbook of Excel 2007 or later.
    Xlsx,
    /// The same with macros.
    Xlsm,
    /// A binary workbook of Excel 2007 or later.
    Xlsb,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A spreadsheet of LibreOffice or OpenOffice.
    Ods,
    /// A web page with a table, often under the name `.xls`.
    Html,
    /// Excel's XML of 2003, often under the name `.xls`.
    Xml2003,
    /// A table of a lake.
    Parquet,
    /// A zip of exports; only seen where one is refused as a whole.
    Zip,
    /// Anything else.
    Unknown,
}

impl Format {
    /// The word in machine output: `csv`, `xlsx`, `xlsm`, `xlsb`, `xls`, `ods`, `html`, `xml-2003`, `parquet`, `zip` or `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Xlsm => "xlsm",
            Format::Xlsb => "xlsb",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Html => "html",
            Format::Xml2003 => "xml-2003",
            Format::Parquet => "parquet",
            Format::Zip => "zip",
            Format::Unknown => "unknown",
        }
    }

    /// Whether it has sheets, and cells with types.
    pub const fn is_workbook(self) -> bool {
        matches!(
            self,
            Format::Xlsx | Format::Xlsm | Format::Xlsb | Format::Xls | Format::Ods | Format::Xml2003
        )
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// How the characters of a text file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// UTF-8, of which ASCII is a part.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, little end first, with a byte order mark.
    Utf16Le,
    /// UTF-16, big end first, with a byte order mark.
    Utf16Be,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
}

impl Encoding {
    /// The word in machine output: `utf-8`, `utf-8-bom`, `utf-16le`, `utf-16be` or `gb18030`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8-bom",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Gb18030 => "gb18030",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
