//! On-time rates by week: a line a store, and the numbers behind it.

use super::ReportError;
use super::pages::put;
use super::paper::Paper;
use super::styles::colour;
use super::text::lines;
use crate::compare::{Store, Week};
use crate::report::changes::named;
use crate::tally::PeriodKey;
use chrono::NaiveDate;
use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker,
    ChartMarkerType, ChartType, Color, Worksheet,
};
use std::collections::{BTreeMap, BTreeSet};

/// Lines that a chart tells apart; the stores with most orders have one.
const LINES: usize = 8;
/// Colours and marks of the lines: the marks tell them apart in black and white.
const LOOKS: [(u32, ChartMarkerType); LINES] = [
    (0x1D_4E_89, ChartMarkerType::Circle),
    (0xC0_39_2B, ChartMarkerType::Square),
    (0x2E_7D_5B, ChartMarkerType::Triangle),
    (0xE6_7E_22, ChartMarkerType::Diamond),
    (0x7B_5E_7B, ChartMarkerType::X),
    (0x5B_8D_B8, ChartMarkerType::Star),
    (0x6B_72_80, ChartMarkerType::PlusSign),
    (0x8A_6D_00, ChartMarkerType::LongDash),
];
/// Where the table begins, below title, remarks and chart.
const TOP: u32 = 25;

/// Writes the sheet; `today` is the day of the audit, whose week is still running. `None` without any week.
pub fn write(paper: &Paper<'_>, weeks: &[Week], today: NaiveDate) -> Result<Option<Worksheet>, ReportError> {
    let table = Table::new(weeks, today);
    if table.weeks.is_empty() {
        return Ok(None);
    }
    let name = paper.sheet_name("trend");
    let mut sheet = Worksheet::new();
    sheet.set_name(&name)?.set_screen_gridlines(false);
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    put(&mut sheet, 0, 0, &paper.say("trend.title", &[]), &paper.styles.title)?;
    put(&mut sheet, 1, 0, &paper.say("trend.note", &[]), &paper.styles.subtitle)?;
    put(&mut sheet, 2, 0, &paper.say("trend.fuller", &[]), &paper.styles.subtitle)?;
    sheet.set_row_height(0, 30)?;
    table.numbers(paper, &mut sheet)?;
    if table.closed > 0 {
        let chart = table.chart(paper, &name);
        sheet.insert_chart_with_offset(3, 0, &chart, 2, 6)?;
    } else {
        put(&mut sheet, 4, 0, &paper.say("trend.none", &[]), &paper.styles.text)?;
    }
    Ok(Some(sheet))
}

/// Weeks down, stores across.
struct Table<'t> {
    weeks: Vec<&'t str>,
    /// How many of the weeks are over; the others stand below and not in the chart.
    closed: usize,
    /// The stores, those with most orders first.
    stores: Vec<Store>,
    cells: BTreeMap<(&'t str, Store), &'t Week>,
}

