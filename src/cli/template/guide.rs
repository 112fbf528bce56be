//! The sheet that explains the casebook, and the look of headings, which it shares with the others.

use crate::casebook::{GUIDE, SHEETS};
use crate::words::Language;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// The guide: the same lines in both languages, the reader's first.
pub fn guide(page: &mut Worksheet, language: Language) -> Result<(), XlsxError> {
    /// Narrow characters that surely fit a line of the column.
    const WRAP: usize = 62;
    const LINES: [&str; 8] = ["fill", "example", "dates", "words", "regions", "ids", "bad-rows", "use"];
    let (name, languages) = match language {
        Language::Chinese => (GUIDE.1, [Language::Chinese, Language::English]),
        Language::English => (GUIDE.0, [Language::English, Language::Chinese]),
    };
    let title = Format::new().set_bold().set_font_size(14);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    page.set_name(name)?.set_column_width(0, 14)?.set_screen_gridlines(false);
    page.set_landscape().set_print_fit_to_pages(1, 0);
    for (at, column) in languages.into_iter().zip(1_u16..) {
        let words = at.words();
        page.set_column_width(column, 70)?;
        page.write_string_with_format(0, column, words.get("casebook.title"), &title)?;
        for (line, row) in LINES.into_iter().zip(2_u32..) {
            page.write_string_with_format(row, column, words.entry(&format!("casebook.{line}")), &wrapped)?;
        }
        page.write_string_with_format(11, column, words.get("casebook.what-heading"), &heading(true))?;
        for (sheet, row) in SHEETS.into_iter().zip(12_u32..) {
            let what = words.entry(&format!("casebook.sheet.{}", sheet.name));
            page.write_string_with_format(row, column, what, &wrapped)?;
        }
    }
    for (line, row) in LINES.into_iter().zip(2_u32..) {
        // The writer does not fit rows to wrapped text, so that the taller language decides.
        let lines = |at: Language| at.words().entry(&format!("casebook.{line}")).width() / WRAP + 1;
        let tallest = languages.into_iter().map(lines).max().unwrap_or(1);
        page.set_row_height(row, tallest as f64 * 16.0)?;
    }
    page.write_string_with_format(11, 0, language.words().get("casebook.sheet-heading"), &heading(true))?;
    for (sheet, row) in SHEETS.into_iter().zip(12_u32..) {
        page.write_url_with_text(row, 0, format!("internal:'{}'!A1", sheet.name).as_str(), sheet.name)?;
    }
    Ok(())
}

/// How headings look: dark where a value must be.
pub fn heading(required: bool) -> Format {
    let (fill, ink) = if required { (0x1F_4E_79, 0xFF_FF_FF) } else { (0xDD_EB_F7, 0x1F_4E_79) };
    let format =
        Format::new().set_bold().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(ink));
    format
        .set_align(FormatAlign::VerticalCenter)
        .set_border_right(FormatBorder::Thin)
        .set_border_color(Color::White)
}
