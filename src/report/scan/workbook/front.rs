//! The first page: the answer, its reasons, the figures and the two charts.

use super::Desk;
use super::sheets::{ARRIVING, CAPACITY, DAY, DUE, LATE, WAITING};
use super::table::dated;
use crate::report::scan::say::percent;
use crate::report::workbook::pages::put;
use crate::report::workbook::styles::colour;
use crate::scan::{Case, JdStore, Verdict, ZONE};
use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color, Format,
    FormatAlign, Worksheet, XlsxError,
};

/// Columns of the page.
const GRID: u16 = 12;
/// The first rows of what to do, of the figures and of the charts.
const TO_DO: u32 = 8;
const TILES: u32 = 12;
const CHARTS: u32 = TILES + 4;
/// Rows that the charts take, and their height in points.
const ROWS: u32 = 13;
const HEIGHT: f64 = 18.0;

/// Writes the page.
pub fn write(desk: &Desk<'_>) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(desk.sheet("verdict"))?.set_screen_gridlines(false);
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 1);
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.2, 0.2);
    for column in 0..GRID {
        sheet.set_column_width(column, 11.5)?;
    }
    heading(desk, &mut sheet)?;
    tiles(desk, &mut sheet)?;
    charts(desk, &mut sheet, CHARTS)?;
    let row = cases(desk, &mut sheet, CHARTS + ROWS + 1)?;
    notes(desk, &mut sheet, row + 1)?;
    Ok(sheet)
}

/// A text over several columns.
fn across(
    sheet: &mut Worksheet,
    row: u32,
    columns: (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.merge_range(row, columns.0, row, columns.1, "", format)?;
    put(sheet, row, columns.0, text, format)
}

/// Title, verdict and reasons.
fn heading(desk: &Desk<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let scan = desk.scan;
    let all = (0, GRID - 1);
    let as_of = scan.as_of().with_timezone(&ZONE).format("%Y-%m-%d %H:%M").to_string();
    let (from, to) = (dated(desk, scan.span.from), dated(desk, scan.span.to));
    across(sheet, 0, all, &desk.say("title", &[]), &desk.styles.title)?;
    let head = desk.say("subtitle", &[("as_of", &as_of), ("from", &from), ("to", &to)]);
    across(sheet, 1, all, &head, &desk.styles.subtitle)?;
    // A mark that reads in black and white too.
    let (mark, fill, ink) = match scan.verdict {
        Verdict::Go => ("✓", 0xDD_E8_D9, 0x1E_5A_2E),
        Verdict::Conditional => ("▲", 0xFF_F4_CC, 0x6E_53_00),
        Verdict::Stop => ("■", 0xFB_DE_DB, 0x8E_1B_12),
    };
    let big = desk.styles.answer.clone().set_font_size(18.0).set_background_color(Color::RGB(fill));
    let big = big.set_font_color(Color::RGB(ink)).set_indent(1);
    let verdict = desk.say(&format!("verdict.{}", scan.verdict.as_str()), &[]);
    across(sheet, 3, all, &format!("{mark}  {verdict}"), &big)?;
    let text = desk.styles.since.clone().set_font_size(12.0).set_align(FormatAlign::VerticalCenter);
    for (at, reason) in scan.reasons.iter().enumerate() {
        let said = format!("{}.  {}", at + 1, desk.teller.reason(reason));
        across(sheet, 4 + at as u32, all, &said, &text)?;
        sheet.set_row_height(4 + at as u32, 20)?;
    }
    let label = text.clone().set_bold();
    let to_do = desk.teller.duties();
    for at in 0..3 {
        let row = TO_DO + at as u32;
        let (first, said) = (at == 0, to_do.get(at).map_or("", String::as_str));
        let nothing = desk.say("do.nothing", &[]);
        let said = if first && to_do.is_empty() { &nothing } else { said };
        put(sheet, row, 0, &if first { desk.say("do.title", &[]) } else { String::new() }, &label)?;
        across(sheet, row, (1, GRID - 1), said, &text)?;
        sheet.set_row_height(row, 20)?;
    }
    sheet.set_row_height(0, 30)?.set_row_height(2, 6)?.set_row_height(3, 34)?.set_row_height(7, 6)?;
    sheet.set_row_height(TILES - 1, 8)?;
    Ok(())
}

/// The figures that matter, in large.
fn tiles(desk: &Desk<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let scan = desk.scan;
    let totals = &scan.totals;
    let planned = scan.planned.map_or(String::new(), |n| desk.say("tile.planned", &[("n", &n.to_string())]));
    let beyond = desk.say("tile.beyond", &[("n", &totals.beyond_saving.to_string())]);
    let last = scan.last_help.map_or_else(
        || desk.say("tile.no-help", &[]),
        |day| desk.say("tile.help", &[("day", &dated(desk, day))]),
    );
    let points: u64 = scan.cases.first().map_or(0, |case| case.jd.iter().map(JdStore::points).sum());
    let tiles = [
        ("expected", totals.expected, String::new(), false),
        ("backlog", totals.backlog, String::new(), false),
        ("late", totals.late, beyond, totals.late > totals.beyond_saving),
        ("already", totals.already_late, String::new(), totals.already_late > 0),
        ("need", scan.least.none_late, planned, scan.planned.is_some_and(|n| n < scan.least.none_late)),
        ("points", points, last, points > 0),
    ];
    let [label, figure, remark, alarm] = &desk.styles.tile;
    for (at, (key, number, note, red)) in tiles.iter().enumerate() {
        let columns = (at as u16 * 2, at as u16 * 2 + 1);
        across(sheet, TILES, columns, &desk.say(&format!("tile.{key}"), &[]), label)?;
        let format = if *red { alarm } else { figure };
        sheet.merge_range(TILES + 1, columns.0, TILES + 1, columns.1, "", format)?;
        sheet.write_number_with_format(TILES + 1, columns.0, *number as f64, format)?;
        across(sheet, TILES + 2, columns, note, remark)?;
    }
    sheet.set_row_height(TILES, 20)?.set_row_height(TILES + 1, 38)?.set_row_height(TILES + 2, 18)?;
    sheet.set_row_height(TILES + 3, 8)?;
    Ok(())
}

fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(size).set_color(colour::INK);
    font
}