impl<'t> Table<'t> {
    fn new(weeks: &'t [Week], today: NaiveDate) -> Table<'t> {
        let running = PeriodKey::week_of(today).to_string();
        let mut counted: BTreeMap<Store, u64> = BTreeMap::new();
        let mut cells = BTreeMap::new();
        for week in weeks.iter().filter(|week| week.rate().is_some()) {
            let store = (week.marketplace.clone(), week.store.clone());
            *counted.entry(store.clone()).or_default() += week.met + week.failed;
            cells.insert((week.week.as_str(), store), week);
        }
        let names: BTreeSet<&str> = cells.keys().map(|(week, _)| *week).collect();
        let closed = names.iter().filter(|week| **week < running.as_str()).count();
        let mut stores: Vec<(Store, u64)> = counted.into_iter().collect();
        stores.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let stores = stores.into_iter().map(|(store, _)| store).collect();
        Table { weeks: names.into_iter().collect(), closed, stores, cells }
    }

    /// The rates, each with the count behind it in a second table to the right.
    fn numbers(&self, paper: &Paper<'_>, sheet: &mut Worksheet) -> Result<(), ReportError> {
        let styles = paper.styles;
        put(sheet, TOP, 0, &paper.say("column.week", &[]), &styles.head)?;
        sheet.set_column_width(0, 17)?;
        let mut tallest = 1;
        for (at, (marketplace, store)) in self.stores.iter().enumerate() {
            let name = format!("{} · {store}", named(paper.words, "marketplace", marketplace));
            tallest = tallest.max(lines(&name, 16.0));
            put(sheet, TOP, 1 + at as u16, &name, &styles.head_centre)?;
            sheet.set_column_width(1 + at as u16, 17)?;
        }
        sheet.set_row_height(TOP, (tallest.min(5) as f64).mul_add(15.0, 6.0))?;
        for (line, week) in self.weeks.iter().enumerate() {
            let row = TOP + 1 + line as u32;
            let running = line >= self.closed;
            let name =
                if running { paper.say("trend.running", &[("week", week)]) } else { (*week).to_owned() };
            put(sheet, row, 0, &name, &styles.text)?;
            for (at, store) in self.stores.iter().enumerate() {
                let column = 1 + at as u16;
                match self.cells.get(&(*week, store.clone())).and_then(|week| week.rate()) {
                    Some(rate) => sheet.write_number_with_format(row, column, rate, &styles.percent)?,
                    None => sheet.write_blank(row, column, &styles.text)?,
                };
            }
        }
        self.counts(paper, sheet, TOP + 3 + self.weeks.len() as u32)
    }

    /// In time and in all, for whoever wants to know what a rate stands on.
    fn counts(&self, paper: &Paper<'_>, sheet: &mut Worksheet, top: u32) -> Result<(), ReportError> {
        let styles = paper.styles;
        put(sheet, top - 1, 0, &paper.say("trend.counts", &[]), &styles.section)?;
        for (line, week) in self.weeks.iter().enumerate() {
            let row = top + line as u32;
            put(sheet, row, 0, week, &styles.text)?;
            for (at, store) in self.stores.iter().enumerate() {
                let week = self.cells.get(&(*week, store.clone()));
                let said = week.map(|week| format!("{} / {}", week.met, week.met + week.failed));
                put(sheet, row, 1 + at as u16, &said.unwrap_or_default(), &styles.centre)?;
            }
        }
        Ok(())
    }

    fn chart(&self, paper: &Paper<'_>, name: &str) -> Chart {
        let font = |size: f64| {
            let mut font = ChartFont::new();
            font.set_size(size).set_color(colour::INK);
            font
        };
        let mut chart = Chart::new(ChartType::Line);
        let (first, last) = (TOP + 1, TOP + self.closed as u32);
        for (at, (colour, mark)) in LOOKS.iter().enumerate().take(self.stores.len()) {
            let column = 1 + at as u16;
            let mut line = ChartLine::new();
            line.set_color(Color::RGB(*colour)).set_width(2.25);
            let mut marker = ChartMarker::new();
            marker.set_type(*mark).set_size(7);
            marker.set_format(
                ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(*colour))),
            );
            let series = chart.add_series();
            series.set_categories((name, first, 0, last, 0)).set_values((name, first, column, last, column));
            series.set_name((name, TOP, column)).set_marker(&marker);
            series.set_format(ChartFormat::new().set_line(&line));
        }
        let mut quiet = ChartLine::new();
        quiet.set_color(colour::LINE);
        chart.title().set_name(&paper.say("trend.chart", &[])).set_font(font(12.0).set_bold());
        chart.y_axis().set_num_format("0%").set_max(1.0).set_font(&font(9.0));
        chart.y_axis().set_major_gridlines(true).set_major_gridlines_line(&quiet);
        chart.x_axis().set_font(&font(9.0));
        chart.chart_area().set_format(ChartFormat::new().set_border(&quiet));
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9.0));
        chart.show_empty_cells_as(ChartEmptyCells::Gaps);
        chart.set_width(980).set_height(420);
        chart
    }
}
