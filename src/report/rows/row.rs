//! A row as text: its cells, and the characters that XML and Excel want written in another way.

use crate::report::workbook::styles::Style;
use crate::report::workbook::text::fit;
use std::io::Write as _;
use wide::u8x16;

/// Pixels of a row whose height was not set.
const USUAL: u32 = 20;
/// How an empty `t` element of a cell begins, and the same where blanks at either end count.
const TEXT: &[u8] = b"\" t=\"inlineStr\"><is><t>";
const TEXT_AS_IT_IS: &[u8] = b"\" t=\"inlineStr\"><is><t xml:space=\"preserve\">";

/// What the rows of a stretch are written into.
#[derive(Default)]
pub struct Buffers {
    /// Whole rows.
    pub rows: Vec<u8>,
    /// Links among them.
    pub links: Vec<u8>,
    /// Columns used so far.
    pub columns: u16,
    /// The cells of the row that is being written.
    cells: Vec<u8>,
    /// Where they begin, by column, in the order in which they were written.
    starts: Vec<(u16, usize)>,
    /// How a cell of a column begins, as far as it was asked for: up to the number of its row.
    columns_named: Vec<Vec<u8>>,
    /// How it goes on behind that number, by the number of its style.
    styles_named: Vec<Vec<u8>>,
}

/// A row that is being written. Cells may come in any order; of two in one column the later one counts.
pub struct Row<'b> {
    buffers: &'b mut Buffers,
    number: u32,
    digits: Vec<u8>,
    height: Option<u32>,
}

impl<'b> Row<'b> {
    /// A row of a sheet, counted from 0.
    pub(super) fn new(buffers: &'b mut Buffers, number: u32) -> Row<'b> {
        buffers.cells.clear();
        buffers.starts.clear();
        let mut digits = Vec::with_capacity(8);
        whole(&mut digits, u64::from(number) + 1);
        Row { buffers, number, digits, height: None }
    }

    /// Its number in its sheet, counted from 0, where the headings are.
    pub fn at(&self) -> u32 {
        self.number
    }

    /// Sets its height in points.
    pub fn height(&mut self, points: f64) {
        self.height = Some((points * 4.0 / 3.0).round() as u32);
    }

    /// A text, always as text; one that is too long for a cell is cut.
    pub fn text(&mut self, column: u16, text: &str, style: &Style) {
        if text.is_empty() {
            return self.blank(column, style);
        }
        let text = fit(text);
        self.open(column, style);
        let edge = |c: Option<&u8>| matches!(c, Some(b' ' | b'\t' | b'\n'));
        let as_it_is = edge(text.as_bytes().first()) || edge(text.as_bytes().last());
        let cells = &mut self.buffers.cells;
        cells.extend_from_slice(if as_it_is { TEXT_AS_IT_IS } else { TEXT });
        escape(cells, &text);
        cells.extend_from_slice(b"</t></is></c>");
    }

    /// A number; what is none is written as a text.
    pub fn number(&mut self, column: u16, number: f64, style: &Style) {
        if !number.is_finite() {
            return self.text(column, &number.to_string(), style);
        }
        self.open(column, style);
        let cells = &mut self.buffers.cells;
        cells.extend_from_slice(b"\"><v>");
        if number.is_sign_positive() && number < 1e15 && number.fract() == 0.0 {
            whole(cells, number as u64);
        } else {
            // Writing to memory does not fail.
            let _ = write!(cells, "{number}");
        }
        cells.extend_from_slice(b"</v></c>");
    }

    /// A truth value.
    pub fn truth(&mut self, column: u16, truth: bool, style: &Style) {
        self.open(column, style);
        let value: &[u8] = if truth { b"\" t=\"b\"><v>1</v></c>" } else { b"\" t=\"b\"><v>0</v></c>" };
        self.buffers.cells.extend_from_slice(value);
    }

    /// A cell without content.
    pub fn blank(&mut self, column: u16, style: &Style) {
        self.open(column, style);
        self.buffers.cells.extend_from_slice(b"\"/>");
    }

    /// A text with a link to a place of the same workbook, such as `'Run'!A1`, and what is shown when one points at it.
    pub fn link(&mut self, column: u16, text: &str, place: &str, tip: &str, style: &Style) {
        self.text(column, text, style);
        let links = &mut self.buffers.links;
        links.extend_from_slice(b"<hyperlink ref=\"");
        links.extend_from_slice(column_name(column).as_bytes());
        links.extend_from_slice(&self.digits);
        for (name, value) in
            [(&b"\" location=\""[..], place), (b"\" tooltip=\"", tip), (b"\" display=\"", text)]
        {
            links.extend_from_slice(name);
            attribute(links, value);
        }
        links.extend_from_slice(b"\"/>");
    }

    /// Up to the quote that ends the cell's style.
    fn open(&mut self, column: u16, style: &Style) {
        let style = style.number() as usize;
        self.buffers.name(column, style);
        let Buffers { cells, starts, columns_named, styles_named, columns, .. } = &mut *self.buffers;
        starts.push((column, cells.len()));
        *columns = (*columns).max(column + 1);
        cells.extend_from_slice(&columns_named[usize::from(column)]);
        cells.extend_from_slice(&self.digits);
        cells.extend_from_slice(&styles_named[style]);
    }

    /// Adds the row to the rows before it.
    pub(super) fn close(self) {
        let Buffers { rows, cells, starts, .. } = self.buffers;
        let height = self.height.filter(|height| *height != USUAL);
        if cells.is_empty() && height.is_none() {
            return;
        }
        rows.extend_from_slice(b"<row r=\"");
        rows.extend_from_slice(&self.digits);
        if let Some(height) = height {
            let _ = write!(rows, "\" ht=\"{}\" customHeight=\"1", f64::from(height) * 0.75);
        }
        rows.extend_from_slice(b"\">");
        if starts.windows(2).all(|two| two[0].0 < two[1].0) {
            rows.extend_from_slice(cells);
        } else {
            in_order(rows, cells, starts);
        }
        rows.extend_from_slice(b"</row>");
    }
}

/// Cells that were not written from left to right.
fn in_order(rows: &mut Vec<u8>, cells: &[u8], starts: &[(u16, usize)]) {
    let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([cells.len()]);
    let mut spans: Vec<_> =
        starts.iter().zip(ends).map(|((column, start), end)| (*column, *start, end)).collect();
    spans.sort_by_key(|(column, start, _)| (*column, *start));
    for (at, (column, start, end)) in spans.iter().enumerate() {
        if spans.get(at + 1).is_none_or(|(next, _, _)| next != column) {
            rows.extend_from_slice(&cells[*start..*end]);
        }
    }
}

impl Buffers {
    /// Forgets all but the memory and how cells begin.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.links.clear();
        self.cells.clear();
        self.starts.clear();
        self.columns = 0;
    }