/// A chart of days with a title and quiet axes.
fn plain(title: &str) -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    let (mut bold, mut line) = (font(11.0), ChartLine::new());
    bold.set_bold();
    line.set_color(colour::LINE);
    chart.title().set_name(title).set_font(&bold);
    chart.chart_area().set_format(ChartFormat::new().set_border(&line));
    chart.y_axis().set_major_gridlines(true).set_major_gridlines_line(&line).set_num_format("#,##0");
    chart.y_axis().set_font(&font(9.0)).set_min(0);
    chart.x_axis().set_font(&font(9.0));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9.0));
    chart
}

/// Load against capacity, and what waits.
fn charts(desk: &Desk<'_>, sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    for line in row..row + ROWS {
        sheet.set_row_height(line, HEIGHT)?;
    }
    let name = desk.sheet("capacity");
    // Days that stand alone behind the others have no place on an axis of days.
    let days = desk.scan.loads.iter().map(|load| load.date);
    let gap = days.clone().zip(days.skip(1)).position(|(day, next)| day.succ_opt() != Some(next));
    let last = gap.map_or(desk.scan.loads.len(), |at| at + 1).max(1) as u32;
    let column = |chart: &mut Chart, at: u16, rgb: u32| {
        let mut format = ChartFormat::new();
        format.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(rgb)));
        let series = chart.add_series();
        series.set_name((name.as_str(), 0, at)).set_categories((name.as_str(), 1, DAY, last, DAY));
        series.set_values((name.as_str(), 1, at, last, at)).set_format(&mut format).set_gap(60);
    };
    let mut load = plain(&desk.say("chart.load", &[]));
    column(&mut load, CAPACITY, 0xC9_D3_DF);
    let mut lines = Chart::new(ChartType::Line);
    for (at, rgb, dashed) in [(ARRIVING, 0x1D_4E_89, false), (DUE, 0xC0_39_2B, true)] {
        let mut line = ChartLine::new();
        line.set_color(Color::RGB(rgb)).set_width(2.25);
        if dashed {
            line.set_dash_type(rust_xlsxwriter::ChartLineDashType::Dash);
        }
        let series = lines.add_series();
        series.set_name((name.as_str(), 0, at)).set_categories((name.as_str(), 1, DAY, last, DAY));
        series.set_values((name.as_str(), 1, at, last, at)).set_format(ChartFormat::new().set_line(&line));
    }
    load.combine(&lines);
    let mut waiting = plain(&desk.say("chart.waiting", &[]));
    column(&mut waiting, WAITING, 0xF2_C1_4E);
    column(&mut waiting, LATE, 0xC0_39_2B);
    for (mut chart, at) in [(load, 0), (waiting, GRID / 2)] {
        chart.set_width(86 * 6 - 6).set_height(ROWS * 24 - 6);
        sheet.insert_chart_with_offset(row, at, &chart, 2, 2)?;
    }
    Ok(())
}

