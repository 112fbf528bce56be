//! The rows of one annotated sheet, written as they are read.

use super::annotated::{OfInput, Shared, Spot};
use super::cells::Spot as CellSpot;
use super::front::Front;
use super::owners::Owned;
use super::pages::{Column, Look, Pages, Role};
use super::stream::{Cells, Sink};
use super::text::width;
use super::{Annotate, ReportError};
use crate::assess::{Verdict, judge_into};
use crate::normalise::{Input, InputKind, Issue, Problem};
use crate::read::Cell;
use crate::recognise::Kind;
use crate::report::mask::{Private, misplaced, private};
use chrono_tz::Tz;
use rust_xlsxwriter::XlsxError;
use rustc_hash::FxHashSet;

/// Verdict columns before the original ones.
pub const FRONT: u16 = 5;
/// Rows whose cells decide how wide their columns are.
const MEASURED: u32 = 200;

/// Writes the rows of one input.
pub struct SheetRows<'r> {
    shared: &'r Shared<'r>,
    number: u32,
    input: &'r Input,
    owned: Vec<Owned>,
    issues: &'r [Issue],
    /// Of the due times: that in which the days of the input's orders end; of other inputs the reader's.
    zone: Tz,
    private: Vec<Private>,
    pages: Option<Pages<'r>>,
    verdict: Verdict,
    judged: Option<u32>,
    next_owned: usize,
    next_issue: usize,
    below_headings: bool,
    written: u64,
    spots: Vec<Spot>,
    error: Option<XlsxError>,
}

