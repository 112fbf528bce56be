//! The rows of the annotated sheets of one input, a block of the input at a time.

use super::annotated::{OfInput, Shared, Spot};
use super::cells::Spot as CellSpot;
use super::front::Front;
use super::owners::Owned;
use super::pages::{Column, Look, Pages, Role};
use super::stream::Start;
use super::text::width;
use super::{Annotate, ReportError};
use crate::assess::{Verdict, judge_into};
use crate::normalise::{Input, InputKind, Issue, Problem};
use crate::read::{Block, Cell, ReadFault, Row};
use crate::recognise::Kind;
use crate::report::mask::{Private, misplaced, private};
use crate::report::rows::{Part, Stretch};
use chrono_tz::Tz;
use rustc_hash::FxHashSet;
use std::io;

/// Verdict columns before the original ones.
pub const FRONT: u16 = 5;
/// Rows whose cells decide how wide their columns are.
const MEASURED: u32 = 200;

/// What the rows of one input are written with. Any block of it can be written by any thread.
pub struct SheetRows<'r> {
    shared: &'r Shared<'r>,
    number: u32,
    input: &'r Input,
    /// Of [`Annotate::Risk`] only the rows that are written.
    owned: Vec<Owned>,
    issues: &'r [Issue],
    /// Of the due times: that in which the days of the input's orders end; of other inputs the reader's.
    zone: Tz,
    private: Vec<Private>,
}

/// What came of a block.
pub struct Made {
    parts: Vec<Part>,
    /// Rows of the sheets before it, and with it.
    rows: (u64, u64),
    /// How wide columns have to be.
    widths: Vec<f64>,
    spots: Vec<Spot>,
    /// Whether the headings are not where they were.
    changed: bool,
}

/// A block that is being written.
struct Writing<'w> {
    stretch: Stretch<'w>,
    made: Made,
    verdict: Verdict,
    judged: Option<u32>,
    next_owned: usize,
    next_issue: usize,
}