/// The cases in a table; returns the row below.
fn cases(desk: &Desk<'_>, sheet: &mut Worksheet, row: u32) -> Result<u32, XlsxError> {
    let styles = desk.styles;
    across(sheet, row, (0, 2), &desk.say("column.case", &[]), &styles.head)?;
    put(sheet, row, 3, &desk.say("column.late", &[]), &styles.head_centre)?;
    across(sheet, row, (4, GRID - 1), &desk.say("column.jd-end", &[]), &styles.head)?;
    let mut at = row + 1;
    for case in &desk.scan.cases {
        across(sheet, at, (0, 2), &desk.teller.known("scan.case", case.name), &styles.text)?;
        sheet.write_number_with_format(at, 3, case.late as f64, &styles.count)?;
        across(sheet, at, (4, GRID - 1), &jd(desk, case), &styles.text)?;
        at += 1;
    }
    if let Some(trials) = &desk.scan.trials {
        let share = |n: u32| percent(f64::from(n) / f64::from(trials.draws.n.max(1)));
        let kept: Vec<String> = trials.jd.iter().map(|(store, n)| format!("{store} {}", share(*n))).collect();
        let values =
            [("n", trials.draws.n.to_string()), ("none", share(trials.none_late)), ("jd", kept.join(" · "))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        across(sheet, at, (0, GRID - 1), &desk.say("trials-line", &values), &styles.text)?;
        at += 1;
    }
    Ok(at)
}

/// JD's stores at the end of a case.
fn jd(desk: &Desk<'_>, case: &Case) -> String {
    let one = |store: &JdStore| {
        let rate = store.rate().map_or_else(|| "–".to_owned(), percent);
        let points = store.points().to_string();
        desk.say("jd-line", &[("store", &store.store), ("rate", &rate), ("points", &points)])
    };
    let said: Vec<String> = case.jd.iter().map(one).collect();
    if said.is_empty() { desk.say("no-jd", &[]) } else { said.join(" · ") }
}

fn notes(desk: &Desk<'_>, sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    let mut notes = Vec::new();
    if desk.scan.totals.without_hands > 0 {
        let n = desk.scan.totals.without_hands.to_string();
        notes.push(desk.say("note.without-hands", &[("n", &n)]));
    }
    notes.extend(desk.teller.notes().into_iter().take(3));
    notes.push(desk.say("see-notes", &[]));
    for (at, note) in notes.iter().enumerate() {
        across(sheet, row + at as u32, (0, GRID - 1), note, &desk.styles.remark)?;
    }
    Ok(())
}
