//! The casebook as a workbook to fill in: a guide, and a sheet for each of [`SHEETS`] whose headings, notes,
//! drop-downs and examples all come from its declaration.

use super::guide::{guide, heading};
use crate::casebook::{Column, EXAMPLE, Kind, SHEETS, Sheet};
use crate::order::Marketplace;
use crate::words::{Language, Words};
use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, ExcelDateTime, Format,
    FormatAlign, Note, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

/// The last row of a worksheet, from 0: drop-downs and formats reach down to it.
const LAST_ROW: u32 = 1_048_575;
const DAY: &str = "yyyy-mm-dd";
const DAY_AND_TIME: &str = "yyyy-mm-dd hh:mm";

/// The template in a language.
///
/// # Errors
/// When the writer refuses something, which a test rules out.
pub fn workbook(language: Language) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    guide(workbook.add_worksheet(), language)?;
    for sheet in SHEETS {
        let rows: Vec<_> = sheet.examples.iter().map(|cells| (true, *cells)).collect();
        Page { sheet, language }.write(workbook.add_worksheet(), &rows)?;
    }
    Ok(workbook)
}

/// One sheet in a language.
struct Page {
    sheet: &'static Sheet,
    language: Language,
}

/// A row to write: whether it is marked as an example, and its cells in English.
type Row<'a> = (bool, &'a [&'a str]);

impl Page {
    fn words(&self) -> &'static Words {
        self.language.words()
    }

    fn write(&self, page: &mut Worksheet, rows: &[Row<'_>]) -> Result<(), XlsxError> {
        page.set_name(self.sheet.name)?.set_freeze_panes(1, 0)?.set_row_height(0, 22)?;
        page.set_landscape().set_print_fit_to_pages(1, 0);
        for (column, at) in self.sheet.all_columns().zip(0_u16..) {
            let heading_text = self.pick(column.name, column.heading);
            page.write_string_with_format(0, at, heading_text, &heading(column.required))?;
            page.insert_note(0, at, &self.note(column))?;
            page.set_column_format(at, &cell_format(column.kind))?;
            self.check(page, at, column)?;
            // Room for a time behind a day, whatever the examples show.
            let mut width = heading_text.width().max(if number_format(column.kind) == DAY {
                DAY_AND_TIME.len()
            } else {
                0
            });
            for ((example, cells), row) in rows.iter().zip(1_u32..) {
                let cell = match usize::from(at).checked_sub(1) {
                    None if *example => self.pick("EXAMPLE", EXAMPLE.heading).to_owned(),
                    None => String::new(),
                    Some(nth) => self.cell(column, cells.get(nth).copied().unwrap_or_default()),
                };
                width = width.max(cell.width());
                write_cell(page, row, at, column.kind, &cell, *example)?;
            }
            page.set_column_width(at, (width + 3).clamp(9, 36) as f64)?;
        }
        Ok(())
    }

    fn pick<'t>(&self, english: &'t str, chinese: &'t str) -> &'t str {
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// The words of a column as its drop-down offers them, with their English forms.
    fn choices(&self, column: &Column) -> Vec<(&'static str, String)> {
        match column.kind {
            Kind::Word(words) | Kind::Words(words) => {
                words().into_iter().map(|w| (w.en, self.pick(w.en, w.zh).to_owned())).collect()
            }
            Kind::YesNo if column.name == EXAMPLE.name => {
                vec![("y", self.pick("EXAMPLE", EXAMPLE.heading).to_owned())]
            }
            Kind::YesNo => {
                vec![("y", self.pick("y", "是").to_owned()), ("n", self.pick("n", "否").to_owned())]
            }
            Kind::Marketplace => {
                let name = |id: &str| self.words().entry(&format!("marketplace.{id}")).to_owned();
                Marketplace::BUILT_IN.iter().map(|m| (m.as_str(), name(m.as_str()))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A cell of an example in the language of the page.
    fn cell(&self, column: &Column, english: &str) -> String {
        let choices = self.choices(column);
        let translated = |word: &str| {
            choices
                .iter()
                .find(|(en, _)| *en == word)
                .map_or_else(|| word.to_owned(), |(_, shown)| shown.clone())
        };
        english.split('；').map(translated).collect::<Vec<_>>().join("；")
    }

    fn note(&self, column: &Column) -> Note {
        let words = self.words();
        let required = if column.required { "required" } else { "optional" };
        let mut lines = vec![
            words.entry(&format!("casebook.column.{}", column.name)).to_owned(),
            words.entry(&format!("casebook.kind.{}", kind_name(column.kind))).to_owned(),
            words.entry(&format!("casebook.note.{required}")).to_owned(),
        ];
        let choices: Vec<String> = self.choices(column).into_iter().map(|(_, shown)| shown).collect();
        if !choices.is_empty() {
            lines.push(words.say("casebook.note.choices", &[("words", &choices.join(" / "))]));
        }
        lines.push(words.say("casebook.note.name", &[("name", self.pick(column.heading, column.name))]));
        lines.retain(|line| !line.is_empty());
        let text = lines.join("\n");
        // A line of the box holds some 40 narrow characters.
        let height = lines.iter().map(|line| line.width() / 40 + 1).sum::<usize>() * 20 + 10;
        Note::new(text).add_author_prefix(false).set_author("shipby").set_width(280).set_height(height as u32)
    }

    fn check(&self, page: &mut Worksheet, at: u16, column: &Column) -> Result<(), XlsxError> {
        if matches!(column.kind, Kind::When | Kind::Day) {
            let cell = format!("{}2", rust_xlsxwriter::utility::column_number_to_name(at));
            let timed = ConditionalFormatFormula::new()
                .set_rule(format!("=AND(ISNUMBER({cell}),{cell}<>INT({cell}))").as_str())
                .set_format(Format::new().set_num_format(DAY_AND_TIME));
            page.add_conditional_format(1, at, LAST_ROW, at, &timed)?;
        }
        let choices: Vec<String> = self.choices(column).into_iter().map(|(_, shown)| shown).collect();
        if !choices.is_empty() && !matches!(column.kind, Kind::Words(_)) {
            // Other forms of the words are understood too, so that a cell may be kept after a question.
            let list = DataValidation::new()
                .allow_list_strings(&choices)?
                .set_error_style(DataValidationErrorStyle::Warning);
            page.add_data_validation(1, at, LAST_ROW, at, &list)?;
        }
        Ok(())
    }
}

fn write_cell(
    page: &mut Worksheet,
    row: u32,
    at: u16,
    kind: Kind,
    cell: &str,
    example: bool,
) -> Result<(), XlsxError> {
    let mut format = cell_format(kind);
    if example {
        format = format.set_italic().set_font_color(Color::RGB(0x80_80_80));
    }
    match (kind, cell.parse::<f64>()) {
        _ if cell.is_empty() => page.write_blank(row, at, &format)?,
        (Kind::When | Kind::Day, _) => {
            page.write_datetime_with_format(row, at, ExcelDateTime::parse_from_str(cell)?, &format)?
        }
        (Kind::Count | Kind::Number, Ok(number)) => {
            page.write_number_with_format(row, at, number, &format)?
        }
        _ => page.write_string_with_format(row, at, cell, &format)?,
    };
    Ok(())
}

/// Left, whatever it is: in a form to fill in, cells are read from their headings down.
fn cell_format(kind: Kind) -> Format {
    Format::new().set_num_format(number_format(kind)).set_align(FormatAlign::Left)
}

/// Everything but dates and numbers is text, so that no id loses digits and no word becomes a date.
const fn number_format(kind: Kind) -> &'static str {
    match kind {
        Kind::When | Kind::Day => DAY,
        Kind::Count => "0",
        Kind::Number => "General",
        _ => "@",
    }
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Id => "id",
        Kind::Marketplace => "marketplace",
        Kind::Region => "region",
        Kind::Regions => "regions",
        Kind::Names => "names",
        Kind::When => "when",
        Kind::Day => "day",
        Kind::Word(_) => "word",
        Kind::Words(_) => "words",
        Kind::YesNo => "yes-no",
        Kind::Count => "count",
        Kind::Number => "number",
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, kind_name, workbook};
    use crate::casebook::{Loaded, SHEETS, load};
    use crate::order::Marketplace;
    use crate::words::Language;
    use rust_xlsxwriter::Workbook;

    const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

    fn read_back(mut workbook: Workbook) -> Loaded {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("casebook.xlsx");
        workbook.save(&path).expect("written");
        load(&path).expect("read")
    }

    fn rows(loaded: &Loaded) -> [usize; 8] {
        let book = &loaded.casebook;
        [
            book.all_notices().len(),
            book.all_regions().len(),
            book.all_filings().count(),
            book.all_agreements().len(),
            book.all_defects().len(),
            book.all_reports().len(),
            book.all_days().len(),
            book.all_listings().len(),
        ]
    }

    #[test]
    fn the_template_as_written_reads_back_without_an_issue_and_without_a_row() {
        for language in LANGUAGES {
            let loaded = read_back(workbook(language).expect("a workbook"));
            assert_eq!(loaded.issues, []);
            assert_eq!((loaded.failed.len(), rows(&loaded)), (0, [0; 8]));
            assert!(loaded.casebook.cards("312600410041").is_empty());
        }
    }

    #[test]
    fn a_row_of_ones_own_below_the_examples_is_read() {
        for language in LANGUAGES {
            let mut workbook = Workbook::new();
            for sheet in SHEETS {
                let rows = [(true, sheet.examples[0]), (true, sheet.examples[1]), (false, sheet.examples[0])];
                Page { sheet, language }.write(workbook.add_worksheet(), &rows).expect("a page");
            }
            let loaded = read_back(workbook);
            assert_eq!(loaded.issues, []);
            assert_eq!(rows(&loaded), [1; 8]);
            assert_eq!(loaded.casebook.cards("312600410041")[0].row, 4);
            assert_eq!(loaded.casebook.notices(Marketplace::Douyin).count(), 1);
        }
    }

    #[test]
    fn every_sheet_every_column_and_every_kind_is_explained() {
        for words in LANGUAGES.map(Language::words) {
            for sheet in SHEETS {
                assert!(words.has(&format!("casebook.sheet.{}", sheet.name)), "{}", sheet.name);
                for column in sheet.all_columns() {
                    assert!(words.has(&format!("casebook.kind.{}", kind_name(column.kind))));
                    let common =
                        ["marketplace", "region", "regions", "kind", "status"].contains(&column.name);
                    let key = format!("casebook.column.{}", column.name);
                    assert!(common || words.has(&key), "{key}");
                }
            }
        }
    }
}
