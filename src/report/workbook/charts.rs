//! The charts of the summary, and the numbers behind them.

use super::desk::Desk;
use super::pages::put;
use super::styles::colour;
use super::summary::DATA;
use crate::assess::{Code, State, registry};
use crate::order::Marketplace;
use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartType, Worksheet, XlsxError,
};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of the grid that the charts take.
const ROWS: u32 = 13;
/// Height of those rows in points.
const HEIGHT: f64 = 18.0;
/// Reasons shown.
const REASONS: usize = 7;
/// States that a chart tells apart.
const STATES: [State; 6] =
    [State::Overdue, State::Late, State::Urgent, State::Warning, State::Advice, State::Unverifiable];

/// Draws them side by side; returns the row below.
pub fn write(desk: &Desk<'_>, sheet: &mut Worksheet, row: u32) -> Result<u32, XlsxError> {
    sheet.set_row_height(row, 6)?;
    for line in row + 1..=row + ROWS {
        sheet.set_row_height(line, HEIGHT)?;
    }
    put(sheet, 0, DATA, &desk.say("summary.data", &[]), &desk.styles.section)?;
    let risk = risk(desk, sheet, 1)?;
    let due = due(desk, sheet, 12)?;
    let reasons = reasons(desk, sheet, 28)?;
    let pixels = |columns: u32| columns * 86 - 6;
    for (mut chart, column, wide) in [(risk, 0, 5), (due, 5, 4), (reasons, 9, 5)] {
        chart.set_width(pixels(wide)).set_height(ROWS * 24 - 6);
        sheet.insert_chart_with_offset(row + 1, column, &chart, 2, 2)?;
    }
    Ok(row + 1 + ROWS)
}

fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(size).set_color(colour::INK);
    font
}

/// A chart with a title, quiet axes and no frame. Of a bar chart the horizontal axis holds the numbers.
fn plain(kind: ChartType, title: &str, values: &str) -> Chart {
    let mut chart = Chart::new(kind);
    let (mut bold, mut quiet, mut line) = (font(11.0), font(9.0), ChartLine::new());
    bold.set_bold();
    quiet.set_color(colour::QUIET).unset_bold();
    line.set_color(colour::LINE);
    chart.title().set_name(title).set_font(&bold);
    chart.chart_area().set_format(ChartFormat::new().set_border(&line));
    let column = kind == ChartType::Column;
    let numbers = if column { chart.y_axis() } else { chart.x_axis() };
    numbers
        .set_major_gridlines(true)
        .set_major_gridlines_line(&line)
        .set_num_format("#,##0")
        .set_font(&font(9.0));
    numbers.set_name(values).set_name_font(&quiet).set_min(0);
    let names = if column { chart.x_axis() } else { chart.y_axis() };
    names.set_major_gridlines(false).set_font(&font(9.0));
    chart
}

fn fill(state: State) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(&rust_xlsxwriter::ChartSolidFill::new().set_color(colour::chart(state)).clone());
    format
}

/// Orders by marketplace and risk: stacked bars.
fn risk(desk: &Desk<'_>, sheet: &mut Worksheet, top: u32) -> Result<Chart, XlsxError> {
    let name = desk.sheet_name("summary");
    let places: BTreeSet<Marketplace> = desk.audit.tally.stores.keys().map(|(m, _)| *m).collect();
    // Bars are drawn from below.
    let places: Vec<Marketplace> = places.into_iter().take(9).rev().collect();
    let totals: Vec<_> = places.iter().map(|place| desk.audit.tally.of_marketplace(*place)).collect();
    let kind = ChartType::BarStacked;
    let mut chart = plain(kind, &desk.say("summary.chart-risk", &[]), &desk.say("summary.axis-orders", &[]));
    for (at, place) in places.iter().enumerate() {
        put(sheet, top + 1 + at as u32, DATA, &desk.speaker.marketplace(Some(*place)), &desk.styles.remark)?;
    }
    let last = top + places.len() as u32;
    let used = STATES.iter().filter(|state| totals.iter().any(|t| t.with_risk(**state) > 0));
    for (at, state) in used.enumerate() {
        let column = DATA + 1 + at as u16;
        put(sheet, top, column, &desk.speaker.known("state", state.as_str()), &desk.styles.remark)?;
        for (line, total) in totals.iter().enumerate() {
            sheet.write_number(top + 1 + line as u32, column, total.with_risk(*state) as f64)?;
        }
        let series = chart.add_series();
        series.set_categories((name.as_str(), top + 1, DATA, last, DATA));
        series.set_values((name.as_str(), top + 1, column, last, column));
        series.set_name((name.as_str(), top, column)).set_format(&mut fill(*state)).set_gap(60);
    }
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9.0));
    Ok(chart)
}

