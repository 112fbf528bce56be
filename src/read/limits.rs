//! How large an input may be before it is refused: hostile and broken files must not take the run down.

/// Bounds on one input file. The defaults refuse none of some 3,900 honest public spreadsheets, the
/// largest of which expands 140 : 1 and has 196 parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Columns of a heading row. Exports have some 80; 16,384 is what a worksheet can hold.
    pub columns: usize,
    /// Bytes of one record of delimited text; also how far a quoted cell may run over line ends.
    pub record: usize,
    /// Bytes of one cell of delimited text.
    pub field: usize,
    /// Physical lines that one quoted record may span: a remark has a few, a quote that was never
    /// closed takes hundreds.
    pub span: u32,
    /// Entries of a zip container, workbooks included.
    pub entries: usize,
    /// Bytes that all entries of a container may inflate to together.
    pub inflated: u64,
    /// Largest honest ratio of inflated to deflated bytes …
    pub ratio: u64,
    /// … of entries that inflate to more bytes than this; below it any ratio passes, as small parts of
    /// repeated markup honestly compress thousandfold.
    pub ratio_from: u64,
    /// Ratio that shared strings may reach.
    pub suspect: u64,
    /// Ratio up to which a part of a workbook is not searched for …
    pub loose: u64,
    /// … a tag, a text or a cell of more bytes than this, each of which the reader holds in memory at once.
    pub stretch: u64,
    /// Merged areas of a sheet.
    pub merges: usize,
    /// Bytes of memory that the shared strings of a workbook may take: their text, and the place of each.
    pub strings: u64,
    /// Shared strings of more bytes than this may not inflate further than `suspect`: no text stands there twice.
    pub strings_from: u64,
    /// Bytes of a part that lists what is in a workbook, all of which is held in memory many times over.
    pub listing: u64,
    /// Bytes of the part with the formats, whose names are held in memory.
    pub styles: u64,
    /// Formats of cells of a workbook; Excel saves some 65,000 in each of two lists.
    pub formats: usize,
    /// Bytes of a workbook kind that can only be read as a whole (.xls, .xlsb, .ods).
    pub whole: u64,
    /// Bytes of text that a thread takes in one go: large enough to be worth a task, small enough that a few of them
    /// are nothing. What is read never depends on it; tests make it small.
    pub window: usize,
    /// Seconds that reading a workbook of these kinds may take.
    pub seconds: u64,
    /// Bytes of memory that reading one may take. An honest one with a single far cell takes 1,026 MB.
    pub memory: u64,
    /// Bytes of cells that one may give.
    pub answer: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            columns: 1_024,
            record: 4 << 20,
            field: 1 << 20,
            span: 50,
            entries: 10_000,
            inflated: 4 << 30,
            ratio: 250,
            ratio_from: 64 << 20,
            suspect: 50,
            loose: 25,
            stretch: 4 << 20,
            merges: 2_000_000,
            strings: 768 << 20,
            strings_from: 16 << 20,
            listing: 8 << 20,
            styles: 64 << 20,
            formats: 200_000,
            whole: 512 << 20,
            window: 1 << 20,
            seconds: 30,
            memory: 1_536 << 20,
            answer: 512 << 20,
        }
    }
}