impl<'r> SheetRows<'r> {
    /// Gets ready for an input.
    pub fn new(shared: &'r Shared<'r>, number: u32, set_aside: &FxHashSet<u32>) -> SheetRows<'r> {
        let audit = shared.desk.audit;
        let input = &audit.ledger.inputs[number as usize];
        let start = audit.issues.partition_point(|issue| issue.input < number);
        let end = audit.issues.partition_point(|issue| issue.input <= number);
        SheetRows {
            shared,
            number,
            input,
            owned: shared.owners.of_input(number, set_aside),
            issues: &audit.issues[start..end],
            zone: match (input.kind, &input.clock) {
                (InputKind::Known(Kind::Orders), Some(clock)) => clock.day_zone,
                _ => shared.desk.options.zone,
            },
            private: input.columns.iter().map(|c| private(c.field, &c.heading)).collect(),
            pages: None,
            verdict: Verdict::default(),
            judged: None,
            next_owned: 0,
            next_issue: 0,
            below_headings: false,
            written: 0,
            spots: Vec::new(),
            error: None,
        }
    }

    /// The sheets.
    pub fn finish(self) -> Result<OfInput, ReportError> {
        if let Some(error) = self.error {
            return Err(error.into());
        }
        let (shared, last) = (self.shared, (self.input.columns.len() as u16 + FRONT).saturating_sub(1));
        let sheets = match self.pages {
            None => Vec::new(),
            Some(pages) => pages.finish(|sheet, rows| {
                // Ids are numbers stored as text on purpose.
                let ignore = rust_xlsxwriter::IgnoreError::NumberStoredAsText;
                sheet.ignore_error_range(0, 0, rows.max(1), last.max(1), ignore)?;
                Ok(())
            })?,
        };
        (shared.desk.progress)(self.written % 1024);
        Ok(OfInput { input: self.number, sheets, rows: self.written, spots: self.spots })
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

    /// Whether these are the headings; where they stand the layout has found, and the first such row is it.
    fn is_heading(&self, cells: &dyn Cells) -> bool {
        let trim = |c: char| c.is_whitespace() || c == '\u{feff}';
        let same = |(at, column): (usize, &crate::recognise::Column)| {
            cells.cell(at).to_text().trim_matches(trim) == column.heading
        };
        self.input.columns.iter().enumerate().all(same)
    }

    fn owner(&mut self, row: u32) -> Option<Owned> {
        while self.owned.get(self.next_owned).is_some_and(|owned| owned.row < row) {
            self.next_owned += 1;
        }
        self.owned.get(self.next_owned).filter(|owned| owned.row == row).copied()
    }

    fn issues_of(&mut self, row: u32) -> &'r [Issue] {
        while self.issues.get(self.next_issue).is_some_and(|issue| issue.row < row) {
            self.next_issue += 1;
        }
        let here = &self.issues[self.next_issue.min(self.issues.len())..];
        &here[..here.iter().take_while(|issue| issue.row == row).count()]
    }

    fn write(&mut self, row: u32, cells: &dyn Cells) -> Result<(), XlsxError> {
        let (owner, issues) = (self.owner(row), self.issues_of(row));
        let shown = owner.is_some_and(|owner| self.shared.shown[owner.order as usize]);
        if self.shared.mode == Annotate::Risk && !shown {
            return Ok(());
        }
        if let Some(owner) = owner
            && self.judged != Some(owner.order)
        {
            let audit = self.shared.desk.audit;
            judge_into(audit.context(), &audit.ledger.orders[owner.order as usize], &mut self.verdict);
            self.judged = Some(owner.order);
        }
        let Some(pages) = self.pages.as_mut() else { return Ok(()) };
        let front = Front { shared: self.shared, verdict: &self.verdict, owner, zone: self.zone, issues };
        let (sheet, at) = pages.row()?;
        front.write(sheet, at)?;
        let styles = self.shared.desk.styles;
        // Cells of a rejected row may stand in any column.
        let moved =
            issues.iter().any(|issue| issue.problem.rejects() && issue.problem != Problem::DigitsLost);
        for column in 0..cells.len().min(16_000) {
            let private = self.private.get(column).copied().unwrap_or(Private::Text);
            let private = if moved { private.max(misplaced(&cells.cell(column).to_text())) } else { private };
            let private = if self.shared.desk.options.mask { private } else { Private::No };
            let issue = issues.iter().any(|issue| issue.column.map(usize::from) == Some(column));
            let column_at = column as u16 + FRONT;
            let spot = CellSpot { sheet: &mut *sheet, row: at, column: column_at, private, issue, styles };
            spot.write(&cells.cell(column))?;
        }
        self.after(owner, row, cells);
        Ok(())
    }

    /// Counts the row, measures it, and notes where its order stands.
    fn after(&mut self, owner: Option<Owned>, row: u32, cells: &dyn Cells) {
        let Some(pages) = self.pages.as_mut() else { return };
        let (page, at) = pages.place();
        self.written += 1;
        if self.written.is_multiple_of(1024) {
            (self.shared.desk.progress)(1024);
        }
        if page == 0 && at < MEASURED {
            for (column, measured) in pages.look.columns.iter_mut().skip(usize::from(FRONT)).enumerate() {
                if let Cell::Text(text) = cells.cell(column) {
                    measured.width = measured.width.max((width(&text) as f64 + 2.0).min(36.0));
                } else if let Cell::Moment { .. } = cells.cell(column) {
                    measured.width = measured.width.max(19.0);
                }
            }
        }
        let ledger = &self.shared.desk.audit.ledger;
        if let Some(owner) = owner.filter(|owner| self.shared.shown[owner.order as usize]) {
            let first = ledger.lines(&ledger.orders[owner.order as usize]).next();
            if first.is_some_and(|line| line.batch.input == self.number && line.record.row == row) {
                self.spots.push(Spot { order: owner.order, input: self.number, page, row: at });
            }
        }
    }
}

impl Sink for SheetRows<'_> {
    fn begin(&mut self) {
        let look = self.look();
        match Pages::new(self.shared.desk.factory, self.shared.desk.styles, look) {
            Ok(pages) => self.pages = Some(pages),
            Err(error) => self.error = Some(error),
        }
        (self.next_owned, self.next_issue, self.written, self.below_headings) = (0, 0, 0, false);
        self.spots.clear();
    }

    fn row(&mut self, row: u32, cells: &dyn Cells) {
        if !self.below_headings {
            self.below_headings = self.is_heading(cells);
            return;
        }
        if self.error.is_none()
            && let Err(error) = self.write(row, cells)
        {
            self.error = Some(error);
        }
    }
}