/// Orders by when they are due: columns by six hours.
fn due(desk: &Desk<'_>, sheet: &mut Worksheet, top: u32) -> Result<Chart, XlsxError> {
    let name = desk.sheet_name("summary");
    let mut bins = [0_u64; 12];
    for (hour, count) in &desk.audit.tally.due_hours {
        if let Some(bin) = usize::try_from(hour / 6).ok().and_then(|at| bins.get_mut(at)) {
            *bin += count;
        }
    }
    put(sheet, top, DATA, &desk.say("summary.hours", &[]), &desk.styles.remark)?;
    put(sheet, top, DATA + 1, &desk.say("summary.orders", &[]), &desk.styles.remark)?;
    for (at, count) in bins.iter().enumerate() {
        let row = top + 1 + at as u32;
        put(sheet, row, DATA, &format!("{}–{}", at * 6, at * 6 + 6), &desk.styles.remark)?;
        sheet.write_number(row, DATA + 1, *count as f64)?;
    }
    let mut chart =
        plain(ChartType::Column, &desk.say("summary.chart-due", &[]), &desk.say("summary.axis-orders", &[]));
    let series = chart.add_series();
    series.set_categories((name.as_str(), top + 1, DATA, top + 12, DATA));
    series.set_values((name.as_str(), top + 1, DATA + 1, top + 12, DATA + 1));
    series.set_format(&mut fill(State::Urgent)).set_gap(40);
    let soon = rust_xlsxwriter::ChartPoint::new().set_format(&mut fill(State::Overdue));
    series.set_points(&[soon.clone(), soon]);
    let mut quiet = font(9.0);
    quiet.set_color(colour::QUIET).unset_bold();
    chart.x_axis().set_name(&desk.say("summary.axis-hours", &[])).set_name_font(&quiet);
    chart.legend().set_hidden();
    Ok(chart)
}

/// The rules that put orders at risk or found them late, with their marketplace, and how often; the most frequent
/// first.
pub fn causes(desk: &Desk<'_>) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<Code, u64> = BTreeMap::new();
    for ((code, state), count) in &desk.audit.tally.fired {
        let note = registry::find(code.0).is_some_and(|rule| rule.note);
        if STATES.contains(state) && !note {
            *counts.entry(*code).or_default() += count;
        }
    }
    let mut counts: Vec<(Code, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let named = counts.into_iter().map(|(code, count)| {
        let place =
            registry::marketplace_of(code).map(|m| desk.speaker.marketplace(Some(m))).unwrap_or_default();
        (format!("{place} {}", desk.speaker.title(code)).trim().to_owned(), count)
    });
    named.collect()
}

/// Findings by rule: bars, the most frequent on top.
fn reasons(desk: &Desk<'_>, sheet: &mut Worksheet, top: u32) -> Result<Chart, XlsxError> {
    let name = desk.sheet_name("summary");
    let mut counts = causes(desk);
    counts.truncate(REASONS);
    counts.reverse();
    put(sheet, top, DATA, &desk.say("summary.reason", &[]), &desk.styles.remark)?;
    for (at, (title, count)) in counts.iter().enumerate() {
        put(sheet, top + 1 + at as u32, DATA, title, &desk.styles.remark)?;
        sheet.write_number(top + 1 + at as u32, DATA + 1, *count as f64)?;
    }
    let last = top + counts.len().max(1) as u32;
    let mut chart = plain(
        ChartType::Bar,
        &desk.say("summary.chart-reasons", &[]),
        &desk.say("summary.axis-findings", &[]),
    );
    let series = chart.add_series();
    series.set_categories((name.as_str(), top + 1, DATA, last, DATA));
    series.set_values((name.as_str(), top + 1, DATA + 1, last, DATA + 1));
    series.set_format(&mut fill(State::Advice)).set_gap(50);
    chart.legend().set_hidden();
    Ok(chart)
}