    /// Gets ready how cells begin, up to those of a column and of a style.
    fn name(&mut self, column: u16, style: usize) {
        while self.columns_named.len() <= usize::from(column) {
            let name = column_name(self.columns_named.len() as u16);
            self.columns_named.push(format!("<c r=\"{name}").into_bytes());
        }
        while self.styles_named.len() <= style {
            self.styles_named.push(format!("\" s=\"{}", self.styles_named.len()).into_bytes());
        }
    }
}

/// The letters of a column, counted from 0.
pub fn column_name(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// A whole number in digits.
fn whole(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// A text between tags. Characters that XML has not are written as Excel writes them, `_x001F_`; a text that looks like
/// such a one gets its first character written so.
pub fn escape(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = next_doubtful(bytes, at) {
        at = found + 1;
        let (code, length): (&[u8], usize) = match bytes[found] {
            b'&' => (b"&amp;", 1),
            b'<' => (b"&lt;", 1),
            b'>' => (b"&gt;", 1),
            b'_' if looks_escaped(&bytes[found..]) => (b"_x005F_", 1),
            0xef if bytes[found..].starts_with(b"\xef\xbf\xbe") => (b"_xFFFE_", 3),
            0xef if bytes[found..].starts_with(b"\xef\xbf\xbf") => (b"_xFFFF_", 3),
            0..0x20 => (b"", 1),
            _ => continue,
        };
        out.extend_from_slice(&bytes[copied..found]);
        if code.is_empty() {
            let _ = write!(out, "_x{:04X}_", bytes[found]);
        } else {
            out.extend_from_slice(code);
        }
        copied = found + length;
        at = copied;
    }
    out.extend_from_slice(&bytes[copied..]);
}

/// The first byte from `at` on at which [`escape`] looks twice. Sixteen are looked at together.
fn next_doubtful(bytes: &[u8], mut at: usize) -> Option<usize> {
    const LANE: usize = 16;
    while let Some(lane) = bytes.get(at..).and_then(<[u8]>::first_chunk::<LANE>) {
        let lane = u8x16::from(*lane);
        let is = |byte: u8| lane.simd_eq(u8x16::splat(byte));
        let control = lane.min(u8x16::splat(0x1f)).simd_eq(lane);
        let doubtful = control | is(b'&') | is(b'<') | is(b'>') | is(b'_') | is(0xef);
        let mut bits = doubtful.to_bitmask();
        while bits != 0 {
            let found = at + bits.trailing_zeros() as usize;
            // TABs and line feeds are none.
            if MAY_NEED_MORE[usize::from(bytes[found])] {
                return Some(found);
            }
            bits &= bits - 1;
        }
        at += LANE;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| MAY_NEED_MORE[usize::from(*byte)]).map(|found| at + found)
}

/// Bytes at which [`escape`] looks twice.
const MAY_NEED_MORE: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 0x20 {
        table[at] = at != b'\t' as usize && at != b'\n' as usize;
        at += 1;
    }
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'_' as usize] = true;
    // The first byte of U+FFFE and U+FFFF, and of Chinese punctuation.
    table[0xef] = true;
    table
};

fn looks_escaped(bytes: &[u8]) -> bool {
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[2..6].iter().all(u8::is_ascii_hexdigit) && bytes[6] == b'_'
}

/// A text between quotes; what XML cannot hold is left out.
fn attribute(out: &mut Vec<u8>, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '\n' => out.extend_from_slice(b"&#xA;"),
            '\0'..'\x20' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}
