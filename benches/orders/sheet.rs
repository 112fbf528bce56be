//! A table of text that is written a row at a time.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

/// How cells are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habits {
    /// Every cell in quotes, not only those that need them.
    pub quote_all: bool,
    /// GB18030, not UTF-8.
    pub gb18030: bool,
    /// A byte order mark before UTF-8.
    pub mark: bool,
    /// Lines end with CR LF.
    pub crlf: bool,
    /// What stands in a cell that is not filled.
    pub fill: &'static str,
}

/// A table under way. Cells keep their content from row to row until it is set anew.
pub struct Sheet<'w> {
    out: &'w mut dyn Write,
    headings: Vec<String>,
    row: Vec<String>,
    line: String,
    habits: Habits,
}

impl<'w> Sheet<'w> {
    /// Starts a table with its headings, as one line of CSV.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: &'w mut dyn Write, headings: &str, habits: Habits) -> io::Result<Sheet<'w>> {
        let headings = split(headings.trim_end());
        let fill = vec![habits.fill.to_owned(); headings.len()];
        let mut sheet = Sheet { out, row: headings.clone(), headings, line: String::new(), habits };
        if habits.mark {
            sheet.out.write_all("\u{feff}".as_bytes())?;
        }
        sheet.write()?;
        sheet.row = fill;
        Ok(sheet)
    }

    /// As [`Sheet::new`], for a tracking file of a Chinese platform: UTF-8 with a mark.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn tracking(out: &'w mut dyn Write, headings: &str) -> io::Result<Sheet<'w>> {
        Sheet::new(out, headings, Habits { mark: true, ..Habits::default() })
    }

    /// Where a column stands.
    pub fn column(&self, heading: &str) -> usize {
        self.headings
            .iter()
            .position(|known| known == heading)
            .unwrap_or_else(|| panic!("no column {heading}"))
    }

    /// Where several columns stand.
    pub fn columns<const N: usize>(&self, headings: [&str; N]) -> [usize; N] {
        headings.map(|heading| self.column(heading))
    }

    /// Fills a cell of the row.
    pub fn set(&mut self, column: usize, value: impl Display) {
        let cell = &mut self.row[column];
        cell.clear();
        let _ = write!(cell, "{value}");
    }

    /// Fills cells of the row that stand side by side.
    pub fn put<const N: usize>(&mut self, from: usize, values: [&dyn Display; N]) {
        for (at, value) in values.into_iter().enumerate() {
            self.set(from + at, value);
        }
    }

    /// Fills columns for all rows.
    pub fn always(&mut self, cells: &[(&str, &str)]) {
        for (heading, value) in cells {
            let column = self.column(heading);
            (*value).clone_into(&mut self.row[column]);
        }
    }

    /// Writes the row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self) -> io::Result<()> {
        self.line.clear();
        for (at, cell) in self.row.iter().enumerate() {
            if at > 0 {
                self.line.push(',');
            }
            if self.habits.quote_all || cell.contains([',', '"', '\n']) {
                let _ = write!(self.line, "\"{}\"", cell.replace('"', "\"\""));
            } else {
                self.line.push_str(cell);
            }
        }
        self.line.push_str(if self.habits.crlf { "\r\n" } else { "\n" });
        if self.habits.gb18030 {
            self.out.write_all(&encoding_rs::GB18030.encode(&self.line).0)
        } else {
            self.out.write_all(self.line.as_bytes())
        }
    }
}

/// One line of CSV in which no quote is doubled.
fn split(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.extend_last(c),
        }
    }
    cells
}

trait ExtendLast {
    fn extend_last(&mut self, c: char);
}

impl ExtendLast for Vec<String> {
    fn extend_last(&mut self, c: char) {
        if let Some(last) = self.last_mut() {
            last.push(c);
        }
    }
}

/// A local time, in seconds since 1970, as exports write it; nothing where there is none.
pub struct Time(pub Option<i64>);

impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(at) = self.0 else { return Ok(()) };
        let (year, month, day) = date(at);
        let of_day = at.rem_euclid(86_400);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        write!(f, "{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

/// A day, as `2026-11-09`.
pub struct Day(pub Option<i64>);

impl Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(at) = self.0 else { return Ok(()) };
        let (year, month, day) = date(at);
        write!(f, "{year}-{month:02}-{day:02}")
    }
}

/// A day, as `Nov-09-26`.
pub struct NamedDay(pub Option<i64>);

impl Display for NamedDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let Some(at) = self.0 else { return Ok(()) };
        let (year, month, day) = date(at);
        write!(f, "{}-{day:02}-{:02}", NAMES[month as usize - 1], year % 100)
    }
}

/// Year, month and day of seconds since 1970.
fn date(at: i64) -> (i64, i64, i64) {
    let shifted = at.div_euclid(86_400) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
