//! Records told from blank rows, repeated headings, totals and footers.

use super::RowReader;
use super::cells::plain_id;
use super::texts::{after_label, first_text, is_total};
use crate::normalise::clean;
use crate::order::Field;
use crate::read::Row;
use crate::recognise::{is_heading, normalise_heading};

/// What a row is, before it is read as a record.
pub(super) enum Role {
    Record,
    Skip,
}

impl RowReader<'_> {
    /// Tells records from blank rows, repeated headings, totals and footers.
    pub(super) fn role(&mut self, row: &Row<'_>) -> Role {
        if row.is_blank() {
            return Role::Skip;
        }
        let layout = self.plan.layout;
        // Nearly every row begins with an id, which neither a total nor a heading looks like.
        if self.begins_with_id(row) {
            return if self.other_heading(row) { Role::Skip } else { Role::Record };
        }
        if self.begins_ordinarily(row) {
            return if self.other_heading(row) { Role::Skip } else { Role::Record };
        }
        let Some((at, first)) = first_text(row) else { return Role::Skip };
        if is_total(&first) {
            return Role::Skip;
        }
        if let Some(label) = &layout.seller_footer
            && let Some(seller) = after_label(&first, row, at, label)
        {
            self.part.sellers.push((row.row + 1, seller));
            return Role::Skip;
        }
        let counts = |text: &str| layout.footers.iter().any(|footer| text.contains(footer.as_str()));
        if !layout.footers.is_empty() && (counts(&first) || counts(&clean::text(&row.cell(at + 1)))) {
            return Role::Skip;
        }
        // The first heading again: somebody put two files one under the other.
        let heading = self.plan.names.get(at).map_or("", String::as_str);
        if !heading.is_empty() && is_heading(&first, heading) && self.heading_again(row) {
            return Role::Skip;
        }
        if self.other_heading(row) { Role::Skip } else { Role::Record }
    }

    /// Whether the first cell can only be an id: by its first digit, where rows have no footers, else by being nothing but
    /// digits and hyphens, as the cell behind it, or letters with digits.
    fn begins_with_id(&self, row: &Row<'_>) -> bool {
        let (plan, first) = (self.plan, row.raw(0).trim_ascii());
        let footers = !plan.layout.footers.is_empty() || plan.layout.seller_footer.is_some();
        match first.first() {
            Some(b'0'..=b'9') if plan.digit_heading => false,
            Some(b'0'..=b'9') if footers => is_number(first) && is_number(row.raw(1).trim_ascii()),
            Some(b'0'..=b'9') => true,
            Some(_) if footers || plan.id_heading => false,
            Some(_) => plain_id(row, 0).is_some_and(is_letters_with_digits),
            None => false,
        }
    }

    /// Whether the first cell begins no total and no heading, where nothing else could stand in it. It mostly repeats from
    /// row to row, as a carrier or a store does.
    fn begins_ordinarily(&mut self, row: &Row<'_>) -> bool {
        let plan = self.plan;
        if !plan.layout.footers.is_empty() || plan.layout.seller_footer.is_some() {
            return false;
        }
        let heading = plan.names.first().map_or("", String::as_str);
        self.known.ordinary.get(row.raw(0), || {
            let text = clean::into_text(row.cell(0));
            !text.is_empty() && !is_total(&text) && !is_heading(&text, heading)
        })
    }

    /// Whether a row is a heading row of other columns. Only one whose id has no digit is worth a closer look.
    #[inline]
    fn other_heading(&mut self, row: &Row<'_>) -> bool {
        let id = self.plan.column(Field::OrderId).map_or(&[][..], |at| row.raw(at));
        !id.is_empty() && !id.iter().any(u8::is_ascii_digit) && self.names_other_columns(row)
    }

    fn names_other_columns(&mut self, row: &Row<'_>) -> bool {
        let known = (0..row.len()).filter(|at| {
            let name = normalise_heading(&clean::text(&row.cell(*at)));
            self.plan.layout.heading(&name).is_some()
        });
        // Half of the cells, and three at the least, are names that this layout knows.
        let found = known.count();
        if found < 3 || found * 2 < row.len() {
            return false;
        }
        self.part
            .headings
            .push((row.row, (0..row.len()).map(|at| clean::text(&row.cell(at)).into_owned()).collect()));
        true
    }

    fn heading_again(&self, row: &Row<'_>) -> bool {
        let mut names = self.plan.names.iter().enumerate();
        row.len() <= self.plan.names.len()
            && names.all(|(at, name)| is_heading(&clean::text(&row.cell(at)), name))
    }
}

/// Whether an id is one word that holds a digit.
fn is_letters_with_digits(id: &str) -> bool {
    id.bytes().any(|byte| byte.is_ascii_digit()) && !id.contains('-')
}

/// Whether a cell is nothing but digits and hyphens; an empty one is.
fn is_number(raw: &[u8]) -> bool {
    raw.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
}