impl<'r> SheetRows<'r> {
    /// Gets ready for an input.
    pub fn new(shared: &'r Shared<'r>, number: u32, set_aside: &FxHashSet<u32>) -> SheetRows<'r> {
        let audit = shared.desk.audit;
        let input = &audit.ledger.inputs[number as usize];
        let start = audit.issues.partition_point(|issue| issue.input < number);
        let end = audit.issues.partition_point(|issue| issue.input <= number);
        let mut owned = shared.owners.of_input(number, set_aside);
        if shared.mode == Annotate::Risk {
            owned.retain(|owned| shared.shown[owned.order as usize]);
            owned.shrink_to_fit();
        }
        SheetRows {
            shared,
            number,
            input,
            owned,
            issues: &audit.issues[start..end],
            zone: match (input.kind, &input.clock) {
                (InputKind::Known(Kind::Orders), Some(clock)) => clock.day_zone,
                _ => shared.desk.options.zone,
            },
            private: input.columns.iter().map(|c| private(c.field, &c.heading)).collect(),
        }
    }

    /// Writes the rows of a block.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn block(&self, block: &mut Block<'_>, start: Start) -> io::Result<Made> {
        let next_owned = self.owned.partition_point(|owned| owned.row <= start.row);
        let first = if self.shared.mode == Annotate::Risk { next_owned as u64 } else { start.below };
        let desk = self.shared.desk;
        let made = Made {
            parts: Vec::new(),
            rows: (first, first),
            widths: vec![0.0; self.input.columns.len()],
            spots: Vec::new(),
            changed: false,
        };
        let mut writing = Writing {
            stretch: Stretch::new(desk.factory.spool(), desk.rows(), first),
            made,
            verdict: Verdict::default(),
            judged: None,
            next_owned,
            next_issue: self.issues.partition_point(|issue| issue.row <= start.row),
        };
        let mut failed = Ok(());
        // Of the rows of a large input few are written.
        let mut ours = self.owned[next_owned..].iter().map(|owned| owned.row).peekable();
        let mut wanted = |row: u32| {
            let row = start.row + row + 1;
            while ours.next_if(|next| *next < row).is_some() {}
            self.shared.mode != Annotate::Risk || row <= self.input.heading_row || ours.peek() == Some(&row)
        };
        block.for_each_of(&mut wanted, |cells| {
            let row = start.row + cells.row + 1;
            if row <= self.input.heading_row {
                writing.made.changed |= row == self.input.heading_row && !self.is_heading(&cells);
            } else if failed.is_ok() {
                failed = self.row(&mut writing, row, &cells);
            }
        });
        failed?;
        let Writing { stretch, mut made, .. } = writing;
        made.rows.1 = stretch.next();
        (desk.progress)((made.rows.1 - made.rows.0) * u64::from(FRONT + self.input.columns.len() as u16));
        made.parts = stretch.finish()?;
        Ok(made)
    }

    /// The sheets, from all blocks in order; the inner error is that the file is no longer what it was.
    pub fn finish(&self, blocks: Vec<Made>) -> Result<Result<OfInput, ReadFault>, ReportError> {
        let desk = self.shared.desk;
        let mut pages = Pages::new(desk.factory, desk.styles, self.look());
        let (mut spots, mut rows) = (Vec::new(), 0);
        for block in blocks {
            if block.changed || block.rows.0 != rows {
                return Ok(Err(ReadFault::Changed));
            }
            rows = block.rows.1;
            for (column, width) in pages.look.columns.iter_mut().skip(usize::from(FRONT)).zip(block.widths) {
                column.width = column.width.max(width);
            }
            spots.extend(block.spots);
            pages.add(block.rows.1 - block.rows.0, vec![block.parts]);
        }
        let last = (self.input.columns.len() as u16 + FRONT).saturating_sub(1);
        let sheets = pages.finish(|sheet, rows| {
            // Ids are numbers stored as text on purpose.
            let ignore = rust_xlsxwriter::IgnoreError::NumberStoredAsText;
            sheet.ignore_error_range(0, 0, rows.max(1), last.max(1), ignore)?;
            Ok(())
        })?;
        Ok(Ok(OfInput { input: self.number, sheets, rows, spots }))
    }

    fn look(&self) -> Look {
        let desk = self.shared.desk;
        let front =
            [("risk", 14.0), ("rule", 26.0), ("due-at", 17.0), ("hours-left", 10.0), ("action", 34.0)];
        let mut columns: Vec<Column> = front.iter().map(|(key, width)| desk.column(key, *width)).collect();
        columns[0].note = Some(self.about());
        let (title, zone) = (columns[2].title.clone(), desk.speaker.zone(self.zone));
        columns[2].title = desk.say("annotated.due-at", &[("title", &title), ("zone", &zone)]);
        columns.extend(self.input.columns.iter().map(|column| {
            let feeds = column
                .field
                .map(|field| desk.say("annotated.feeds", &[("field", &desk.speaker.field(field))]));
            let wide = (width(&column.heading) as f64 + 4.0).clamp(9.0, 24.0);
            Column { title: column.heading.clone(), width: wide, role: Role::Input, note: feeds }
        }));
        let name = desk.annotated_name(self.number, self.input);
        Look { name, columns, frozen: 1, pages_wide: 0, rows: desk.rows() }
    }

    /// Which file it is, and what of it is not here.
    fn about(&self) -> String {
        let desk = self.shared.desk;
        let mut lines = vec![match &self.input.sheet {
            None => desk.say("annotated.file", &[("file", &self.input.path)]),
            Some(sheet) => desk.say("annotated.file-sheet", &[("file", &self.input.path), ("sheet", sheet)]),
        }];
        if self.input.heading_row > 1 {
            let n = (self.input.heading_row - 1).to_string();
            lines.push(desk.say("annotated.preamble", &[("n", &n)]));
        }
        if self.shared.mode == Annotate::Risk {
            lines.push(desk.say("annotated.only-risk", &[]));
        }
        lines.join("\n")
    }

    /// Whether these are still the headings.
    fn is_heading(&self, cells: &Row<'_>) -> bool {
        let trim = |c: char| c.is_whitespace() || c == '\u{feff}';
        let same = |(at, column): (usize, &crate::recognise::Column)| {
            cells.cell(at).to_text().trim_matches(trim) == column.heading
        };
        self.input.columns.iter().enumerate().all(same)
    }

    fn row(&self, writing: &mut Writing<'_>, row: u32, cells: &Row<'_>) -> io::Result<()> {
        let (owner, issues) = (writing.owner(&self.owned, row), writing.issues(self.issues, row));
        if self.shared.mode == Annotate::Risk && owner.is_none() {
            return Ok(());
        }
        if let Some(owner) = owner
            && writing.judged != Some(owner.order)
        {
            let audit = self.shared.desk.audit;
            judge_into(audit.context(), &audit.ledger.orders[owner.order as usize], &mut writing.verdict);
            writing.judged = Some(owner.order);
        }
        self.note(writing, owner, row, cells);
        let verdict = &writing.verdict;
        let front = Front { shared: self.shared, verdict, owner, zone: self.zone, issues };
        writing.stretch.row(|out| {
            front.write(out);
            self.cells(out, cells, issues);
        })
    }

    /// The cells of the input as they stood.
    fn cells(&self, out: &mut crate::report::rows::Row<'_>, cells: &Row<'_>, issues: &[Issue]) {
        let desk = self.shared.desk;
        // Cells of a rejected row may stand in any column.
        let moved =
            issues.iter().any(|issue| issue.problem.rejects() && issue.problem != Problem::DigitsLost);
        for column in 0..cells.len().min(16_000) {
            let cell = cells.cell(column);
            let private = self.private.get(column).copied().unwrap_or(Private::Text);
            let private = if moved { private.max(misplaced(&cell.to_text())) } else { private };
            let private = if desk.options.mask { private } else { Private::No };
            let issue = issues.iter().any(|issue| issue.column.map(usize::from) == Some(column));
            let spot = CellSpot { column: column as u16 + FRONT, private, issue, styles: desk.styles };
            spot.write(out, &cell);
        }
    }

    /// Measures a row that is about to be written, and notes where its order stands.
    fn note(&self, writing: &mut Writing<'_>, owner: Option<Owned>, row: u32, cells: &Row<'_>) {
        let (page, at) = writing.stretch.place();
        if page == 0 && at < MEASURED {
            for (column, wide) in writing.made.widths.iter_mut().enumerate() {
                match cells.cell(column) {
                    Cell::Text(text) => *wide = wide.max((width(&text) as f64 + 2.0).min(36.0)),
                    Cell::Moment { .. } => *wide = wide.max(19.0),
                    _ => {}
                }
            }
        }
        let ledger = &self.shared.desk.audit.ledger;
        if let Some(owner) = owner.filter(|owner| self.shared.shown[owner.order as usize]) {
            let first = ledger.lines(&ledger.orders[owner.order as usize]).next();
            if first.is_some_and(|line| line.batch.input == self.number && line.record.row == row) {
                writing.made.spots.push(Spot { order: owner.order, input: self.number, page, row: at });
            }
        }
    }
}

impl Writing<'_> {
    fn owner(&mut self, owned: &[Owned], row: u32) -> Option<Owned> {
        while owned.get(self.next_owned).is_some_and(|owned| owned.row < row) {
            self.next_owned += 1;
        }
        owned.get(self.next_owned).filter(|owned| owned.row == row).copied()
    }

    fn issues<'i>(&mut self, issues: &'i [Issue], row: u32) -> &'i [Issue] {
        while issues.get(self.next_issue).is_some_and(|issue| issue.row < row) {
            self.next_issue += 1;
        }
        let here = &issues[self.next_issue.min(issues.len())..];
        &here[..here.iter().take_while(|issue| issue.row == row).count()]
    }
}
